"""Identifiers and values of an analysis stay what they are, and a query reads the project alone."""

import json
import resource
import sqlite3

import pytest

import hostile
from engine_project import Project, directive, duckdb
from hostile import NAMES, TEXTS, text

NATIVE = {"source": "{name}.csv"}
DUCKDB_FILE = {"engine": "duckdb", "source": "{name}.csv"}
DUCKDB_QUERY = {"engine": "duckdb", "query": "select * from '{name}.csv'"}
SQLITE = {"engine": "sqlite", "source": "{name}.sqlite", "query": "select * from units"}
ENGINES = {"native": NATIVE, "file": DUCKDB_FILE, "query": DUCKDB_QUERY, "sqlite": SQLITE}


def engine(kind: str, name: str) -> dict:
    return {key: value.replace("{name}", name) for key, value in ENGINES[kind].items()}


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("injection") / "project", program)
    folder = project.root / "Analyses"
    hostile.write(folder, "values", hostile.rows())
    hostile.write(folder, "names", hostile.named_rows())
    (folder / "inside.csv").write_text("a,b\n42424242,1\n")
    (folder / "inside.txt").write_text("42424242")
    outside = project.root.parent / "outside"
    outside.mkdir()
    (outside / "out.csv").write_text("a,b\n42424242,1\n")
    (outside / "out.txt").write_text("42424242")
    (outside / "out.json").write_text('{"a": 42424242, "b": 1}\n')
    duckdb("copy (from 'out.csv') to 'out.parquet'", outside)
    duckdb("attach 'out.duckdb' as d; create table d.t as from 'out.csv'", outside)
    for name in ["out.csv", "out.txt"]:
        (folder / f"link-{name}").symlink_to(outside / name)
    (folder / "linked").symlink_to(outside)
    return project


@pytest.mark.parametrize("kind", ENGINES)
def test_values_are_compared_and_not_run(project, kind):
    done = project.build(hostile.values_analysis(engine(kind, "values")), name=f"values-{kind}")
    assert done.returncode == 0, done.stderr
    hostile.check_values(project.results(f"values-{kind}"))


@pytest.mark.parametrize("kind", ENGINES)
def test_columns_are_named_and_not_run(project, kind):
    done = project.build(hostile.names_analysis(engine(kind, "names")), name=f"names-{kind}")
    assert done.returncode == 0, done.stderr
    hostile.check_names(project.results(f"names-{kind}"))


@pytest.mark.parametrize("kind", ["query", "sqlite"])
def test_parameters_of_a_query_are_values(project, kind):
    front = "---\ntitle: T\nparams:\n"
    body = ""
    given = []
    for place, value in enumerate(TEXTS):
        own = engine(kind, "values")
        own["query"] = f'"{own["query"]} where name = {{params.p{place}}}"'
        # As a default this would be told to be no literal.
        is_braced = value.startswith("{")
        front += f"  p{place}: {text('' if is_braced else value)}\n"
        given += ["--param", f"p{place}={value}"] if is_braced else []
        body += directive("data", id=f"d{place}", **own) + hostile.units(f"d{place}", f"e{place}")
        body += hostile.units(f"d{place}", f"m{place}")
    (project.root / "Analyses" / f"params-{kind}.md").write_text(front + "---\n\n" + body)
    done = project.rebuild(*given, name=f"params-{kind}")
    assert done.returncode == 0, done.stderr
    hostile.check_values(project.results(f"params-{kind}"))
    sent = project.results(f"params-{kind}")["e2"]["queries"]
    assert not any("drop table" in query["sql"] for query in sent)


@pytest.mark.parametrize("kind", ["file", "sqlite"])
@pytest.mark.parametrize("at", ["last", "equals"])
def test_checkpoints_are_named_and_not_run(project, kind, at):
    table = hostile.named_rows()
    hostile.write(project.root / "Analyses", "arms", [
        row | {NAMES[2]: day, "n": 10 + day, "mean": index + day * day, "variance": 1.5}
        for index, row in enumerate(table[:4]) for day in range(3)])
    chosen = {"last": text(NAMES[2])} if at == "last" else {"equals": "{" + text(NAMES[2]) + ": 1}"}
    done = project.build(directive("data", id="asked", **engine(kind, "arms")) + directive(
        "effects", id="lift", data="asked", layout="arms", experiment=text(NAMES[0]), variant=text(NAMES[1]),
        control="C", count="n", mean="mean", variance="variance", at="{" + f"{at}: {chosen[at]}" + "}"), name="arms")
    assert done.returncode == 0, done.stderr
    # Rows 0 and 2, 1 and 3 are the arms of an experiment.
    assert hostile.estimates(project.results("arms"), "lift") == [{"mean": 2.0}, {"mean": 2.0}]
    assert project.results("arms")["lift"]["queries"][0]["rows"] == 4


