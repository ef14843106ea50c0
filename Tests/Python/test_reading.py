"""What a script adds to a page for reading: where one is, and links to copy; and that nothing is lost without it."""

import pytest

TEXT = "\n\n".join(["Words that fill a page, line after line, until it is longer than a window. " * 12] * 4)

ANALYSIS = f"""---
title: Reading
---

{TEXT}

## First

{TEXT}

```table
id: tbl-a
columns: [Name, Lift]
rows: [[a, 1], [b, 2], [c, 3]]
caption: A table.
```

## Second

{TEXT}

### Below

{TEXT}

## Third

{TEXT}

{TEXT}
"""

WHERE = "[...document.querySelectorAll('.contents [aria-current]')].map((entry) => entry.textContent)"

SAID = "document.querySelector('[role=status]').textContent"


@pytest.fixture(scope="module")
def page_file(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reading")
    (folder / "Analyses").mkdir()
    (folder / "Analyses" / "a.md").write_text(ANALYSIS)
    run("build", str(folder / "Analyses" / "a.md"), "--quiet")
    return folder / "output" / "a.html"


@pytest.fixture
def open_page(browser, page_file):
    contexts = []

    def open_page(**options):
        context = browser.new_context(viewport={"width": 1200, "height": 800}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(page_file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def becomes(page, expression, expected):
    """Waits until an expression has a value; a page's policy forbids the driver's own way of waiting."""
    for _ in range(100):
        if page.evaluate(expression) == expected:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(expression) == expected


def test_contents_follow(open_page):
    page = open_page()
    becomes(page, WHERE, [])
    for name in ("Second", "Below", "Third"):
        page.evaluate("(id) => document.getElementById(id).scrollIntoView()", name.lower())
        becomes(page, WHERE, [name])
    # Up by half a window, and over several headings at once.
    page.evaluate("document.getElementById('third').scrollIntoView(); scrollBy(0, -400)")
    becomes(page, WHERE, ["Below"])
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    becomes(page, WHERE, ["Third"])
    page.evaluate("scrollTo(0, 0)")
    becomes(page, WHERE, [])


def test_contents_stay_beside_the_text(open_page):
    page = open_page()
    page.evaluate("document.getElementById('third').scrollIntoView()")
    box = page.locator(".contents").bounding_box()
    assert 0 <= box["y"] < 200


def test_without_a_script_links_are_anchors(open_page):
    page = open_page(java_script_enabled=False)
    page.locator(".contents a", has_text="Third").click()
    assert page.url.endswith("#third")
    page.locator("#second .anchor").click(force=True)
    assert page.url.endswith("#second")
    page.locator("#tbl-a .self").click()
    assert page.url.endswith("#tbl-a")
    assert page.locator("[role=status]").count() == 0


@pytest.mark.parametrize("link, anchor", [("#second .anchor", "second"), ("#tbl-a .self", "tbl-a")])
def test_links_are_copied(open_page, page_file, link, anchor):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.locator(link).focus()
    assert page.locator(link).evaluate("(link) => getComputedStyle(link).opacity") == "1"
    page.keyboard.press("Enter")
    said = page.get_by_role("status")
    becomes(page, SAID, "Link copied")
    assert said.is_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{page_file.as_uri()}#{anchor}"
    assert page.url.endswith(f"#{anchor}")
    # A message does not stay.
    becomes(page, SAID, "")


def test_links_are_not_printed(open_page):
    page = open_page()
    page.emulate_media(media="print")
    assert not page.locator("#second .anchor").is_visible()
    assert not page.get_by_role("status").is_visible()
    name = page.locator("#tbl-a .self")
    assert name.is_visible() and name.evaluate("(link) => getComputedStyle(link).textDecorationLine") == "none"


def test_the_data_of_a_figure_unfolds(browser, reports):
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto((reports / "proxy.html").as_uri())
    data = page.locator("#fig-scatter .data")
    assert not data.locator("table").is_visible()
    data.locator("summary").focus()
    page.keyboard.press("Enter")
    assert data.locator("table").is_visible() and data.locator("tbody tr").count() > 5
    heads = data.locator("thead th[scope=col]")
    assert heads.count() == data.locator("tbody tr").first.locator("td").count()
    # What is wider than the column scrolls in itself, by keyboard, too.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "scroll"
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360
    with page.expect_download() as download:
        data.locator("a").click()
    assert download.value.suggested_filename == "fig-scatter.csv"
    # On paper stands what was unfolded, whole.
    page.emulate_media(media="print")
    assert data.locator("table").is_visible()
    assert data.locator(".scroll").evaluate("(box) => box.scrollHeight === box.clientHeight")
    assert not page.locator("#fig-quality .data").is_visible()
    page.close()
