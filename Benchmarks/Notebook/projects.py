"""The analyses that are timed: made by a rule from their number, so that every run has the same ones."""
import os
import random

HELLO = """---
title: Hello
---

A report that says hello, in one sentence with *emphasis* and `code`.
"""

ANALYSIS = """---
title: What the {name} tests add up to
authors: [Experimentation statistics]
date: 2026-11-20
---

Twenty tests of one kind, each with an effect on conversion in points and its variance. Together they put the mean effect
at `{{pooled.mu | interval .2f}}`, which is [above zero](#pooled.mu.estimate "> 0"); true effects scatter by
`{{pooled.tau.estimate | .2f}}`.

## The tests

```data
id: tests
source: data/{name}.csv
```

## The pooled effect

A hierarchical model takes each true effect from a normal distribution, and each estimate as that effect plus noise of known
variance. Its mean is near [0.5](#pooled.mu.estimate "within 0.4"), and a test's own estimate is drawn towards it, the more
the noisier it is.

```meta-analysis
id: pooled
data: tests
effect: effect
variance: variance
experiment: experiment
method: reml
caption: "**The tests gain `{{pooled.mu.estimate | .2f}}` points.** Mean and spread of 20 effects, by REML."
```

```figure
of: pooled
kind: forest
caption: "Each test's effect with its 95% interval, and the mean."
```

What follows for the next test is in the spread, not in the mean: half of all tests of this kind lie within two thirds of a
standard deviation of it.
"""

RMARKDOWN = """---
title: What the {name} tests add up to
date: 2026-11-20
output: html_document
---

```{{r, include=FALSE}}
library(metafor)
tests <- read.csv("data/{name}.csv")
pooled <- rma(effect, variance, data = tests, method = "REML")
```

Together the tests put the mean effect at `r sprintf("%.2f [%.2f, %.2f]", pooled$beta, pooled$ci.lb, pooled$ci.ub)`; true
effects scatter by `r sprintf("%.2f", sqrt(pooled$tau2))`.

```{{r, echo=FALSE}}
stopifnot(pooled$beta > 0)
knitr::kable(data.frame(parameter = c("mu", "tau"), estimate = c(pooled$beta, sqrt(pooled$tau2))), digits = 3)
```

```{{r, echo=FALSE}}
forest(pooled, slab = tests$experiment)
```
"""

CELLS = [
    ("markdown", "# What the {name} tests add up to"),
    (
        "code",
        """import csv
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Markdown
tests = list(csv.DictReader(open("data/{name}.csv")))
effect = np.array([float(t["effect"]) for t in tests])
variance = np.array([float(t["variance"]) for t in tests])
tau2 = 0.0
for _ in range(100):
    w = 1 / (variance + tau2)
    mu = (w * effect).sum() / w.sum()
    trace = w.sum() - (w**2).sum() / w.sum()
    square = (w**2).sum() - 2 * (w**3).sum() / w.sum() + ((w**2).sum() / w.sum()) ** 2
    step = ((w**2 * (effect - mu) ** 2).sum() - trace) / square
    tau2 = max(0.0, tau2 + step)
    if abs(step) < 1e-10: break
se = w.sum() ** -0.5
assert mu > 0""",
    ),
    ("code", 'Markdown(f"The mean effect is {{mu:.2f}} [{{mu - 1.96 * se:.2f}}, {{mu + 1.96 * se:.2f}}]")'),
    ("code", 'Markdown(f"| parameter | estimate |\\n| --- | ---: |\\n| mu | {{mu:.3f}} |\\n| tau | {{tau2**0.5:.3f}} |")'),
    (
        "code",
        """plt.errorbar(effect, range(len(effect)), xerr=1.96 * variance**0.5, fmt="o")
plt.axvline(mu)
plt.show()""",
    ),
]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def name(index):
    return f"group-{index:04d}"


def data(index):
    """Twenty effects about 0.5 with a spread of 0.2, as csv."""
    draw = random.Random(index)
    rows = ["experiment,effect,variance"]
    for test in range(20):
        variance = draw.uniform(0.01, 0.05)
        rows.append(f"T{test:02d},{draw.gauss(0.5, (0.04 + variance) ** 0.5):.6f},{variance:.6f}")
    return "\n".join(rows) + "\n"


def project(folder, count):
    """`count` analyses, each with data of its own."""
    for index in range(count):
        write(f"{folder}/Analyses/{name(index)}.md", ANALYSIS.format(name=name(index)))
        write(f"{folder}/Analyses/data/{name(index)}.csv", data(index))


def prose(size):
    """A Markdown file of `size` bytes: sections of sentences, emphasis, links, code, lists and tables."""
    draw = random.Random(1)
    words = "the effect of a test on its users is small and noisy where many tests share one control group".split()

    def sentence():
        chosen = draw.choices(words, k=draw.randint(8, 20))
        place = draw.randrange(len(chosen))
        chosen[place] = draw.choice(["*{}*", "**{}**", "`{}`", "[{}](https://example.org/)", "{}"]).format(chosen[place])
        return " ".join(chosen).capitalize() + "."

    parts = ["---\ntitle: A long report\n---\n"]
    written = 0
    while written < size:
        section = [f"## Section {len(parts)}"]
        section += [" ".join(sentence() for _ in range(6)) for _ in range(8)]
        section.append("\n".join(f"- {sentence()}" for _ in range(5)))
        section.append("| test | effect |\n| --- | ---: |\n" + "\n".join(f"| T{i} | 0.{i} |" for i in range(8)))
        text = "\n\n".join(section) + "\n\n"
        written += len(text.encode())
        parts.append(text)
    return "\n".join(parts)
