"""Pages on paper: what a browser makes of them as PDF."""

import io
import unicodedata

import pypdf


def rows(count: int) -> str:
    return "| Experiment | Effect |\n| --- | ---: |\n" + "".join(f"| row{i} | 0.{i} |\n" for i in range(count))


def paper(run, browser, tmp_path, text: str) -> list[str]:
    """The text of each printed page."""
    (tmp_path / "Analyses").mkdir(exist_ok=True)
    (tmp_path / "Analyses" / "a.md").write_text("---\ntitle: On paper\n---\n\n" + text)
    run("build", str(tmp_path / "Analyses" / "a.md"), "--quiet", "--no-ledger")
    page = browser.new_page()
    page.goto((tmp_path / "output" / "a.html").as_uri())
    assert page.locator("th button").count() > 0
    document = page.pdf(format="A4")
    page.close()
    texts = [part.extract_text() for part in pypdf.PdfReader(io.BytesIO(document)).pages]
    # Letters set apart and joined are letters.
    return ["".join(unicodedata.normalize("NFKC", text).split()) for text in texts]


def test_long_tables_repeat_their_head(run, browser, tmp_path):
    pages = [text for text in paper(run, browser, tmp_path, rows(120)) if "row" in text]
    assert len(pages) > 1
    for text in pages:
        assert "Experiment" in text and "Effect" in text, text


def test_short_tables_stay_whole(run, browser, tmp_path):
    # Wherever on its page a table begins.
    for lines in range(30, 46, 3):
        pages = paper(run, browser, tmp_path, "- line\n" * lines + "\n" + rows(14))
        assert sum("row" in text for text in pages) == 1, lines
