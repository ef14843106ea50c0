"""`report lsp` under a real client: what an editor shows while an analysis is written."""

import json
import subprocess

import pytest
import pytest_asyncio
from editor import Editor
from lsprotocol import types

pytestmark = pytest.mark.asyncio

# Three experiments; the lifts are chosen so that the mean effect is easily told from nothing.
DATA = """test,arm,effect,variance
a,T,0.5,0.01
b,T,0.7,0.01
c,T,0.6,0.01
"""

BOOKS = "@article{bibaut2024, author={Bibaut, Aurelien}, title={Weak Experiments}, journal={J}, year={2024}}\n"

# The mean of effects with equal variances is their mean, 0.6.
ANALYSIS = """---
title: Lifts 🎉
bibliography: references.bib
params:
  level: 0.95
---

# What tests tell

😀 The mean is `{pooled.mu.estimate | .2f}`, of [0.60](#pooled.mu.estimate) 🎉 and [0.75](#pooled.mu.estimate) today; see
@fig-forest, @sec-method, [the model](#pooled) and @bibaut2024.

<!-- include: parts/method.md -->

```data
id: trials
source: trials.csv
```

```meta-analysis
id: pooled
data: trials
effect: effect
variance: variance
experiment: test
method: reml
level: {params.level}
```

```figure
id: forest
of: pooled
kind: forest
caption: "The mean is `{pooled.mu.estimate | .3f}`."
```
"""

METHOD = "## Method\n\nThe spread is `{pooled.tau.estimate | .2f}`.\n"

PATH = "Analyses/a.md"


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "project"
    (root / "Analyses/parts").mkdir(parents=True)
    (root / "Analyses/trials.csv").write_text(DATA)
    (root / "Analyses/references.bib").write_text(BOOKS)
    (root / "Analyses/parts/method.md").write_text(METHOD)
    (root / "Analyses/a.md").write_text(ANALYSIS)
    (tmp_path / "home").mkdir()
    return root


@pytest_asyncio.fixture
async def editor(program, root):
    editor = Editor(program, root, root.parent / "home")
    await editor.start()
    yield editor
    assert await editor.stop() == 0


async def opened(editor, path=PATH, text=None):
    """Opens the analysis and waits for its values."""
    editor.open(path, text)
    await editor.until(lambda: editor.hints(path))
    return editor


async def test_diagnostics_and_the_claim_that_fails(editor):
    await opened(editor)
    (claim,) = await editor.codes(PATH, {"E0712"})
    assert editor.text(PATH, claim.range) == "[0.75](#pooled.mu.estimate)"
    assert claim.severity == types.DiagnosticSeverity.Error
    assert "'0.75' no longer holds" in claim.message

    (action,) = await editor.actions(PATH, claim.range)
    assert action.is_preferred and action.kind == types.CodeActionKind.QuickFix
    (change,) = action.edit.document_changes
    assert "and [0.60](#pooled.mu.estimate) today" in editor.applied(PATH, change.edits)


async def test_typing_is_checked_at_once_and_in_utf16(editor):
    await opened(editor)
    await editor.codes(PATH, {"E0712"})
    # Behind characters that take two units each.
    editor.replace(PATH, "today", "🎉 today `{poled.mu.se}`")
    found = await editor.codes(PATH, {"E0712", "E0401"})
    unknown = next(d for d in found if d.code == "E0401")
    assert editor.text(PATH, unknown.range) == "`{poled.mu.se}`"
    (action,) = await editor.actions(PATH, unknown.range)
    fixed = editor.applied(PATH, action.edit.document_changes[0].edits)
    assert "`{pooled.mu.se}`" in fixed
    # The claim that the last build found to fail has moved with its text.
    claim = next(d for d in found if d.code == "E0712")
    assert editor.text(PATH, claim.range) == "[0.75](#pooled.mu.estimate)"
    # What is mended is gone before anything is saved.
    editor.replace(PATH, "poled", "pooled")
    await editor.codes(PATH, {"E0712"})


async def test_notes_point_at_second_places(editor):
    editor.open(PATH, ANALYSIS + "\n```data\nid: trials\nsource: trials.csv\n```\n")
    found = await editor.until(lambda: [d for d in editor.diagnostics(PATH) if d.code == "E0321"])
    (related,) = found[0].related_information
    assert related.location.uri == editor.uri(PATH) and related.message == "first here"
    assert editor.text(PATH, related.location.range) == "trials"


