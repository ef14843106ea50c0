"""Notebooks that the program writes are valid and convert; those that it reads become analyses that pass a check."""

import base64
import json
import shutil
import subprocess

import nbconvert
import nbformat
import pytest

from test_markdown_flavours import SLOW, everything  # noqa: F401

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def exported(run, analyses, everything, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("notebooks")
    paths = [str(path) for path in analyses if path.name not in SLOW]
    run("export", "--ipynb", *paths, str(everything), "--output", str(folder), "--quiet")
    return sorted(folder.glob("**/*.ipynb"))


def test_exports_are_valid(exported):
    assert len(exported) > 4
    for path in exported:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_exports_hold_outputs(exported):
    path = next(path for path in exported if path.name == "proxy.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    kinds = {kind for cell in cells if cell.cell_type == "code" for output in cell.outputs for kind in output.data}
    assert {"text/html", "image/svg+xml", "text/plain", "text/markdown"} <= kinds
    assert all(cell.execution_count is None for cell in cells if cell.cell_type == "code")


def test_nbconvert_shows_them(exported):
    path = next(path for path in exported if path.name == "proxy.ipynb")
    page, _ = nbconvert.HTMLExporter().from_filename(str(path))
    assert "image/svg+xml" in page and "<table" in page
    text, _ = nbconvert.MarkdownExporter().from_filename(str(path))
    assert text.startswith("# ")


def test_an_export_comes_back(run, program, tmp_path):
    """Imported beside the analysis that it was exported from, its directives run again."""
    project = tmp_path / "project"
    done = subprocess.run(
        [program, "new", "project", "--template", "shrinkage"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    run("build", str(project / "Analyses"), "--quiet")
    run("export", "--ipynb", str(project / "Analyses"), "--quiet")
    target = project / "Analyses" / "again.md"
    run("import", str(project / "output" / "project.ipynb"), "--to", str(target))
    run("build", str(target), "--quiet")

    def digests(name):
        results = json.loads((project / "output" / f"{name}.json").read_text())["results"]
        return {name: result["digest"] for name, result in results.items()}

    assert digests("again") == digests("project") != {}


def cell(kind, source, **more):
    base = {"cell_type": kind, "id": f"c{len(str(source))}", "metadata": {}, "source": source}
    if kind == "code":
        base |= {"execution_count": 1, "outputs": []}
    return base | more


FOREIGN = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "cells": [
        cell("markdown", "# Lift of the *red* button\n\nSee `{pooled.mu}` and [there](#sec.1.2), @fig-one."),
        cell("markdown", "![pixel](attachment:pixel.png) ![far](https://example.org/a.png) ![near](near.png) ![up](../up.png)",
             attachments={"pixel.png": {"image/png": base64.b64encode(PIXEL).decode()}}),
        cell("markdown", "A formula $\\notacommand{x}$ of nobody.\n\n$$\\frac{a}{b}$$\n\n\\begin{align}\na &= b\n\\end{align}"),
        cell("markdown", "```data\nid: x\n```\n\n```figures\nkind\n```\n\n<!-- include: secret.md -->\n\n<b>raw</b>\n\n```python\nnever closed"),
        cell("code", ["import pandas as pd\n", "print('```')\n"],
             outputs=[
                 {"output_type": "stream", "name": "stdout", "text": ["\x1b[31mred\x1b[0m\n"]},
                 {"output_type": "display_data", "metadata": {}, "data": {"image/png": base64.b64encode(PIXEL).decode(), "text/plain": "Figure"}},
                 {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": "<b>1</b>", "text/plain": ["{1}"]}},
                 {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []},
             ]),
        cell("raw", "raw {text}"),
        cell("code", "x: 1", metadata={"report": {"directive": "nonsense"}}),
    ],
}


@pytest.fixture
def imported(run, tmp_path):
    (tmp_path / "Analyses").mkdir()
    (tmp_path / "Analyses" / "near.png").write_bytes(PIXEL)
    (tmp_path / "up.png").write_bytes(PIXEL)
    path = tmp_path / "Analyses" / "lift.ipynb"
    path.write_text(json.dumps(FOREIGN))
    nbformat.validate(nbformat.reads(json.dumps(FOREIGN), as_version=4))
    run("import", str(path))
    return tmp_path


def test_imports_pass_a_check(run, imported):
    run("check", str(imported / "Analyses" / "lift.md"))
    run("build", str(imported / "Analyses" / "lift.md"), "--quiet")
    text = (imported / "Analyses" / "lift.md").read_text()
    assert text.startswith('---\ntitle: "Lift of the red button"\n---\n\nSee `` {pooled.mu} `` and there, @\u2060fig-one.\n')
    assert "![pixel](lift_files/picture-1.png) [far](<https://example.org/a.png>) ![near](lift_files/picture-1.png) up" in text
    assert (imported / "Analyses" / "lift_files" / "picture-1.png").read_bytes() == PIXEL
    assert "$$\\frac{a}{b}$$" not in text or "```text" in text
    assert "```text\nid: x\n```" in text and "include:" not in text
    assert "````python\nimport pandas as pd\nprint('```')\n````" in text
    assert "```text\nred\n```" in text and "```text\n{1}\n```" in text and "ValueError: no" in text
    assert "![Output of the code above](lift_files/picture-1.png)" in text
    shutil.rmtree(imported / "output")


def test_imports_do_not_overwrite(program, imported):
    def again(*more):
        return subprocess.run(
            [program, "import", "Analyses/lift.ipynb", *more], cwd=imported, capture_output=True, text=True
        )

    assert again().returncode == 1 and "E0162" in again().stderr
    assert again("--force", "--no-outputs").returncode == 0
    assert "ValueError" not in (imported / "Analyses" / "lift.md").read_text()


@pytest.mark.parametrize(
    "text, code, place",
    [
        ('{"nbformat": 4, "cells": [}', "E0160", ":1:"),
        ("", "E0160", ""),
        ("[1, 2]", "E0160", "nbformat"),
        ('{"nbformat": 3, "worksheets": []}', "E0161", "nbconvert"),
        ('{"nbformat": 4, "cells": 1}', "E0160", "cells"),
        ('{"nbformat": 4, "cells": [{"cell_type": "video", "source": ""}]}', "E0160", "cell_type"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}', "E0160", "source"),
        ("[" * 5000, "E0160", "nest"),
    ],
)
def test_broken_notebooks_are_told(program, tmp_path, text, code, place):
    (tmp_path / "a.ipynb").write_text(text)
    done = subprocess.run([program, "import", "a.ipynb"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and code in done.stderr and place in done.stderr, done.stderr
    assert not (tmp_path / "a.md").exists()
