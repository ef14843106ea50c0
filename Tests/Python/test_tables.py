"""Tables in a browser: headings sort by click and by key, and the CSV is saved as it stands in the page."""

import csv
import shutil

import pytest

browsers = pytest.importorskip("playwright.sync_api")

ANALYSIS = """---
title: Tables
---

```table
id: plain
columns: [Name, {value: Lift, bar: true}]
rows: [["=cmd()", 0.5], [b, -2], [c, 10], [d, null]]
```

```table
id: grouped
columns: [Name, Lift]
rows: [{cells: [b, 1], group: First}, [a, 2], {cells: [d, 3], group: Second}, [c, 4]]
```

| Name | Share |
| --- | ---: |
| a | 12.5% |
| b | −3% |
| c | 1 200% |
| d | |

| Name | Words |
| --- | --- |
| b | one |
| a | two |
| c | three |
"""


@pytest.fixture
def page(run, browser, tmp_path):
    (tmp_path / "Analyses").mkdir()
    (tmp_path / "Analyses" / "t.md").write_text(ANALYSIS)
    run("build", str(tmp_path / "Analyses" / "t.md"), "--quiet")
    page = browser.new_page()
    faults = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((tmp_path / "output" / "t.html").as_uri())
    yield page
    assert faults == []
    page.close()



def names(page, table):
    return page.eval_on_selector_all(f"#{table} tbody tr > :first-child", "cells => cells.map(cell => cell.textContent)")


def test_headings_sort(page):
    lift = page.locator("#plain thead th").nth(1)
    first = names(page, "plain")
    lift.locator("button").focus()
    page.keyboard.press("Enter")
    assert lift.get_attribute("aria-sort") == "ascending" and names(page, "plain") == ["b", "=cmd()", "c", "d"]
    page.keyboard.press("Space")
    # What is missing stays last.
    assert lift.get_attribute("aria-sort") == "descending" and names(page, "plain") == ["c", "=cmd()", "b", "d"]
    page.keyboard.press("Enter")
    assert lift.get_attribute("aria-sort") is None and names(page, "plain") == first


def test_groups_stay_together(page):
    page.locator("#grouped thead button").nth(0).click()
    assert names(page, "grouped") == ["First", "a", "b", "Second", "c", "d"]


def test_tables_of_prose_sort_where_they_have_numbers(page):
    table = page.locator("main > .scroll table")
    assert table.count() == 2 and table.nth(1).locator("button").count() == 0
    rows = table.nth(0).locator("tbody tr")
    table.nth(0).locator("thead button").nth(1).click()
    assert [text[0] for text in rows.all_inner_texts()] == ["b", "a", "c", "d"]


def test_numbers_are_saved(page):
    with page.expect_download() as download:
        page.locator("#plain .tools a").click()
    assert download.value.suggested_filename == "plain.csv"
    with open(download.value.path(), newline="") as file:
        assert list(csv.reader(file)) == [["Name", "Lift"], ["'=cmd()", "0.5"], ["b", "-2"], ["c", "10"], ["d", ""]]
