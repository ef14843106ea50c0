"""The preview server from outside: in a browser while analyses are edited, and at the other end of a socket."""

import http.client
import pathlib
import re
import signal
import socket
import subprocess
import time

import pytest
from axe_playwright_python.sync_playwright import Axe

from test_pages import RULES

LONG = "".join(f"\n## Part {number}\n\n" + "Words that fill a line of the page. " * 60 + "\n" for number in range(12))
GOOD = f"""---
title: First & foremost
params: {{x: 1}}
---

The value is `{{params.x}}`, [above zero](#params.x "> 0"), and so is [the other](b.md).
{LONG}
<!-- tabs -->

## One tab

Here.

## Another tab

There.

<!-- /tabs -->
"""
OTHER = "---\ntitle: Second\n---\n\nNothing changes here, unlike in [the first](a.md).\n"
BAD = GOOD.replace("`{params.x}`", "`{params.y}`")

# Builds on a busy machine may take long; nothing waits for longer than it takes.
PATIENCE = 60_000


class Server:
    """A running `report serve` of a project with two analyses."""

    def __init__(self, program: pathlib.Path, root: pathlib.Path, *arguments: str):
        self.root = root
        (root / "Analyses").mkdir(exist_ok=True)
        for name, text in {"a.md": GOOD, "b.md": OTHER}.items():
            if not (root / "Analyses" / name).exists():
                self.write(name, text)
        self.log = root / "log.txt"
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *arguments], cwd=root, stdout=subprocess.PIPE,
            stderr=self.log.open("w"), text=True, env={"HOME": str(root / "home")})
        self.url = self.process.stdout.readline().strip()
        self.port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/", self.url)[1])

    def write(self, name: str, text: str) -> None:
        # As editors save: at once.
        draft = self.root / "Analyses" / f".{name}.tmp"
        draft.write_text(text)
        draft.rename(self.root / "Analyses" / name)

    def raw(self, request: str) -> str:
        """What comes back for the bytes of a request, until the other side closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request.encode("latin-1"))
            answer = b""
            while chunk := connection.recv(65536):
                answer += chunk
        return answer.decode("utf-8", "replace")

    def status(self, path: str, host: str | None = None, **headers: str) -> int:
        lines = [f"GET {path} HTTP/1.1", f"Host: {f'127.0.0.1:{self.port}' if host is None else host}", "Connection: close"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return int(self.raw("\r\n".join(lines) + "\r\n\r\n").split(" ")[1])

    def wait_until_built(self) -> None:
        for _ in range(600):
            if "waiting for changes" in self.log.read_text():
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def end(self, number: int = signal.SIGTERM) -> float:
        """Ends it; how long that took, in seconds."""
        start = time.monotonic()
        self.process.send_signal(number)
        assert self.process.wait(timeout=20) == 0, self.log.read_text()
        return time.monotonic() - start


@pytest.fixture
def server(program, tmp_path):
    server = Server(program, tmp_path)
    yield server
    if server.process.poll() is None:
        server.end()


@pytest.fixture
def page(browser):
    """A browser's page that says nothing on its console and asks nobody but the server."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.messages = messages
    yield page
    context.close()
    assert not messages
    assert {request.split("/")[2].split(":")[0] for request in requests} == {"127.0.0.1"}


def state(page, word: str) -> None:
    """Waits for what the overlay shows."""
    page.wait_for_function("word => document.querySelector('report-preview')?.dataset.state === word", arg=word)


def axe(page) -> list[tuple[str, str]]:
    messages = getattr(page, "messages", [])
    count = len(messages)
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    # What the checker itself does that the page's policy forbids.
    del messages[count:]
    return [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in found.response["violations"]]


def test_a_saved_page_is_loaded_again_where_one_was(server, page):
    page.goto(server.url + "a.html")
    page.wait_for_selector("text=The value is 1")
    state(page, "good")
    page.evaluate("scrollTo({top: document.getElementById('part-7').offsetTop - 100, behavior: 'instant'})")
    page.click("summary:has-text('Another tab')")
    page.evaluate("scrollTo({top: document.getElementById('part-7').offsetTop - 20, behavior: 'instant'})")
    page.evaluate("window.isOld = true")
    # What grows above does not move what is read.
    server.write("a.md", GOOD.replace("x: 1", "x: 2").replace("## Part 2", "More. " * 900 + "\n\n## Part 2"))
    page.wait_for_function("() => !window.isOld && document.querySelector('report-preview')?.dataset.state === 'good'")
    assert "The value is 2" in page.inner_text("main")
    top = page.evaluate("document.getElementById('part-7').getBoundingClientRect().top")
    assert abs(top - 20) < 3
    assert page.evaluate("[...document.querySelectorAll('.tabs > details')].map(tab => tab.open)") == [False, True]


