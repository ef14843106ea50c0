"""Engines of a trusted project: PostgreSQL, which the tests start on a private socket, and clients by command."""

import json
import signal
import subprocess
import time

import pytest

from engine_project import DESIGNS, DUCKDB, Project, assert_equal_numbers, directive, duckdb, numbers
from postgres_server import postgres_server
from test_engines import effects


@pytest.fixture(scope="module")
def server():
    """A server with the table of units; its socket's folder."""
    with postgres_server() as folder:
        yield folder


@pytest.fixture(scope="module")
def project(program, server, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("servers") / "project", program)
    project.write_units()
    columns = (
        "unit text, test text, arm text, shop text, orders numeric, big float8, small float8, before float8, gaps int, "
        "clicks int, views int, weight numeric")
    sql = f"create table units ({columns});\n\\copy units from '{project.root}/Analyses/units.csv' csv header\n"
    sql += "create role reader login password 'sesame'; grant select on units to reader;"
    subprocess.run(
        ["psql", "-q", "-h", str(server), "-U", "owner", "-d", "postgres", "-v", "ON_ERROR_STOP=1"], input=sql,
        text=True, check=True)
    project.environment["PGPASSWORD"] = "sesame"
    project.connection = f"'postgresql://reader@/postgres?host={server}'"
    return project


def asked(project: Project, query: str = "select * from units", **keys: str) -> str:
    return directive("data", id="asked", engine="postgres", connection=project.connection, query=f"'{query}'", **keys)


def test_times_are_those_of_no_machine(project):
    at = "cast(timestamptz ''2020-01-01 23:00:00+00'' as date)"
    text = asked(project, f"select {at} - date ''2020-01-01'' as days, 1 as se") + directive(
        "effects", id="shown", data="asked", layout="estimates", effect="days", se="se")
    project.environment["PGTZ"] = "Asia/Tokyo"
    try:
        done = project.build(text, "--trust", name="times")
    finally:
        del project.environment["PGTZ"]
    assert done.returncode == 0, done.stderr
    row = project.results("times")["shown"]["values"]["rows"][0]
    assert next(iter(row["effects"].values()))["estimate"] == 0


def test_moments_of_postgres_agree(project):
    text = directive("data", id="native", source="units.csv") + asked(project)
    for design in DESIGNS:
        text += effects("native", design, f"native-{design}") + effects("asked", design, f"asked-{design}")
    done = project.build(text, "--trust")
    assert done.returncode == 0, done.stderr
    results = project.results()
    for design in DESIGNS:
        assert_equal_numbers(results[f"native-{design}"]["values"], results[f"asked-{design}"]["values"], design)
    sent = results["asked-plain"]["queries"][0]
    assert sent["engine"] == "postgres" and sent["version"][0].isdigit() and sent["pin"] is None
    files = [file for file in project.root.rglob("*") if file.is_file()]
    assert not any(b"sesame" in file.read_bytes() for file in files)


@pytest.mark.parametrize("query", [
    "delete from units", "select 1 as a; delete from units", "drop table units", "copy units to program ''id''",
    "with x as (delete from units returning 1) select * from x", "create temp table t as select 1",
    "select 1 as a) as q; delete from units; select * from (select 1", "do $$ begin end $$", "\\\\! id",
    "select set_config(''transaction_read_only'', ''off'', false), nextval(''s'')",
])
def test_a_query_of_postgres_only_reads(project, server, query):
    text = asked(project, query) + effects("asked", "bounds", "lift")
    done = project.build(text, "--trust", name="write")
    assert done.returncode == 1, done.stdout
    count = subprocess.check_output(
        ["psql", "-At", "-h", str(server), "-U", "owner", "-d", "postgres", "-c", "select count(*) from units"], text=True)
    assert count.strip() == "3200"


