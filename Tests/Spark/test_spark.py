"""Spark: the same numbers as the native reader's, nothing misread, and no way out of a query."""

import json
import os
import random
import signal
import subprocess
import time

import pytest

from conftest import LOCAL, QUICK
from engine_project import DESIGNS, assert_equal_numbers, directive, duckdb
from test_warehouse import assert_recorded
from warehouse import Warehouse


def effects(data: str, design: str, identity: str) -> str:
    return directive(
        "effects", id=identity, data=data, layout="units", experiment="test", variant="arm", control="C",
        show="table").replace("```\n\n", DESIGNS[design] + "\n```\n\n")


@pytest.fixture
def master(project, cluster):
    """Two engines: Spark on the cluster by its own name, and in one process by another."""
    command = f"[spark-sql, --master, '{cluster.url}', --conf, spark.executor.memory=512m, {QUICK}]"
    project.engines(spark=f"command: {command}", local=LOCAL)
    return cluster


# MARK: The same numbers


@pytest.mark.parametrize("engine, source, designs", [
    ("spark", "units.parquet", ["plain", "ratio", "cuped", "quantiles"]),
    ("spark", "units.csv", ["filled", "gaps", "clusters", "weights", "bounds"]),
])
def test_moments_agree_with_the_native_reader(project, master, engine, source, designs):
    condition = "test in ('t0', 't1', 't2') and not (orders < 10.5) and gaps is not missing or unit != 'u7'"
    text = directive("data", id="native", source="units.csv", where=condition)
    text += directive("data", id="asked", engine=engine, source=source, where=condition)
    for design in designs:
        text += effects("native", design, f"native-{design}") + effects("asked", design, f"asked-{design}")
    done = project.build(text, "--jobs", "1", name="moments")
    assert done.returncode == 0, done.stderr
    results = project.results("moments")
    for design in designs:
        assert_equal_numbers(results[f"native-{design}"]["values"], results[f"asked-{design}"]["values"], design)
        for query in results[f"asked-{design}"]["queries"]:
            assert query["engine"] == "spark" and query["version"] == results["asked"]["values"]["version"]
            assert len(query["sha256"]) == 64 and (query["rows"] > 0 or "having" in query["sql"])
            assert str(project.root) not in query["sql"] and query["pin"] == f"Analyses/{source}"
    assert "Registered app" in master.log("master")
    assert all("Asked to launch executor" in master.log(f"worker{index}") for index in range(2))


def test_a_unit_twice_and_a_split_cluster_are_told(project, master):
    query = "select * from source union all select * from source where unit in ('u3', 'u5')"
    text = directive("data", id="asked", engine="local", source="units.parquet", query=query)
    done = project.build(text + effects("asked", "weights", "lift"), name="twice")
    assert done.returncode == 1 and "u3 of experiment t0: 2 rows" in done.stderr, done.stderr
    query = "select unit, test, arm, orders, big, 'one' as shop from source"
    text = directive("data", id="asked", engine="local", source="units.parquet", query=query)
    done = project.build(text + effects("asked", "clusters", "lift"), name="twice")
    assert done.returncode == 1 and "one of experiment t0" in done.stderr, done.stderr


def test_rows_of_other_layouts_and_a_checkpoint(project, master):
    query = (
        "select test, arm, day, count(*) as n, max(day) + avg(orders) as mean, var_samp(orders) as variance, 1 as more "
        "from source cross join (select explode(array(0, 1, 2)) as day) group by test, arm, day order by all")
    text = directive("data", id="arms", engine="local", source="units.parquet", query=query)
    text += directive(
        "effects", id="lift", data="arms", layout="arms", experiment="test", variant="arm", control="C", count="n",
        mean="mean", variance="variance", at="{equals: {day: 2}}")
    text += directive("data", id="native", source="units.csv") + effects("native", "plain", "units")
    done = project.build(text, name="rows")
    assert done.returncode == 0, done.stderr
    results = project.results("rows")
    sent = results["lift"]["queries"][0]
    assert sent["sql"].startswith("select `test`, `arm`, `day`, `n`, `mean`, `variance` from (")
    assert sent["sql"].endswith("where (cast(`day` as double) = 2.0e0)") and sent["rows"] == 8
    own = {(row["experiment"], row["variant"]): next(iter(row["effects"].values()))["estimate"]
           for row in results["lift"]["values"]["rows"]}
    for row in results["units"]["values"]["rows"]:
        assert own[row["experiment"], row["variant"]] == pytest.approx(row["effects"]["orders"]["estimate"], rel=1e-9)


