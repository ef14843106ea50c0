"""The tools for which Markdown is written build it without a complaint, and their pages have in them what the reports have."""

import html.parser
import re
import subprocess
import sys

import pytest

# These draw for minutes.
SLOW = {"calibration.md", "coverage.md"}

MKDOCS = """
site_name: Reports
docs_dir: docs
site_dir: site
use_directory_urls: false
theme: {name: material, font: false}
validation: {nav: {omitted_files: warn}, links: {not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}}
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - tables
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tasklist
  - pymdownx.tilde
"""

SPHINX = """
project = "Reports"
extensions = ["myst_parser"]
myst_enable_extensions = ["dollarmath", "strikethrough", "tasklist"]
myst_heading_anchors = 4
suppress_warnings = ["myst.strikethrough"]
html_theme = "basic"
"""

EVERYTHING = """---
title: "Everything at *once* {x}"
abstract: A text with `{params.level}` and <b> in it.
authors: [Ann Bee, "Bo & Co"]
params: {level: 0.05}
---

## A section with `{params.level}` in it

> [!IMPORTANT]
> One **two** `{params.level}`.
>
> - a list
>   - nested, with {braces} and \\<angles\\>
> - more
>
> ```python
> a = {1: "<"}
> ```

1. First
   of a list

   > [!CAUTION]
   > Deeper.
2. Second, `code {x} | y`, $\\tau^2 < 1$ and ~~gone~~

   ```yaml
   key: value
   ```

- [x] done
- [ ] open

export rates rose, and see <https://example.org/a_b>; 5 < 6 & {not: code}.

2026\\. A year is no list. \\# No heading, \\$5 and \\| too.

| a | b |
| :-- | --: |
| `{params.level}` \\| {z} | <i> 2 |

See [the section](#a-section-with-005-in-it), @tbl-own and [the table](#own).[^note]

$$
\\hat\\mu = \\frac{\\sum_i w_i \\theta_i}{\\sum_i w_i}
$$ {#eq-mean}

```table
id: own
columns: ["{", {value: b, unit: ms}]
rows: [["<script>alert(1)</script>", 1], ["*x* {y}", 2.5]]
footnotes: {text: "A {note}.", columns: b}
caption: "**A finding with {braces}.** And @eq-mean."
```

[^note]: A footnote with {braces}.
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    project = tmp_path_factory.mktemp("everything")
    (project / "Analyses").mkdir()
    (project / "Analyses" / "everything.md").write_text(EVERYTHING)
    return project / "Analyses" / "everything.md"


@pytest.fixture(scope="module")
def built(run, analyses, everything, tmp_path_factory):
    """Builds the shipped analyses and one with everything in it for a tool; gives the folder."""

    def built(flavour):
        folder = tmp_path_factory.mktemp(flavour)
        paths = [str(path) for path in analyses if path.name not in SLOW]
        run("build", *paths, str(everything), "--format", "md", "--markdown", flavour, "--output", str(folder), "--quiet")
        assert len(list(folder.glob("**/*.md"))) == len(paths) + 1
        for name in SLOW:
            (folder / name).write_text("# Built elsewhere\n")
        return folder

    return built


class Page(html.parser.HTMLParser):
    """The texts of a page's elements by their classes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def count(self, tag, word=""):
        return sum(1 for name, attributes in self.tags if name == tag and word in (attributes.get("class") or ""))


def command(*arguments, cwd):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def check(page):
    """What every tool's page of `everything` shows."""
    assert page.count("script", "alert") == 0 and "<script>alert(1)</script>" in page.text
    assert "nested, with {braces} and <angles>" in page.text
    assert "export rates rose" in page.text and "5 < 6 & {not: code}" in page.text
    assert "2026. A year" in page.text and "# No heading, $5 and | too." in page.text
    assert "*x* {y}" in page.text and "A {note}." in page.text
    assert page.count("table") == 2


def test_mkdocs_material(built, tmp_path):
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    built("mkdocs").rename(tmp_path / "docs")
    (tmp_path / "docs" / "index.md").write_text("# Reports\n")
    command("mkdocs", "build", "--strict", "--quiet", cwd=tmp_path)
    page = Page((tmp_path / "site" / "everything.html").read_text())
    check(page)
    assert page.count("div", "admonition info") == 1 and page.count("div", "admonition danger") == 1
    assert page.count("details") == 1 and page.count("span", "arithmatex") == 1
    ids = [attributes.get("id") for _, attributes in page.tags]
    assert "a-section-with-005-in-it" in ids and "own" in ids
    # Nested lists are lists in lists, and code in them is code.
    text = (tmp_path / "site" / "everything.html").read_text()
    assert re.search(r"<li>a list\s*<ul>\s*<li>nested", text)
    shipped = (tmp_path / "site" / "proxy.html").read_text()
    assert "<img" in shipped and "[!NOTE]" not in shipped and "&amp;#" not in shipped


def test_sphinx_myst(built, tmp_path):
    source = built("myst")
    (source / "conf.py").write_text(SPHINX)
    (source / "index.md").write_text("# Reports\n\n```{toctree}\n:glob:\n*\n```\n")
    command("sphinx", "-W", "--keep-going", "-q", "-b", "html", str(source), str(tmp_path / "site"), cwd=tmp_path)
    page = Page((tmp_path / "site" / "everything.html").read_text())
    check(page)
    assert page.count("div", "admonition important") == 1 and page.count("div", "admonition caution") == 1
    assert page.count("div", "math") == 1
    assert "<img" in (tmp_path / "site" / "proxy.html").read_text()


def test_docusaurus(built):
    """No MDX parser is at hand, so the rules of https://mdxjs.com/docs/troubleshooting-mdx/: outside code and formulas no
    brace, no `<` but of known tags that are closed, no comment, no line that begins as a statement of a module."""
    for path in built("docusaurus").glob("**/*.md"):
        if path.name in SLOW:
            continue
        text = path.read_text().split("\n---\n", 1)[1]
        text = re.sub(r"^(`{3,})[^\n]*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
        text = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)
        text = re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$", "", text, flags=re.DOTALL)
        assert "{" not in text and "}" not in text, path
        tags = re.findall(r"<[^\n>]*>?", text)
        assert all(re.fullmatch(r'</?(details|summary)( open)?>|<a id="[^"]*">|</a>', tag) for tag in tags), (path, tags)
        for tag in ("details", "summary", "a"):
            assert len(re.findall(f"<{tag}[ >]", text)) == text.count(f"</{tag}>"), path
        assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE), path
        assert text.count(":::") % 2 == 0


def test_front_matter_is_kept(built):
    import yaml

    folder = built("github")
    matters = {
        path.name: yaml.safe_load(path.read_text().split("---\n")[1])
        for path in folder.glob("**/*.md")
        if path.name not in SLOW
    }
    assert all(matter["title"] and matter["generator"].startswith("report ") for matter in matters.values())
    matter = matters["everything.md"]
    assert matter["title"] == "Everything at once {x}" and matter["authors"] == ["Ann Bee", "Bo & Co"]
    assert matter["description"].startswith("A text with 0.05")
