"""Drafts of some units: the same units of every engine, and a stamp that nobody overlooks."""

import csv
import hashlib
import io
import json
import statistics
import subprocess

import pypdf
import pytest

from engine_project import HEAD, Project, directive
from test_engines import ENGINES


@pytest.fixture(scope="module")
def project(program, tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("drafts") / "project", program)
    project.write_units()
    return project


def is_kept(name: str, share: float, seed: int = 1) -> bool:
    """The rule, said again without this program."""
    return hashlib.md5(f"{seed}:{name}".encode()).hexdigest()[:8] < f"{round(share * 2**32):08x}"


def expected(project: Project, share: float, seed: int = 1, name: str = "unit") -> dict:
    """By experiment and variant: the mean of orders, and how many units it is of."""
    cells = {}
    with open(project.root / "Analyses" / "units.csv") as file:
        for row in csv.DictReader(file):
            if is_kept(row[name], share, seed):
                cells.setdefault((row["test"], row["arm"]), []).append(float(row["orders"]))
    return {key: (statistics.fmean(values), len(values)) for key, values in cells.items()}


def effects(data: str, *more: str, metrics: str = "[orders, big]") -> str:
    text = directive(
        "effects", id=f"lift-{data}", data=data, layout="units", experiment="test", variant="arm", control="C",
        metrics=metrics, show="table")
    return text.replace("```\n\n", "\n".join(more) + "\n```\n\n")


def found(project: Project, name: str = "a") -> dict:
    return json.loads((project.root / ".report" / "draft" / "reports" / f"{name}.json").read_text())


def check(results: dict, cells: dict) -> None:
    assert results["values"]["units"]["analysed"] == sum(count for _, count in cells.values())
    for row in results["values"]["rows"]:
        test = row["experiment"]
        own = cells[test, row["variant"]][0] - cells[test, "C"][0]
        assert row["effects"]["orders"]["estimate"] == pytest.approx(own, abs=1e-10)


@pytest.mark.parametrize(("key", "share"), [("unit", 0.3), ("shop", 0.7)])
def test_every_engine_chooses_the_same_units(project, key, share):
    text = directive("data", id="native", source="units.csv")
    for name, keys in ENGINES.items():
        text += directive("data", id=name, **keys)
    for name in ["native", *ENGINES]:
        text += effects(name, f"{'cluster' if key == 'shop' else 'unit'}: {key}")
    done = project.build(text, "--sample", str(share), name="same")
    assert done.returncode == 0, done.stderr
    file = found(project, "same")
    assert file["draft"] == {"sample": {"share": share, "seed": 1}}
    cells = expected(project, share, name=key)
    # Of 3,200 units, and five standard deviations about 960; shops are few.
    assert key == "shop" or abs(sum(count for _, count in cells.values()) - 960) < 5 * (3200 * 0.3 * 0.7) ** 0.5
    for name in ["native", *ENGINES]:
        results = file["results"][f"lift-{name}"]
        check(results, cells)
        assert results["values"]["units"] == file["results"]["lift-native"]["values"]["units"]
        for query in results.get("queries", []):
            assert "md5('1:' || cast(" in query["sql"] and f"< '{round(share * 2**32):08x}'" in query["sql"]


def test_seeds_differ_and_bound_the_cache(project):
    text = directive("data", id="native", source="units.csv") + effects("native", "unit: unit")
    for seed in [1, 2, 1]:
        assert project.build(text, "--sample", "0.5", "--sample-seed", str(seed), name="seeds").returncode == 0
        check(found(project, "seeds")["results"]["lift-native"], expected(project, 0.5, seed))
    assert expected(project, 0.5, 1) != expected(project, 0.5, 2)
    # All units, from the same cache.
    assert project.build(text, name="seeds").returncode == 0
    assert project.results("seeds")["lift-native"]["values"]["units"]["analysed"] == 3200


def test_quantiles_are_of_the_sample(project):
    bound = "winsorise: {orders: {upper-quantile: 0.9}}"
    text = directive("data", id="native", source="units.csv") + directive("data", id="asked", **ENGINES["parquet"])
    text += effects("native", "unit: unit", bound) + effects("asked", "unit: unit", bound)
    assert project.build(text, "--sample", "0.25", name="quantiles").returncode == 0
    results = found(project, "quantiles")["results"]
    assert results["lift-native"]["values"]["winsorised"] == results["lift-asked"]["values"]["winsorised"]
    assert results["lift-native"]["values"]["units"]["analysed"] < 900