# MARK: What a query cannot do

CONTROLS = ["select a, b from 'inside.csv'", "select content::int as a, 1 as b from read_text('inside.txt')"]
# Each shows the number behind the fence, or leaves a file, if the fence is not there.
READS = [
    "select a, b from '{outside}/out.csv'", "select a, b from '../../outside/out.csv'",
    "select a, b from 'sub/../../../outside/out.csv'", "select a, b from 'file://{outside}/out.csv'",
    "select a, b from read_csv('{outside}/*.csv')", "select a, b from '../../*/out.csv'",
    "select a, b from 'link-out.csv'", "select a, b from 'linked/out.csv'", "select a, b from 'linked/*.csv'",
    "select a, b from '*/out.csv'", "select content::int as a, 1 as b from read_text('{outside}/out.txt')",
    "select content::int as a, 1 as b from read_text('link-out.txt')",
    "select decode(content)::int as a, 1 as b from read_blob('linked/out.txt')",
    "select a, b from read_json('{outside}/out.json')", "select a, b from '{outside}/out.parquet'",
    "select a, b from read_duckdb('{outside}/out.duckdb', table_name = 't')", "select a, b from '{outside}/out.duckdb'",
    "select length(file) as a, 1 as b from glob('{outside}/*')", "select length(file) as a, 1 as b from glob('../../*/*')",
    "select length(file) as a, 1 as b from glob('/etc/passwd')",
    "select len(columns) as a, 1 as b from sniff_csv('{outside}/out.csv')",
    "select num_rows as a, 1 as b from parquet_file_metadata('{outside}/out.parquet')",
    "select a, b from query('from ''{outside}/out.csv''')", "select length(getenv('SECRET')) as a, 1 as b",
    "select count(*) as a, 1 as b from duckdb_secrets()", "select a, b from 'https://127.0.0.1:1/out.csv'",
    "select a, b from 's3://bucket/out.csv'",
]
# What is more than one SELECT, or not one.
STATEMENTS = [
    "copy (select 1 as a) to '{made}'", "export database '{made}'", "attach '{made}' as x", "attach '{outside}/out.duckdb' as x",
    "create table made as select 1 as a", "insert into units values (1)", "install httpfs", "load httpfs",
    "set enable_external_access = true", "reset lock_configuration", "pragma database_list", "call checkpoint()", "checkpoint",
    "prepare p as select 1 as a", "execute p", "explain select 1 as a", "explain analyze select 1 as a", "vacuum", "use memory",
    "begin", "export database 'Analyses/made'", "import database 'linked'", ".shell touch {made}", ".output {made}", "\\! touch {made}",
    "select 1 as a, 1 as b; copy (select 1) to '{made}'", "select 1 as a, 1 as b) to '{made}'; copy (select 1",
    "select 1 as a, 1 as b -- \n; copy (select 1) to '{made}'", "/* */ copy (select 1) to '{made}'",
    "select 1 as a, 1 as b\n.shell touch {made}", "select 1 as a, 1 as b；copy (select 1) to '{made}'", "select ＇a＇ as a, 1 as b",
    "with x as (insert into units values (1) returning 1) select * from x",
    "select 1 as a, 1 as b into outfile '{made}'", "select load_extension('{made}') as a, 1 as b",
    "select a, b from enable_logging('QueryLog', storage = 'file', storage_path = '{made}'), (select 1 as a, 1 as b)",
    "select a, b from enable_profiling(format = 'json', save_location = '{made}'), (select 1 as a, 1 as b)",
    "select a, b from query('from enable_logging(storage = ''file'', storage_path = ''{made}'')'), (select 1 as a, 1 as b)",
    "select writefile('{made}', 'x') as a, 1 as b", "select length(readfile('/etc/passwd')) as a, 1 as b",
    "select fts3_tokenizer('simple') as a, 1 as b", "select edit('x') as a, 1 as b", "select a, 1 as b from pragma_table_info('units')",
    "select count(*) as a, 1 as b from pragma_database_list()", "values (1, 1); drop table units", "detach main", "reindex units",
    "vacuum into '{made}'", "replace into units values (1)", "update units set y = 0", "delete from units",
]