def test_a_build_starts_the_client_twice(project, master, spark):
    # For the version and the columns, and for the moments: a start takes seconds.
    calls, client = project.root.parent / "calls", project.root.parent / "counted-spark-sql"
    client.write_text(f'#!/bin/sh\necho call >> {calls}\nexec {spark}/bin/spark-sql "$@"\n')
    client.chmod(0o755)
    project.engines(local=LOCAL.replace("[spark-sql,", f"[{client},"))
    text = directive("data", id="asked", engine="local", source="units.parquet") + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C", metrics="[orders]")
    done = project.build(text, name="starts")
    assert done.returncode == 0, done.stderr
    assert calls.read_text().count("call") == 2


# MARK: Nothing is misread

NAMES = ["C", "a\tb", "c\nd", "-- e", "x\n-- y", "NULL", "\\N", "\\", 'say "no"', "NaN", "Infinity", "null", "ʼ é 漢 \u2028", "", " "]


def test_texts_and_numbers_come_as_they_are(project, master):
    draw = random.Random(3)
    rows = []
    for index, name in enumerate(NAMES):
        mean = draw.uniform(-1, 1) * 10.0 ** draw.randint(-300, 300)
        rows.append({"arm": name, "n": 100 + index, "mean": mean, "variance": draw.random() * 10.0 ** draw.randint(-9, 9)})
    path = project.root / "Analyses" / "arms.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    duckdb("copy (from 'arms.jsonl') to 'arms.parquet'", path.parent)
    keys = dict(layout="arms", variant="arm", control="C", count="n", mean="mean", variance="variance")
    text = directive("data", id="native", source="arms.jsonl", missing="['none']")
    text += directive("data", id="asked", engine="local", source="arms.parquet")
    text += directive("effects", id="own", data="native", **keys) + directive("effects", id="lift", data="asked", **keys)
    done = project.build(text, name="texts")
    assert done.returncode == 0, done.stderr
    results = project.results("texts")
    assert results["lift"]["values"] == results["own"]["values"]
    assert sorted(row["variant"] for row in results["lift"]["values"]["rows"]) == sorted(set(NAMES) - {"C"})
    kinds = {column["name"]: column["type"] for column in results["asked"]["values"]["columns"]}
    assert kinds == {"arm": "text", "n": "number", "mean": "number", "variance": "number"}


@pytest.mark.parametrize("cell, words", [
    ("'NaN'::double", "not all that it holds are finite numbers: y"),
    ("'-Infinity'::double", "not all that it holds are finite numbers: y"),
    ("'x'", "its type is none of numbers: y"), ("null", None),
])
def test_what_is_no_number_is_no_number(project, master, cell, words):
    other = "i::varchar" if cell == "'x'" else "i"
    sql = f"select case when i % 2 = 0 then 'C' else 'T' end as arm, case when i = 7 then {cell} else {other} end as y from range(20) r(i)"
    duckdb(f"copy ({sql}) to 'odd.parquet'", project.root / "Analyses")
    text = directive("data", id="asked", engine="local", source="odd.parquet") + directive(
        "effects", id="lift", data="asked", layout="units", variant="arm", control="C", metrics="[y]")
    done = project.build(text, name="odd")
    assert (done.returncode == 0) == (words is None) and (words or "") in done.stderr, done.stderr