def test_only_the_page_that_changed_is_loaded_again(server, browser, page):
    page.goto(server.url + "b.html")
    state(page, "good")
    other = browser.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(server.url + "a.html")
    for view in (page, other):
        view.evaluate("window.isOld = true")
    server.write("a.md", GOOD.replace("x: 1", "x: 3"))
    other.wait_for_selector("text=The value is 3")
    state(page, "good")
    assert page.evaluate("window.isOld === true")
    other.close()


def test_an_error_is_shown_over_the_last_good_page_until_it_is_mended(server, page):
    page.goto(server.url + "a.html")
    page.wait_for_selector("text=The value is 1")
    state(page, "good")
    assert page.locator("report-preview #panel").is_hidden()
    page.evaluate("window.isOld = true")
    server.write("a.md", BAD)
    state(page, "failed")
    panel = page.locator("report-preview #panel")
    panel.wait_for(state="visible")
    text = panel.inner_text()
    line = BAD.split("\n").index(next(line for line in BAD.split("\n") if "params.y" in line)) + 1
    assert "1 error in Analyses/a.md" in text and f"Analyses/a.md:{line}:" in text and "^" in text
    assert "The page is the last good one" in text
    link = panel.locator("a.place").first.get_attribute("href")
    assert link == f"vscode://file{server.root.resolve()}/Analyses/a.md:{line}:{BAD.split(chr(10))[line - 1].index('`') + 1}"
    assert page.evaluate("window.isOld === true") and "The value is 1" in page.inner_text("main")
    assert not axe(page)

    # It can be put away and comes back; what could be computed is a page of its own.
    page.locator("report-preview button.pill").click()
    assert panel.is_hidden()
    page.locator("report-preview button.pill").click()
    panel.locator("text=See what could be computed").click()
    page.wait_for_url("**/-/drafts/a.html")
    assert "it is a draft" in page.inner_text(".partial")

    # Mended, both are gone.
    server.write("a.md", GOOD.replace("x: 1", "x: 4"))
    page.wait_for_url(server.url + "a.html")
    page.wait_for_selector("text=The value is 4")
    state(page, "good")
    assert panel.is_hidden()


