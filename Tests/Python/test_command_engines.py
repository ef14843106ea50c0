"""Engines by a command of report.yaml: every form that clients print, and clients that stop in the middle and end well."""

import json
import signal
import subprocess
import time

import pytest

from engine_project import DUCKDB, Project, assert_equal_numbers, directive
from test_engines import effects

FORMS = {
    "csv": "-csv -nullvalue ''", "tsv": "-csv -separator '\t' -nullvalue '\\N'", "jsonl": "-jsonlines",
}


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("commands") / "project", program)
    project.write_units()
    return project


def client(project: Project, form: str, filter_: str = "", place: str = "-c \"$1\"", given: str = "<sql>") -> None:
    """An engine that is a script around DuckDB's client."""
    script = project.root.parent / "client"
    database = project.root / "Analyses" / "units.duckdb"
    script.write_text(f"#!/bin/sh\n{DUCKDB} -no-init -readonly {FORMS[form]} {database} {place} {filter_}\n")
    script.chmod(0o755)
    settings = {"command": [str(script), *([given] if given else [])], "dialect": "duckdb", "output": form}
    if form == "tsv":
        settings["null"] = "\\N"
    (project.root / "report.yaml").write_text("engines: " + json.dumps({"mine": settings}))


def asked(query: str = "select * from units", **keys: str) -> str:
    return directive("data", id="asked", engine="mine", query=json.dumps(query), **keys)


@pytest.mark.parametrize("form, place, given", [
    ("csv", "-c \"$1\"", "<sql>"), ("tsv", "-f \"$1\"", "<file>"), ("jsonl", "", ""), ("jsonl", "-c \"$1\"", "<sql>"),
])
def test_moments_agree_in_every_form(project, form, place, given):
    client(project, form, place=place, given=given)
    text = directive("data", id="native", source="units.csv") + asked()
    for design in ["plain", "clusters", "weights", "quantiles"]:
        text += effects("native", design, f"native-{design}") + effects("asked", design, f"asked-{design}")
    done = project.build(text, "--trust", name="forms")
    assert done.returncode == 0, done.stderr
    results = project.results("forms")
    for design in ["plain", "clusters", "weights", "quantiles"]:
        assert_equal_numbers(results[f"native-{design}"]["values"], results[f"asked-{design}"]["values"], design)


