import Diagnostics
import Documents
import Markdown
import Testing

@Suite struct IncludeTests {
    @Test func spliced() throws {
        let read = Read(
            "One[^a]\n\n<!-- include: b.md -->\n\nThree\n\n[^a]: Note\n",
            files: [
                "b.md": "Two `{x.y}`[^b]\n\n```data\nsource: a.csv\n```\n\n<!-- include: c.md -->\n\n[^b]: Other\n",
                "c.md": "Deep",
            ])
        #expect(read.faults.isEmpty)
        let document = try #require(read.document)
        #expect(document.includes.map(\.path) == ["b.md", "c.md"])
        #expect(document.body.children.map(\.plainText) == ["One", "Two {x.y}", "", "Deep", "Three", "Other", "Note"])
        #expect(document.values.keys.map(\.file.path) == ["b.md"])
        #expect(document.directives.map(\.range.file.path) == ["b.md"])
    }

    @Test func cycles() {
        let read = Read(
            "<!-- include: b.md -->\n",
            files: [
                "b.md": "<!-- include: c.md -->\n", "c.md": "x\n\n<!-- include: b.md -->\n\n<!-- include: c.md -->\n",
            ])
        #expect(read.faults == ["include-cycle: <!-- include: b.md -->", "include-cycle: <!-- include: c.md -->"])
        #expect(read.diagnostics[0].range?.file.path == "c.md")
        #expect(read.diagnostics[0].notes.compactMap(\.range?.file.path) == ["b.md"])
    }

    @Test func ofItself() {
        #expect(
            Read("<!-- include: a.md -->\n", files: ["a.md": ""]).faults == ["include-cycle: <!-- include: a.md -->"])
    }

    @Test func depthAndNumber() {
        var files: [String: String] = [:]
        for level in 0..<40 { files["\(level)"] = "<!-- include: \(level + 1) -->\n\n<!-- include: \(level + 1) -->\n" }
        let read = Read("<!-- include: 0 -->\n", files: files)
        #expect(read.diagnostics.contains { $0.code == .includeDepth })
        #expect(read.diagnostics.count < 1100)
    }

    @Test func faults() {
        let read = Read(
            "<!-- include: none.md -->\n\n> <!-- include: b.md -->\n\n<!-- include: -->\n\n<!-- include: m.md -->\n",
            files: ["b.md": "x", "m.md": "---\ntitle: T\n---\nBody\n"])
        #expect(
            read.faults == [
                "no-file: <!-- include: none.md -->", "directive-place: <!-- include: b.md -->",
                "invalid-path: <!-- include: -->", "include-front-matter: ---\ntitle: T\n---\n",
            ])
        #expect(read.document?.body.children.last?.plainText == "Body")
    }
}