def test_faults_of_a_server_are_told_at_the_query(project):
    good = dict(project.environment)
    project.environment["PGPASSWORD"] = "wrong-secret"
    done = project.build(asked(project), "--trust", name="fault")
    assert done.returncode == 1 and "password authentication failed" in done.stderr
    assert "wrong-secret" not in done.stderr and "Analyses/fault.md:9:8" in done.stderr, done.stderr
    project.environment = good
    done = project.build(asked(project, "select nosuch from units"), "--trust", name="fault")
    assert done.returncode == 1 and "nosuch" in done.stderr
    uri = "'postgresql://reader:sesame@/postgres'"
    done = project.build(
        directive("data", id="asked", engine="postgres", connection=uri, query="select 1 as a"), "--trust", name="fault")
    assert done.returncode == 1 and "A connection has no password" in done.stderr
    assert "not pinned" not in done.stderr


def test_values_are_no_part_of_a_query_of_postgres(project):
    text = asked(project, "select * from units where test = {params.test}") + effects("asked", "bounds", "lift")
    analysis = f"---\ntitle: T\nparams: {{test: t0}}\n---\n\n{text}"
    (project.root / "Analyses" / "value.md").write_text(analysis)
    done = project.rebuild("--trust", name="value")
    assert done.returncode == 0, done.stderr
    done = project.rebuild("--trust", "--param", "test=x' or 1 = 1 --", name="value")
    assert done.returncode == 1 and "has none" in done.stderr


@pytest.fixture
def clients(project):
    """Two clients by command: DuckDB's with the query as an argument, psql with it on its standard input."""
    database = project.root / "Analyses" / "units.duckdb"
    host = project.connection.split("host=")[1].strip("'")
    (project.root / "report.yaml").write_text(
        "engines:\n"
        f"  warehouse: {{command: ['{DUCKDB}', -csv, -readonly, '{database}', -c, '<sql>'], dialect: duckdb, null: 'NULL'}}\n"
        f"  psql: {{command: [psql, --csv, -q, -h, '{host}', -U, reader, postgres], dialect: postgres}}\n"
        "  slow: {command: [sleep, '100'], dialect: trino, timeout: 1}\n")
    yield
    (project.root / "report.yaml").unlink()


@pytest.mark.parametrize("engine", ["warehouse", "psql"])
def test_moments_of_a_command_agree(project, clients, engine):
    text = directive("data", id="native", source="units.csv")
    text += directive("data", id="asked", engine=engine, query="select * from units;")
    for design in ["plain", "clusters", "weights"]:
        text += effects("native", design, f"native-{design}") + effects("asked", design, f"asked-{design}")
    done = project.build(text, "--trust", name=engine)
    assert done.returncode == 0, done.stderr
    results = project.results(engine)
    for design in ["plain", "clusters", "weights"]:
        assert_equal_numbers(results[f"native-{design}"]["values"], results[f"asked-{design}"]["values"], design)


@pytest.mark.parametrize("query", [
    "select 1 as a; drop table units", "select 1 as a) to 'x'", "\\! touch out", "select 1 as a\\n.shell touch out",
    "copy units to 'out.csv'", "select 'a", "select reflect('java.lang.System', 'exit', 1) as a",
])
def test_a_command_gets_one_select(project, clients, query):
    text = directive("data", id="asked", engine="psql", query='"' + query.replace("\\!", "\\\\!") + '"')
    done = project.build(text, "--trust", name="scan")
    assert done.returncode == 1, done.stdout
    assert not list(project.root.glob("**/out*/x")) and not (project.root / "out").exists()


def test_a_client_that_takes_too_long_is_ended_with_all_it_started(project, clients):
    start = time.monotonic()
    done = project.build(directive("data", id="asked", engine="slow", query="select 1 as a"), "--trust", name="slow")
    assert done.returncode == 1 and "took longer than 1 s" in done.stderr
    assert time.monotonic() - start < 20