def asked(project: Project, query: str, kind: str, name: str):
    """What comes of a query whose rows are effects: their estimates, or nil and what was said."""
    (project.root / "output" / f"{name}.json").unlink(missing_ok=True)
    keys = {"engine": kind, "query": json.dumps(query, ensure_ascii=False)}
    if kind == "sqlite":
        keys["source"] = "values.sqlite"
    done = project.build(directive("data", id="asked", **keys) + directive(
        "effects", id="shown", data="asked", layout="estimates", effect="a", se="b"), name=name)
    if done.returncode == 0:
        return hostile.estimates(project.results(name), "shown"), done
    assert done.returncode == 1 and f"Analyses/{name}.md:" in done.stderr, done.stderr
    assert not (project.root / "output" / f"{name}.json").exists()
    return None, done


def everything(project: Project) -> dict[str, bytes]:
    """The project and what lies beside it, but for what a build may write."""
    found = {}
    for path in sorted(project.root.parent.rglob("*")):
        own = path.relative_to(project.root.parent).as_posix()
        if path.is_file() and not own.startswith(("project/output/", "project/.report/", "project/home/")):
            found[own] = b"" if own.endswith("hostile.md") else path.read_bytes()
    return found


@pytest.mark.parametrize("query", CONTROLS)
def test_a_query_reads_what_lies_in_the_project(project, query):
    found, done = asked(project, query, "duckdb", "hostile")
    assert found == [{"a": 42424242}] or found == [{"effect": 42424242}], done.stderr


@pytest.mark.parametrize("query", READS)
def test_a_query_reads_nothing_else(project, query):
    project.environment["SECRET"] = "xyzzy"
    outside = project.root.parent / "outside"
    found, done = asked(project, query.replace("{outside}", str(outside)), "duckdb", "hostile")
    assert found is None and "42424242" not in done.stdout + done.stderr, found
    files = [file for file in (project.root / ".report").rglob("*hostile*") if file.is_file()]
    assert not any(b"42424242" in file.read_bytes() for file in files)


@pytest.mark.parametrize("place", ["inside", "outside"])
@pytest.mark.parametrize("kind", ["duckdb", "sqlite"])
def test_a_query_does_nothing_but_read(project, kind, place):
    made = project.root.parent / "outside" / "made" if place == "outside" else project.root / "Analyses" / "made.json"
    for query in STATEMENTS:
        if place == "outside" and "{made}" not in query:
            continue
        before = everything(project)
        found, done = asked(project, query.replace("{made}", str(made)), kind, "hostile")
        assert found is None, (query, found)
        # No folder either.
        assert everything(project) == before and not made.exists(), query


@pytest.mark.parametrize("kind, query", [
    ("duckdb", "select count(distinct a.range + b.range) as a, 1 as b from range(100000000000) a, range(10) b"),
    ("duckdb", "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as a, 1 as b from n"),
    ("duckdb", "select length(repeat('x', 3000000000)) as a, 1 as b from range(64)"),
    ("duckdb", "select len(list(x)) as a, 1 as b from range(1000000000) r(x)"),
    ("duckdb", "select x as a, 1 as b from range(1000000000) r(x) order by hash(x)"),
    ("duckdb", "select len(generate_series(1, 1000000000000)) as a, 1 as b"),
    ("sqlite", "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as a, 1 as b from n"),
    ("sqlite", "with recursive n(i) as (select 1 union all select i + 1 from n limit 100000000) "
     "select i as a, 1 as b from n order by i % 7919"),
    ("sqlite", "select length(zeroblob(1000000000)) as a, 1 as b"),
    ("sqlite", "with recursive n(i) as (select 1 union all select i + 1 from n limit 100000) "
     "select length(group_concat(hex(zeroblob(10000)))) as a, 1 as b from n"),
    ("sqlite", "select max(a.y) as a, 1 as b from units a, units b, units c, units d, units e"),
])
def test_a_query_that_takes_all_there_is_is_ended(project, kind, query):
    settings = project.root / "report.yaml"
    settings.write_text("engines:\n  duckdb: {timeout: 6, memory: 0.25}\n  sqlite: {timeout: 6, memory: 0.1}\n")
    try:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        found, done = asked(project, query, kind, "hostile")
        assert found is None
        # Of the largest process so far, in kB: a GB beside what the client may buffer.
        after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        assert after == before or after < (1_400_000 if kind == "duckdb" else 400_000)
        words = ["took longer", "took too long", "emory", "too big", "larger than 2^32", "allocat"]
        assert any(word in done.stderr for word in words), done.stderr
        assert "Traceback" not in done.stderr and "Fatal error" not in done.stderr
    finally:
        settings.unlink()