async def test_saving_computes_anew_and_writes_no_report(editor, root):
    await opened(editor)
    assert [hint.label for hint in await editor.hints(PATH)] == ["= 0.60", "= 0.600"]
    editor.replace(PATH, "source: trials.csv", "source: trials.csv\nwhere: test != \"b\"")
    editor.save(PATH)
    # The mean of 0.5 and 0.6.
    await editor.until(lambda: has_hint(editor, "= 0.55"))
    assert not (root / "output").exists()
    assert sorted(p.name for p in (root / ".report").iterdir()) == ["cache"]


async def has_hint(editor, label, path=PATH):
    return label in [hint.label for hint in await editor.hints(path)]


async def test_open_data_lies_over_its_file(editor):
    await opened(editor)
    editor.open("Analyses/trials.csv")
    editor.replace("Analyses/trials.csv", "0.7,", "1.0,")
    editor.client.text_document_did_save(
        types.DidSaveTextDocumentParams(text_document=editor.document("Analyses/trials.csv"))
    )
    # The mean of 0.5, 1.0 and 0.6.
    await editor.until(lambda: has_hint(editor, "= 0.70"))


async def test_hover(editor):
    await opened(editor)
    value = await editor.hover(PATH, "`{pooled.mu")
    assert value.startswith("**0.60** as `.2f`")
    assert "`pooled.mu.estimate` = 0.6" in value
    assert "`meta-analysis` **pooled**" in value and "from `data` trials" in value
    assert "Analyses/trials.csv · sha256" in value and "`reml`" in value
    assert "No longer holds" in await editor.hover(PATH, "[0.7")
    assert (await editor.hover(PATH, "effect: eff")) == "Column `effect`: number\n\nof `data` trials"
    assert "The column with the effect." in await editor.hover(PATH, "\neffe")
    assert "default `reml`" in await editor.hover(PATH, "\nmetho")
    # What `report methods reml` tells.
    assert "Random effects, restricted maximum likelihood" in await editor.hover(PATH, "method: re")
    assert "The hierarchical normal-normal model" in await editor.hover(PATH, "```meta")
    assert "Weak Experiments" in await editor.hover(PATH, "@bibaut")
    assert "Figure of `figure` **forest**" in await editor.hover(PATH, "@fig-for")
    assert "Columns: `test`, `arm`, `effect`, `variance`" in await editor.hover(PATH, "source: tri")
    # In a caption, too, and nowhere in plain words.
    assert (await editor.hover(PATH, 'caption: "The mean is `{pooled')).startswith("**0.600**")
    assert await editor.hover(PATH, "😀 The me") is None


async def test_definitions(editor):
    await opened(editor)

    async def target(behind):
        found = await editor.definition(PATH, behind)
        if found.uri == editor.uri(PATH):
            return editor.text(PATH, found.range)
        return found.uri.removeprefix(editor.root.as_uri() + "/Analyses/")

    assert await target("`{pooled.m") == "pooled"
    assert await target("(#pooled.mu") == "pooled"
    assert await target("[the model](#poo") == "pooled"
    assert await target("data: tri") == "trials"
    assert await target("@fig-fo") == "forest"
    assert await target("{params.le") == "level"
    assert await target("include: parts/me") == "parts/method.md"
    assert await target("source: tri") == "trials.csv"
    assert await target("@sec-met") == "parts/method.md"
    book = await editor.definition(PATH, "@bib")
    assert book.uri == editor.uri("Analyses/references.bib")
    assert book.range.start.character == BOOKS.index("bibaut2024")


async def test_completion_of_what_results_hold(editor):
    await opened(editor)
    editor.replace(PATH, "today", "`{pooled.mu.` `{pooled.mu.estimate | ` [x](#pooled.) @ ")
    found = await editor.complete(PATH, "and [0.75](#pooled.mu.estimate) `{pooled.mu.")
    assert found["estimate"].detail == "0.6" and "interval" in found
    formats = await editor.complete(PATH, "`{pooled.mu.estimate | ` "[:-2])
    assert formats[".2f"].detail == "0.60"
    assert "p" in formats and "interval .2f" not in formats
    assert {"mu", "tau"} <= (await editor.complete(PATH, "[x](#pooled.")).keys()
    mentions = await editor.complete(PATH, ") @")
    assert {"fig-forest", "sec-method", "bibaut2024"} <= mentions.keys()
    assert {"pooled", "forest", "trials", "params"} <= (await editor.complete(PATH, "`{")).keys()


