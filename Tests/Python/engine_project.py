"""A project whose units lie in files and in engines, with designs over them."""

import csv
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys

import duckdb_cli

DUCKDB = pathlib.Path(duckdb_cli.__file__).parent / "duckdb"
HEAD = "---\ntitle: Units\n---\n\n"

DESIGNS = {
    "plain": "metrics: [orders, big, small]",
    "ratio": "metrics: [ctr, big]\nratios: {ctr: {numerator: clicks, denominator: views}}",
    "cuped": "metrics: [orders, big]\ncovariates: [before]",
    "filled": "metrics: [orders]\ncovariates: [gaps]\nmissing-covariate: 3",
    "gaps": "metrics: [orders, gaps]",
    "clusters": "metrics: [orders, big]\ncluster: shop",
    "weights": "metrics: [orders, big]\nweight: weight\nunit: unit",
    "bounds": "metrics: [orders]\nwinsorise: {orders: {lower: 11, upper: 16}}",
    "quantiles": "metrics: [orders]\nwinsorise: {orders: {upper-quantile: 0.95}}",
}


def units() -> list[dict]:
    """Units of three experiments; `big` has mean 10^9 and standard deviation 1, `small` is tiny beside its spread."""
    draw = random.Random(20)
    rows = []
    for test in range(3):
        for arm in ["C", "A", "B"][: 3 if test else 2]:
            for i in range(400):
                before = 10 + 5 * draw.random()
                views = 1 + int(8 * draw.random())
                rows.append({
                    "unit": f"u{len(rows)}", "test": f"t{test}", "arm": arm, "shop": f"{arm}{test}-{i % 7}",
                    "orders": round(before + 2 * draw.random(), 4), "big": 1e9 + draw.gauss(0, 1) + (arm != "C") * 0.2,
                    "small": draw.gauss(0, 1e-9), "before": round(before, 4), "gaps": "" if i % 11 == 0 else round(before),
                    "clicks": int(views * draw.random()), "views": views, "weight": 0.5 + int(2 * draw.random()),
                })
    return rows


def duckdb(sql: str, folder: pathlib.Path) -> str:
    """What DuckDB says, without this program."""
    done = subprocess.run([DUCKDB, "-csv", "-c", sql], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def directive(word: str, **keys: str) -> str:
    return f"```{word}\n" + "".join(f"{key.replace('_', '-')}: {value}\n" for key, value in keys.items()) + "```\n\n"


# A process has at its beginning what its parent holds, so a small one starts it, waits and tells its most memory.
MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, used = os.wait4(process.pid, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Project:
    """A folder with analyses that the program builds."""

    def __init__(self, root: pathlib.Path, program: pathlib.Path):
        self.root = root
        self.program = program
        self.environment = {
            "PATH": f"{DUCKDB.parent}:/usr/bin:/bin", "HOME": str(root / "home"), "XDG_CACHE_HOME": str(root / "home"),
        }
        (root / "Analyses").mkdir(parents=True)
        (root / "home").mkdir()
        (root / ".git").mkdir()

    def build(self, text: str, *options: str, name: str = "a") -> subprocess.CompletedProcess:
        (self.root / "Analyses" / f"{name}.md").write_text(HEAD + text)
        return self.rebuild(*options, name=name)

    def rebuild(self, *options: str, name: str = "a") -> subprocess.CompletedProcess:
        command = [self.program, "build", f"Analyses/{name}.md", "--no-ledger", *options]
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=120)

    def peak(self, name: str) -> tuple[int, subprocess.CompletedProcess]:
        """Builds an analysis again; the kB that the build, or any that it waited for, held at most."""
        command = [sys.executable, "-c", MEASURE, self.program, "build", f"Analyses/{name}.md", "--no-ledger", "--quiet"]
        done = subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=120)
        return int(done.stdout.split()[-1]), done

    def results(self, name: str = "a") -> dict:
        return json.loads((self.root / "output" / f"{name}.json").read_text())["results"]

    def write_units(self) -> None:
        rows = units()
        folder = self.root / "Analyses"
        with open(folder / "units.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        database = sqlite3.connect(folder / "units.sqlite")
        names = list(rows[0])
        database.execute(f"create table units ({', '.join(names)})")
        for row in rows:
            cells = [None if cell == "" else cell for cell in row.values()]
            database.execute(f"insert into units values ({', '.join('?' * len(names))})", cells)
        database.commit()
        database.close()
        duckdb("copy (from 'units.csv') to 'units.parquet'", folder)
        duckdb("attach 'units.duckdb' as d; create table d.units as from 'units.csv'", folder)


def numbers(value, path: str = ""):
    """Every number of a result with its path; rows by their names, for engines have an order of their own."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from numbers(member, f"{path}/{key}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            named = isinstance(member, dict)
            name = ":".join(str(member[key]) for key in ("experiment", "variant") if key in member) if named else ""
            yield from numbers(member, f"{path}/{name or index}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


def assert_equal_numbers(native: dict, asked: dict, what: str) -> None:
    """Numbers of two results are the same to ten digits."""
    native, asked = dict(numbers(native)), dict(numbers(asked))
    assert native.keys() == asked.keys()
    for path, number in native.items():
        # An effect may be near 0, where only its standard error gives it a scale.
        scale = max(abs(number), native.get(path.rsplit("/", 1)[0] + "/se", 0), 1e-300)
        if "interval" in path:
            scale = max(scale, native[path.rsplit("/", 2)[0] + "/se"])
        assert abs(asked[path] - number) <= 1e-10 * scale, (what, path)
