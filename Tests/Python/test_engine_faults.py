"""What goes wrong with engines that run here: a diagnostic each time, nothing partial kept, nothing left running."""

import os
import pathlib
import signal
import sqlite3
import statistics
import subprocess
import time

import pytest

import hostile
from engine_project import DUCKDB, Project, directive, duckdb
from hostile import effect, text

SLOW = "select i % 2 as arm, i % 7 as y from range(100000000000) a(i), range(10) b"


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    return Project(tmp_path_factory.mktemp("faults") / "project", program)


def asked(project: Project, kind: str, table: list[dict], name: str, **keys: str):
    """A build of units of one table by one engine."""
    hostile.write(project.root / "Analyses", name, table)
    return project.build(hostile.data(sources(name)[kind], "asked", **keys) + hostile.units("asked", "lift"), name=name)


def sources(name: str) -> dict[str, dict]:
    return {
        "native": {"source": f"{name}.csv"}, "duckdb": {"engine": "duckdb", "source": f"{name}.csv"},
        "sqlite": {"engine": "sqlite", "source": f"{name}.sqlite", "query": "select * from units"},
    }


KINDS = ["native", "duckdb", "sqlite"]


def units(cells: list, arms: str = "CA") -> list[dict]:
    return [{"arm": arms[i % len(arms)], "y": cell} for i, cell in enumerate(cells)]


# MARK: Odd rows


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", ["x", "nan", "NaN", "inf", "-Infinity", "1e999", "0x10", "1,5", "1_000", "true", "２"])
def test_what_is_no_finite_number_is_told(project, kind, cell):
    if (kind, cell) == ("duckdb", "0x10"):
        pytest.skip("to DuckDB, which reads the file, this is a whole number")
    (project.root / "output" / "odd.json").unlink(missing_ok=True)
    done = asked(project, kind, units([1, 2, 4, 8, cell, 16, 3, 9]), "odd")
    assert done.returncode == 1 and "error[" in done.stderr and not (project.root / "output" / "odd.json").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_missing_numbers_leave_their_units_out(project, kind):
    table = units([1, 2, None, 8, 5, 16, 3, None])
    done = asked(project, kind, table, f"missing-{kind}")
    assert done.returncode == 0 and "2 units lack a metric and are left out" in done.stderr, done.stderr
    found = hostile.estimates(project.results(f"missing-{kind}"), "lift")[0]["y"]
    assert found == pytest.approx(effect([row for row in table if row["y"] is not None], "y"), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cells, arms, words", [
    ([1, 2, 3, 4], "C", "has an arm beside its control"), ([1, 2, 3, 4], "A", "has a control arm"),
    ([1, None, 3, None, 4, None], "CA", "no arm and its control report y"), ([1, 2], "CA", "no arm and its control report y"),
])
def test_arms_that_lack_units_are_told(project, kind, cells, arms, words):
    done = asked(project, kind, units(cells, arms), "arms")
    assert words in done.stderr and "error[" in done.stderr and done.returncode == 1, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_metric_of_one_value_has_no_error(project, kind):
    done = asked(project, kind, units([7] * 10), f"one-{kind}")
    assert done.returncode == 0, done.stderr
    row = project.results(f"one-{kind}")["lift"]["values"]["rows"][0]["effects"]["y"]
    assert (row["estimate"], row["se"], row["interval"]) == (0, 0, [0, 0])


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_is_told(project, kind):
    done = asked(project, kind, units([1, 2, 3, 4]), "none", where="y > 100")
    assert done.returncode == 1 and "at least one row" in done.stderr, done.stderr
    (project.root / "Analyses" / "none.csv").write_text("arm,y\n")
    database = sqlite3.connect(project.root / "Analyses" / "none.sqlite")
    database.execute("delete from units")
    database.commit()
    database.close()
    done = project.build(hostile.data(sources("none")[kind], "asked") + hostile.units("asked", "lift"), name="none")
    assert done.returncode == 1 and ("at least one row" in done.stderr or "number" in done.stderr), done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_number_is_a_number(project, kind):
    """Whole numbers beyond 2^53 are the nearest double, decimals are read to their last digit."""
    cells = [2**53 + 1, 2**62, -(2**63), 0.1, -0.0, 1e-300, 5e-324, 1.7976931348623157e308 / 1e155, 12345678901234567, 3]
    for name, chosen in [("large", cells[:3] + [9007199254740993]), ("small", cells[3:7] + [0.30000000000000004])]:
        table = units(chosen + chosen[::-1][1:] + chosen)
        done = asked(project, kind, table, f"{name}-{kind}")
        assert done.returncode == 0, done.stderr
        found = hostile.estimates(project.results(f"{name}-{kind}"), "lift")[0]["y"]
        exact = effect([{"arm": row["arm"], "y": float(row["y"])} for row in table], "y")
        scale = statistics.pstdev(float(row["y"]) for row in table)
        assert abs(found - exact) <= 1e-10 * scale, (name, found, exact)