async def test_completion_of_directives(editor):
    await opened(editor)
    editor.replace(
        PATH,
        "```figure\n",
        "```cov\n\n```meta-analysis\nid: more\ndata: \neffect: v\nmethod: \nthr\nprior:\n  t\nmoderators: [arm, e]\n```\n\n```figure\n",
    )
    words = await editor.complete(PATH, "```cov")
    assert {"meta-analysis", "data", "table"} <= words.keys()
    word = words["meta-analysis"]
    assert word.insert_text_format == types.InsertTextFormat.Snippet and word.text_edit.new_text.endswith("\n```")
    # Open, it swallows what follows.
    editor.replace(PATH, "```cov\n\n", "")
    assert (await editor.complete(PATH, "id: more\ndata: ")).keys() == {"trials"}
    editor.replace(PATH, "id: more\ndata: ", "id: more\ndata: trials")
    columns = await editor.complete(PATH, "effect: v")
    assert columns.keys() == {"test", "arm", "effect", "variance"}
    assert editor.text(PATH, columns["variance"].text_edit.range) == "v"
    assert columns["variance"].detail == "number"
    methods = await editor.complete(PATH, "effect: v\nmethod: ")
    assert methods["reml"].detail == "default" and {"bayes", "nuts"} <= methods.keys()
    keys = await editor.complete(PATH, "\nthr")
    assert keys["threshold"].text_edit.new_text == "threshold: "
    assert "repeats" in keys and not {"effect", "id", "moderators"} & keys.keys()
    assert "for the probabilities that they do" in keys["threshold"].documentation.value
    assert (await editor.complete(PATH, "prior:\n  t")).keys() == {"mu", "tau"}
    assert "variance" in await editor.complete(PATH, "[arm, e")


async def test_completion_of_files_and_front_matter(editor):
    await opened(editor)
    editor.replace(PATH, "bibliography: references.bib", "bibliography: r\nse")
    assert (await editor.complete(PATH, "bibliography: r")).keys() == {"parts/", "references.bib"}
    assert "seed" in await editor.complete(PATH, "\nse")
    highlight = 'highlights:\n  - value: "`{pooled.mu.estimate}`"\n    text: The mean\n    link: "#me"\nparams:'
    editor.replace(PATH, "params:", highlight)
    targets = await editor.complete(PATH, 'link: "#me')
    assert {"#method", "#pooled", "#what-tests-tell"} <= targets.keys()
    assert editor.text(PATH, targets["#method"].text_edit.range) == "#me"
    editor.replace(PATH, "#me", "#method")
    assert await editor.hover(PATH, 'link: "#me') == "Section **Method**"
    assert (await editor.complete(PATH, "include: parts/")).keys() == {"method.md"}
    assert "trials.csv" in await editor.complete(PATH, "source: t")


async def test_references_and_renaming(editor):
    await opened(editor)
    place = editor.at(PATH, "`{poo")
    found = await editor.client.text_document_references_async(
        types.ReferenceParams(
            text_document=editor.document(PATH), position=place, context=types.ReferenceContext(include_declaration=True)
        )
    )
    here = [f for f in found if f.uri == editor.uri(PATH)]
    # Definition, value, two claims, a link, `of`, the value of the caption; and a value of the included file.
    assert len(here) == 7 and len(found) == 8
    assert {editor.text(PATH, f.range) for f in here} == {"pooled"}

    prepared = await editor.client.text_document_prepare_rename_async(
        types.PrepareRenameParams(text_document=editor.document(PATH), position=place)
    )
    assert prepared.placeholder == "pooled" and editor.text(PATH, prepared.range) == "pooled"
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(text_document=editor.document(PATH), position=place, new_name="all-tests")
    )
    changes = {change.text_document.uri: change.edits for change in edit.document_changes}
    assert editor.applied(PATH, changes[editor.uri(PATH)]) == ANALYSIS.replace("pooled", "all-tests")
    assert changes.keys() == {editor.uri(PATH), editor.uri("Analyses/parts/method.md")}

    for name, reason in [("forest", "is taken"), ("Two words", "lower-case letters"), ("params", "not free")]:
        with pytest.raises(Exception, match=reason):
            await editor.client.text_document_rename_async(
                types.RenameParams(text_document=editor.document(PATH), position=place, new_name=name)
            )


