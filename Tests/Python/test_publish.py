"""Pages that are published into the documents of MkDocs are built by it without a complaint."""

import subprocess
import sys

import yaml

SETTINGS = """
site_name: Handbook
site_dir: site
use_directory_urls: false
theme: {name: material, font: false}
validation: {nav: {omitted_files: warn, not_found: warn}, links: {not_found: warn, anchors: warn, unrecognized_links: warn}}
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
nav:
  - Home: index.md
  - Experiments:
      # report: begin
      # report: end
"""

ANALYSIS = """---
title: "{title}"
---

## A section

It is `{{params.x}}`; see [the other]({other}).

```table
id: own
columns: [a, b]
rows: [[1, 2], [3, 4]]
caption: "**A finding.**"
```

```data
id: rows
source: "{data}"
```

```figure
data: rows
marks:
  - {{mark: line, x: x, y: y}}
caption: "**A figure.**"
alt: A line.
```
"""


def build(folder):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_mkdocs_builds_what_is_published(program, tmp_path):
    def publish(*arguments):
        done = subprocess.run(
            [program, "publish", "--into", "mkdocs", "docs/experiments", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    analyses = tmp_path / "Analyses"
    (analyses / "early results").mkdir(parents=True)
    first = ANALYSIS.replace("title: \"{title}\"", "title: \"{title}\"\nparams: {{x: 3}}")
    (analyses / "rows.csv").write_text("x,y\n1,2\n2,3\n")
    (analyses / "first.md").write_text(
        first.format(title="The first: a *test*", other="early%20results/second.md", data="rows.csv")
    )
    (analyses / "early results" / "second.md").write_text(first.format(title="Second", other="../first.md#a-section", data="../rows.csv"))
    assert "7 files: 7 added" in publish()
    build(tmp_path)
    page = (tmp_path / "site" / "experiments" / "first.html").read_text()
    assert "It is 3" in page and 'href="early%20results/second.html"' in page.replace("early results", "early%20results")
    assert "The first: a test" in page and (tmp_path / "site" / "experiments" / "first.json").exists()
    assert list((tmp_path / "site" / "experiments" / "first_files").glob("*.svg"))
    # The navigation has both pages, and what was published is no page.
    nav = yaml.safe_load((tmp_path / "mkdocs.yml").read_text())["nav"]
    assert nav[1]["Experiments"] == [
        {"The first: a test": "experiments/first.md"},
        {"Early results": [{"Second": "experiments/early results/second.md"}]},
    ]
    assert not list((tmp_path / "site").glob("**/.report-publish.json"))
    # One that is gone goes from the pages and the navigation; what others wrote stays.
    (analyses / "early results" / "second.md").unlink()
    (analyses / "first.md").write_text(first.format(title="The first", other="#a-section", data="rows.csv"))
    (tmp_path / "docs" / "experiments" / "own.md").write_text("# Own\n")
    settings = (tmp_path / "mkdocs.yml").read_text()
    (tmp_path / "mkdocs.yml").write_text(settings.replace("  - Home: index.md", "  - Home: index.md\n  - Own: experiments/own.md"))
    publish()
    build(tmp_path)
    assert not (tmp_path / "site" / "experiments" / "early results").exists() or "second" not in "".join(
        path.name for path in (tmp_path / "site" / "experiments" / "early results").iterdir()
    )
    assert (tmp_path / "docs" / "experiments" / "own.md").read_text() == "# Own\n"
    assert not (tmp_path / "docs" / "experiments" / "early results").exists()


def test_the_shipped_analyses_are_published(program, run, analyses, tmp_path):
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    # These draw for minutes.
    paths = [str(path) for path in analyses if path.stem not in {"calibration", "coverage"}]
    run("publish", *paths, "--into", "mkdocs", str(tmp_path / "docs"), "--allow", "drafts,unverified", "--quiet")
    for name in ["calibration.md", "coverage.md"]:
        (tmp_path / "docs" / name).write_text("# Elsewhere\n")
    settings = (tmp_path / "mkdocs.yml").read_text()
    (tmp_path / "mkdocs.yml").write_text(settings + "  - A: calibration.md\n  - B: coverage.md\n")
    build(tmp_path)
    assert (tmp_path / "site" / "proxy.html").exists()
