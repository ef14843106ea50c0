"""The look of a page: the examples of the README work as they stand there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import ROOT

ANALYSIS = """---
title: Lifts
---

## Begin

See [below](#end).

```table
columns: [Name, Lift]
rows: [[a, 1], [b, 2]]
caption: A table.
```

## End

Words.
"""


def example(language: str, word: str) -> str:
    """The README's fenced block in a language that has a word in it."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if word in block]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def build(run, tmp_path):
    def build(*flags, **templates):
        for folder in ("Analyses", "Templates"):
            (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / "Analyses" / "a.md").write_text(ANALYSIS)
        for name, text in templates.items():
            (tmp_path / "Templates" / name.replace("_", ".")).write_text(text)
        run("build", str(tmp_path / "Analyses" / "a.md"), "--quiet", "--trust", *(flags or ["--strict"]))
        return (tmp_path / "output" / "a.html").as_uri()

    return build


@pytest.fixture
def look(browser):
    """A browser's page in a scheme; nothing is said in its console."""
    contexts, said = [], []

    def look(url, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: said.append(request.url) if request.url[:5] not in ("file:", "data:") else None)
        page.goto(url)
        return page

    yield look
    for context in contexts:
        context.close()
    assert said == []


def colour(page, selector, pseudo=None, name="color"):
    return page.evaluate(
        "([selector, pseudo, name]) => getComputedStyle(document.querySelector(selector), pseudo)[name]",
        [selector, pseudo, name])


@pytest.mark.parametrize("scheme, accent", [("light", "rgb(122, 31, 92)"), ("dark", "rgb(227, 161, 205)")])
def test_a_brand(build, look, scheme, accent):
    page = look(build(brand_css=example("css", "--brand")), color_scheme=scheme)
    assert colour(page, "main p a") == accent
    assert colour(page, ".top", "::before") == accent
    assert colour(page, ".top", "::before", "content") == '"Acme Experiments"'
    assert colour(page, ".top", "::before", "backgroundImage").startswith('url("data:image/svg+xml')
    assert colour(page, "table", name="fontFamily").startswith('"Acme Sans"')
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.response["violations"] == []


def test_paper_is_white_whatever_the_brand(build, look):
    brand = ":root { --paper: #123456; --ink: #ffffff; --accent: #ffff00; --brand: 'Acme' }"
    # Words that the brand leaves dark are told of.
    page = look(build("--no-cache", brand_css=brand), color_scheme="dark")
    assert colour(page, "html", name="backgroundColor") == "rgb(18, 52, 86)"
    page.emulate_media(media="print")
    assert colour(page, "html", name="backgroundColor") == "rgb(255, 255, 255)"
    assert colour(page, "html") == "rgb(0, 0, 0)"
    assert colour(page, ".top", "::before", "content") == '"Acme"'


def test_without_a_brand_there_is_no_box(build, look):
    page = look(build())
    assert colour(page, ".top", "::before", "content") == "none"


def test_a_page_of_ones_own(build, look):
    page = look(build(page_mustache=example("html", "policy"), brand_css=example("css", "--brand")))
    assert page.title() == "Lifts · Acme"
    assert page.locator(".house").inner_text() == "Acme, for internal use."
    for selector in ("h1", "main h2#end", "table", ".contents a", ".provenance"):
        assert page.locator(selector).first.is_visible(), selector
    # The script runs under the page's policy.
    assert page.locator("[role=status]").count() == 1