def test_names_stay_names(project, master):
    names = ["a`b", "a b.c", "a), (", "select", "漢"]
    columns = ", ".join('orders + 0 as "{}"'.format(name.replace('"', '""')) for name in names)
    duckdb(f"copy (select test, arm, {columns} from 'units.csv') to 'names.parquet'", project.root / "Analyses")
    listed = "[" + ", ".join("'" + name.replace("'", "''") + "'" for name in names) + "]"
    text = directive("data", id="asked", engine="local", source="names.parquet") + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C", metrics=listed)
    done = project.build(text, name="names")
    assert done.returncode == 0, done.stderr
    row = project.results("names")["lift"]["values"]["rows"][0]
    assert len({effect["estimate"] for effect in row["effects"].values()}) == 1 and set(row["effects"]) == set(names)


@pytest.mark.parametrize("name", ["a; drop table t", "a\n-- b", "a`; drop table t; --", "it's", 'a"b', "a\\", "/* a", "a -- b"])
def test_names_that_the_client_would_cut_are_refused(project, master, name):
    quoted = name.replace('"', '""')
    duckdb(f"copy (select test, arm, orders as \"{quoted}\" from 'units.csv') to 'cut.parquet'", project.root / "Analyses")
    text = directive("data", id="asked", engine="local", source="cut.parquet") + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C",
        metrics=json.dumps([name]))
    done = project.build(text, name="cut")
    assert done.returncode == 1 and "Spark cannot be asked this" in done.stderr, done.stderr


def test_values_stay_values(project, master):
    values = ["x' or 1 = 1 --", "x'; drop table units; --", "x\\' or 1=1", "${env:HOME}", "ʼ", "a\n-- b\n;", "`", '"', "\\u003B"]
    query = " union all ".join(f"select length({{params.p{i}}}) as effect, 1 as se" for i in range(len(values)))
    text = directive("data", id="asked", engine="local", query=query, columns="[effect, se]")
    text += directive("effects", id="one", data="asked", layout="estimates", effect="effect", se="se")
    analysis = f"---\ntitle: T\nparams: {json.dumps({f'p{i}': value for i, value in enumerate(values)})}\n---\n\n{text}"
    (project.root / "Analyses" / "values.md").write_text(analysis)
    done = project.rebuild(name="values")
    assert done.returncode == 0, done.stderr
    rows = project.results("values")["one"]["values"]["rows"]
    found = [next(iter(row["effects"].values()))["estimate"] for row in rows]
    assert found == [len(value) for value in values]


# MARK: What a query cannot do

REFUSED = [
    "select 1 as a; drop table units", "select 1 as a) as q; drop table units; select * from (select 1 as a",
    "insert overwrite directory '{out}' using csv select 1", "insert into t select 1", "add jar '{out}'", "set a = b",
    "create function f as 'java.lang.System'", "create table t as select 1 as a", "drop table units", "cache table t",
    "from t insert overwrite directory '{out}' select *",
    "select transform(a) using 'touch {out}' as (b) from source",
    "select transform(a) using/**/'touch {out}' as (b) from source",
    "select transform(a) using r'touch {out}' as (b) from source", 'select map a using "touch {out}" as b from source',
    "select reflect('java.lang.System', 'exit', 1) as a", "select `reflect`('java.lang.System', 'exit', 1) as a",
    "select REFLECT /* x */ ('java.lang.System', 'exit', 1) as a", "select java_method('java.lang.System', 'exit', 1) as a",
    "select try_reflect('java.lang.System', 'exit', 1) as a", "select identifier('ref' || 'lect')('java.lang.System') as a",
    "select /*+ x */ reflect('java.lang.System', 'exit', 1) as a", "select /* /* */ 1 as a", "select 'a", "select (1 as a",
    "select r'\\' as a, '; drop table t -- ' as b", "select 1 as ʀeflect", "select 'a\n-- b' as a", "select 'a;b' as a",
    "source {out}", "dfs -ls /", "!touch {out}", "explain select 1", "describe t", "", "-- nothing",
    "select 1 as a -- x\\\n", "select 1 as a\u00a0", "refresh table t", "use x", "reset", "list jars", "load data inpath 'x' into table t",
]


