"""What the Language Server takes to answer, as a real client sees it: one keystroke of Analyses/weak-experiments.md at a
time, then completion, then the diagnostics of that text. Prints a table; needs the packages of Tests/Python.

    REPORT=.build/release/report .venv/bin/python Benchmarks/lsp.py
"""

import asyncio
import os
import pathlib
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests/Python"))

from editor import Editor  # noqa: E402

PATH = "Analyses/weak-experiments.md"
TYPED = "The slope is `{slope.jive.coefficients.s.estimate | .2f}` here, see @fig-sum and [it](#slope.jive).\n\n"


async def measure(program: pathlib.Path, home: pathlib.Path):
    editor = Editor(program, ROOT, home)
    await editor.start()
    start = time.perf_counter()
    editor.open(PATH)
    await editor.until(lambda: editor.uri(PATH) in editor.client.diagnostics)
    first = time.perf_counter() - start
    await editor.until(lambda: editor.hints(PATH), 900)
    values = time.perf_counter() - start

    marker = "## A thousand experiments\n\n"
    completions, hovers, hints, diagnostics = [], [], [], []
    typed = ""
    for character in TYPED:
        editor.replace(PATH, marker + typed, marker + typed + character)
        typed += character
        start = time.perf_counter()
        await editor.complete(PATH, marker + typed)
        completions.append(time.perf_counter() - start)
        start = time.perf_counter()
        await editor.hover(PATH, "`{slope.naive.coef")
        hovers.append(time.perf_counter() - start)
        start = time.perf_counter()
        await editor.hints(PATH)
        hints.append(time.perf_counter() - start)
    for count in range(40):
        before = editor.client.diagnostics.get(editor.uri(PATH))
        start = time.perf_counter()
        wrong, right = ("`{slop.jive}`", "`{slope.jive.k}`") if count % 2 == 0 else ("`{slope.jive.k}`", "`{slop.jive}`")
        if count == 0:
            editor.replace(PATH, marker, marker + wrong + " ")
        else:
            editor.replace(PATH, right, wrong)
        while editor.client.diagnostics.get(editor.uri(PATH)) is before:
            await asyncio.sleep(0.0005)
        diagnostics.append(time.perf_counter() - start)
    await editor.stop()
    print(f"| {'what':38} | {'median':>8} | {'95%':>8} |\n| {'-' * 38} | {'-' * 7}: | {'-' * 7}: |")
    rows = [("completion behind a keystroke", completions), ("hover", hovers), ("inlay hints", hints)]
    rows += [("diagnostics behind a keystroke", diagnostics)]
    for name, times in rows:
        times = sorted(times)
        print(f"| {name:38} | {1e3 * times[len(times) // 2]:5.1f} ms | {1e3 * times[int(0.95 * len(times))]:5.1f} ms |")
    print(f"| first diagnostics, then values | {1e3 * first:.0f} ms | {1e3 * values:.0f} ms |")


if __name__ == "__main__":
    program = pathlib.Path(os.environ.get("REPORT", ROOT / ".build/release/report")).resolve()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(measure(program, pathlib.Path(home)))
