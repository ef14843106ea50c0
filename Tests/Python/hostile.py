"""Texts that would do something if they were ever part of a query, and rows whose names and columns they are."""

import csv
import json
import pathlib
import sqlite3
import statistics

from engine_project import directive

TEXTS = [
    "it's", "x' or 1 = 1 --", "x'; drop table units; --", "') or ('' = '", "x\\' or 1 = 1 --", "\\", "a\"b", "`tick`",
    "ʼ or 1 = 1", "＇ or 1 = 1", "；drop table units", "é", "e\u0301", "/* open", "-- end", "$$x$$", "E'\\''", "U&'\\0027'",
    "%", "_", "a\nb", "a\r\nb", "\t", ".shell id", "\\! id", "select", "{params.x}", "|", "🙂", "A", "a", "1e0", "NULL",
    "x" * 3000, "'\u0301 or 1 = 1 --", "\\\u0301' or 1 = 1 --", "'\ufe0f", "${env:HOME}",
]
NAMES = [
    "it's", 'a"b) from units; drop table units; --', "`tick`", "back\\slash", "new\nline", "semi;colon", "/* c */ --",
    "ʼ＇“”", "select", "Ünï.côde 漢", "a.b", "$$x$$", "%s", "[0]", "*", "U&\"x\"", "x" * 60, "\"\u0301 from units; --", "`\u20dd",
]


def rows() -> list[dict]:
    """For each text two arms of units; only those with the text as their name count where it is asked for."""
    made = []
    for place, text in enumerate(TEXTS):
        for index in range(6):
            made.append({"name": text, "arm": "CA"[index % 2], "y": 100 * place + index * index + 0.5})
    return made


def write(folder: pathlib.Path, name: str, table: list[dict]) -> None:
    """As text and as a database of one table, `units`."""
    columns = list(table[0])
    with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        writer.writerows(row.values() for row in table)
    path = folder / f"{name}.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    quoted = [column.replace('"', '""') for column in columns]
    database.execute("create table units (" + ", ".join(f'"{column}"' for column in quoted) + ")")
    database.executemany(
        f"insert into units values ({', '.join('?' * len(columns))})", [tuple(row.values()) for row in table])
    database.commit()
    database.close()


def effect(table: list[dict], column: str, arm: str = "arm") -> float:
    """Of the second arm on a column: a difference of means."""
    means = {side: statistics.fmean(row[column] for row in table if row[arm] == side) for side in "CA"}
    return means["A"] - means["C"]


def text(value: str) -> str:
    """A scalar of YAML, whatever is in it."""
    return json.dumps(value, ensure_ascii=False)


def literal(value: str) -> str:
    """A text in a condition of `where`."""
    return "'" + value.replace("'", "''") + "'"


def column(value: str) -> str:
    """A column in a condition of `where`."""
    return "`" + value.replace("`", "``") + "`"


def data(engine: dict, identity: str, **keys: str) -> str:
    return directive("data", id=identity, **engine, **keys)


def units(data: str, identity: str, **keys: str) -> str:
    own = {"layout": "units", "variant": "arm", "control": "C", "metrics": "[y]"} | keys
    return directive("effects", id=identity, data=data, **own)


def estimates(results: dict, identity: str) -> list[dict[str, float]]:
    """The effects of each row, metric by metric."""
    return [
        {name: effect["estimate"] for name, effect in row["effects"].items()}
        for row in results[identity]["values"]["rows"]]


def values_analysis(engine: dict) -> str:
    """Each text as a value of `where`, as one of `in`, and as one of many that are not it."""
    made = ""
    for place, value in enumerate(TEXTS):
        made += data(engine, f"d{place}", where=text(f"name = {literal(value)}"))
        made += units(f"d{place}", f"e{place}")
        made += data(engine, f"n{place}", where=text(f"not (name != {literal(value)} or name in ('none', 'at all'))"))
        made += units(f"n{place}", f"m{place}")
    return made


def check_values(results: dict) -> None:
    table = rows()
    for place, value in enumerate(TEXTS):
        own = effect([row for row in table if row["name"] == value], "y")
        for identity in [f"e{place}", f"m{place}"]:
            found = estimates(results, identity)
            assert len(found) == 1 and abs(found[0]["y"] - own) < 1e-9, (value, found, own)


def named_rows() -> list[dict]:
    """Columns of hostile names: two keys, a checkpoint, and numbers."""
    made = []
    for index in range(24):
        row = {NAMES[0]: f"t{index % 2}", NAMES[1]: "CA"[index // 2 % 2], NAMES[2]: index // 4 % 3}
        row |= {name: place + index * index / (place + 2) for place, name in enumerate(NAMES[3:])}
        made.append(row)
    return made


def names_analysis(engine: dict) -> str:
    metrics = json.dumps(NAMES[3:], ensure_ascii=False)
    condition = f"{column(NAMES[2])} >= 1 and not ({column(NAMES[3])} is missing)"
    keys = {"experiment": text(NAMES[0]), "variant": text(NAMES[1]), "metrics": metrics}
    return data(engine, "named", where=text(condition), columns=json.dumps(NAMES, ensure_ascii=False)) + units(
        "named", "lift", **keys)


def check_names(results: dict) -> None:
    table = [row for row in named_rows() if row[NAMES[2]] >= 1]
    found = estimates(results, "lift")
    assert len(found) == 2
    for place, row in enumerate(found):
        own = [unit for unit in table if unit[NAMES[0]] == f"t{place}"]
        assert list(row) == NAMES[3:]
        for name, number in row.items():
            assert abs(number - effect(own, name, NAMES[1])) < 1e-9 * max(1, abs(number)), name
