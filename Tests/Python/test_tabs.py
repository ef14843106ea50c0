"""Tabs in a browser: one is seen at a time, by mouse, keyboard and links, on paper all, and no script runs."""

import shutil
import subprocess

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium")

ANALYSIS = """---
title: Tabs
---

[to the second](#second)

<!-- tabs -->

### First

One word.

### Second

Two words.

### Third

Three words.

<!-- /tabs -->
"""


@pytest.fixture(scope="module")
def page_file(program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tabs")
    (folder / "Analyses").mkdir()
    (folder / "Analyses" / "a.md").write_text(ANALYSIS)
    subprocess.run([program, "build", "Analyses/a.md", "--quiet"], cwd=folder, check=True, timeout=60)
    return folder / "output" / "a.html"


@pytest.fixture
def page(browser, page_file):
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(page_file.as_uri())
    yield page
    page.close()


def seen(page) -> list[str]:
    """The texts of the tabs that are seen."""
    texts = page.locator(".tab p")
    return [texts.nth(index).inner_text() for index in range(texts.count()) if texts.nth(index).is_visible()]


def test_one_at_a_time(page):
    assert seen(page) == ["One word."]
    page.get_by_text("Third", exact=True).click()
    assert seen(page) == ["Three words."]
    # The open one stays open.
    page.locator("details[open] > summary").click(force=True)
    assert seen(page) == ["Three words."]


def test_a_link_opens_its_tab(page):
    page.get_by_role("link", name="to the second").click()
    assert seen(page) == ["Two words."]


def test_keyboard(page):
    page.get_by_role("link", name="to the second").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Third"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert seen(page) == ["Three words."]


def test_tabs_stand_in_a_row(page):
    tops = [page.locator("summary").nth(index).bounding_box()["y"] for index in range(3)]
    assert len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_on_paper_all_are_seen(page):
    page.emulate_media(media="print")
    assert seen(page) == ["One word.", "Two words.", "Three words."]
    tops = [page.locator("summary").nth(index).bounding_box()["y"] for index in range(3)]
    assert tops == sorted(set(tops))