def test_a_database_of_a_stranger_runs_nothing(project):
    """Views and macros of it may call what a query may not."""
    folder = project.root / "Analyses"
    path = folder / "views.duckdb"
    path.unlink(missing_ok=True)
    made = folder / "made"
    duckdb(
        "attach 'views.duckdb' as d; use d; create table t as select 1 as a, 1 as b; "
        "create macro m() as table select a, b from t; "
        f"create view w as select 42424242 as a, 1 as b from enable_logging('QueryLog', storage = 'file', storage_path = '{made}')",
        folder)
    if made.exists():
        made.rmdir() if not any(made.iterdir()) else [file.unlink() for file in made.iterdir()] and made.rmdir()
    for query, is_good in [("from t", True), ("from m()", True), ("from w", False), ("select content as a, 1 as b from read_text('inside.txt')", False)]:
        done = project.build(directive("data", id="asked", engine="duckdb", source="views.duckdb", query=text(query)) + directive(
            "effects", id="shown", data="asked", layout="estimates", effect="a", se="b"), name="views")
        assert (done.returncode == 0) == is_good, (query, done.stderr)
        assert not made.exists()


def test_a_source_stays_in_the_project(project):
    for source in ["../../outside/out.csv", "link-out.csv", "linked/out.csv", "../../*/out.csv", "linked/*.csv", "/etc/passwd"]:
        for kind in ["duckdb", None]:
            keys = {"engine": kind} if kind else {}
            done = project.build(directive("data", id="asked", source=text(source), **keys) + directive(
                "effects", id="shown", data="asked", layout="estimates", effect="a", se="b"), name="source")
            assert done.returncode == 1 and "42424242" not in done.stderr, (source, kind)


def test_names_of_sqlite_are_texts_whatever_their_type_and_collation(project):
    """1 and '1' are one name, A and a are two: as to the native reader."""
    folder = project.root / "Analyses"
    path = folder / "typed.sqlite"
    path.unlink(missing_ok=True)
    table = [{"test": [1, "1"][i % 3 == 0], "arm": "CAca"[i % 4], "unit": f"U{i}", "y": float(i * i)} for i in range(40)]
    database = sqlite3.connect(path)
    database.execute("create table units (test, arm text collate nocase, unit text collate nocase, y)")
    database.executemany("insert into units values (?, ?, ?, ?)", [tuple(row.values()) for row in table])
    database.commit()
    database.close()
    hostile.write(folder, "typed-plain", table)
    keys = {"experiment": "test", "unit": "unit", "cluster": "unit"}
    keys.pop("cluster")
    body = hostile.data({"engine": "sqlite", "source": "typed.sqlite", "query": "select * from units"}, "asked")
    body += hostile.data({"source": "typed-plain.csv"}, "plain")
    body += hostile.data({"engine": "sqlite", "source": "typed.sqlite", "query": "select * from units"}, "some", where="arm in ('C', 'a')")
    body += hostile.units("asked", "one", **keys) + hostile.units("plain", "two", **keys) + hostile.units("some", "three", **keys)
    done = project.build(body, name="typed")
    assert done.returncode == 0, done.stderr
    results = project.results("typed")

    def told(identity):
        return {row["variant"]: row["effects"]["y"]["estimate"] for row in results[identity]["values"]["rows"]}

    assert told("one").keys() == {"A", "a", "c"}
    assert told("one") == pytest.approx(told("two"))
    assert told("three") == pytest.approx({"a": told("two")["a"]})
