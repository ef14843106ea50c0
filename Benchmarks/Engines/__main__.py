"""Times `report build` over engines beside the engine alone: python Benchmarks/Engines PATH_OF_REPORT [ROWS].

Rows are 20 million unless said otherwise: three metrics, 1,000 experiments of two arms, a fixed seed.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from units import ANALYSIS, METRICS, best, drawn

DUCKDB = shutil.which("duckdb") or sys.exit("Engines are timed with DuckDB's client, `duckdb`, on the search path.")
MOMENTS = "select experiment, variant, count(*), " + ", ".join(f"avg({m}), var_samp({m})" for m in METRICS) + (
    ", covar_samp(y1, y2), covar_samp(y1, y3), covar_samp(y2, y3) from '{file}' group by all order by all")
# The averages of all other rows of a group, by a join of the rows with their groups' sums: what the package of the paper's
# authors asks for (github.com/winston-chou/metarex-jive, `get_all_moments`), term by term.
SELF_JOIN = """
select experiment, variant, {averages}, {products}, count(*)
from (
  select t.experiment, t.variant, {own}, {rest}
  from '{file}' t
  join (
    select experiment, variant, {sums}
    from (select experiment, variant, {metrics} from '{file}' where experiment is not null and variant is not null)
    group by experiment, variant
  ) s on t.experiment = s.experiment and t.variant = s.variant
  where t.experiment is not null and t.variant is not null
)
group by experiment, variant""".format(
    file="{file}", metrics=", ".join(METRICS), averages=", ".join(f"avg({m})" for m in METRICS),
    products=", ".join(f"avg({a} * rest_{b} / others_{b})" for a in METRICS for b in METRICS),
    own=", ".join(f"t.{m}" for m in METRICS),
    rest=", ".join(f"s.sum_{m} - t.{m} as rest_{m}, s.count_{m} - 1 as others_{m}" for m in METRICS),
    sums=", ".join(f"sum({m}) as sum_{m}, count({m}) as count_{m}" for m in METRICS))


def main() -> None:
    report, rows = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "Analyses").mkdir()
        (folder / "home").mkdir()
        environment = {**os.environ, "HOME": str(folder / "home")}
        peaks: list[int] = []

        def sql(text: str) -> None:
            subprocess.run([DUCKDB, "-no-init", "-csv", "-c", text], cwd=folder / "Analyses", check=True,
                           stdout=subprocess.DEVNULL)

        def build(source: str) -> None:
            (folder / "Analyses" / "a.md").write_text(ANALYSIS.format(source=source))
            # The digest of a file is remembered; what was computed is not.
            command = [report, "build", "Analyses/a.md", "--no-ledger", "--quiet"]
            process = subprocess.Popen(command, cwd=folder, env=environment)
            _, status, used = os.wait4(process.pid, 0)
            assert status == 0
            # In KiB, of the program and not of what it started.
            peaks.append(used.ru_maxrss)

        sql(f"copy ({drawn(rows)}) to 'u.parquet'")
        small = rows // 4
        sql(f"copy ({drawn(small)}) to 'u.csv'")
        for file, count, sources in [
            ("u.parquet", rows, [("DuckDB", "engine: duckdb\nsource: u.parquet")]),
            ("u.csv", small, [("DuckDB", "engine: duckdb\nsource: u.csv"), ("native reader", "source: u.csv")]),
        ]:
            alone = best(3, lambda: sql(MOMENTS.format(file=file)))
            joined = best(1, lambda: sql(SELF_JOIN.format(file=file)))
            print(f"{file}, {count:,} units: DuckDB's own moments {alone:.2f} s; leave-one-out self-join {joined:.2f} s")
            for engine, source in sources:
                def anew() -> None:
                    for kept in (".report", "output"):
                        shutil.rmtree(folder / kept, ignore_errors=True)
                    build(source)

                def again() -> None:
                    # What was computed is forgotten, and the file's digest is not, which is kept under its whole path.
                    for path in (folder / ".report" / "cache").iterdir():
                        if str(folder).encode() not in path.read_bytes():
                            path.unlink()
                    shutil.rmtree(folder / "output")
                    build(source)

                def conditioned() -> None:
                    spent.append(1)
                    build(source + f"\nwhere: y1 > -{len(spent)}")

                peaks.clear()
                spent: list[int] = []
                first, later, kept = best(3, anew), best(3, again), best(3, conditioned)
                print(f"  report build, {engine}: {first:.2f} s, {later:.2f} s where the file's digest is known, {kept:.2f} s "
                      f"with a condition, too; "
                      f"at most {max(peaks) / 1024:.0f} MiB")
        sql(f"copy ({drawn(10 * small)}) to 'u.csv'")
        peaks.clear()
        print(f"u.csv, {10 * small:,} units: report build, native reader: {best(1, lambda: build('source: u.csv')):.2f} s; "
              f"{max(peaks) / 1024:.0f} MiB")


main()
