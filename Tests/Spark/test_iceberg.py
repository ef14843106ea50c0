"""Snapshots of Iceberg's tables: a number is of the one that its report names."""

import re
import subprocess

import pytest

import iceberg
from conftest import QUICK
from engine_project import directive


@pytest.fixture(scope="module")
def lake(project, spark, tmp_path_factory):
    """A catalog whose tables lie in a folder; what sends Spark a statement without the program."""
    if not list(spark.glob("jars/spark-core_2.12-3.5*")):
        pytest.skip("Iceberg's classes at hand are those for Spark 3.5")
    folder = tmp_path_factory.mktemp("lake")
    catalog = "spark.sql.catalog.lake"
    settings = [
        "--conf", f"{catalog}=org.apache.iceberg.spark.SparkCatalog", "--conf", f"{catalog}.type=hadoop",
        "--conf", f"{catalog}.warehouse=file:{folder / 'tables'}",
        "--jars", ",".join(str(path) for path in iceberg.jars(spark, folder)),
    ]

    def run(sql: str) -> str:
        command = ["spark-sql", "-S", "--master", "local[2]", *settings, "--conf",
                   "spark.sql.catalogImplementation=in-memory", "--conf", "spark.ui.enabled=false", "-e", sql]
        done = subprocess.run(command, cwd=folder, env=project.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = ", ".join(f"'{setting}'" for setting in settings)
    project.engines(spark=f"command: [spark-sql, --master, 'local[2]', {QUICK}, {listed}]")
    return run


def insert(table: str, shift: int) -> str:
    arm = "case when id % 2 = 0 then 'C' else 'T' end"
    return f"insert into {table} select {arm}, cast(id % 7 + (id % 2) * {shift} as double) from range(100)"


def test_a_number_is_of_the_snapshot_that_its_report_names(project, lake):
    table = "lake.db.units"
    ids = f"select snapshot_id from {table}.snapshots order by committed_at"
    lake(f"create table {table} (arm string, y double) using iceberg; {insert(table, 1)};")
    text = directive("data", id="asked", engine="spark", table=table, snapshot="iceberg") + directive(
        "effects", id="lift", data="asked", layout="units", variant="arm", control="C", metrics="[y]")

    def build() -> tuple[dict, str]:
        done = project.build(text, "--explain", name="lake")
        assert done.returncode == 0, done.stderr
        return project.results("lake"), done.stdout + done.stderr

    results, _ = build()
    snapshot = results["asked"]["values"]["snapshot"]
    assert snapshot in lake(ids).split()
    queries = results["lift"]["queries"]
    assert all(query["pin"] == f"iceberg snapshot {snapshot} of {table}" for query in queries)
    assert all(f"`lake`.`db`.`units` version as of {snapshot}" in query["sql"] for query in queries)
    page = (project.root / "output" / "lake.md").read_text()
    assert f"pinned by iceberg snapshot {snapshot} of {table}" in page and "not pinned" not in page
    again, told = build()
    assert again == results and re.search(r"lift.*(unchanged|reused|cache)", told), told
    # Another state of the table is another snapshot and other numbers; the first can still be read.
    lake(f"{insert(table, 2)};")
    later, _ = build()
    assert later["asked"]["values"]["snapshot"] not in (snapshot, "") and later["lift"]["digest"] != results["lift"]["digest"]
    count = lake(f"select count(*) from {table} version as of {snapshot}")
    assert count.split() == ["100"]


def test_a_table_without_a_snapshot_is_told(project, lake):
    lake("create table lake.db.empty (arm string, y double) using iceberg")
    for table, words in [("lake.db.empty", "no snapshot yet"), ("lake.db.nosuch", "nosuch"), ("lake.`x; drop", "semicolon")]:
        text = directive("data", id="asked", engine="spark", table=f"'{table}'", snapshot="iceberg") + directive(
            "effects", id="lift", data="asked", layout="units", variant="arm", control="C", metrics="[y]")
        done = project.build(text, name="empty")
        assert done.returncode == 1 and words in done.stderr, done.stderr


def test_a_query_reads_the_table_as_source(project, lake):
    text = directive("data", id="asked", engine="spark", table="lake.db.units", snapshot="iceberg",
                     query="select * from lake.db.units")
    done = project.build(text + directive("figure", id="f", data="asked", marks="[{mark: points, x: y, y: y}]", alt="x"), name="other")
    assert done.returncode == 1 and "reads `source`" in done.stderr, done.stderr
