"""A small project whose site is looked at from outside, and a server that shows it under a path."""

import contextlib
import functools
import http.server
import pathlib
import threading

BASE = "https://example.org/docs/"

SETTINGS = f"""site:
  title: Growth & co
  description: What experiments taught us.
  url: {BASE}
"""

MEAN = """---
title: A mean \\<img src=x onerror=alert(1)>
date: 2026-05-31
authors: [Ann Lee, "Bo & Cy"]
tags: [means, "a & b"]
abstract: The mean is `{pooled.mu.estimate | .3f}`, says Zürich.
highlights: [{value: "`{pooled.mu.estimate | .2f}`", text: the mean, link: "#effects"}]
aliases: [old/mean]
---

Naïve readers of [the other report](sub/other.md#method-of-moments) and [its data](sub/rows.csv) see $\\tau^2$.

## Effects

They are [above zero](#pooled.mu "> 0"), as @fig-forest says. 東京 is not Kyōto.

```data
id: rows
source: sub/rows.csv
```

```meta-analysis
id: pooled
data: rows
effect: effect
se: se
caption: "**It is small.** A mean of three."
```

```figure
id: forest
of: pooled
kind: forest
caption: "**All are alike.** Three effects."
```
"""

OTHER = """---
title: Other
date: 2026-06-02
tags: [means]
---

Back to [effects](../mean.md#effects). It costs 1,234.5 and weighs −0.83.

## Method of moments

Student’s regression shrinks experiments.
"""

ROWS = "effect,se\n0.61,0.02\n0.62,0.02\n0.63,0.02\n"


def write(root: pathlib.Path, more: dict[str, str] = {}) -> pathlib.Path:
    """The project in a folder; `more` are further files."""
    files = {
        "report.yaml": SETTINGS,
        "Analyses/mean.md": MEAN,
        "Analyses/sub/other.md": OTHER,
        "Analyses/sub/rows.csv": ROWS,
        "Analyses/plain.md": "---\ntitle: Plain\n---\n\nWords.\n",
        **more,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def served(handler):
    """A server on loopback for the time of a block: its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def folder(path: pathlib.Path):
    """Serves a folder."""
    return served(functools.partial(Quiet, directory=str(path)))
