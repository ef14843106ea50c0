"""An editor for tests: a real client of `report lsp`, with a project of its own."""

import asyncio
import pathlib
import time

from lsprotocol import types
from pytest_lsp import client_capabilities, make_test_lsp_client


class Editor:
    """Opens, edits and asks. Places are named by a text of the document: the place is behind its first occurrence."""

    def __init__(self, program: pathlib.Path, root: pathlib.Path, home: pathlib.Path):
        self.program, self.root, self.home = program, root, home
        self.client = make_test_lsp_client()
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.encoding = "utf-16"

    async def start(self, encodings=("utf-16",), arguments=(), name="visual-studio-code"):
        environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin"}
        await self.client.start_io(str(self.program), "lsp", *arguments, cwd=self.root, env=environment)
        capabilities = client_capabilities(name)
        capabilities.general.position_encodings = [types.PositionEncodingKind(e) for e in encodings]
        self.initialized = await self.client.initialize_session(
            types.InitializeParams(capabilities=capabilities, root_uri=self.root.as_uri())
        )
        self.encoding = self.initialized.capabilities.position_encoding
        return self.initialized

    async def stop(self) -> int:
        """Ends the session as an editor does, and gives the server's exit code."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        code = await asyncio.wait_for(self.client._server.wait(), 20)
        await self.client.stop()
        return code

    # Documents

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None):
        text = (self.root / path).read_text() if text is None else text
        self.texts[path], self.versions[path] = text, 1
        item = types.TextDocumentItem(uri=self.uri(path), language_id="markdown", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def replace(self, path: str, old: str, new: str):
        """Replaces the first occurrence of a text by an incremental change."""
        start = self.texts[path].index(old)
        span = types.Range(start=self.at_index(path, start), end=self.at_index(path, start + len(old)))
        self.texts[path] = self.texts[path][:start] + new + self.texts[path][start + len(old) :]
        self.versions[path] += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=self.uri(path), version=self.versions[path]),
                content_changes=[types.TextDocumentContentChangePartial(range=span, text=new)],
            )
        )

    def save(self, path: str):
        (self.root / path).write_text(self.texts[path])
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(text_document=types.TextDocumentIdentifier(uri=self.uri(path)))
        )

    # Places

    def units(self, text: str) -> int:
        return len(text.encode("utf-8")) if self.encoding == "utf-8" else len(text.encode("utf-16-le")) // 2

    def at_index(self, path: str, index: int) -> types.Position:
        before = self.texts[path][:index]
        return types.Position(line=before.count("\n"), character=self.units(before[before.rfind("\n") + 1 :]))

    def at(self, path: str, behind: str) -> types.Position:
        return self.at_index(path, self.texts[path].index(behind) + len(behind))

    def text(self, path: str, span: types.Range) -> str:
        """What a range covers."""
        lines = self.texts[path].split("\n")

        def index(place):
            line = lines[place.line]
            count = next(i for i in range(len(line) + 1) if self.units(line[:i]) >= place.character)
            return sum(len(l) + 1 for l in lines[: place.line]) + count

        return self.texts[path][index(span.start) : index(span.end)]

    def applied(self, path: str, edits) -> str:
        """The text with edits done, last ones first."""
        text, lines = self.texts[path], self.texts[path].split("\n")

        def index(place):
            line = lines[place.line]
            count = next(i for i in range(len(line) + 1) if self.units(line[:i]) >= place.character)
            return sum(len(l) + 1 for l in lines[: place.line]) + count

        for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
            text = text[: index(edit.range.start)] + edit.new_text + text[index(edit.range.end) :]
        return text

    # Requests

    def document(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(uri=self.uri(path))

    async def complete(self, path: str, behind: str) -> dict[str, types.CompletionItem]:
        answer = await self.client.text_document_completion_async(
            types.CompletionParams(text_document=self.document(path), position=self.at(path, behind))
        )
        return {item.label: item for item in answer.items}

    async def hover(self, path: str, behind: str) -> str | None:
        answer = await self.client.text_document_hover_async(
            types.HoverParams(text_document=self.document(path), position=self.at(path, behind))
        )
        return answer.contents.value if answer else None

    async def definition(self, path: str, behind: str):
        return await self.client.text_document_definition_async(
            types.DefinitionParams(text_document=self.document(path), position=self.at(path, behind))
        )

    async def hints(self, path: str) -> list[types.InlayHint]:
        whole = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=10**6, character=0))
        return await self.client.text_document_inlay_hint_async(
            types.InlayHintParams(text_document=self.document(path), range=whole)
        )

    async def actions(self, path: str, at: types.Range, only=None) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[], only=only)
        return await self.client.text_document_code_action_async(
            types.CodeActionParams(text_document=self.document(path), range=at, context=context)
        )

    # Waiting

    def diagnostics(self, path: str) -> list[types.Diagnostic]:
        return list(self.client.diagnostics.get(self.uri(path), []))

    async def until(self, condition, seconds: float = 60):
        """Waits for what comes in its own time, and gives it."""
        end = time.monotonic() + seconds
        while True:
            found = condition()
            found = await found if asyncio.iscoroutine(found) else found
            if found:
                return found
            assert time.monotonic() < end, "it did not come"
            await asyncio.sleep(0.02)

    async def codes(self, path: str, expected: set[str]):
        """Waits until the diagnostics of a file have these codes and no others."""
        await self.until(
            lambda: self.uri(path) in self.client.diagnostics and {d.code for d in self.diagnostics(path)} == expected
        )
        return self.diagnostics(path)