def test_a_draft_leaves_reports_and_trail_alone(project, program):
    text = directive("data", id="native", source="units.csv") + effects("native", "unit: unit")
    path = project.root / "Analyses" / "kept.md"
    path.write_text(HEAD + text)
    run = lambda *options: subprocess.run(
        [program, *options], cwd=project.root, env=project.environment, capture_output=True, text=True, timeout=120)
    assert run("build", "Analyses/kept.md").returncode == 0
    before = {file: file.read_bytes() for file in (project.root / "output").rglob("*") if file.is_file()}
    done = run("build", "Analyses/kept.md", "--sample", "0.3")
    assert done.returncode == 0 and ".report/draft/reports/kept.html" in done.stdout, done.stderr
    assert {file: file.read_bytes() for file in (project.root / "output").rglob("*") if file.is_file()} == before
    assert run("audit", "verify").returncode == 0
    # Nor by naming the folder of reports, and no words for a trail in which nothing is left.
    for more in [["--output", "output"], ["--note", "x"], ["--accept"]]:
        assert run("build", "Analyses/kept.md", "--sample", "0.3", *more).returncode == 64
    assert {file: file.read_bytes() for file in (project.root / "output").rglob("*") if file.is_file()} == before
    # 1 is all units, and no draft.
    assert "output/kept.html" in run("build", "Analyses/kept.md", "--sample", "1").stdout
    assert {file: file.read_bytes() for file in (project.root / "output").rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("value", ["0", "2", "1%", "nan", "-0.5", "0x1p-1", "inf", "0.0000001", "half"])
def test_a_share_is_a_number_from_0_to_1(project, value):
    done = project.build("text\n", f"--sample={value}", name="bad")
    assert done.returncode == 64
    assert "--sample is the share of units to use" in done.stderr
    if value == "1%":
        assert "is --sample 0.01" in done.stderr


def test_units_without_names_are_not_sampled(project):
    text = directive("data", id="native", source="units.csv") + effects("native")
    done = project.build(text, "--sample", "0.3", name="nameless")
    assert done.returncode == 1 and "nameless-units" not in done.stdout
    assert "E0618" in done.stderr and "`unit` tells the column" in done.stderr
    done = project.build("Only prose.\n", "--sample", "0.3", name="prose")
    assert done.returncode == 0 and "E0619" in done.stderr.replace("W0619", "E0619")


@pytest.mark.parametrize("engine", ["native", "parquet", "sqlite"])
def test_too_few_units_are_told(project, engine):
    keys = ENGINES.get(engine, {"source": "units.csv"})
    text = directive("data", id="d", **keys) + effects("d", "unit: unit", "allocation: {C: 1, A: 1, B: 1}")
    done = project.build(text, "--sample", "0.000001", name="thin")
    assert done.returncode == 1 and "E0616" in done.stderr and "a larger share" in done.stderr, done.stderr
    # Of some shares an experiment lacks its control, and the others are told.
    text = directive("data", id="d", **keys) + effects("d", "cluster: shop")
    done = project.build(text, "--sample", "0.3", "--sample-seed", "3", name="thin")
    assert done.returncode in (0, 1) and ("W0616" in done.stderr or "E0616" in done.stderr), done.stderr


def test_claims_are_not_judged_in_a_draft(project):
    text = directive("data", id="native", source="units.csv") + effects("native", "unit: unit")
    text += "[99](#lift-native.units.analysed) units, [none](#lift-native.units.leftOut \"> 5\")\n"
    assert project.build(text, name="claims").returncode == 1
    done = project.build(text, "--sample", "0.3", name="claims")
    assert done.returncode == 0, done.stderr
    assert [claim["holds"] for claim in found(project, "claims")["claims"]] == [None, None]
    page = (project.root / ".report" / "draft" / "reports" / "claims.html").read_text()
    assert "not judged" in page and "no longer holds" not in page
    # What leads nowhere is still an error.
    assert project.build(text.replace("leftOut", "leftout"), "--sample", "0.3", name="claims").returncode == 1


@pytest.fixture(scope="module")
def page(project):
    text = directive("data", id="native", source="units.csv") + effects("native", "unit: unit")
    text += "\n\n".join(f"## Part {i}\n\n" + "Words. " * 150 for i in range(12)) + "\n"
    assert project.build(text, "--sample", "0.01", name="page").returncode in (0, 1)
    assert project.build(text, "--sample", "0.3", name="page").returncode == 0
    return project.root / ".report" / "draft" / "reports" / "page.html"


STAMP = "Draft: 30% of units, seed 1"


def test_the_markdown_is_stamped(page):
    text = page.with_suffix(".md").read_text()
    assert f"> {STAMP}" in text and "draft: true" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_stamp_stays_in_sight(browser, page, scheme, width):
    tab = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    tab.goto(page.as_uri())
    stamp = tab.locator(".stamp")
    for _ in range(2):
        box = stamp.bounding_box()
        assert STAMP in stamp.inner_text() and stamp.is_visible()
        assert 0 <= box["y"] < 200 and box["x"] >= 0 and box["x"] + box["width"] <= width
        tab.evaluate("window.scrollTo(0, 2000)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.title().startswith("Draft: ")
    tab.close()


def test_the_stamp_is_on_every_printed_page(browser, page):
    tab = browser.new_page()
    tab.goto(page.as_uri())
    document = tab.pdf(format="A4")
    tab.close()
    pages = pypdf.PdfReader(io.BytesIO(document)).pages
    assert len(pages) > 2
    assert all("Draft:" in sheet.extract_text() for sheet in pages)
