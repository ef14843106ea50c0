"""`report data generate` through engines: the rows of the csv file of the same options, in a table of their own."""

import json
import os
import sqlite3
import subprocess

import pytest

from engine_project import DUCKDB, Project, directive, duckdb, numbers

OPTIONS = ["--units", "3000", "--experiments", "3", "--metrics", "2", "--clusters", "12", "--seed", "5"]


def generate(project: Project, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [project.program, "data", "generate", *OPTIONS, *options], cwd=project.root / "Analyses",
        env=project.environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("generated") / "project", program)
    assert generate(project, "--out", "g.csv").returncode == 0
    return project


def effects(name: str) -> str:
    return directive(
        "effects", id=f"lift-{name}", data=name, layout="units", experiment="experiment", variant="variant",
        control="control", metrics="[metric1, rate]", covariates="[metric1_before]", cluster="cluster",
        ratios="{rate: {numerator: clicks, denominator: sessions}}")


def check_same(results: dict, name: str) -> None:
    """A table's effects are those of the csv file."""
    native, asked = (dict(numbers(results[f"lift-{data}"]["values"])) for data in ("native", name))
    assert native.keys() == asked.keys() and len(native) > 30
    for path, number in native.items():
        # Both are sums of some thousand products about 100.
        assert abs(asked[path] - number) <= 1e-9 * max(abs(number), 1), path


FILES = {
    "parquet": ("duckdb", "g.parquet", {}),
    "database": ("duckdb", "g.duckdb", {"query": "select * from units"}),
    "sqlite": ("sqlite", "g.db", {"query": "select * from units"}),
}


def test_files_of_engines_have_equal_numbers(project):
    text = directive("data", id="native", source="g.csv") + effects("native")
    for name, (engine, file, keys) in FILES.items():
        done = generate(project, "--engine", engine, "--out", file)
        # The truth of the same units may lie there already.
        assert done.returncode == 0 and done.stdout == f"{file}\ng.truth.json\n", done.stderr
        text += directive("data", id=name, engine=engine, source=file, **keys) + effects(name)
    done = project.build(text)
    assert done.returncode == 0, done.stderr
    for name in FILES:
        check_same(project.results(), name)


def test_rows_are_those_of_the_file(project):
    generate(project, "--engine", "duckdb", "--out", "rows.parquet")
    folder = project.root / "Analyses"
    differ = "(from 'g.csv' except all from 'rows.parquet') union all (from 'rows.parquet' except all from 'g.csv')"
    assert duckdb(f"select count(*) as n from ({differ})", folder) == "n\n0\n"
    # And in their order.
    assert duckdb("select count(*) as n from (select *, row_number() over () as i from 'rows.parquet') where unit != 'u' || i", folder) == "n\n0\n"


@pytest.mark.parametrize("name", FILES)
def test_what_is_there_stays(project, name):
    engine, file, _ = FILES[name]
    path = project.root / "Analyses" / f"kept-{file}"
    path.write_bytes(b"something else")
    done = generate(project, "--engine", engine, "--out", path.name)
    assert done.returncode == 1 and "is there already" in done.stderr
    assert path.read_bytes() == b"something else"
    assert generate(project, "--engine", engine, "--out", path.name, "--force").returncode == 0
    assert len(path.read_bytes()) > 10_000
    assert not list(path.parent.glob(".*"))


def test_names_of_tables_are_only_names(project):
    name = 'x"; drop table units; --'
    done = generate(project, "--engine", "sqlite", "--out", "named.db", "--table", name)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(project.root / "Analyses" / "named.db") as database:
        assert database.execute("select name from sqlite_master").fetchall() == [(name,)]
    assert generate(project, "--engine", "duckdb", "--out", "named.duckdb", "--table", name).returncode == 0
    for wrong in ["", "a..b", "a\nb", "a.b.c.d"]:
        done = generate(project, "--engine", "sqlite", "--out", "wrong.db", "--table", wrong)
        assert done.returncode == 1 and "A table's name" in done.stderr
    assert not (project.root / "Analyses" / "wrong.db").exists()


