"""Engines by a command of report.yaml: every form that clients print, and clients that stop in the middle and end well."""

import json

import pytest

from engine_project import DUCKDB, Project, directive, numbers
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
        native = dict(numbers(results[f"native-{design}"]["values"]))
        found = dict(numbers(results[f"asked-{design}"]["values"]))
        for path, number in native.items():
            scale = max(abs(number), native.get(path.rsplit("/", 1)[0] + "/se", 0), 1e-300)
            if "interval" in path:
                scale = max(scale, native[path.rsplit("/", 2)[0] + "/se"])
            assert abs(found[path] - number) <= 1e-10 * scale, (design, path)


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


def test_a_query_that_is_too_long_for_an_argument(project):
    long = "select * from units where shop <> '" + "x" * 140_000 + "'"
    client(project, "csv")
    done = project.build(asked(long) + effects("asked", "bounds", "lift"), "--trust", name="long")
    assert done.returncode == 1 and "too long for the client of mine" in done.stderr, done.stderr
    assert "Analyses/long.md:7:8" in done.stderr
    client(project, "csv", place="-f \"$1\"", given="<file>")
    done = project.build(asked(long) + effects("asked", "bounds", "lift"), "--trust", name="long")
    assert done.returncode == 0, done.stderr


def test_a_design_of_many_metrics_has_duckdb_read_a_file(project):
    names = [f"m{i}" for i in range(60)]
    query = "select test, arm, " + ", ".join(f"orders + {i} as {name}" for i, name in enumerate(names)) + " from 'units.csv'"
    text = directive("data", id="asked", engine="duckdb", query=json.dumps(query)) + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C",
        metrics="[" + ", ".join(names) + "]")
    done = project.build(text, name="many")
    assert done.returncode == 0, done.stderr
    results = project.results("many")["lift"]
    assert max(len(query["sql"]) for query in results["queries"]) > 131_072
    row = results["values"]["rows"][0]["effects"]
    assert row["m0"]["estimate"] == pytest.approx(row["m59"]["estimate"], abs=1e-9)
