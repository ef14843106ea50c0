"""What the tests from outside share: the program itself, and the shipped analyses."""

import os
import pathlib
import shutil
import subprocess

import pytest
from playwright import sync_api

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Simulations that take minutes. Of few draws their claims do not hold, and what is made is a draft of the same parts.
SLOW = {"coverage": "draws=10"}


@pytest.fixture(scope="session")
def program() -> pathlib.Path:
    """The program: the one that $REPORT names, else the debug build."""
    named = os.environ.get("REPORT")
    return pathlib.Path(named) if named else ROOT / ".build" / "debug" / "report"


@pytest.fixture(scope="session")
def run(program):
    """Runs the program with arguments in the checkout and gives its standard output; a failure fails the test."""

    def run(*arguments: str) -> str:
        done = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def analyses() -> list[pathlib.Path]:
    """The shipped analyses."""
    found = sorted(ROOT.glob("Analyses/**/*.md"))
    return [path for path in found if path.read_text().startswith("---\n")]


@pytest.fixture(scope="session")
def reports(run, program, analyses) -> pathlib.Path:
    """The folder of the shipped reports, built once; what a build computed is kept for the next session."""
    names = [str(path) for path in analyses if path.stem not in SLOW]
    pages = ROOT / ".report" / "pages"
    run("build", *names, "--output", str(pages), "--quiet", "--no-ledger")
    for path in analyses:
        if path.stem in SLOW:
            build = [program, "build", str(path), "--param", SLOW[path.stem], "--quiet"]
            done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=300)
            assert done.returncode == 1 and "no longer holds" in done.stderr, done.stderr
            for draft in (ROOT / ".report" / "failed").glob(f"{path.stem}*.*"):
                shutil.copy(draft, pages)
    return pages


@pytest.fixture(scope="session")
def browser():
    """One headless Chromium for all tests: the driver allows one at a time in a process."""
    path = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if path is None:
        pytest.skip("there is no chromium")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def pytest_collection_modifyitems(items):
    """Tests with a browser come last: its driver runs an event loop of its own, and tests of the language server start theirs."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