async def test_renaming_what_figures_are_called(editor):
    await opened(editor)
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(
            text_document=editor.document(PATH), position=editor.at(PATH, "@fig-fo"), new_name="all-tests"
        )
    )
    text = editor.applied(PATH, edit.document_changes[0].edits)
    assert text == ANALYSIS.replace("@fig-forest", "@fig-all-tests").replace("id: forest", "id: all-tests")


async def test_formatting_is_that_of_the_command(editor, program):
    text = ANALYSIS.replace("id: forest\nof: pooled\nkind: forest", "kind:   forest\nid: forest\nof:    pooled")
    text += "\n| 🎉 | a |\n|-|-:|\n| one | 1 |\n"
    await opened(editor, text=text)
    edits = await editor.client.text_document_formatting_async(
        types.DocumentFormattingParams(
            text_document=editor.document(PATH), options=types.FormattingOptions(tab_size=4, insert_spaces=True)
        )
    )
    done = subprocess.run([program, "fmt", "-"], input=text, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout != text
    assert editor.applied(PATH, edits) == done.stdout


async def test_outline_folds_and_links(editor):
    await opened(editor)
    symbols = await editor.client.text_document_document_symbol_async(
        types.DocumentSymbolParams(text_document=editor.document(PATH))
    )
    (heading,) = symbols
    assert heading.name == "What tests tell"
    assert [child.name for child in heading.children] == ["trials", "pooled", "forest"]
    assert editor.text(PATH, heading.children[1].selection_range) == "pooled"

    folds = await editor.client.text_document_folding_range_async(
        types.FoldingRangeParams(text_document=editor.document(PATH))
    )
    lines = ANALYSIS.split("\n")
    front = folds[0]
    assert (front.start_line, lines[front.end_line]) == (0, "---")
    bodies = [lines[f.start_line] for f in folds if lines[f.end_line] == "```" and lines[f.start_line].startswith("```")]
    assert bodies == ["```data", "```meta-analysis", "```figure"]

    links = await editor.client.text_document_document_link_async(
        types.DocumentLinkParams(text_document=editor.document(PATH))
    )
    assert {editor.text(PATH, link.range) for link in links} == {"trials.csv", "references.bib", "parts/method.md"}
    assert editor.uri("Analyses/parts/method.md") in {link.target for link in links}


async def test_an_included_file_knows_its_analysis(editor):
    part = "Analyses/parts/method.md"
    await opened(editor, part)
    assert [hint.label for hint in await editor.hints(part)] == ["= 0.00"]
    assert "meta-analysis" in await editor.hover(part, "`{pooled")
    editor.replace(part, "tau.estimate", "tau.estimat")
    editor.save(part)
    (found,) = await editor.codes(part, {"E0710"})
    assert editor.text(part, found.range) == "`{pooled.tau.estimat | .2f}`"


async def test_every_shipped_analysis_opens(program, tmp_path, analyses):
    """Checked only: their simulations take minutes. None has a fault, and closing takes all that was said away."""
    (tmp_path / "home").mkdir()
    root = analyses[0].parents[1]
    editor = Editor(program, root, tmp_path / "home")
    await editor.start(arguments=["--check-only"])
    for path in analyses:
        name = str(path.relative_to(root))
        editor.open(name)
        assert await editor.codes(name, set()) == []
        symbols = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(text_document=editor.document(name))
        )
        assert symbols
    assert await editor.stop() == 0