def test_options_that_do_not_go_together(project):
    assert generate(project).returncode == 64
    assert generate(project, "--out", "a.csv", "--connection", "x").returncode == 64
    for wrong, words in [
        (["--engine", "duckdb"], "--out names"), (["--engine", "duckdb", "--out", "a.csv"], "ends in .parquet"),
        (["--engine", "sqlite", "--out", "a.parquet"], "ends in .sqlite"), (["--engine", "trino"], "No engine trino"),
        (["--engine", "postgres"], "only in a trusted project"),
    ]:
        done = generate(project, *wrong)
        assert done.returncode == 1 and words in done.stderr, done.stderr


def test_a_client_that_is_not_there_or_fails_leaves_nothing(project, tmp_path):
    before = sorted(os.listdir(project.root / "Analyses"))
    path = project.environment["PATH"]
    project.environment["PATH"] = "/usr/bin:/bin"
    done = generate(project, "--engine", "duckdb", "--out", "lost.duckdb")
    assert done.returncode == 1 and "pip install duckdb-cli" in done.stderr
    client = tmp_path / "duckdb"
    client.write_text("#!/bin/sh\necho no room >&2\nexit 3\n")
    client.chmod(0o755)
    project.environment["PATH"] = f"{tmp_path}:/usr/bin:/bin"
    done = generate(project, "--engine", "duckdb", "--out", "lost.duckdb")
    project.environment["PATH"] = path
    assert done.returncode == 1 and "no room" in done.stderr and "exit code 3" in done.stderr
    assert sorted(os.listdir(project.root / "Analyses")) == before


@pytest.mark.parametrize("way", [["-c", "<sql>"], []])
def test_a_command_makes_a_table(project, way):
    base = project.root / f"base{len(way)}.duckdb"
    settings = {"engines": {"house": {"command": [str(DUCKDB), "-csv", str(base), *way], "dialect": "duckdb"}}}
    (project.root / "report.yaml").write_text(json.dumps(settings))
    options = ["--engine", "house", "--table", "made.units", "--out", f"made{len(way)}.truth.json"]
    try:
        assert "only in a trusted project" in generate(project, *options).stderr
        duckdb(f"attach '{base}' as d; create schema d.made", project.root)
        done = generate(project, *options, "--trust")
        assert done.returncode == 0 and done.stdout.startswith("table made.units of house\n"), done.stderr
        done = generate(project, *options, "--trust")
        assert done.returncode == 1 and "already" in done.stderr
        assert generate(project, *options, "--trust", "--force").returncode == 0
        text = directive("data", id="native", source="g.csv") + effects("native")
        text += directive("data", id="house", engine="house", query="select * from made.units") + effects("house")
        done = project.build(text, "--trust", name="house")
        assert done.returncode == 0, done.stderr
        check_same(project.results("house"), "house")
    finally:
        (project.root / "report.yaml").unlink()


def test_of_a_command_that_fails_midway_no_table_stays(project, tmp_path):
    base, client = project.root / "half.duckdb", tmp_path / "client"
    # The second batch of rows fails.
    client.write_text(f"""#!/bin/sh
case "$1" in insert*) echo x >> {tmp_path}/batches; [ $(wc -l < {tmp_path}/batches) -lt 2 ] || exit 7;; esac
exec {DUCKDB} -csv {base} -c "$1"
""")
    client.chmod(0o755)
    (project.root / "report.yaml").write_text(
        json.dumps({"engines": {"house": {"command": [str(client), "<sql>"], "dialect": "duckdb"}}}))
    try:
        done = generate(project, "--engine", "house", "--table", "half", "--out", "half.truth.json", "--trust")
    finally:
        (project.root / "report.yaml").unlink()
    assert done.returncode == 1 and "exit code 7" in done.stderr, done.stderr
    assert len((tmp_path / "batches").read_text().split()) == 2
    assert "half" not in duckdb(f"attach '{base}' as d (read_only); select table_name from duckdb_tables()", project.root)
