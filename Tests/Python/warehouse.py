"""The effects of Analyses/warehouse.md as each engine finds them: rows of the file that the analysis shows.

python Tests/Python/warehouse.py PATH_OF_REPORT asks those engines again that are here, and rewrites their rows; Spark is here
where pyspark is installed.
"""

import contextlib
import csv
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from engine_project import DUCKDB, duckdb
from postgres_server import postgres_server

ROOT = pathlib.Path(__file__).resolve().parents[2]
ANALYSES = ROOT / "Analyses"
RECORD = ANALYSES / "data" / "warehouse" / "engines.csv"


def recorded() -> list[dict]:
    with open(RECORD, newline="") as file:
        return list(csv.DictReader(file))


def question() -> str:
    """What the analysis asks of its file."""
    text = (ANALYSES / "warehouse.md").read_text()
    body = re.search(r"```effects\nid: file\n(.*?)```", text, re.DOTALL)[1]
    return "```effects\nid: found\n" + body.replace("data: rows", "data: asked") + "```\n"


class Warehouse:
    """The units of the analysis wherever engines look for them."""

    def __init__(self, root: pathlib.Path, program: pathlib.Path):
        self.root, self.program = root, program
        self.folder = root / "Analyses"
        self.folder.mkdir(parents=True)
        (root / ".git").mkdir()
        (root / "home").mkdir()
        home = str(root / "home")
        self.environment = {"PATH": f"{DUCKDB.parent}:/usr/bin:/bin", "HOME": home, "XDG_CACHE_HOME": home}
        shutil.copy(ANALYSES / "data" / "designs" / "units.csv", self.folder)
        shutil.copy(ANALYSES / "data" / "warehouse" / "units.sqlite", self.folder)
        duckdb("copy (from 'units.csv') to 'units.parquet'", self.folder)

    def ask(self, name: str, keys: str) -> list[dict]:
        """The rows of one engine, whose `data` has these keys."""
        stem = name.replace(" ", "-").lower()
        text = f"---\ntitle: {name}\n---\n\n```data\nid: asked\n{keys}\n```\n\n{question()}"
        (self.folder / f"{stem}.md").write_text(text)
        command = [self.program, "build", f"Analyses/{stem}.md", "--no-ledger", "--trust"]
        done = subprocess.run(
            command, cwd=self.root, env=self.environment, text=True, capture_output=True, timeout=600)
        assert done.returncode == 0, done.stderr
        results = json.loads((self.root / "output" / f"{stem}.json").read_text())["results"]
        version = results["asked"]["values"].get("version", "")
        effects = results["found"]["values"]["rows"][0]["effects"]
        return [
            {"engine": name, "version": version, "metric": metric, "effect": repr(found["estimate"]),
             "se": repr(found["se"])}
            for metric, found in effects.items()
        ]

    def native(self) -> list[dict]:
        return self.ask("native reader", "source: units.csv")

    def sqlite(self) -> list[dict]:
        return self.ask("SQLite", "engine: sqlite\nsource: units.sqlite\nquery: select * from units")

    def duckdb(self) -> list[dict]:
        return self.ask("DuckDB", "engine: duckdb\nsource: units.parquet")

    def postgres(self, socket: pathlib.Path) -> list[dict]:
        """By a server whose owner may do all; the table is made first."""
        with open(self.folder / "units.csv") as file:
            names = file.readline().strip().split(",")
        columns = ", ".join(f'"{name}" {"text" if name in ("unit", "experiment", "variant") else "float8"}' for name in names)
        sql = f"create table units ({columns});\n\\copy units from '{self.folder}/units.csv' csv header\n"
        subprocess.run(
            ["psql", "-q", "-h", socket, "-U", "owner", "-d", "postgres", "-v", "ON_ERROR_STOP=1"], input=sql, text=True,
            check=True)
        return self.ask(
            "PostgreSQL",
            f"engine: postgres\nconnection: 'postgresql://owner@/postgres?host={socket}'\nquery: select * from units")

    def spark(self, home: pathlib.Path, master: str) -> list[dict]:
        """By a cluster that runs."""
        self.environment |= {"PATH": f"{self.environment['PATH']}:{home / 'bin'}", "SPARK_HOME": str(home),
                             "SPARK_LOCAL_IP": "127.0.0.1"}
        (self.root / "report.yaml").write_text(f"engines:\n  spark: {{command: [spark-sql, --master, '{master}']}}\n")
        return self.ask("Spark", "engine: spark\nsource: units.parquet")


def main() -> None:
    program = pathlib.Path(sys.argv[1]).resolve()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        warehouse = Warehouse(folder / "project", program)
        rows = warehouse.native() + warehouse.sqlite() + warehouse.duckdb()
        rows += warehouse.postgres(stack.enter_context(postgres_server()))
        if importlib.util.find_spec("pyspark"):
            import pyspark

            sys.path.insert(0, str(ROOT / "Tests" / "Spark"))
            from cluster import Cluster

            home = pathlib.Path(pyspark.__file__).parent
            (folder / "cluster").mkdir()
            cluster = Cluster(home, folder / "cluster")
            stack.callback(cluster.stop)
            rows += warehouse.spark(home, cluster.url)
        else:
            rows += [row for row in recorded() if row["engine"] == "Spark"]
    with open(RECORD, "w", newline="") as file:
        writer = csv.DictWriter(file, ["engine", "version", "metric", "effect", "se"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