def test_the_index_tells_the_states(server, page):
    page.goto(server.url)
    row = page.locator("tr[data-path='a.html']")
    row.locator("td.built").wait_for()
    assert "1 holds" in row.inner_text() and "First & foremost" in row.inner_text()
    page.wait_for_function("() => document.getElementById('summary').textContent === '2 reports: 2 built'")
    server.write("a.md", BAD)
    row.locator("td.failed").wait_for()
    assert "1 error" in row.inner_text()
    server.write("c.md", OTHER.replace("Second", "Third"))
    page.locator("tr[data-path='c.html'] td.built").wait_for()
    (server.root / "Analyses" / "b.md").unlink()
    page.locator("tr[data-path='b.html']").wait_for(state="detached")
    server.write("a.md", GOOD)
    row.locator("td.built").wait_for()
    assert not axe(page)
    row.locator("a").click()
    page.wait_for_url(server.url + "a.html")
    page.locator("report-preview a.home").click()
    page.wait_for_url(server.url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_it_fits_and_can_be_read(server, browser, scheme, width):
    server.wait_until_built()
    server.write("a.md", BAD)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    for path in ["a.html", "", "b.html", "no.html"]:
        page.goto(server.url + path)
        if path == "a.html":
            page.locator("report-preview #panel").wait_for(state="visible")
        else:
            state(page, "good")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, path
        assert not axe(page), path
    context.close()


def test_a_page_that_is_not_there_yet_appears(server, page):
    answer = page.goto(server.url + "later.html")
    assert answer.status == 404
    server.write("later.md", OTHER.replace("Second", "Later"))
    page.wait_for_selector("h1:has-text('Later')")
    # A browser says itself that nothing was found.
    assert ["404" in message for message in page.messages] == [True]
    page.messages.clear()


def test_a_server_that_comes_back_is_found_again(program, tmp_path, page):
    server = Server(program, tmp_path)
    page.goto(server.url + "a.html")
    page.wait_for_selector("text=The value is 1")
    port = server.port
    state(page, "good")
    server.end()
    state(page, "cut")
    server.write("a.md", GOOD.replace("x: 1", "x: 5"))
    again = subprocess.Popen(
        [program, "serve", "--port", str(port)], cwd=tmp_path, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env={"HOME": str(tmp_path / "home")})
    page.wait_for_selector("text=The value is 5")
    again.terminate()
    assert again.wait(timeout=20) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_its_streams(server, number):
    server.wait_until_built()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/-/events?page=a.html")
    stream = connection.getresponse()
    assert stream.status == 200 and stream.readline() == b"retry: 1000\n"
    # One that asked and reads nothing of what it gets, and one that asks for nothing.
    slow = socket.create_connection(("127.0.0.1", server.port))
    slow.sendall(f"GET /a.html HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
    idle = socket.create_connection(("127.0.0.1", server.port))
    taken = server.end(number)
    # A second, and what a busy machine takes to wake a process.
    assert taken < 5
    # The stream ends as one that is whole does.
    rest = stream.read()
    assert rest.endswith(b"\n\n")
    slow.close()
    idle.close()
    left = [path for path in (server.root / ".report").rglob(".writing-*")]
    assert left == []
    assert not (server.root / "output").exists()


def test_other_names_other_sites_and_other_files(server):
    server.wait_until_built()
    (server.root / "secret.txt").write_text("secret")
    assert server.status("/a.html") == 200
    # A name of somebody else's that points here (DNS rebinding).
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""]:
        assert server.status("/", host=host) in (400, 421), host
    for host in [f"localhost:{server.port}", "127.0.0.1", "[::1]:80"]:
        assert server.status("/", host=host) == 200, host
    assert server.status("/-/events", Sec_Fetch_Site="cross-site") == 403
    assert server.status("/-/events", Origin="http://evil.example") == 403
    for path in [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/..\\secret.txt",
        "/..%5csecret.txt", "/a.html%00.txt", "/%00", "/.%2e/.%2e/secret.txt", "//secret.txt", "/secret.txt",
        "/.report/preview/reports/a.html", "/Analyses/a.md", "/%", "/%ff", "/a.html/..", "/-/../secret.txt",
    ]:
        answer = server.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert int(answer.split(" ")[1]) in (400, 404) and not answer.endswith("secret"), path


def test_slow_readers_hold_up_no_build(server):
    server.wait_until_built()
    readers = []
    for _ in range(20):
        reader = socket.create_connection(("127.0.0.1", server.port))
        reader.sendall(f"GET /-/events?page= HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        readers.append(reader)
    for value in range(10, 13):
        rounds = server.log.read_text().count("waiting for changes")
        server.write("a.md", GOOD.replace("x: 1", f"x: {value}"))
        for _ in range(600):
            if server.log.read_text().count("waiting for changes") > rounds:
                break
            time.sleep(0.1)
        assert f">{value}<" in server.raw("GET /a.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    for reader in readers:
        reader.close()


def test_a_port_that_is_taken_is_said_so(server, program):
    done = subprocess.run(
        [program, "serve", "--port", str(server.port)], cwd=server.root, capture_output=True, text=True, timeout=60,
        env={"HOME": str(server.root / "home")})
    assert done.returncode == 1 and done.stdout == ""
    assert "error[E0973]" in done.stderr and "another program listens there" in done.stderr and "--port 0" in done.stderr


def test_others_may_read_only_where_it_is_said(program, tmp_path):
    (tmp_path / "Analyses").mkdir()
    (tmp_path / "Analyses" / "a.md").write_text(OTHER)
    process = subprocess.Popen(
        [program, "serve", "--port", "0", "--host", "0.0.0.0"], cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={"HOME": str(tmp_path / "home")})
    assert process.stdout.readline().startswith("http://0.0.0.0:")
    assert process.stderr.readline() == "warning[E0960]: Whoever reaches 0.0.0.0 can read this preview\n"
    process.terminate()
    assert process.wait(timeout=20) == 0