@pytest.mark.parametrize("keys", [{}, {"fresh": "select 1 as a"}])
def test_of_a_query_that_is_none_the_client_hears_nothing(project, keys):
    heard = project.root.parent / "heard"
    client(project, "csv")
    script = project.root.parent / "client"
    script.write_text(f"#!/bin/sh\ntouch {heard}\n")
    text = asked("select 1 as a; drop table units", **keys) + directive(
        "effects", id="one", data="asked", layout="estimates", effect="a", se="a")
    done = project.build(text, "--trust", name="none")
    assert done.returncode == 1 and "A query is one SELECT" in done.stderr, done.stderr
    assert not heard.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_of_a_client_that_is_ended_no_file_stays(project, number):
    temporary = project.root.parent / f"temporary-{int(number)}"
    temporary.mkdir()
    client(project, "csv", place="-f \"$1\"", given="<file>")
    script = project.root.parent / "client"
    began = project.root.parent / f"began-{int(number)}"
    script.write_text(f"#!/bin/sh\ntouch {began}\nsleep 60\n")
    text = asked() + effects("asked", "plain", "lift")
    (project.root / "Analyses" / "ended.md").write_text("---\ntitle: T\n---\n\n" + text)
    running = subprocess.Popen(
        [project.program, "build", "Analyses/ended.md", "--trust", "--no-ledger"], cwd=project.root,
        env={**project.environment, "TMPDIR": str(temporary)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        if began.exists():
            break
        time.sleep(0.05)
    assert list(temporary.iterdir())
    running.send_signal(number)
    assert running.wait(timeout=20) == -number
    assert not list(temporary.iterdir())


def test_texts_come_as_they_are(project):
    names = ["C", "a\tb", "c\nd", "NULL", "\\N", 'say "no"', "nan", "-- e", "\\"]
    rows = ", ".join("('{}', {}, {})".format(name.replace("'", "''"), 100 + i, i / 3) for i, name in enumerate(names))
    query = f"select * from (values {rows}) as t(arm, n, mean)".replace("\\", "' || chr(92) || '")
    client(project, "jsonl")
    text = asked(f"select *, 2.5 as variance from ({query})") + directive(
        "effects", id="lift", data="asked", layout="arms", variant="arm", control="C", count="n", mean="mean",
        variance="variance")
    done = project.build(text, "--trust", name="texts")
    assert done.returncode == 0, done.stderr
    rows = project.results("texts")["lift"]["values"]["rows"]
    assert sorted(row["variant"] for row in rows) == sorted(names[1:])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["units", "arms", "fresh"])
def test_an_output_that_stops_at_a_row_is_told(project, form, kind):
    """Every border between rows of every query: the script counts its runs, and one of them is cut."""
    layout = {
        "units": asked() + effects("asked", "weights", "lift"),
        "arms": asked(
            "select test, arm, count(*) as n, avg(orders) as mean, var_samp(orders) as variance from units group by all order by all"
        ) + directive(
            "effects", id="lift", data="asked", layout="arms", experiment="test", variant="arm", control="C", count="n",
            mean="mean", variance="variance"),
        "fresh": asked(fresh="select max(unit) as m from units") + effects("asked", "bounds", "lift"),
    }[kind]
    log = project.root.parent / "log"
    cut = project.root.parent / "cut"
    # What it prints, its lines counted; of the run that `cut` names only so many lines.
    filter_ = (
        f"> {log}.out && echo $(wc -l < {log}.out) >> {log}; run=$(wc -l < {log}); "
        f"read which lines < {cut}; if [ $run = $which ]; then head -n $lines {log}.out; else cat {log}.out; fi")
    client(project, form, filter_)

    def build(which: int, lines: int):
        log.write_text("")
        cut.write_text(f"{which} {lines}\n")
        (project.root / "output" / "cut.json").unlink(missing_ok=True)
        return project.build(layout, "--trust", "--jobs", "1", "--no-cache", name="cut")

    assert build(0, 0).returncode == 0
    whole = [int(line) for line in log.read_text().split()]
    assert len(whole) >= 3
    for which, count in enumerate(whole, 1):
        for lines in sorted({0, min(1, count - 1), count // 2, count - 1}):
            done = build(which, lines)
            assert done.returncode == 1 and "Analyses/cut.md:" in done.stderr, (which, lines, count, done.stderr)
            assert not (project.root / "output" / "cut.json").exists()


MANY = [f"m{i}" for i in range(110)]


def many(table: str, **keys: str) -> str:
    """A design whose sums are a query of more than an argument holds."""
    columns = ", ".join(f"orders + {i} as {name}" for i, name in enumerate(MANY))
    return directive("data", id="asked", query=json.dumps(f"select test, arm, {columns} from {table}"), **keys) + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C",
        metrics="[" + ", ".join(MANY) + "]")


def assert_many(project: Project) -> None:
    results = project.results("many")["lift"]
    assert max(len(query["sql"]) for query in results["queries"]) > 131_072
    row = results["values"]["rows"][0]["effects"]
    assert row["m0"]["estimate"] == pytest.approx(row["m109"]["estimate"], abs=1e-9)


def test_a_query_that_is_too_long_for_an_argument(project):
    client(project, "csv")
    done = project.build(many("units", engine="mine"), "--trust", name="many")
    assert done.returncode == 1 and "too long for the client of mine" in done.stderr, done.stderr
    client(project, "csv", place="-f \"$1\"", given="<file>")
    done = project.build(many("units", engine="mine"), "--trust", name="many")
    assert done.returncode == 0, done.stderr
    assert_many(project)


def test_a_design_of_many_metrics_has_duckdb_read_a_file(project):
    done = project.build(many("'units.csv'", engine="duckdb"), name="many")
    assert done.returncode == 0, done.stderr
    assert_many(project)
