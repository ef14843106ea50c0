"""Files that are large and not known: what is read of them beside their digests is what is read of any file."""

import hashlib
import shutil
import time

import pytest

from engine_project import Project, directive

ROWS = 500_000


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("large") / "project", program)
    lines = [f"t{i % 7},{'AC'[i // 7 % 2]},{i * 37 % 1009}.{i % 10}25,{i % 13}" for i in range(ROWS)]
    for name, rows in [("good", lines), ("bad", lines[:-3] + [lines[-3] + ",more"] + lines[-2:])]:
        path = project.root / "Analyses" / f"{name}.csv"
        path.write_text("test,arm,y,day,note\n" + "".join(f"{row},{'x' * 20}\n" for row in rows))
        assert path.stat().st_size > 1 << 24
    # A file that was just written may change without a trace.
    time.sleep(1.2)
    return project


def analysis(**keys: str) -> str:
    return directive("data", id="rows", **keys) + directive(
        "effects", id="lift", data="rows", layout="units", experiment="test", variant="arm", control="C", metrics="[y]")


def forget(project: Project) -> None:
    for name in [".report", "output", "home"]:
        shutil.rmtree(project.root / name, ignore_errors=True)


@pytest.mark.parametrize("where", ["", "day < 9 and y > 20.5"])
def test_a_large_file_is_read_alike(project, where):
    text = analysis(source="good.csv", **({"where": where} if where else {}))
    found = []
    for options in [[], ["--no-cache"], []]:
        if len(found) < 2:
            forget(project)
        done = project.build(text, *options, name="good")
        assert done.returncode == 0, done.stderr
        found.append((project.root / "output" / "good.json").read_bytes())
    assert found[0] == found[1] == found[2]
    source = project.results("good")["rows"]["sources"][0]
    content = (project.root / "Analyses" / "good.csv").read_bytes()
    assert source["sha256"] == hashlib.sha256(content).hexdigest() and source["bytes"] == len(content)
    assert project.results("good")["rows"]["values"]["rows"] == ROWS


def test_a_fault_far_down_is_told_with_its_line(project):
    for _ in range(2):
        forget(project)
        done = project.build(analysis(source="bad.csv"), name="bad")
        assert done.returncode == 1 and f"bad.csv:{ROWS - 1}" in done.stderr, done.stderr
    done = project.build(analysis(source="bad.csv"), name="bad")
    assert done.returncode == 1 and f"bad.csv:{ROWS - 1}" in done.stderr, done.stderr


def test_a_condition_that_names_no_column_is_told(project):
    forget(project)
    done = project.build(analysis(source="good.csv", where="days < 9"), name="named")
    assert done.returncode == 1 and "There is no column days" in done.stderr and "did you mean day?" in done.stderr, done.stderr
