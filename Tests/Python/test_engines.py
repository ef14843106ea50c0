"""Engines: the same numbers as the native reader's, and no way out of the project."""

import shutil
import sqlite3
import subprocess

import pytest

from engine_project import DESIGNS, DUCKDB, Project, assert_equal_numbers, directive, duckdb, numbers

ENGINES = {
    "csv": {"engine": "duckdb", "source": "units.csv"},
    "parquet": {"engine": "duckdb", "source": "'*.parquet'"},
    "database": {"engine": "duckdb", "source": "units.duckdb", "query": "select * from units"},
    "query": {"engine": "duckdb", "query": "select * from 'units.csv' where weight > 0"},
    "sqlite": {"engine": "sqlite", "source": "units.sqlite", "query": "select * from units;"},
}


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("engines") / "project", program)
    project.write_units()
    return project


def effects(data: str, design: str, identity: str) -> str:
    return directive(
        "effects", id=identity, data=data, layout="units", experiment="test", variant="arm", control="C",
        show="table").replace("```\n\n", DESIGNS[design] + "\n```\n\n")


@pytest.mark.parametrize("engine", ENGINES)
def test_moments_agree_with_the_native_reader(project, engine):
    condition = "test in ('t0', 't1', 't2') and not (orders < 10.5) and gaps is not missing or unit != 'u7'"
    text = directive("data", id="native", source="units.csv", where=condition)
    text += directive("data", id="asked", where=condition, **ENGINES[engine])
    for design in DESIGNS:
        text += effects("native", design, f"native-{design}") + effects("asked", design, f"asked-{design}")
    done = project.build(text, name=engine)
    assert done.returncode == 0, done.stderr
    results = project.results(engine)
    for design in DESIGNS:
        assert_equal_numbers(results[f"native-{design}"]["values"], results[f"asked-{design}"]["values"], design)
        queries = results[f"asked-{design}"]["queries"]
        assert all(query["engine"] == results["asked"]["values"]["engine"] for query in queries)
        assert all(len(query["sha256"]) == 64 and query["rows"] > 0 or "having" in query["sql"] for query in queries)
        assert not any(str(project.root) in query["sql"] for query in queries)


def test_only_moments_come_out(project):
    text = directive("data", id="asked", **ENGINES["parquet"]) + effects("asked", "plain", "lift")
    assert project.build(text).returncode == 0
    queries = project.results()["lift"]["queries"]
    # Eight arms; the second query goes about means, for one of the metrics needs it.
    assert [query["rows"] for query in queries] == [8, 8]
    assert "unit" not in queries[0]["sql"].replace("units", "")


def test_rows_of_other_layouts_come_with_the_columns_that_are_used(project):
    query = "select test, arm, count(*) as n, avg(orders) as mean, var_samp(orders) as variance, 1 as more from source group by all order by all"
    text = directive("data", id="arms", engine="duckdb", source="units.csv", query=query)
    text += directive(
        "effects", id="lift", data="arms", layout="arms", experiment="test", variant="arm", control="C", count="n",
        mean="mean", variance="variance")
    text += directive("data", id="native", source="units.csv") + effects("native", "plain", "units")
    assert project.build(text).returncode == 0
    results = project.results()
    assert results["lift"]["queries"][0]["sql"].startswith('select "test", "arm", "n", "mean", "variance" from (')
    own = [next(iter(row["effects"].values()))["estimate"] for row in results["lift"]["values"]["rows"]]
    units = {(row["experiment"], row["variant"]): row["effects"]["orders"]["estimate"] for row in results["units"]["values"]["rows"]}
    assert own == pytest.approx([units[key] for key in sorted(units)], rel=1e-9)


def test_a_checkpoint_is_chosen_by_the_engine(project):
    query = "select test, arm, day, count(*) as n, any_value(day) + avg(orders) as mean, var_samp(orders) as variance from source, range(3) d(day) group by all"
    text = directive("data", id="arms", engine="duckdb", source="units.csv", query=query)
    text += directive(
        "effects", id="lift", data="arms", layout="arms", experiment="test", variant="arm", control="C", count="n",
        mean="mean", variance="variance", at="{equals: {day: 2}}")
    done = project.build(text)
    assert done.returncode == 0, done.stderr
    sent = project.results()["lift"]["queries"][0]
    assert sent["sql"].endswith('where (cast("day" as double) = 2.0e0)') and sent["rows"] == 8


LAYOUTS = {
    "arms": "layout: arms\nexperiment: test\nvariant: arm\nmetric: metric\ncontrol: C\ncount: n\nmean: mean\nvariance: variance",
    "pairs": "layout: pairs\nexperiment: test\nvariant: arm\nmetric: metric\ncontrol: {count: n, mean: base, variance: variance}\n"
    "treatment: {count: n, mean: mean, variance: variance}",
    "estimates": "layout: estimates\nexperiment: test\nvariant: arm\nmetric: metric\neffect: mean\nvariance: variance",
    "loose": "layout: estimates\neffect: mean\nvariance: variance",
}


