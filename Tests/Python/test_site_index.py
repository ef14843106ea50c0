"""What finds and lists a site's pages: search in a browser, feed, sitemap, objects, and a crawl of all its links."""

import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import unicodedata
import urllib.parse
import urllib.request

import feedparser
import jsonschema
import pytest
import site_project
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import expect

BASE = site_project.BASE
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(program, tmp_path_factory) -> pathlib.Path:
    root = site_project.write(tmp_path_factory.mktemp("index"))
    command = [program, "site", "build", "--quiet", "--no-ledger"]
    subprocess.run(command, cwd=root, check=True, timeout=120, env={"HOME": str(root / "home")})
    return root / "output" / "site"


@pytest.fixture
def view(browser):
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text))
    page.requests = []
    page.on("request", lambda request: page.requests.append(request.url))
    yield page
    context.close()


# Search


def passages(site: pathlib.Path) -> dict[str, str]:
    """The texts of pages by their paths, as the script is given them."""
    texts = {}
    for path in (site / "assets" / "text").rglob("*.js"):
        page, parts = json.loads("[" + path.read_text().removeprefix("reportSearch.text(").removesuffix(");\n") + "]")
        texts[page] = " ".join(" ".join(part[1:]) for part in parts)
    return texts


def words(text: str) -> set[str]:
    """Words and numbers as an eye would part them: letters without accents, numbers with their decimals."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.replace("’", "")) if not unicodedata.combining(c))
    return set(re.findall(r"(?<![\w.])(?:\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+)(?!\w|\.\d)", plain.lower()))


def test_every_word_of_every_page_finds_it(site, view):
    texts = passages(site)
    assert {"mean.html", "sub/other.html", "plain.html", "reference.html", "claims.html"} <= set(texts)
    view.goto((site / "plain.html").as_uri())
    count = 0
    for page in ["mean.html", "sub/other.html", "plain.html", "reference.html"]:
        # Of the reference's thousands of words every twentieth.
        some = sorted(words(texts[page]))[:: 20 if page == "reference.html" else 1]
        some = [word for word in some if len(word) <= 32]
        found = view.evaluate("async words => Promise.all(words.map(word => reportSearch.query(word)))", some)
        missing = [word for word, pages in zip(some, found) if page not in pages]
        assert not missing
        count += len(some)
    assert count > 100
    for query, page in [("東京", "mean.html"), ("kyoto", "mean.html"), ("ZURICH naive", "mean.html"), ("0.83", "sub/other.html"),
                        ("1234.5", "sub/other.html"), ("regres", "sub/other.html"), ("students", "sub/other.html")]:
        assert view.evaluate("query => reportSearch.query(query)", query)[0] == page, query
    # Titles and headings come before the text.
    assert view.evaluate("reportSearch.query('plain')")[0] == "plain.html"
    assert view.evaluate("reportSearch.query('zzzz')") == []
    assert not view.faults
    assert all(url.startswith(site.as_uri()) for url in view.requests)


def test_search_by_keyboard(site, view):
    view.goto((site / "sub" / "other.html").as_uri())
    assert not any("search-index" in url for url in view.requests)
    view.keyboard.press("/")
    dialog = view.get_by_role("dialog", name="Search this site")
    expect(dialog).to_be_visible()
    expect(view.get_by_role("searchbox")).to_be_focused()
    view.keyboard.type("above mean")
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^\d+ pages?\.$"))
    first = dialog.get_by_role("link").first
    expect(first).to_have_text("A mean <img src=x onerror=alert(1)>")
    assert dialog.locator("img").count() == 0
    assert "mean" in [mark.lower() for mark in dialog.locator("mark").all_text_contents()]
    found = Axe().run(view, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"], "preload": False})
    assert not [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found.response["violations"]]
    view.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    view.keyboard.press("ArrowUp")
    expect(view.get_by_role("searchbox")).to_be_focused()
    view.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    view.keyboard.press("Control+k")
    view.get_by_role("searchbox").fill("effects small")
    section = dialog.get_by_role("link", name="Effects")
    expect(section.first).to_be_visible()
    while not section.first.evaluate("link => link === document.activeElement"):
        view.keyboard.press("ArrowDown")
    view.keyboard.press("Enter")
    view.wait_for_url("**/mean.html#effects")
    assert not view.faults


def test_what_is_said_of_a_search(site, view):
    view.goto((site / "search.html").as_uri() + "?q=" + urllib.parse.quote("regresion"))
    status = view.locator(".search-status")
    expect(status).to_have_text(re.compile(r"^\d+ pages?, with regression for regresion\.$"))
    field = view.get_by_role("searchbox")
    expect(field).to_have_value("regresion")
    field.fill("regression zürich")
    expect(status).to_have_text(re.compile("^No page has all of these words; \\d+ pages with some of them.$"))
    field.fill("qqqqq")
    expect(status).to_have_text("Nothing was found.")
    field.fill("")
    expect(status).to_have_text("")
    assert not view.faults


def test_without_scripts_search_leads_on(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "plain.html").as_uri())
    page.get_by_role("link", name="Search").first.click()
    assert page.get_by_role("search").get_by_role("link").count() >= 2
    context.close()


def test_search_where_the_site_was_published_again(site, view, tmp_path):
    """What names the index may be older than the site: then it is asked for anew."""
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    view.route("**/assets/search-index.js", lambda route: route.fulfill(body='reportSearch.found("search-index.gone.js");', content_type="text/javascript"))
    view.goto((copy / "search.html").as_uri() + "?q=plain")
    expect(view.locator(".search-hit").first).to_contain_text("Plain")


# Feeds


def test_feed(site):
    text = (site / "feed.xml").read_bytes()
    read = feedparser.parse(text)
    assert not read.bozo and read.version == "atom10"
    assert [entry.title for entry in read.entries] == ["Other", "A mean <img src=x onerror=alert(1)>"]
    assert read.entries[1].link == BASE + "mean.html" and read.entries[1].author_detail.name == "Bo & Cy"
    assert "says Zürich" in read.entries[1].summary and "Its claim holds." in read.entries[1].summary
    assert {tag.term for tag in read.entries[1].tags} == {"means", "a & b", "claims-hold"}
    # What RFC 4287 demands of a feed and of an entry.
    feed = etree.fromstring(text)
    assert feed.tag == ATOM + "feed"
    for part in [feed, *feed.findall(ATOM + "entry")]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1, name
        updated = part.findtext(ATOM + "updated")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated)
        assert urllib.parse.urlsplit(part.findtext(ATOM + "id")).scheme == "https"
        links = [(link.get("rel"), link.get("type")) for link in part.findall(ATOM + "link")]
        assert len(links) == len(set(links)) and any(rel == "alternate" for rel, _ in links)
    assert feed.findall(ATOM + "author") and feed.find(f"{ATOM}link[@rel='self']").get("href") == BASE + "feed.xml"
    assert feed.findtext(ATOM + "updated") == "2026-06-02T00:00:00Z"
    ids = [entry.findtext(ATOM + "id") for entry in feed.findall(ATOM + "entry")]
    assert len(set(ids)) == len(ids)


def test_sitemap(site):
    root = etree.fromstring((site / "sitemap.xml").read_bytes())
    assert root.tag == MAP + "urlset" and 0 < len(root) <= 50_000
    seen = set()
    for url in root:
        # By the order and the bounds of the protocol's schema.
        assert url.tag == MAP + "url" and [part.tag for part in url] in ([MAP + "loc"], [MAP + "loc", MAP + "lastmod"])
        location = url.findtext(MAP + "loc")
        assert 12 <= len(location) <= 2048 and location.startswith(BASE) and location not in seen
        seen.add(location)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", url.findtext(MAP + "lastmod") or "2026-01-01")
        assert (site / urllib.parse.unquote(location.removeprefix(BASE) or "index.html")).is_file()
    assert {BASE, BASE + "mean.html", BASE + "sub/other.html"} <= seen
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text()


def test_llms(site):
    text = (site / "llms.txt").read_text()
    assert text.startswith("# Growth & co\n\n> What experiments taught us.\n")
    for title, address in re.findall(r"^- \[(.*?)\]\((\S+)\)", text, re.M):
        assert (site / urllib.parse.unquote(address.removeprefix(BASE))).is_file(), title
    assert f"]({BASE}sub/other.md)" in text


def test_objects(site):
    objects = json.loads((site / "objects.json").read_text())
    schema = json.loads((site / objects["$schema"]).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(objects)
    ids = [item["id"] for item in objects["objects"]]
    assert len(ids) == len(set(ids))
    assert {"mean", "mean#fig-forest", "mean#tbl-pooled", "mean#sec-effects", "mean#pooled.mu.estimate", "mean#claim-1"} <= set(ids)
    pages = {path: Page(site / path) for path in {item["page"] for item in objects["objects"]}}
    for item in objects["objects"]:
        assert item["anchor"] is None or item["anchor"] in pages[item["page"]].anchors, item


def test_heads(site):
    for path in ["index.html", "mean.html", "sub/other.html"]:
        page = Page(site / path)
        address = BASE + ("" if path == "index.html" else path)
        assert page.canonical == [address] and page.open["og:url"] == address
        image = page.open["og:image"].removeprefix(BASE)
        etree.fromstring((site / image).read_bytes())
    assert page.open["og:title"] == "Other" and page.open["article:published_time"] == "2026-06-02"


# Links


class Page(html.parser.HTMLParser):
    """A page's links and anchors, read by Python's own parser."""

    def __init__(self, path: pathlib.Path):
        super().__init__()
        self.anchors, self.links, self.canonical, self.open = set(), [], [], {}
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.anchors.add(values["id"])
        if values.get("rel") == "canonical":
            self.canonical.append(values["href"])
        if "property" in values:
            self.open[values["property"]] = values["content"]
        if values.get("http-equiv") == "refresh":
            self.links.append(values["content"].split("url=")[1])
        self.links += [values[name] for name in ("href", "src") if name in values]


def crawl(address: str, root: pathlib.Path) -> int:
    """Follows every link from a page on, and gives how many pages there were."""
    pending, pages, checked = [address], {}, set()
    while pending:
        here = pending.pop()
        if here in pages:
            continue
        with urllib.request.urlopen(here) as answer:
            kind = answer.headers.get_content_type()
            body = answer.read()
        if kind != "text/html":
            pages[here] = None
            continue
        copy = root / "crawled.html"
        copy.write_bytes(body)
        pages[here] = Page(copy)
        for link in pages[here].links:
            target = urllib.parse.urljoin(here, link)
            if target.startswith(address.rsplit("/", 1)[0]):
                place, _, fragment = target.partition("#")
                checked.add((here, link, place, urllib.parse.unquote(fragment)))
                pending.append(place)
            else:
                assert urllib.parse.urlsplit(target).scheme in ("https", "data") and not target.startswith("http://127"), (here, link)
    for here, link, place, fragment in checked:
        page = pages[place]
        assert not fragment or page is None or fragment in page.anchors, (here, link)
    return sum(page is not None for page in pages.values())


def test_every_link_leads_somewhere(site, tmp_path):
    """From the home page on, under a path, every page is reached and no link is broken."""
    shutil.copytree(site, tmp_path / "some" / "base")
    with site_project.folder(tmp_path) as host:
        reached = crawl(f"{host}/some/base/index.html", tmp_path)
    pages = {path for path in site.rglob("*.html") if path.name != "404.html" and "old" not in path.parts}
    assert reached == len(pages)


def test_broken_links_fail_where_they_are_written(program, tmp_path):
    wrong = "---\ntitle: Wrong\n---\n\nSee [it](mean.md#efects) and [that](none.html).\n"
    root = site_project.write(tmp_path, {"Analyses/wrong.md": wrong})
    command = [program, "site", "build", "--quiet", "--no-ledger", "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, env={"HOME": str(root / "home")})
    assert done.returncode == 1
    assert "Analyses/wrong.md:5:10" in done.stderr and "did you mean mean.md#effects?" in done.stderr
    assert "E0920" in done.stderr and "Analyses/wrong.md:5:37" in done.stderr
    assert not (root / "output" / "site").exists()


def test_other_sites_are_asked(program, tmp_path):
    """A server that knows some pages, one that leads on, and one that leads into a network that is not named."""
    asked = []

    class Answers(site_project.Quiet):
        def do_HEAD(self):
            asked.append((self.command, self.path, self.headers.get("Cookie"), self.headers.get("Authorization")))
            if self.path == "/head" and self.command == "HEAD":
                self.send_response(405)
            elif self.path == "/moved":
                self.send_response(301)
                self.send_header("Location", "/there")
            elif self.path == "/inside":
                self.send_response(302)
                self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/secret")
            elif self.path == "/file":
                self.send_response(302)
                self.send_header("Location", "file:///etc/passwd")
            else:
                self.send_response(404 if self.path.startswith("/gone") else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD

    with site_project.served(Answers) as host:
        names = ["there", "head", "moved", "inside", "file", "gone"]
        links = " ".join(f"[{name}]({host}/{name})" for name in names)
        text = f"---\ntitle: Links\n---\n\n{links}\n\n[again]({host}/gone#x), [n](https://ignored.example/).\n"
        settings = site_project.SETTINGS + '  external:\n    allow: [127.0.0.1]\n    ignore: ["*.example"]\n'
        root = site_project.write(tmp_path, {"Analyses/links.md": text, "report.yaml": settings})
        command = [program, "site", "build", "--no-ledger", "--check-external"]
        environment = {"HOME": str(root / "home"), "PATH": "/usr/bin:/bin"}

        def build(*more):
            return subprocess.run([*command, *more], cwd=root, capture_output=True, text=True, timeout=120, env=environment)

        done = build()
        assert done.returncode == 0, done.stderr
        assert (root / "output" / "site" / "links.html").exists()
        said = done.stderr
        assert said.count("E0922") == 4
        for name, reason in [("inside", "localhost is in a private network"), ("file", "which is not followed"), ("gone", "the server answers 404"), ("gone#x", "404")]:
            assert re.search(re.escape(f"{host}/{name}: ") + ".*" + re.escape(reason), said), name
        assert "Analyses/links.md:5:" in said and "Analyses/links.md:7:" in said
        assert {(method, path) for method, path, _, _ in asked} >= {("HEAD", "/there"), ("GET", "/head"), ("HEAD", "/moved")}
        assert not any(path == "/secret" for _, path, _, _ in asked)
        assert not any(cookie or secret for _, _, cookie, secret in asked)
        # A site that is as it was is asked again, and with --strict warnings fail it.
        assert build("--strict").returncode == 1
        # Nobody is asked who was not asked for.
        asked.clear()
        assert subprocess.run(command[:-1], cwd=root, capture_output=True, timeout=120, env=environment).returncode == 0
        assert not asked
