import Diagnostics
import Documents
import Markdown
import Testing
import Values

@Suite struct FrontMatterTests {
    @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
    func everything(ending: String, mark: String) throws {
        let text =
            mark
                + """
                ---
                title: The `{a.b}` é *effect*
                subtitle: "Sub"
                authors: [A. B., C]
                date: 2024-02-29
                abstract: |
                  First `{a.b | .2f}`.

                  Second.
                tags: x
                draft: true
                seed: 9007199254740993
                params: {alpha: 0.05, names: [a, b], on: yes}
                formats: [html, json]
                toc: false
                bibliography: refs.bib
                aliases: [old]
                template: wide
                highlights:
                  - {value: "{a.b | +.1%}", text: of *it*, link: "#a"}
                  - value: {a.c}
                    text: other
                ---
                Body `{a.b}`
                """.replacing("\n", with: ending)
        let read = Read(whole: text)
        #expect(read.faults == ["out-of-range: 9007199254740993"])
        let matter = try #require(read.document?.frontMatter)
        #expect(matter.title.node.plainText == "The {a.b} é effect")
        #expect(matter.title.values.values.map(\.range.text) == ["`{a.b}`"])
        #expect(matter.authors == ["A. B.", "C"] && matter.tags == ["x"] && matter.aliases == ["old"])
        #expect(matter.date == "2024-02-29" && matter.isDraft && !matter.hasTableOfContents)
        #expect(matter.abstract?.node.children.count == 2)
        #expect(matter.abstract?.values.values.first?.range.text.hasPrefix("|") == true)
        #expect(matter.seed == 9_007_199_254_740_993)
        #expect(matter.params == ["alpha": 0.05, "names": ["a", "b"], "on": "yes"])
        #expect(matter.formats == [.html, .json] && matter.template == "wide" && matter.bibliography == ["refs.bib"])
        #expect(matter.highlights.map(\.link) == ["#a", nil])
        #expect(matter.highlights.compactMap { $0.value.values.values.first?.path.description } == ["a.b", "a.c"])
        #expect(read.document?.values.keys.map(\.text) == ["`{a.b}`"])
        #expect(matter.range.text.hasPrefix("---") && matter.range.text.hasSuffix("---\(ending)"))
    }

    @Test(arguments: [
        ("", "missing-title: "), ("Text", "missing-title: "), ("---\n---\n", "missing-title: ---"),
        ("---\ndate: 2024-01-01\n---\n", "missing-title: ---"), ("---\ntitle: T\n", "front-matter: ---\n"),
        ("---\ntitle:\n---\n", "wrong-type: title"), ("---\ntitle: \"\"\n---\n", "missing-title: \"\""),
        ("---\ntitle: T\ntitel: T\n---\n", "unknown-key: titel"),
        ("---\ntitle: T\nseed: -1\n---\n", "out-of-range: -1"),
        ("---\ntitle: T\nseed: a\n---\n", "wrong-type: a"), ("---\ntitle: T\ndraft: yes\n---\n", "wrong-type: yes"),
        ("---\ntitle: T\ndate: 2023-02-29\n---\n", "wrong-type: 2023-02-29"),
        ("---\ntitle: T\ndate: May\n---\n", "wrong-type: May"),
        ("---\ntitle: T\nformats: [pdf]\n---\n", "unknown-choice: pdf"),
        ("---\ntitle: T\nparams: {a: {default: 1, b: 1}}\n---\n", "unknown-key: b"),
        ("---\ntitle: T\nparams: {a: {b.c}}\n---\n", "wrong-type: {b.c}"),
        ("---\ntitle: T\nparams: {\"a b\": 1}\n---\n", "front-matter: \"a b\""),
        ("---\ntitle: T\nhighlights: [{value: 1}]\n---\n", "missing-key: "),
        ("---\n- title\n---\n", "not-a-mapping: - title"), ("---\ntitle: [a\n---\n", "invalid-yaml: "),
        ("---\ntitle: &a T\n---\n", "refused-yaml: &a"), ("---\ntitle: a: b\n---\n", "invalid-yaml: "),
    ])
    func faults(text: String, fault: String) {
        let read = Read(whole: text)
        #expect(read.faults == [fault])
        #expect(read.document != nil)
    }

    @Test func positionOfWhatIsNotYAML() {
        let read = Read(whole: "---\ntitle: é\nx: [é, b: c: d]\n---\n")
        #expect(read.diagnostics.map(\.code) == [.invalidYAML])
        #expect(read.diagnostics[0].range?.start.line == 3)
    }

    @Test func missingFrontMatterIsFixed() {
        #expect(Read(whole: Read(whole: "Text").fixed).faults.isEmpty)
    }

    @Test func ruleIsNoFrontMatter() {
        #expect(Read(whole: "\n---\ntitle: T\n---\n").diagnostics.map(\.code) == [.missingTitle])
    }

    @Test func tooLarge() {
        let read = Read(whole: String(repeating: "a", count: MarkdownParser.largestSize + 1))
        #expect(read.document == nil)
        #expect(read.diagnostics.map(\.code.name) == ["markdown-too-large"])
    }
}
