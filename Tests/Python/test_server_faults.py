"""What goes wrong with a server, what a query of it may not do, and secrets, which stay where they are."""

import pathlib
import signal
import subprocess
import time

import pytest

import hostile
from engine_project import DUCKDB, Project, directive
from hostile import TEXTS, text
from test_server_engines import asked, project, server  # noqa: F401

SECRETS = ["sesame", "tok-8f2c1d", "wrong-secret"]


def sql(server, statement: str) -> str:
    """As the owner of everything."""
    command = ["psql", "-Atq", "-h", str(server), "-U", "owner", "-d", "postgres", "-v", "ON_ERROR_STOP=1"]
    return subprocess.run(command, input=statement, capture_output=True, text=True, check=True).stdout.strip()


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def load(server, table: str, rows: list[dict]) -> None:
    """The rows as a table that the reader may read."""
    def cell(value) -> str:
        return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else "null" if value is None else repr(value)

    types = ["text" if isinstance(value, str) else "float8" for value in rows[0].values()]
    columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in zip(rows[0], types))
    values = ",\n".join("(" + ", ".join(map(cell, row.values())) + ")" for row in rows)
    sql(server, f"drop table if exists {table}; create table {table} ({columns}); grant select on {table} to reader; "
        f"insert into {table} values {values};")


def of(project: Project, query: str) -> dict:
    return {"engine": "postgres", "connection": project.connection, "query": text(query)}


def shown(project: Project, query: str, name: str = "shown", *options: str):
    """The rows of a query as effects, or nil; and what was said."""
    (project.root / "output" / f"{name}.json").unlink(missing_ok=True)
    done = project.build(directive("data", id="asked", **of(project, query)) + directive(
        "effects", id="shown", data="asked", layout="estimates", effect="a", se="b"), "--trust", *options, name=name)
    if done.returncode == 0:
        return [next(iter(row.values())) for row in hostile.estimates(project.results(name), "shown")], done
    assert done.returncode == 1 and f"Analyses/{name}.md:" in done.stderr, done.stderr
    return None, done


# MARK: Names and values


def test_values_are_compared_and_not_run(project, server):
    load(server, "texts", hostile.rows())
    done = project.build(hostile.values_analysis(of(project, "select * from texts")), "--trust", name="values")
    assert done.returncode == 0, done.stderr
    hostile.check_values(project.results("values"))


def test_columns_are_named_and_not_run(project, server):
    load(server, "named", hostile.named_rows())
    done = project.build(hostile.names_analysis(of(project, "select * from named")), "--trust", name="names")
    assert done.returncode == 0, done.stderr
    hostile.check_names(project.results("names"))


def test_parameters_are_values(project, server):
    load(server, "texts", hostile.rows())
    front, body, given = "---\ntitle: T\nparams:\n", "", []
    for place, value in enumerate(TEXTS):
        front += f"  p{place}: ''\n"
        given += ["--param", f"p{place}={value}"]
        body += directive("data", id=f"d{place}", **of(project, f"select * from texts where name = {{params.p{place}}}"))
        body += hostile.units(f"d{place}", f"e{place}") + hostile.units(f"d{place}", f"m{place}")
    (project.root / "Analyses" / "params.md").write_text(front + "---\n\n" + body)
    done = project.rebuild("--trust", *given, name="params")
    assert done.returncode == 0, done.stderr
    hostile.check_values(project.results("params"))


# MARK: What a query cannot do

