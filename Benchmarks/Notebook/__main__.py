"""Times the notebook: the release binary as people run it, a process a build, from its start to its exit.

From the project's root: python3 Benchmarks/Notebook REPORT, the path of the binary. Beside it the same analysis by
rmarkdown::render (R with rmarkdown and metafor, and pandoc) and by papermill and nbconvert (in this interpreter's packages,
with ipykernel, numpy and matplotlib); one that is not installed has a row that says so.
"""
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile

import projects
from process import Cost, Failed, median, run

REPORT = os.path.abspath(sys.argv[1])


class Table:
    """Rows as they come, so that a long run shows how far it is."""

    def __init__(self):
        print("| notebook | time | processors | peak memory | bound |\n| --- | ---: | ---: | ---: | ---: |", flush=True)

    def row(self, what, cost, bound="", note=""):
        time, busy = (f"{s:.2f} s" if s >= 1 else f"{s * 1e3:.0f} ms" for s in (cost.seconds, cost.busy))
        print(f"| {what} | {time}{note} | {busy} | {cost.mebibytes:.0f} MiB | {bound} |", flush=True)

    def skip(self, what, reason):
        print(f"| {what} | {reason} | | | |", flush=True)


class Project:
    """A folder in which `report build` is timed; what the builds of one user share lies beside it."""

    def __init__(self, home, label):
        self.folder = f"{home}/{label}"
        self.away = f"{home}/away/{label}"
        self.builds = 0
        for folder in [f"{self.folder}/Analyses", self.away]:
            os.makedirs(folder)
        self.environment = {"HOME": home, "XDG_CONFIG_HOME": f"{home}/configuration"}

    def build(self):
        return run([REPORT, "build", "Analyses", "--quiet"], self.folder, self.environment)

    def site(self):
        return run([REPORT, "site", "build", "--quiet"], self.folder, self.environment)

    def forget(self):
        """Puts away what earlier builds left. It is not removed before the end: for seconds after thousands of files were,
        ext4 looks at each of their places again before it makes a new one."""
        for left in [".report", "output"]:
            if os.path.exists(f"{self.folder}/{left}"):
                self.builds += 1
                os.rename(f"{self.folder}/{left}", f"{self.away}/{left}-{self.builds}")

    def cold(self, count):
        return median(count, self.build, self.forget)

    def change(self, path, add):
        with open(f"{self.folder}/{path}", "a", encoding="utf-8") as file:
            file.write(add)


def single(table, home):
    hello = Project(home, "hello")
    projects.write(f"{hello.folder}/Analyses/hello.md", projects.HELLO)
    table.row("hello, cold", hello.cold(15), "50 ms, 40 MB")
    one = Project(home, "one")
    projects.project(one.folder, 1)
    table.row("an analysis (20 effects, REML, table, forest plot), cold", one.cold(11))


def several(table, home):
    hundred = Project(home, "hundred")
    projects.project(hundred.folder, 100)
    tenth = hundred.cold(5)
    table.row("100 analyses, cold", tenth)
    thousand = Project(home, "thousand")
    projects.project(thousand.folder, 1000)
    all_of_them = thousand.cold(3)
    ratio = all_of_them.seconds / tenth.seconds
    table.row("1,000 analyses, cold", all_of_them, "10 times that of 100", f" ({ratio:.1f} times)")
    unchanged = median(5, thousand.build)
    table.row("1,000 analyses, nothing changed", unchanged, "1 s")
    changed = projects.name(500)
    tests = itertools.count(20)
    for what, path, add in [
        ("one sentence", f"Analyses/{changed}.md", "\nOne more sentence.\n"),
        ("one row of data", f"Analyses/data/{changed}.csv", "T{},0.5,0.02\n"),
    ]:
        cost = median(5, thousand.build, lambda: thousand.change(path, add.format(next(tests))))
        more = (cost.seconds - unchanged.seconds) * 1e3
        table.row(f"1,000 analyses, {what} changed", cost, "0.3 s above that", f" ({more:+.0f} ms)")


