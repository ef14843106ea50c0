"""Engines: the same numbers as the native reader's, and no way out of the project."""

import os
import shutil
import sqlite3

import pytest

from engine_project import DESIGNS, DUCKDB, Project, directive, duckdb, numbers

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
        native = dict(numbers(results[f"native-{design}"]["values"]))
        asked = dict(numbers(results[f"asked-{design}"]["values"]))
        assert native.keys() == asked.keys()
        for path, number in native.items():
            # An effect may be near 0, where only its standard error gives it a scale.
            scale = max(abs(number), native.get(path.rsplit("/", 1)[0] + "/se", 0), 1e-300)
            if "interval" in path:
                scale = max(scale, native[path.rsplit("/", 2)[0] + "/se"])
            assert abs(asked[path] - number) <= 1e-10 * scale, (design, path)
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


# MARK: What a query cannot do

HOSTILE = {
    "two": "select 1 as a; drop table units",
    "write": "copy (select 1) to 'Analyses/out.csv'",
    "closing": "select 1 as a) to 'out.csv'; copy (select 1",
    "attach": "attach '{outside}' as x",
    "outside": "select * from '{outside}'",
    "read": "select content from read_text('{outside}')",
    "glob": "select file from glob('/etc/*')",
    "link": "select * from 'link.csv'",
    "settings": "select 1 as a from (select 1) where getenv('SECRET') = 'x' or 1 = 0",
    "shell": ".shell touch out.csv",
    "line": "select 1 as a\\n.shell touch out.csv",
    "bang": "\\\\! touch out.csv",
    "install": "install httpfs",
    "pragma": "pragma database_list",
    "network": "select * from 'https://localhost/x.csv'",
}


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "settings"])
@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_a_query_reads_the_project_alone(project, tmp_path, name, engine):
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n42424242\n")
    link = project.root / "Analyses" / "link.csv"
    link.unlink(missing_ok=True)
    link.symlink_to(outside)
    before = sorted(project.root.glob("**/out.csv"))
    query = HOSTILE[name].replace("{outside}", str(outside))
    keys = {"engine": engine, "query": f'"{query}"'}
    if engine == "sqlite":
        keys["source"] = "units.sqlite"
    text = directive("data", id="asked", **keys) + directive(
        "meta-analysis", id="pooled", data="asked", effect="a", se="a")
    done = project.build(text, name="hostile")
    assert done.returncode == 1
    assert "Analyses/hostile.md:" in done.stderr and "42424242" not in done.stderr
    assert sorted(project.root.glob("**/out.csv")) == before
    link.unlink()


def test_a_client_sees_no_variable_of_the_environment(project):
    project.environment["SECRET"] = "xyzzy"
    text = directive("data", id="asked", engine="duckdb", query="select getenv('SECRET') as a, 1 as b")
    text += directive("figure", id="f", data="asked", marks="[{mark: points, x: b, y: b}]", alt="x")
    project.build(text)
    assert not any(b"xyzzy" in file.read_bytes() for file in project.root.glob("output/**/*") if file.is_file())


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


def test_a_column_that_changes_its_type_late_is_told(project):
    rows = "".join(f"{'CT'[i % 2]},{i % 10}\n" for i in range(400_000)) + "C,text\n"
    (project.root / "Analyses" / "late.csv").write_text("arm,y\n" + rows)
    text = directive("data", id="asked", engine="duckdb", source="late.csv") + directive(
        "effects", id="lift", data="asked", layout="units", variant="arm", control="C", metrics="[y]")
    done = project.build(text, name="late")
    assert done.returncode == 1 and "400002" in done.stderr, done.stderr


def client(project, script: str) -> None:
    """A client of that name in front of DuckDB's."""
    folder = project.root.parent / "clients"
    folder.mkdir(exist_ok=True)
    path = folder / "duckdb"
    path.write_text("#!/bin/sh\n" + script.replace("DUCKDB", str(DUCKDB)))
    path.chmod(0o755)
    project.environment["PATH"] = f"{folder}:/usr/bin:/bin"


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


def test_many_small_experiments(project):
    sql = "copy (select i as test, 'C' as arm, i * 0.5 as orders from range(200000) r(i)) to 'many.parquet'"
    duckdb(sql, project.root / "Analyses")
    text = directive("data", id="asked", engine="duckdb", source="many.parquet") + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C",
        metrics="[orders]")
    done = project.build(text, name="many")
    assert done.returncode in (0, 1) and "rror" in done.stderr + "error"


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