BROKEN = [
    "---\ntitle: A\n",
    "---\ntitle: [\n---\n\n```data\nid: a\n  source: [b\n```\n",
    "---\ntitle: A\n---\n\n```data\nid: a\nsource: ../../../etc/passwd\n```\n\n`{a.rows`\n",
    "---\ntitle: A\n---\n\n```meta-analysis\n",
    "---\ntitle: A\n---\n\n[x](#",
    "---\ntitle: A\n---\n\n```figure\nof: \n\u0000\n```\n`{",
    "",
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
async def test_no_broken_text_stops_it(editor, number):
    text = BROKEN[number]
    editor.open(PATH, text)
    for index in range(0, len(text) + 1):
        place = editor.at_index(PATH, index)
        at = dict(text_document=editor.document(PATH), position=place)
        await editor.client.text_document_completion_async(types.CompletionParams(**at))
        await editor.client.text_document_hover_async(types.HoverParams(**at))
        await editor.client.text_document_definition_async(types.DefinitionParams(**at))
    if text.startswith("---"):
        await editor.until(lambda: editor.uri(PATH) in editor.client.diagnostics)


async def test_utf8_is_spoken_where_it_is_offered(program, root):
    editor = Editor(program, root, root.parent / "home")
    initialized = await editor.start(encodings=("utf-8", "utf-16"))
    assert initialized.capabilities.position_encoding == "utf-8"
    await opened(editor)
    editor.replace(PATH, "🎉 and", "é🎉 and")
    (claim,) = await editor.codes(PATH, {"E0712"})
    await editor.until(lambda: editor.text(PATH, editor.diagnostics(PATH)[0].range) == "[0.75](#pooled.mu.estimate)")
    assert await editor.stop() == 0


async def test_an_editor_of_few_words(program, root):
    """One that knows no snippets, no versions of documents and nothing but UTF-16."""
    editor = Editor(program, root, root.parent / "home")
    await editor.client.start_io(str(program), "lsp", "--stdio", cwd=root, env={"HOME": str(editor.home)})
    await editor.client.initialize_session(types.InitializeParams(capabilities=types.ClientCapabilities()))
    editor.open(PATH)
    (claim,) = await editor.codes(PATH, {"E0712"})
    (action,) = await editor.actions(PATH, claim.range)
    assert action.edit.document_changes is None and action.edit.changes.keys() == {editor.uri(PATH)}
    editor.replace(PATH, "```figure", "```da")
    assert (await editor.complete(PATH, "```da"))["data"].insert_text_format is None
    assert await editor.stop() == 0


def exchange(program, frames: bytes, root) -> tuple[list[dict], int]:
    """What the server answers to bytes, and its exit code."""
    done = subprocess.run([program, "lsp"], input=frames, cwd=root, capture_output=True, timeout=60)
    answers, rest = [], done.stdout
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        length = int(head.split(b":")[1])
        answers.append(json.loads(rest[:length]))
        rest = rest[length:]
    return answers, done.returncode


def frame(body: dict | bytes) -> bytes:
    data = body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", **body}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(data), data)


INITIALIZE = {"id": 1, "method": "initialize", "params": {"capabilities": {}}}


async def test_exit_codes(program, root):
    orderly = frame(INITIALIZE) + frame({"id": 2, "method": "shutdown"}) + frame({"method": "exit"})
    answers, code = exchange(program, orderly, root)
    assert code == 0 and answers[1] == {"jsonrpc": "2.0", "id": 2, "result": None}
    assert exchange(program, frame(INITIALIZE) + frame({"method": "exit"}), root)[1] == 1
    assert exchange(program, frame(INITIALIZE), root)[1] == 1
    assert exchange(program, b"", root)[1] == 1


async def test_malformed_messages_are_refused_and_the_rest_is_answered(program, root):
    frames = b"".join(
        [
            b"Nonsense: yes\r\n\r\n",
            frame(b"{not json"),
            frame(b"[1, 2]"),
            frame({"id": "early", "method": "textDocument/hover", "params": {}}),
            frame(INITIALIZE),
            frame({"id": 3, "method": "textDocument/hover", "params": {"position": -1}}),
            frame({"id": 4, "method": "no/such"}),
            frame({"method": "textDocument/didOpen", "params": 7}),
            frame({"id": 5, "method": "initialize", "params": {"capabilities": {}}}),
            frame({"id": 6, "method": "shutdown"}),
            frame({"id": 7, "method": "textDocument/hover", "params": {}}),
            frame({"method": "exit"}),
        ]
    )
    answers, code = exchange(program, frames, root)
    assert code == 0
    codes = {answer.get("id"): answer.get("error", {}).get("code") for answer in answers}
    nameless = [answer["error"]["code"] for answer in answers if answer["id"] is None]
    assert nameless == [-32700, -32700, -32600]
    assert codes["early"] == -32002 and codes[3] == -32602 and codes[4] == -32601
    assert codes[1] is None and codes[5] == -32600 and codes[6] is None and codes[7] == -32600


async def test_a_cancelled_request_is_answered_as_such(program, root):
    """What waits behind other messages when its cancellation comes is not computed."""
    hover = {"id": 2, "method": "textDocument/hover", "params": {}}
    frames = frame(INITIALIZE) + frame(hover) + frame({"method": "$/cancelRequest", "params": {"id": 2}})
    frames += frame({"id": 3, "method": "shutdown"}) + frame({"method": "exit"})
    answers, code = exchange(program, frames, root)
    codes = {answer["id"]: answer.get("error", {}).get("code") for answer in answers}
    # It may have been answered before its cancellation was read.
    assert code == 0 and codes[2] in (-32800, -32602)