STATEMENTS = [
    "delete from units", "select 1 as a, 1 as b; delete from units", "drop table units", "truncate units", "vacuum", "begin", "commit",
    "copy units to program 'touch {made}'", "copy (select 1) to '{made}'", "do $$ begin end $$", "set role owner", "reset all",
    "prepare p as select 1 as a, 1 as b", "execute p", "explain analyze select 1 as a, 1 as b", "show all", "listen x", "notify x",
    "create temp table t as select 1 as a", "select 1 as a, 1 as b into temp t", "lock table units", "load 'x'", "\\! touch {made}",
    "with x as (delete from units returning 1) select 1 as a, 1 as b from x", "select a, b from (delete from units returning 1 as a, 1 as b) x",
    "select 1 as a, 1 as b) as q; delete from units; select * from (select 1 as a, 1 as b",
    "select 1 as a, 1 as b from units for update", "select 1 as a, 1 as b -- \n; delete from units", "/* */ delete from units",
    "select nextval('s') as a, 1 as b", "select setval('s', 99) as a, 1 as b", "select \"nextval\"('s') as a, 1 as b",
    "select U&\"\\006Eextval\"('s') as a, 1 as b", "select pg_catalog.nextval('s') as a, 1 as b",
    "select length(set_config('statement_timeout', '0', false)) as a, 1 as b",
    "select length(set_config('transaction_read_only', 'off', false)) as a, 1 as b",
    "select length(pg_read_file('/etc/passwd')) as a, 1 as b", "select length(pg_read_binary_file('/etc/passwd')) as a, 1 as b",
    "select count(*) as a, 1 as b from pg_ls_dir('/')", "select size as a, 1 as b from pg_stat_file('/etc/passwd')",
    "select lo_import('/etc/passwd')::int as a, 1 as b", "select lo_export(1, '{made}') as a, 1 as b", "select lo_create(7)::int as a, 1 as b",
    "select pg_terminate_backend(pid)::int as a, 1 as b from pg_stat_activity where application_name = 'victim'",
    "select pg_cancel_backend(pid)::int as a, 1 as b from pg_stat_activity where application_name = 'victim'",
    "select pg_reload_conf()::int as a, 1 as b", "select pg_rotate_logfile()::int as a, 1 as b", "select pg_switch_wal() is null as a, 1 as b",
    "select pg_advisory_lock(1) is null as a, 1 as b", "select pg_notify('x', 'y') is null as a, 1 as b",
    "select a, b from dblink('dbname=postgres', 'delete from units') as t(a int, b int)",
    "select length(query_to_xml('select pg_read_file(''/etc/passwd'')', true, true, '')::text) as a, 1 as b",
    "select count(*) as a, 1 as b from ts_stat('select to_tsvector(pg_read_file(''/etc/passwd''))')",
    "select pg_create_restore_point('x') is null as a, 1 as b", "select pg_stat_reset() is null as a, 1 as b",
    "select lower_inf(int4range(1, pg_backend_pid())) as a, pg_logical_emit_message(false, 'x', 'y') is null as b",
]


def state(server) -> str:
    """Of everything that a query could change."""
    return sql(
        server, "select count(*) from units; select last_value, is_called from s; select count(*) from pg_largeobject_metadata; "
        "select count(*) from pg_class; select count(*) from pg_stat_activity where application_name = 'victim';")


def test_a_query_only_reads_whoever_asks(project, server):
    """Asked by the owner, whom nothing but the fences holds."""
    sql(server, "create sequence if not exists s; create extension if not exists dblink;")
    # Where the server may write.
    made = pathlib.Path(server) / "made"
    own = project.connection
    project.connection = f"'postgresql://owner@/postgres?host={server}'"
    victim = subprocess.Popen(
        ["psql", "-q", f"host={server} user=owner dbname=postgres application_name=victim"], stdin=subprocess.PIPE, text=True)
    victim.stdin.write("select 1;\n")
    victim.stdin.flush()
    try:
        for _ in range(100):
            if state(server).endswith("1"):
                break
            time.sleep(0.05)
        before = state(server)
        assert before.endswith("1")
        assert shown(project, "select count(*) as a, 1 as b from units")[0] == [3200]
        for query in STATEMENTS:
            found, _ = shown(project, query.replace("{made}", str(made)))
            assert found is None, (query, found)
            assert state(server) == before and not made.exists(), query
    finally:
        project.connection = own
        victim.communicate("\\q\n")


@pytest.mark.parametrize("query", [
    "select random() as a, 1 as b", "select extract(epoch from clock_timestamp()) as a, 1 as b",
    "select pg_relation_size('units') as a, 1 as b", "select 'a -- b; c' = '' as x, 1 as a, 1 as b", "values (1, 1)",
])
def test_what_only_tells_something_is_let_through(project, query):
    query = query.replace("values (1, 1)", "select column1 as a, column2 as b from (values (1, 1)) v")
    found, done = shown(project, query)
    assert found is not None and len(found) == 1, done.stderr


def test_a_query_that_takes_long_is_ended(project, server):
    (project.root / "report.yaml").write_text("engines:\n  postgres: {timeout: 2}\n")
    try:
        for query in [
            "with recursive n(i) as (select 1 union all select i % 7 + 1 from n) select max(i) as a, 1 as b from n",
            "select count(*) as a, 1 as b from generate_series(1, 1000000000000) g where g % 2 = 0",
        ]:
            start = time.monotonic()
            found, done = shown(project, query, "slow")
            assert found is None and "statement timeout" in done.stderr and time.monotonic() - start < 30, done.stderr
    finally:
        (project.root / "report.yaml").unlink()


