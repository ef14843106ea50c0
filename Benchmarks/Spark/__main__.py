"""Times `report build` over Spark with two workers beside `spark-sql` alone: python Benchmarks/Spark PATH_OF_REPORT [ROWS].

Units are those of Benchmarks/Engines, in Parquet. Each of the two starts Spark's client anew, as they are used.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "Benchmarks" / "Engines"), str(ROOT / "Tests" / "Spark")]

import duckdb_cli  # noqa: E402
import pyspark  # noqa: E402
from cluster import Cluster  # noqa: E402
from units import ANALYSIS, METRICS, best, drawn  # noqa: E402

DUCKDB = pathlib.Path(duckdb_cli.__file__).parent / "duckdb"
SPARK = pathlib.Path(os.environ.get("SPARK_HOME", pathlib.Path(pyspark.__file__).parent))
MOMENTS = "select experiment, variant, count(*), " + ", ".join(f"avg({m}), var_samp({m})" for m in METRICS) + (
    ", covar_samp(y1, y2), covar_samp(y1, y3), covar_samp(y2, y3) from parquet.`file:{file}` group by experiment, variant "
    "order by experiment, variant")


def main() -> None:
    report, rows = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "Analyses").mkdir()
        subprocess.run([DUCKDB, "-no-init", "-c", f"copy ({drawn(rows)}) to 'Analyses/u.parquet'"], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
        environment = {**os.environ, "HOME": name, "SPARK_HOME": str(SPARK), "SPARK_LOCAL_IP": "127.0.0.1",
                       "PATH": f"{SPARK / 'bin'}:{os.environ['PATH']}"}
        cluster = Cluster(SPARK, folder)
        try:
            (folder / "report.yaml").write_text(
                f"engines:\n  spark: {{command: [spark-sql, --master, '{cluster.url}']}}\n")
            quiet = {"cwd": folder, "env": environment, "check": True, "stdout": subprocess.DEVNULL,
                     "stderr": subprocess.DEVNULL}
            settings = ["--conf", "spark.ui.enabled=false", "--conf", "spark.sql.catalogImplementation=in-memory"]
            query = MOMENTS.format(file=folder / "Analyses" / "u.parquet")

            def alone(sql: str) -> float:
                command = ["spark-sql", "-S", "--master", cluster.url, *settings, "-e", sql]
                return best(3, lambda: subprocess.run([SPARK / "bin" / command[0], *command[1:]], **quiet))

            spent: list[int] = []

            def build() -> None:
                # Another condition, so that results are made again and the file's digest is not.
                spent.append(1)
                source = f"engine: spark\nsource: u.parquet\nwhere: y1 > -{len(spent)}"
                (folder / "Analyses" / "a.md").write_text(ANALYSIS.format(source=source))
                subprocess.run([report, "build", "Analyses/a.md", "--no-ledger", "--quiet", "--trust"], **quiet)

            print(f"u.parquet, {rows:,} units, Spark with {len(cluster.processes) - 1} workers of one core")
            print(f"  spark-sql that asks for nothing: {alone('select 1'):.1f} s")
            print(f"  spark-sql alone, the same moments: {alone(query):.1f} s")
            build()
            print(f"  report build: {best(3, build):.1f} s")
        finally:
            cluster.stop()


main()
