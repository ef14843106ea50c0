"""The page of a report's history in a browser, as people read it: light and dark, narrow and wide, and printed."""

import pathlib
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

from test_pages import MEASURE, RULES, test_html_is_valid, view  # noqa: F401

ANALYSIS = """---
title: A mean
---

The mean is `{pooled.mu.estimate | .3f}`, [above zero](#pooled.mu "> 0").

```data
id: rows
source: data.csv
```

```meta-analysis
id: pooled
data: rows
effect: effect
se: se
```
"""


@pytest.fixture(scope="module")
def pages(program, tmp_path_factory) -> list[pathlib.Path]:
    """The history of a report whose data grew from build to build."""
    root = tmp_path_factory.mktemp("history")
    (root / "Analyses").mkdir()
    (root / "Analyses" / "a.md").write_text(ANALYSIS)
    rows = "effect,se\n0.600,0.2\n"
    for count in range(2, 9):
        rows += f"{0.6 / count:.3f},0.2\n"
        (root / "Analyses" / "data.csv").write_text(rows)
        command = [program, "build", "Analyses", "--quiet", "--note", f"week {count} <of> \"7\""]
        subprocess.run(command, cwd=root, check=True, timeout=60, env={"HOME": str(root / "home"), "REPORT_AUTHOR": "Ann <ann@example.com>"})
    return [root / "output" / "audit" / "history" / "a.html"]


def test_history_in_a_browser(view, pages):  # noqa: F811
    page = pages[0]
    requests, messages = [], []
    view.on("request", lambda request: requests.append(request.url))
    view.on("console", lambda message: messages.append(message.text))
    view.goto(page.as_uri())
    assert requests == [page.as_uri()]
    assert view.evaluate("document.scrollingElement.scrollWidth") <= view.width
    measured = view.evaluate(MEASURE)
    assert not measured["faults"] and measured["count"] > 4
    if view.view != "print":
        found = Axe().run(view, options={"runOnly": RULES, "resultTypes": ["violations"]})
        assert not [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in found.response["violations"]]
    assert not messages
    # Every link leads somewhere.
    for target in view.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"):
        assert view.evaluate("id => document.getElementById(id) !== null", target), target
    report = view.evaluate("[...document.querySelectorAll('.byline a')].map(a => a.href)")
    assert [pathlib.Path(url.removeprefix("file://")).exists() for url in report] == [True]


def test_the_report_links_to_its_history(browser, pages):
    page = browser.new_page()
    page.goto((pages[0].parents[2] / "a.html").as_uri())
    page.click(".provenance a")
    assert page.url == pages[0].as_uri()
    assert page.inner_text("h1") == "History of a"
    assert "Built on growing data 6 times before" in page.inner_text(".abstract")
    page.close()