def site(table, home):
    quarter = Project(home, "quarter")
    projects.project(quarter.folder, 250)
    part = median(3, quarter.site, quarter.forget)
    table.row("a site of 250 reports, cold", part)
    whole = Project(home, "whole")
    projects.project(whole.folder, 1000)
    all_of_them = median(3, whole.site, whole.forget)
    ratio = all_of_them.seconds / part.seconds
    table.row("a site of 1,000 reports, cold", all_of_them, "4 times that of 250", f" ({ratio:.1f} times)")
    # The first build after it takes down what was written.
    whole.site()
    table.row("a site of 1,000 reports, nothing changed", median(5, whole.site), "2 s")
    whole.change(f"Analyses/{projects.name(500)}.md", "\nOne more sentence.\n")
    table.row("a site of 1,000 reports, one sentence changed", whole.site())


def large(table, home):
    book = Project(home, "book")
    projects.write(f"{book.folder}/Analyses/book.md", projects.prose(10_000_000))
    table.row("10 MB of Markdown, cold", book.cold(5), "1.5 s")


def rmarkdown(table, home):
    what = "rmarkdown::render of the same analysis"
    packages = "for (p in c('rmarkdown', 'metafor')) library(p, character.only = TRUE); stopifnot(rmarkdown::pandoc_available())"
    if not shutil.which("Rscript") or subprocess.run(["Rscript", "-e", packages], capture_output=True).returncode:
        return table.skip(what, "R with rmarkdown, metafor and pandoc is not installed")
    folder = f"{home}/rmarkdown"
    for index in range(20):
        name = projects.name(index)
        projects.write(f"{folder}/{name}.Rmd", projects.RMARKDOWN.format(name=name))
        projects.write(f"{folder}/data/{name}.csv", projects.data(index))
    one = f"rmarkdown::render('{projects.name(0)}.Rmd', quiet = TRUE)"
    table.row(what, median(5, lambda: run(["Rscript", "-e", one], folder)))
    # In one session R and its packages start once.
    many = "for (file in list.files('.', '[.]Rmd$')) rmarkdown::render(file, quiet = TRUE)"
    cost = median(3, lambda: run(["Rscript", "-e", many], folder))
    table.row("the same of 20 analyses in one session, each", Cost(cost.seconds / 20, cost.busy / 20, cost.mebibytes))


def papermill(table, home):
    what = "papermill and nbconvert of the same analysis"
    needed = "import papermill, nbconvert, ipykernel, numpy, matplotlib"
    if subprocess.run([sys.executable, "-c", needed], capture_output=True).returncode:
        return table.skip(what, "papermill, nbconvert, ipykernel, numpy and matplotlib are not installed")
    folder, name = f"{home}/papermill", projects.name(0)
    cells = []
    for kind, text in projects.CELLS:
        cell = {"cell_type": kind, "metadata": {}, "source": text.format(name=name)}
        cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    projects.write(f"{folder}/{name}.ipynb", json.dumps(notebook))
    projects.write(f"{folder}/data/{name}.csv", projects.data(0))
    commands = [
        [sys.executable, "-m", "papermill", "--no-progress-bar", f"{name}.ipynb", "run.ipynb"],
        [sys.executable, "-m", "nbconvert", "--to", "html", "run.ipynb"],
    ]

    def both():
        executed, converted = (run(command, folder) for command in commands)
        return executed + converted

    both()
    table.row(what, median(5, both))


def main():
    table = Table()
    with tempfile.TemporaryDirectory() as home:
        for rows in [single, several, site, large, rmarkdown, papermill]:
            try:
                rows(table, home)
            except Failed as failure:
                table.skip(rows.__name__, "failed")
                print(failure, file=sys.stderr)
                raise SystemExit(1)


main()
