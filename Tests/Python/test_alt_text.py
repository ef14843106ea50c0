"""Descriptions that the program writes of figures quote numbers, and each of them stands in the results file."""

import bisect
import collections
import csv
import datetime
import html
import json
import math
import re
import statistics
import urllib.parse

# 1 234.5, −0.2%, 1.2e−5; thin spaces group, and a true minus is one.
NUMBER = re.compile(r"[−-]?\d[\d\u2009]*(?:\.\d+)?(?:e[−-]?\d+)?%?")

# How wide intervals are is said of all of them, and stands in the analysis.
LEVELS = re.compile(r"(?:\d+% and )?\d+% (?:intervals?|of a normal distribution|of counts)")

# What is not told one by one is counted: "and 8 more".
REST = re.compile(r"and \d+ more")

# Times are seconds since 1970 in the results.
DATE = re.compile(r"(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})")


def counts_and_measures(figure):
    """What a description says of marks together: how many there are, how long bars are, how many leave a band,
    medians, slopes of ellipses."""
    numbers = [len(figure["panels"])]
    total = collections.Counter()
    for panel in figure["panels"]:
        here = collections.Counter()
        for mark in panel["marks"]:
            here[mark["mark"]] += 1
            for key, items in mark.items():
                if isinstance(items, list):
                    here[mark["mark"], key] += len(items)
            for bar in mark.get("bars", []):
                numbers.append(bar["upper"] - bar["lower"])
            if mark["mark"] == "bars":
                bands = [band for band in panel["marks"] if band["mark"] == "ribbon"]
                for band in bands:
                    low, high = band["lower"][0], band["upper"][0]
                    numbers.append(sum(not low <= height <= high for height in mark["heights"]))
            if mark["mark"] == "dots":
                numbers.append(statistics.median(mark["x"]))
            if mark["mark"] == "ellipse":
                product = sum(x * y for x, y in mark["axes"])
                numbers.append(product / sum(x * x for x, _ in mark["axes"]))
        numbers += here.values()
        total += here
    return numbers + list(total.values())


def seconds(date):
    day, month, year = date
    when = datetime.datetime.strptime(f"{day} {month} {year}", "%d %B %Y").replace(tzinfo=datetime.timezone.utc)
    return when.timestamp()


def numbers_and_texts(value):
    """All numbers and texts in a value, and how long its lists are."""
    if isinstance(value, bool) or value is None:
        return [], []
    if isinstance(value, (int, float)):
        return [value], []
    if isinstance(value, str):
        return [], [value]
    numbers, texts = ([len(value)], []) if isinstance(value, list) else ([], list(value))
    for part in value if isinstance(value, list) else value.values():
        more, words = numbers_and_texts(part)
        numbers += more
        texts += words
    return numbers, texts


def stands_for(token, numbers):
    """Whether a number rounds to what is written, to its last digit."""
    text = token.replace("−", "-").replace("\u2009", "").rstrip("%")
    digits, _, exponent = text.partition("e")
    unit = 10.0 ** (int(exponent or 0) - len(digits.partition(".")[2]))
    scale = 100 if token.endswith("%") else 1
    return any(abs(number * scale - float(text)) <= unit * 0.5000001 for number in numbers)


def figures(value):
    if isinstance(value, dict):
        if {"kind", "summary", "panels"} <= value.keys():
            yield value
        else:
            for part in value.values():
                yield from figures(part)


def test_descriptions_quote_the_results(reports):
    silent, wrong, quoted = [], [], 0
    for path in sorted(reports.glob("**/*.json")):
        results = json.loads(path.read_text())["results"]
        for name, result in results.items():
            for figure in figures(result):
                summary = figure["summary"]
                numbers, texts = numbers_and_texts(figure["panels"])
                numbers += counts_and_measures(figure)
                # Pooled means, medians and what a test gives stand in the results of what the figure is of.
                for root in [name, *result["inputs"]]:
                    numbers += numbers_and_texts(results[root]["values"])[0]
                rest = REST.sub(" ", LEVELS.sub(" ", summary))
                wrong += [f"{path.stem} {name}: {date}" for date in DATE.findall(rest) if seconds(date) not in numbers]
                rest = DATE.sub(" ", rest)
                for text in sorted(set(texts), key=len, reverse=True):
                    # Names have digits, too; but a series that is named by its number quotes it.
                    if not NUMBER.fullmatch(text) and re.search(r"\d", text) and not re.search(r" [−\d]+\.\d+%?$", text):
                        rest = rest.replace(text, " ")
                found = NUMBER.findall(rest)
                quoted += len(found)
                wrong += [f"{path.stem} {name}: {token} in: {summary}" for token in found if not stands_for(token, numbers)]
                if not found:
                    silent.append(f"{path.stem} {name}: {summary}")
    assert not wrong, "\n".join(wrong)
    assert not silent, "\n".join(silent)
    assert quoted > 50


def test_what_stands_for_a_number():
    assert stands_for("0.82", [0.8242]) and not stands_for("0.83", [0.8242])
    assert stands_for("−1.3%", [-0.0128]) and not stands_for("1.3%", [-0.0128])
    assert stands_for("10\u2009000", [10_000]) and not stands_for("10\u2009001", [10_000])


# The file of a figure's numbers, as it stands in the page behind it.
DATA = re.compile(r'<details class="source data">.*?</details>', re.DOTALL)
FILE = re.compile(r'download=([\w.-]+) href="data:text/csv;charset=utf-8,([^"]*)"')

# What is told otherwise than it is drawn: the reach of ellipses, lengths of stacked bars, sizes by their key, dates.
DERIVED = {"ellipse", "bar"}


def test_data_of_figures_are_the_results(reports):
    wrong, compared, files = [], 0, 0
    for path in sorted(reports.glob("**/*.html")):
        page = path.read_text()
        # The drawings of a figure for wide and for narrow columns have one name.
        names = re.findall(r'<svg [^>]*aria-labelledby="([^"]*)" class="?plot', page)
        assert len(DATA.findall(page)) == len(set(names)), path.stem
        results = json.loads(path.with_suffix(".json").read_text())["results"]
        for block in DATA.findall(page):
            assert "<tbody><tr>" in block
            found = FILE.search(block)
            if found is None:
                assert "the results file has all" in block
                continue
            name = found[1].removesuffix(".csv")
            result = results[name] if name in results else results["_" + name]
            # That of a directive that shows its own figure is drawn from its values.
            panels = next((figure["panels"] for figure in figures(result)), [])
            marks = {mark["mark"] for panel in panels for mark in panel["marks"]}
            text = urllib.parse.unquote(html.unescape(found[2]))
            rows = list(csv.reader(text.splitlines()))
            assert len({len(row) for row in rows}) == 1 and len(rows) > 1, name
            files += 1
            if marks & DERIVED or any("sizes" in panel for panel in panels):
                continue
            numbers, texts = numbers_and_texts(panels or result)
            numbers.sort()
            words = {"Panel", "What", "Series", "Name"}
            for cell in (cell for row in rows[1:] for head, cell in zip(rows[0], row) if head not in words):
                # Names of rows have digits, too.
                if cell in texts or not re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell):
                    continue
                place = bisect.bisect_left(numbers, float(cell))
                near = numbers[max(0, place - 1):place + 1]
                compared += 1
                if not any(math.isclose(number, float(cell), rel_tol=6e-6, abs_tol=1e-12) for number in near):
                    wrong.append(f"{path.stem} {name}: {cell}")
    assert not wrong, "\n".join(wrong[:40])
    assert files > 30 and compared > 3000