# MARK: Faults


def good(project: Project, name: str) -> dict[str, bytes]:
    done = project.build(asked(project) + directive(
        "effects", id="lift", data="asked", layout="units", experiment="test", variant="arm", control="C", metrics="[orders]"),
        "--trust", name=name)
    assert done.returncode == 0, done.stderr
    return outputs(project, name)


def outputs(project: Project, name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((project.root / "output").glob(f"{name}*")) if path.is_file()}


def busy(server, mark: str) -> list[str]:
    """Sessions of this program that ask for a number nobody else asks for."""
    return sql(
        server, "select pid from pg_stat_activity where application_name = 'report' and state = 'active' "
        f"and query like '%{mark}%'").split()


def begun(project: Project, server, query: str, mark: str, name: str) -> subprocess.Popen:
    (project.root / "Analyses" / f"{name}.md").write_text("---\ntitle: T\n---\n\n" + directive(
        "data", id="asked", **of(project, query)) + directive(
        "effects", id="shown", data="asked", layout="estimates", effect="a", se="b"))
    running = subprocess.Popen(
        [project.program, "build", f"Analyses/{name}.md", "--trust", "--no-ledger"], cwd=project.root, env=project.environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for _ in range(200):
        if busy(server, mark):
            return running
        time.sleep(0.05)
    running.kill()
    raise AssertionError(running.communicate()[0])


@pytest.mark.parametrize("query", [
    # Before any row comes, and amid rows.
    "select count(*) as a, 1 as b from generate_series(1, 900000000000) g where g % 2 = {mark}",
    "select g + {mark} as a, 1 as b from generate_series(1, 900000) g cross join (select pg_typeof(1)) t where g > 0",
])
def test_a_session_killed_midway_leaves_the_good_report(project, server, query):
    before = good(project, "killed")
    mark = str(7000001 + len(query))
    running = begun(project, server, query.replace("{mark}", mark), mark, "killed")
    for process in busy(server, mark):
        sql(server, f"select pg_terminate_backend({process})")
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 1 and ("terminating connection" in said or "closed the connection" in said), said
    assert outputs(project, "killed") == before
    assert good(project, "killed") == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_session_ends_with_who_asked(project, server, number):
    mark = str(8000001 + number)
    query = f"select count(*) as a, 1 as b from generate_series(1, 900000000000) g where g % 2 = {mark}"
    running = begun(project, server, query, mark, "ended")
    running.send_signal(number)
    running.communicate(timeout=30)
    for _ in range(100):
        if not busy(server, mark):
            break
        time.sleep(0.1)
    assert not busy(server, mark)


def test_a_server_that_is_not_there_is_told(project):
    before = good(project, "away")
    uri = "'postgresql://reader@/postgres?host=/nowhere'"
    done = project.build(directive("data", id="asked", engine="postgres", connection=uri, query="select 1 as a"), "--trust", name="away")
    assert done.returncode == 1 and "PostgreSQL cannot be reached" in done.stderr and "/nowhere" in done.stderr
    assert outputs(project, "away") == before


def test_every_type_of_postgres_is_right_or_told(project, server):
    sql(server, """
        drop table if exists types;
        create table types as select case when i % 2 = 0 then 'C' else 'A' end as arm, i * i as y, (i * i)::int8 + 9007199254740993 as big,
          (i * 1.25)::numeric(30, 10) as exact, i % 3 = 0 as flag, date '2024-01-01' + i as day,
          timestamptz '2024-01-01 10:00+02' + i * interval '1 hour' as moment, '\\xAA'::bytea as bytes, array[i, i] as list,
          int4range(i, i + 1) as pair, '{"a": 1}'::jsonb as tree, (i::text)::char(5) as padded, i::text as words, null::int as none,
          case when i = 4 then 'NaN'::float8 else i end as odd, case when i = 4 then 'Infinity'::float8 else i end as large
        from generate_series(0, 39) i;
        grant select on types to reader;""")
    numbers = {"y": lambda i: i * i, "big": lambda i: float(i * i + 9007199254740993), "exact": lambda i: i * 1.25}
    body = directive("data", id="asked", **of(project, "select * from types"))
    body += hostile.units("asked", "lift", metrics="[y, big, exact]")
    done = project.build(body, "--trust", name="types")
    assert done.returncode == 0, done.stderr
    found = hostile.estimates(project.results("types"), "lift")[0]
    for name, own in numbers.items():
        exact = hostile.effect([{"arm": "CA"[i % 2], "y": own(i)} for i in range(40)], "y")
        assert found[name] == pytest.approx(exact, rel=1e-9), name
    for name in ["flag", "day", "moment", "bytes", "list", "pair", "tree", "padded", "words", "none", "odd", "large"]:
        done = project.build(
            directive("data", id="asked", **of(project, "select * from types")) + hostile.units("asked", "lift", metrics=f"[{name}]"),
            "--trust", name="typed")
        assert done.returncode == 1 and "error[" in done.stderr, name
    wide = ", ".join(f"g * {c} % 11 as c{c}" for c in range(1599))
    query = f"select case when g % 2 = 0 then 'C' else 'A' end as arm, {wide} from generate_series(0, 19) g"
    done = project.build(
        directive("data", id="asked", **of(project, query)) + hostile.units("asked", "lift", metrics="[c3, c1598]"), "--trust", name="wide")
    assert done.returncode == 0, done.stderr
    table = [{"arm": "CA"[g % 2], "c3": g * 3 % 11, "c1598": g * 1598 % 11} for g in range(20)]
    assert hostile.estimates(project.results("wide"), "lift")[0] == pytest.approx(
        {name: hostile.effect(table, name) for name in ["c3", "c1598"]})


# MARK: Secrets


def told(project: Project, name: str, *options: str) -> str:
    """A build with its entry in the trail; what it said."""
    done = subprocess.run(
        [project.program, "build", f"Analyses/{name}.md", "--trust", *options], cwd=project.root, env=project.environment,
        capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr + str(done.returncode)


def test_secrets_stay_where_they_are(project, server):
    """A password in the environment or in a file, and the token of a client: in no file of the project or the cache."""
    environment = dict(project.environment)
    home = project.root / "home"
    keys = project.root.parent / "keys"
    keys.write_text("*:*:*:reader:sesame\n")
    keys.chmod(0o600)
    client = project.root.parent / "client"
    # A client that has a token, and would not answer without it.
    client.write_text(
        f'#!/bin/sh\n[ "$WAREHOUSE_TOKEN" = tok-8f2c1d ] || {{ echo "no token" >&2; exit 9; }}\nexec {DUCKDB} -csv -nullvalue "" -c "$1"\n')
    client.chmod(0o755)
    (project.root / "report.yaml").write_text(f"engines:\n  mine: {{command: ['{client}', '<sql>'], dialect: duckdb}}\n")
    subprocess.run(["git", "init", "-q"], cwd=project.root, check=True)
    lift = hostile.units("asked", "lift", experiment="test", metrics="[orders]")
    mine = "select * from '" + str(project.root / "Analyses" / "units.csv") + "'"
    said = ""
    try:
        project.environment["WAREHOUSE_TOKEN"] = "tok-8f2c1d"
        for variable, value, name in [("PGPASSWORD", "sesame", "byword"), ("PGPASSFILE", str(keys), "byfile"), ("PGPASSWORD", "wrong-secret", "wrong")]:
            project.environment.pop("PGPASSWORD", None)
            project.environment.pop("PGPASSFILE", None)
            project.environment[variable] = value
            (project.root / "Analyses" / f"{name}.md").write_text("---\ntitle: T\n---\n\n" + asked(project) + lift)
            own = told(project, name)
            assert own.endswith("1" if name == "wrong" else "0"), own
            said += own
        assert "password authentication failed" in said
        (project.root / "Analyses" / "byclient.md").write_text(
            "---\ntitle: T\n---\n\n" + directive("data", id="asked", engine="mine", query=text(mine)) + lift)
        own = told(project, "byclient")
        assert own.endswith("0"), own
        said += own
        project.environment["WAREHOUSE_TOKEN"] = "tok-8f2c1d-old"
        own = told(project, "byclient", "--no-cache")
        assert own.endswith("1") and "exit code 9" in own and "no token" in own, own
        said += own
    finally:
        project.environment = environment
        (project.root / "report.yaml").unlink()
    assert not any(secret in said for secret in SECRETS)
    files = [path for path in project.root.rglob("*") if path.is_file()]
    assert any("ledger" in str(path) or "tlog" in path.name for path in files)
    for path in files:
        content = path.read_bytes()
        assert not any(secret.encode() in content for secret in SECRETS), path
    assert home.exists()