@pytest.mark.parametrize("query", REFUSED)
def test_a_query_is_one_select_that_calls_nothing_of_the_host(project, query):
    out = project.root / "out"
    # Spark is not even asked.
    project.engines(never=f"command: [/bin/sh, -c, 'touch {out}'], dialect: spark")
    text = directive("data", id="asked", engine="never", source="units.csv", query=json.dumps(query.replace("{out}", str(out))))
    text += directive("effects", id="one", data="asked", layout="estimates", effect="a", se="a")
    done = project.build(text, name="hostile")
    assert done.returncode == 1 and "A query is one SELECT" in done.stderr, done.stderr
    assert "Analyses/hostile.md:9:" in done.stderr and not out.exists()


@pytest.mark.parametrize("query, words", [
    ("select * from csv.`{outside}`", "csv"), ("select value as a from text.`file:{outside}`", "text"),
    ("select * from parquet.`units.parquet`", "parquet"), ("select nosuch from source", "nosuch"),
    ("select , 1 as a from source", "PARSE_SYNTAX_ERROR"),
    ("with x as (select 1 as a) insert into t select * from x", "PARSE_SYNTAX_ERROR"),
])
def test_spark_itself_refuses_and_its_words_stand_at_the_query(project, master, tmp_path, query, words):
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n42424242\n")
    text = directive(
        "data", id="asked", engine="local", source="units.csv", query=json.dumps(query.replace("{outside}", str(outside))))
    text += directive("effects", id="one", data="asked", layout="estimates", effect="a", se="a")
    done = project.build(text, name="refused")
    assert done.returncode == 1 and "Analyses/refused.md:9:8" in done.stderr, done.stderr
    assert words in done.stderr and "42424242" not in done.stderr


def test_no_variable_of_the_environment_is_read(project, master):
    project.environment["SECRET"] = "xyzzy"
    query = "select length('${env:SECRET}') as effect, length('${system:user.name}') as se"
    text = directive("data", id="asked", engine="local", query=json.dumps(query))
    text += directive("effects", id="one", data="asked", layout="estimates", effect="effect", se="se")
    done = project.build(text, name="secret")
    assert done.returncode == 0, done.stderr
    row = project.results("secret")["one"]["values"]["rows"][0]
    assert next(iter(row["effects"].values()))["estimate"] == len("${env:SECRET}")
    files = [file for file in project.root.rglob("*") if file.is_file()]
    assert not any(b"xyzzy" in file.read_bytes() for file in files)


# MARK: Ends


def running(marker: str) -> int:
    return len(subprocess.run(["pgrep", "-f", f"java.*{marker}"], capture_output=True, text=True).stdout.split())


def slow(project, marker: str, seconds: int) -> str:
    command = f"[spark-sql, --master, 'local[1]', --conf, spark.app.name={marker}]"
    project.engines(local=LOCAL, slow=f"command: {command}, dialect: spark, timeout: {seconds}")
    query = "select max(sqrt(a.id + b.id)) as a from range(100000000) a cross join range(100000) b"
    return directive("data", id="asked", engine="slow", query=query) + directive(
        "effects", id="one", data="asked", layout="estimates", effect="a", se="a")


def test_a_client_that_takes_too_long_leaves_no_process(project):
    marker = f"slow-{os.getpid()}"
    done = project.build(slow(project, marker, 25), name="slow")
    assert done.returncode == 1 and "took longer than 25 s" in done.stderr, done.stderr
    assert running(marker) == 0 and not list(project.temporary.iterdir())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_ends_the_program_ends_spark(project, number):
    marker = f"ended-{os.getpid()}-{int(number)}"
    (project.root / "Analyses" / "ended.md").write_text("---\ntitle: T\n---\n\n" + slow(project, marker, 600))
    started = subprocess.Popen(
        [project.program, "build", "Analyses/ended.md", "--trust", "--no-ledger"], cwd=project.root,
        env=project.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        if running(marker):
            break
        time.sleep(0.1)
    assert running(marker) == 1
    time.sleep(2)
    started.send_signal(number)
    started.wait(timeout=20)
    time.sleep(0.5)
    assert running(marker) == 0 and not list(project.temporary.iterdir())


def test_the_warehouse_is_what_spark_says(program, spark, cluster, tmp_path):
    warehouse = Warehouse(tmp_path / "project", program)
    assert_recorded(warehouse.spark(spark, cluster.url))