TYPES = {
    "decimal": ("(i * 1.25)::decimal(18, 4)", lambda i: i * 1.25), "hugeint": ("(i * 2::hugeint ** 70)::hugeint", lambda i: i * 2.0**70),
    "utinyint": ("i::utinyint", float), "float": ("(i / 4)::float", lambda i: i / 4), "boolean": ("i % 3 = 0", None),
    "date": ("date '2024-01-01' + i::int", None), "time": ("time '10:00:00'", None), "interval": ("interval (i) day", None),
    "timestamptz": ("now()", None), "varchar": ("i::varchar", None), "blob": ("'\\xAA'::blob", None),
    "list": ("[i, i]", None), "struct": ("{'a': i}", None), "map": ("map {'a': i}", None), "uuid": ("uuid()", None),
    "enum": ("'1'::enum('1', '2')", None), "json": ("'1'::json", None), "bit": ("'101'::bit", None),
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_column_of_any_type_is_right_or_told(project, kind):
    """As a number, as a name, and beside what is used."""
    expression, own = TYPES[kind]
    folder = project.root / "Analyses"
    duckdb(
        f"copy (select case when i % 2 = 0 then 'C' else 'A' end as arm, {expression} as odd, i * i as y from range(40) r(i)) "
        "to 'typed.parquet'", folder)
    source = {"engine": "duckdb", "source": "typed.parquet"}
    done = project.build(hostile.data(source, "asked") + hostile.units("asked", "lift"), name="typed")
    assert done.returncode == 0, done.stderr
    assert hostile.estimates(project.results("typed"), "lift")[0]["y"] == pytest.approx(
        effect([{"arm": "CA"[i % 2], "y": i * i} for i in range(40)], "y"))
    (project.root / "output" / "typed.json").unlink()
    done = project.build(hostile.data(source, "asked") + hostile.units("asked", "lift", metrics="[odd]"), name="typed")
    if own is None:
        assert done.returncode == 1 and "error[" in done.stderr, project.results("typed")["lift"]["values"]
    else:
        assert done.returncode == 0, done.stderr
        found = hostile.estimates(project.results("typed"), "lift")[0]["odd"]
        assert found == pytest.approx(effect([{"arm": "CA"[i % 2], "y": own(i)} for i in range(40)], "y"), rel=1e-9)
    done = project.build(
        hostile.data(source, "asked", where="odd is not missing") + hostile.units("asked", "lift", experiment="odd"), name="typed")
    assert done.returncode in (0, 1) and "Fatal" not in done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_very_many_columns(project, kind):
    table = [{"arm": "CA"[i % 2]} | {f"c{c}": i * c % 11 for c in range(1600)} for i in range(20)]
    if kind == "sqlite":
        table = [dict(list(row.items())[:1600]) for row in table]
    hostile.write(project.root / "Analyses", "wide", table)
    done = project.build(
        hostile.data(sources("wide")[kind], "asked") + hostile.units("asked", "lift", metrics="[c3, c1598]"), name="wide")
    assert done.returncode == 0, done.stderr
    found = hostile.estimates(project.results("wide"), "lift")[0]
    assert found == pytest.approx({name: effect(table, name) for name in ["c3", "c1598"]})


@pytest.mark.parametrize("kind", ["native", "duckdb", "sampled"])
def test_a_type_that_changes_late_is_told_with_its_row(project, kind):
    """On row 4 million by DuckDB, which guessed the type from the first ones; the native reader looks at each row alike."""
    count = 400_000 if kind == "native" else 4_000_000
    path = project.root / "Analyses" / "late.csv"
    with open(path, "w") as file:
        file.write("arm,y\n")
        for _ in range(count // 1000):
            file.write("C,1\nA,2\nC,3\nA,5\n" * 250)
        file.write("C,text\n")
    source = {"native": {"source": "late.csv"}, "duckdb": {"engine": "duckdb", "source": "late.csv"}}.get(kind, {
        "engine": "duckdb", "query": "\"select * from read_csv('late.csv', sample_size = 1000)\""})
    try:
        done = project.build(hostile.data(source, "asked") + hostile.units("asked", "lift"), name="late")
    finally:
        path.unlink()
    assert done.returncode == 1 and f"{count + 2}" in done.stderr and "text" in done.stderr, done.stderr
    assert not (project.root / "output" / "late.json").exists()


@pytest.mark.parametrize("kind", ["duckdb", "native"])
def test_very_many_experiments_of_one_unit(project, kind):
    """A diagnostic, and no more than a GB for a million; a fifth of them are enough to see it."""
    duckdb("copy (select i as test, 'C' as arm, i * 0.5 as y from range(200000) r(i)) to 'many.csv'", project.root / "Analyses")
    body = hostile.data(sources("many")[kind], "asked") + hostile.units("asked", "lift", experiment="test")
    (project.root / "Analyses" / "many.md").write_text("---\ntitle: T\n---\n\n" + body)
    peak, done = project.peak("many")
    assert done.returncode == 1 and "has an arm beside its control, and 0 has none" in done.stderr, done.stderr
    assert peak < 200_000, peak


def test_many_small_experiments_are_summed(project):
    """Each arm has two units, so that each effect is known."""
    duckdb(
        "copy (select i // 4 as test, case when i % 4 < 2 then 'C' else 'A' end as arm, (i * i) % 101 as y "
        "from range(8000) r(i)) to 'small.csv'", project.root / "Analyses")
    body = "".join(
        hostile.data(sources("small")[kind], f"d{kind}") + hostile.units(f"d{kind}", f"e{kind}", experiment="test", show="none")
        for kind in ["native", "duckdb"])
    done = project.build(body, name="small")
    assert done.returncode == 0, done.stderr
    y = [i * i % 101 for i in range(8000)]
    own = [(y[i + 2] + y[i + 3] - y[i] - y[i + 1]) / 2 for i in range(0, 8000, 4)]
    for kind in ["native", "duckdb"]:
        found = [row["y"] for row in hostile.estimates(project.results("small"), f"e{kind}")]
        assert found == pytest.approx(own, abs=1e-9)


# MARK: Clients that end


def good(project: Project, name: str) -> dict[str, bytes]:
    """Builds a report of the name and gives its files, for they stay what they are."""
    hostile.write(project.root / "Analyses", name, units(list(range(40))))
    done = project.build(hostile.data(sources(name)["duckdb"], "asked") + hostile.units("asked", "lift"), name=name)
    assert done.returncode == 0, done.stderr
    return outputs(project, name)


def outputs(project: Project, name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((project.root / "output").glob(f"{name}*")) if path.is_file()}


def start(project: Project, query: str, name: str, *options: str) -> subprocess.Popen:
    """A build that asks for long, once its client runs."""
    body = directive("data", id="asked", engine="duckdb", query=text(query)) + hostile.units("asked", "lift")
    (project.root / "Analyses" / f"{name}.md").write_text("---\ntitle: T\n---\n\n" + body)
    running = subprocess.Popen(
        [project.program, "build", f"Analyses/{name}.md", "--no-ledger", *options], cwd=project.root,
        env=project.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for _ in range(300):
        # The query itself, and not one that looks at it.
        if any(word in command(client) for client in clients(query) for word in ["report_cells", "var_samp"]):
            return running
        time.sleep(0.05)
    running.kill()
    raise AssertionError(running.communicate()[0])


def command(process: int) -> str:
    try:
        return pathlib.Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def clients(query: str) -> list[int]:
    """DuckDB's processes that were asked for a number of the query, which nobody else asks for."""
    mark = query.split("range(")[1].split(")")[0]
    own = [int(path.name) for path in pathlib.Path("/proc").iterdir() if path.name.isdigit()]
    return [process for process in own if command(process).startswith(str(DUCKDB)) and mark in command(process)]


def nobody_is_left(query: str) -> bool:
    for _ in range(100):
        if not clients(query):
            return True
        time.sleep(0.05)
    return False


def test_a_client_killed_midway_leaves_the_good_report(project):
    before = good(project, "killed")
    query = SLOW.replace("100000000000", "100000000001")
    running = start(project, query, "killed")
    os.kill(clients(query)[0], signal.SIGKILL)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 1 and "was ended by signal 9" in said, said
    assert outputs(project, "killed") == before
    assert good(project, "killed").keys() == before.keys()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_nobody_is_left_whatever_ends_the_program(project, number):
    before = good(project, "ended")
    query = SLOW.replace("100000000000", f"1000000001{number:02}")
    running = start(project, query, "ended")
    running.send_signal(number)
    running.communicate(timeout=30)
    assert running.returncode == -number
    try:
        assert nobody_is_left(query)
    finally:
        for process in clients(query):
            os.kill(process, signal.SIGKILL)
    assert outputs(project, "ended") == before


def test_nobody_is_left_after_a_time_out(project):
    before = good(project, "late")
    (project.root / "report.yaml").write_text("engines:\n  duckdb: {timeout: 2}\n")
    query = SLOW.replace("100000000000", "100000000002")
    try:
        running = start(project, query, "late")
        said, _ = running.communicate(timeout=30)
    finally:
        (project.root / "report.yaml").unlink()
    assert running.returncode == 1 and "took longer than 2 s" in said, said
    assert nobody_is_left(query) and outputs(project, "late") == before


def test_what_clients_started_goes_with_them(project):
    """Killed as it is, the program still ends the whole group of its client."""
    folder = project.root.parent / "groups"
    folder.mkdir(exist_ok=True)
    (folder / "duckdb").write_text(f"#!/bin/sh\nsleep 27182.81828 &\nexec {DUCKDB} \"$@\"\n")
    (folder / "duckdb").chmod(0o755)
    environment = dict(project.environment)
    project.environment["PATH"] = f"{folder}:/usr/bin:/bin"

    def sleepers() -> list[str]:
        return subprocess.run(["pgrep", "-f", "sleep 27182.81828"], capture_output=True, text=True).stdout.split()

    query = SLOW.replace("100000000000", "100000000003")
    try:
        running = start(project, query, "group")
        for _ in range(100):
            if sleepers():
                break
            time.sleep(0.05)
        assert len(sleepers()) == 1
        running.kill()
        running.communicate(timeout=30)
        assert nobody_is_left(query)
        assert not sleepers()
    finally:
        project.environment = environment
        for process in clients(query):
            os.kill(process, signal.SIGKILL)
        for process in sleepers():
            os.kill(int(process), signal.SIGKILL)


def test_a_client_that_is_no_client_is_told(project):
    folder = project.root.parent / "none"
    folder.mkdir(exist_ok=True)
    good(project, "client")
    before = outputs(project, "client")
    environment = dict(project.environment)
    project.environment["PATH"] = f"{folder}:/usr/bin:/bin"
    (project.root / "report.yaml").write_text("engines:\n  duckdb: {timeout: 3}\n")
    try:
        for script, words in [
            (None, "needs its client"), ("exit 127", "exit code 127"), ("echo; echo report: end of rows", "error["),
            ("yes", "error["), ("cat /dev/zero", "error["), ("printf 'a,b\\n1\\n'", "error["),
        ]:
            path = folder / "duckdb"
            path.unlink(missing_ok=True)
            if script:
                path.write_text(f"#!/bin/sh\n{script}\n")
                path.chmod(0o755)
            (project.root / "Analyses" / "client.csv").write_text(f"arm,y\nC,1\nA,{len(words) + len(script or '')}\n" * 9)
            done = project.rebuild(name="client")
            assert done.returncode == 1 and words in done.stderr, (script, done.stderr)
            assert outputs(project, "client") == before
    finally:
        (project.root / "report.yaml").unlink()
        project.environment = environment
