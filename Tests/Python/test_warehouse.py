"""What Analyses/warehouse.md shows of each engine is what that engine says."""

import pytest

from postgres_server import postgres_server
from warehouse import Warehouse, recorded


@pytest.fixture(scope="module")
def warehouse(program, tmp_path_factory) -> Warehouse:
    return Warehouse(tmp_path_factory.mktemp("warehouse") / "project", program)


def assert_recorded(found: list[dict]) -> None:
    shown = {(row["engine"], row["metric"]): row for row in recorded()}
    assert len(found) == 2
    for row in found:
        own = shown[row["engine"], row["metric"]]
        for key in ("effect", "se"):
            assert float(row[key]) == pytest.approx(float(own[key]), rel=1e-10, abs=0), (row["engine"], row["metric"], key)


def test_engines_in_process_and_by_clients(warehouse):
    assert_recorded(warehouse.native())
    assert_recorded(warehouse.sqlite())
    assert_recorded(warehouse.duckdb())
    # Rows that stay in an engine are not counted.
    assert " · rows of sqlite 3." in (warehouse.root / "output" / "sqlite.html").read_text()


def test_postgres(warehouse):
    with postgres_server() as socket:
        assert_recorded(warehouse.postgres(socket))


def test_engines_agree():
    rows = recorded()
    assert [row["engine"] for row in rows[::2]] == ["native reader", "SQLite", "DuckDB", "PostgreSQL", "Spark"]
    for metric in ("metric1", "click-rate"):
        for key in ("effect", "se"):
            numbers = [float(row[key]) for row in rows if row["metric"] == metric]
            assert max(numbers) - min(numbers) <= 1e-10 * abs(numbers[0]), (metric, key)