def checkpoints(project, odd: str = "") -> dict[str, dict[str, str]]:
    """Arms of which some have a later day than others, as text and in databases; the same to all."""
    rows = ["test,arm,metric,day,n,base,mean,variance"]
    for test in range(3):
        for arm in ["C", "A", "B"]:
            for metric in range(2):
                for day in sorted(range(2 + (test + len(arm) + metric) % 3), key=lambda day: day * 7 % 5):
                    rows.append(f"t{test},{arm},m{metric},{day}.5,{100 + test},{test + metric + day},{day + test * 0.25 + ord(arm) / 64},{1 + day / 8}")
    rows += [odd] if odd else []
    folder = project.root / "Analyses" / "days"
    folder.mkdir(exist_ok=True)
    (folder / "days.csv").write_text("\n".join(rows) + "\n")
    duckdb("copy (from read_csv('days.csv', all_varchar = false)) to 'days.parquet'", folder)
    (folder / "days.sqlite").unlink(missing_ok=True)
    database = sqlite3.connect(folder / "days.sqlite")
    database.execute(f"create table days ({rows[0]})")
    for row in rows[1:]:
        cells = [cell or None if place < 3 else float(cell) if cell else None for place, cell in enumerate(row.split(","))]
        database.execute("insert into days values (?, ?, ?, ?, ?, ?, ?, ?)", cells)
    database.commit()
    database.close()
    return {
        "native": {"source": "days/days.csv"}, "parquet": {"engine": "duckdb", "source": "days/days.parquet"},
        "sqlite": {"engine": "sqlite", "source": "days/days.sqlite", "query": "select * from days"},
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_last_checkpoint_is_chosen_by_the_engine(project, layout):
    text = ""
    for kind, source in checkpoints(project).items():
        text += directive("data", id=f"d{kind}", where="\"day < 3 and test != 't9'\"", **source)
        text += f"```effects\nid: e{kind}\ndata: d{kind}\n{LAYOUTS[layout]}\nat: {{last: day}}\n```\n\n"
    done = project.build(text, name="last")
    assert done.returncode == 0, done.stderr
    results = project.results("last")
    native = dict(numbers(results["enative"]["values"]))
    for kind in ["parquet", "sqlite"]:
        assert dict(numbers(results[f"e{kind}"]["values"])) == pytest.approx(native, rel=1e-12), kind
        sent = results[f"e{kind}"]["queries"][0]
        # Of rows that are experiments of their own each is the last.
        assert ("report_last" in sent["sql"]) == (layout != "loose")
        assert layout == "loose" or sent["rows"] == 18


@pytest.mark.parametrize("odd, words", [
    ("t1,A,m0,3.5,100,1,1,1", "has two"), ("t1,A,m0,0.5,100,1,1,1", None), ("t1,A,m0,,100,1,1,1", "Every row tells its checkpoint"),
    (",A,m0,9.5,100,1,1,1", "Every row names its experiment"), ("t1,,m0,9.5,100,1,1,1", "Every row names its variant"),
])
def test_odd_checkpoints_are_told_alike(project, odd, words):
    """Two rows of the last day are a fault, two of an earlier one are not, and rows without a day or name do not get lost."""
    for kind, source in checkpoints(project, odd).items():
        text = directive("data", id="asked", **source)
        text += f"```effects\nid: lift\ndata: asked\n{LAYOUTS['arms']}\nat: {{last: day}}\n```\n\n"
        done = project.build(text, name="twice")
        assert (done.returncode == 0) == (words is None) and (words or "") in done.stderr, (kind, done.stderr)


# MARK: What values and names cannot do

@pytest.mark.parametrize("value", ["x' or 1 = 1 --", "x'; drop table units; --", "') or ('' = '", "ʼ or 1 = 1", "x\\' or 1=1"])
@pytest.mark.parametrize("engine", ["query", "sqlite"])
def test_values_stay_values(project, value, engine):
    keys = dict(ENGINES[engine])
    keys["query"] = f'"{keys["query"].rstrip(";").split(" where")[0]} where test = {{params.test}}"'
    text = directive("data", id="asked", **keys) + effects("asked", "bounds", "lift")
    analysis = f"---\ntitle: T\nparams: {{test: t0}}\n---\n\n`{{params.test}}`\n\n{text}"
    (project.root / "Analyses" / "value.md").write_text(analysis)
    assert project.rebuild(name="value").returncode == 0
    done = project.rebuild("--param", f"test={value}", name="value")
    assert done.returncode == 1 and "has none" in done.stderr, done.stderr
    (project.root / "Analyses" / "value.md").write_text(analysis.replace("{{params.test}}", '"x"'))


@pytest.mark.parametrize("engine", ["query", "sqlite"])
def test_names_stay_names(project, engine):
    name = 'a""b); drop table units; --'
    keys = dict(ENGINES[engine])
    keys["query"] = f"'select *, orders as \"{name}\" from {'units' if engine == 'sqlite' else 'source'}'"
    if engine == "query":
        keys["source"] = "units.csv"
    text = directive("data", id="asked", **keys)
    text += effects("asked", "bounds", "lift") + directive(
        "effects", id="hostile", data="asked", layout="units", experiment="test", variant="arm", control="C",
        metrics="['" + name.replace('""', '"') + "', gaps]")
    done = project.build(text)
    assert done.returncode == 0, done.stderr


# MARK: Faults


def test_a_missing_client_is_told(project):
    own = Project(project.root.parent / "bare", project.program)
    shutil.copy(project.root / "Analyses" / "units.csv", own.root / "Analyses")
    own.environment["PATH"] = "/usr/bin:/bin"
    done = own.build(directive("data", id="asked", **ENGINES["csv"]) + effects("asked", "plain", "lift"))
    assert done.returncode == 1 and "needs its client, duckdb" in done.stderr and "Analyses/a.md:7:9" in done.stderr


@pytest.mark.parametrize("cells, word", [
    (["1", "x"], "VARCHAR"), (["1", "nan"], "finite"), (["1", "inf"], "finite"), (["1", ""], None),
])
def test_what_is_no_number_is_no_number(project, cells, word):
    rows = "".join(f"t,{arm},{cell if index == 9 else index}\n" for arm in "CT" for index, cell in enumerate(cells * 6))
    rows = rows.replace("t,T,9", f"t,T,{cells[1]}")
    (project.root / "Analyses" / "odd.csv").write_text("test,arm,y\n" + rows)
    text = directive("data", id="asked", engine="duckdb", source="odd.csv") + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C", metrics="[y]")
    done = project.build(text, name="odd")
    assert (done.returncode == 0) == (word is None), done.stderr


def test_text_in_numbers_of_sqlite_is_told(project):
    path = project.root / "Analyses" / "text.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("create table units (arm, y)")
    database.executemany("insert into units values (?, ?)", [("CT"[i % 2], i if i != 7 else "7") for i in range(20)])
    database.commit()
    database.close()
    text = directive("data", id="asked", engine="sqlite", source="text.sqlite", query="select * from units") + directive(
        "effects", id="lift", data="asked", layout="units", variant="arm", control="C", metrics="[y]")
    done = project.build(text, name="text")
    assert done.returncode == 1 and "not all that it holds are finite numbers: y" in done.stderr


def client(project, script: str) -> None:
    """A client of that name in front of DuckDB's."""
    folder = project.root.parent / "clients"
    folder.mkdir(exist_ok=True)
    path = folder / "duckdb"
    path.write_text("#!/bin/sh\n" + script.replace("DUCKDB", str(DUCKDB)))
    path.chmod(0o755)
    project.environment["PATH"] = f"{folder}:/usr/bin:/bin"


def test_a_client_sees_no_variable_of_the_environment(project):
    good = dict(project.environment)
    seen = project.root.parent / "seen"
    client(project, f'env > {seen}; exec DUCKDB "$@"')
    project.environment["SECRET"] = "xyzzy"
    try:
        done = project.build(
            directive("data", id="asked", **ENGINES["csv"]) + effects("asked", "plain", "seen"), "--no-cache", name="seen")
    finally:
        project.environment = good
    assert done.returncode == 0, done.stderr
    # What the shell itself sets is there.
    assert "xyzzy" not in seen.read_text() and "HOME" not in seen.read_text()
    # Times are those of no machine.
    assert "TZ=UTC\n" in seen.read_text()


def test_sums_are_made_in_one_order(project):
    # So many rows that several processes add them up, each its part.
    (project.root / "Analyses" / "more").mkdir()
    duckdb("copy (select i % 5 as test, case when i % 2 = 0 then 'C' else 'A' end as arm, hash(i) / 1.8e19 as y, "
           "hash(i) % 1000 as z from range(10100000) r(i)) to 'more/many.parquet'", project.root / "Analyses")
    text = directive("data", id="asked", engine="duckdb", source="more/many.parquet", where="z < 900")
    # A query is one process's.
    text += directive("data", id="queried", engine="duckdb", query="select * from 'more/many.parquet' where z < 900")
    text += "".join(directive(
        "effects", id=f"lift-{data}", data=data, layout="units", experiment="test", variant="arm", control="C",
        metrics="[y, z]") for data in ["asked", "queried"])
    text += directive("data", id="summed", engine="duckdb", query="select arm, sum(y) as y, 1 as se from 'more/many.parquet' group by arm")
    text += directive("effects", id="shown", data="summed", layout="estimates", effect="y", se="se")
    digests = set()
    for cores in ["0", "0-63", "0-63", "0-63"]:
        (project.root / "Analyses" / "many.md").write_text("---\ntitle: T\n---\n\n" + text)
        done = subprocess.run(
            ["taskset", "-c", cores, project.program, "build", "Analyses/many.md", "--no-ledger", "--no-cache"],
            cwd=project.root, env=project.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        digests.add((project.root / "output" / "many.json").read_bytes())
    assert len(digests) == 1
    results = project.results("many")
    assert results["lift-asked"]["queries"][0]["rows"] == 2 * results["lift-queried"]["queries"][0]["rows"] == 20
    assert_equal_numbers(results["lift-queried"]["values"], results["lift-asked"]["values"], "parts")
    assert "in an order that changes" not in (project.root / "output" / "many.md").read_text()
    settings = project.root / "report.yaml"
    settings.write_text("engines:\n  duckdb: {threads: 2}\n")
    try:
        assert project.build(text, name="many").returncode == 0
        page = (project.root / "output" / "many.md").read_text()
        assert "adds numbers up in an order that changes" in page
    finally:
        settings.unlink()


@pytest.mark.parametrize("script, words", [
    ('case "$*" in *var_samp*|*sums*|*cells*) kill -9 $$;; esac; exec DUCKDB "$@"', "signal 9"),
    ('case "$*" in *var_samp*|*cells*) DUCKDB "$@" | head -c 200; exit 3;; esac; exec DUCKDB "$@"', "exit code 3"),
    ('case "$*" in *var_samp*|*cells*) DUCKDB "$@" | head -n 3; exit 0;; esac; exec DUCKDB "$@"', "cut short"),
])
def test_a_client_that_fails_midway_leaves_nothing(project, script, words):
    good = dict(project.environment)
    text = directive("data", id="asked", **ENGINES["parquet"]) + effects("asked", "plain", f"midway-{len(words)}")
    (project.root / "output" / "midway.json").unlink(missing_ok=True)
    client(project, script)
    try:
        done = project.build(text, name="midway")
        assert done.returncode == 1 and words in done.stderr, done.stderr
        assert not (project.root / "output" / "midway.json").exists()
    finally:
        project.environment = good
    done = project.build(text, name="midway")
    assert done.returncode == 0, done.stderr


# MARK: Pins


def test_what_nothing_pins_is_asked_each_time_and_says_so(project):
    text = directive("data", id="asked", **ENGINES["query"]) + effects("asked", "bounds", "lift")
    assert project.build(text, name="loose").returncode == 0
    first = project.results("loose")["lift"]["digest"]
    page = (project.root / "output" / "loose.md").read_text()
    assert "The input is not pinned" in page
    path = project.root / "Analyses" / "units.csv"
    old = path.read_text()
    path.write_text(old + "x,t0,C,s,12.5,1,1,1,1,1,1,1\n")
    try:
        assert project.rebuild(name="loose").returncode == 0
        assert project.results("loose")["lift"]["digest"] != first
    finally:
        path.write_text(old)


def test_a_file_pins_and_serves_from_the_cache(project):
    text = directive("data", id="asked", **ENGINES["sqlite"]) + effects("asked", "bounds", "lift")
    assert project.build(text, name="pinned").returncode == 0
    assert "not pinned" not in (project.root / "output" / "pinned.md").read_text()
    done = project.rebuild("--explain", name="pinned")
    assert "lift: unchanged" in done.stdout + done.stderr or "unchanged" in done.stdout + done.stderr
    assert project.results("pinned")["asked"]["sources"][0]["path"] == "Analyses/units.sqlite"


def test_a_freshness_query_serves_from_the_cache_until_it_tells(project):
    query = dict(ENGINES["query"], fresh="select max(unit), count(*) from 'units.csv'")
    text = directive("data", id="asked", **query) + effects("asked", "bounds", "lift")
    assert project.build(text, name="fresh").returncode == 0
    first = project.results("fresh")["lift"]
    assert first["queries"][0]["pin"].startswith("fresh: u999")
    assert project.rebuild(name="fresh").returncode == 0
    assert project.results("fresh")["lift"]["digest"] == first["digest"]


def test_a_stranger_runs_nothing(project):
    (project.root / "report.yaml").write_text("engines:\n  mine: {command: [/bin/sh, -c, touch out.csv], dialect: trino}\n")
    for engine in ["mine", "spark", "postgres"]:
        done = project.build(directive("data", id="asked", engine=engine, query="select 1 as a"), name="stranger")
        assert done.returncode == 1 and "only in a trusted project" in done.stderr, done.stderr
    assert not (project.root / "out.csv").exists()
    (project.root / "report.yaml").unlink()