def test_who_ends_the_program_ends_its_clients(project, clients):
    settings = project.root / "report.yaml"
    marker = "31415.92653"
    settings.write_text(settings.read_text().replace("'100'", f"'{marker}'").replace("timeout: 1", "timeout: 600"))
    (project.root / "Analyses" / "ended.md").write_text(
        "---\ntitle: T\n---\n\n" + directive("data", id="asked", engine="slow", query="select 1 as a"))
    running = subprocess.Popen(
        [project.program, "build", "Analyses/ended.md", "--trust", "--no-ledger"], cwd=project.root,
        env=project.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def clients_that_run() -> int:
        done = subprocess.run(["pgrep", "-f", f"sleep {marker}"], capture_output=True, text=True)
        return len(done.stdout.split())

    for _ in range(100):
        if clients_that_run():
            break
        time.sleep(0.1)
    assert clients_that_run() == 1
    running.send_signal(signal.SIGINT)
    running.wait(timeout=20)
    time.sleep(0.2)
    assert clients_that_run() == 0


# MARK: Drafts and generated units


def test_postgres_chooses_the_units_of_a_draft(project):
    text = directive("data", id="native", source="units.csv") + asked(project)
    for name in ["native", "asked"]:
        text += effects(name, "plain", f"lift-{name}").replace("\n```\n\n", "\nunit: unit\n```\n\n")
    done = project.build(text, "--trust", "--sample", "0.4", "--sample-seed", "9", name="draft")
    assert done.returncode == 0, done.stderr
    found = json.loads((project.root / ".report" / "draft" / "reports" / "draft.json").read_text())["results"]
    native, own = (dict(numbers(found[f"lift-{name}"]["values"])) for name in ("native", "asked"))
    assert 1000 < native["/units/analysed"] == own["/units/analysed"] < 1600
    for path, number in native.items():
        if path.endswith("/estimate"):
            assert abs(own[path] - number) <= 1e-10 * max(abs(number), native[path.removesuffix("estimate") + "se"])
    assert any("md5('9:' || cast(" in query["sql"] for query in found["lift-asked"]["queries"])


def test_postgres_takes_generated_units(project, server):
    owner = f"postgresql://owner@/postgres?host={server}"
    generate = lambda *options: subprocess.run(
        [project.program, "data", "generate", "--units", "20000", "--experiments", "4", *options],
        cwd=project.root / "Analyses", env=project.environment, capture_output=True, text=True, timeout=120)
    ask = ["--engine", "postgres", "--connection", owner, "--table", "public.g\"x"]
    assert generate("--out", "g.csv").returncode == 0
    assert "only in a trusted project" in generate(*ask).stderr
    done = generate(*ask, "--trust")
    assert done.returncode == 0 and done.stdout == 'table public.g"x of postgres\npublic.g"x.truth.json\n', done.stderr
    again = generate(*ask, "--trust")
    assert again.returncode == 1 and "there already" in again.stderr and "--force" in again.stderr
    assert generate(*ask, "--trust", "--force").returncode == 0
    # The rights are the user's own.
    reader = [*ask[:3], f"postgresql://reader@/postgres?host={server}", "--table", "public.other", "--trust"]
    assert "permission denied" in generate(*reader).stderr
    keys = "layout: units\nexperiment: experiment\nvariant: variant\ncontrol: control\nmetrics: [metric1, spend]\nunit: unit\n"
    text = directive("data", id="native", source="g.csv")
    query = "'select * from public.\"g\"\"x\"'"
    text += directive("data", id="asked", engine="postgres", connection=f"'{owner}'", query=query)
    for name in ["native", "asked"]:
        text += f"```effects\nid: lift-{name}\ndata: {name}\n{keys}```\n\n"
    done = project.build(text, "--trust", name="generated")
    assert done.returncode == 0, done.stderr
    native, own = (dict(numbers(project.results("generated")[f"lift-{name}"]["values"])) for name in ("native", "asked"))
    assert native.keys() == own.keys() and native["/units/analysed"] == 20000
    for path, number in native.items():
        assert abs(own[path] - number) <= 1e-9 * max(abs(number), 1), path
