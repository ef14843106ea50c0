import Diagnostics
import Testing
import Values

@testable import LanguageServer

@Suite struct CursorTests {
    /// A body with a place in it; the keys around, `:` for a value, `?` for what may become either, and the token.
    @Test(arguments: [
        ("i‸", " |i"), ("id: a‸b", "id: |ab"), ("id: a\n‸", " |"), ("id: ‸", "id: |"),
        ("data: tri‸als # the file", "data: |trials"),
        ("at:\n  la‸", "at |la"), ("at:\n  last: d‸", "at last: |d"), ("at:\n  last: d\nid‸", " |id"),
        ("rows:\n  - a‸", "rows? |a"), ("rows:\n- a‸", "rows? |a"), ("panels:\n  - of: x\n    ti‸", "panels |ti"),
        ("panels:\n- of: x\n  title: y‸", "panels title: |y"), ("panels:\n  - of: x\n  - ti‸: y", "panels |ti"),
        ("est: [a, b‸c, d]", "est: |bc"), ("est: [‸", "est: |"), ("est: [a, ‸]", "est: |"),
        ("control: {count: n, me‸", "control |me"),
        ("control: {count: n, mean: ‸}", "control mean: |"), ("est: [a, {estimator: li‸}]", "est estimator: |li"),
        ("source: \"a b‸.csv\"", "source: |a b.csv"), ("caption: >-\n  One: two‸\n  three", "caption: |One: two"),
        ("# id‸", " |"), ("prior:\n  mu: x\nid: 1\ncontrol:\n  ‸", "control |"), ("\"y:s\": a‸", "y:s: |a"),
        ("covariance: {\"y:s\": co‸}", "covariance y:s: |co"),
        ("é🎉: x‸", "é🎉: |x"),
    ])
    func yaml(body: String, expected: String) throws {
        let text = Marked(body)
        let cursor = try #require(YAMLCursor(text.file, lines: 1..<(text.file.lineCount + 1), at: text.offset))
        let mark = cursor.isKey ? cursor.isItem ? "?" : "" : ":"
        #expect("\(cursor.path.joined(separator: " "))\(mark) |\(cursor.tokenText)" == expected)
    }

    @Test func keysThatAreThereAreKnown() throws {
        let text = Marked("id: a\nat:\n  last: d\nk‸\n\n# more\ndata: b\n")
        let cursor = try #require(YAMLCursor(text.file, lines: 1..<9, at: text.offset))
        #expect(cursor.siblings == ["id", "at", "data"])
    }

    @Test(arguments: [
        ("---\ntitle: ‸A\n---\n\nText", "front matter 2..<3"), ("---\ntitle: A\n---‸\n", "code"),
        ("---\ntitle: A\n---\n\nText‸", "prose"),
        ("---\ntitle: ‸A\n", "front matter 2..<4"), ("```da‸ta\nid: a\n```\n", "fence data"), ("```‸", "fence "),
        ("```data\nid: ‸a\n```\n", "body data 2..<3"), ("```data\nid: a\n```‸\n", "code"), ("```data\n```\n‸", "prose"),
        ("~~~ data\n‸", "body data 2..<3"), ("````text\n```data\nid: ‸a\n```\n````\n", "body text 2..<5"),
        ("    ```data\n‸", "prose"), ("a ``` b\n‸", "prose"), ("```a `b` c\n‸", "prose"),
    ])
    func blocks(text: String, expected: String) {
        let text = Marked(text)
        let found =
            switch BlockCursor(text.file, at: text.offset) {
            case .frontMatter(let lines): "front matter \(lines)"
            case .body(let word, let lines): "body \(word) \(lines)"
            case .fence(let word): "fence " + String(decoding: text.file.utf8[word], as: UTF8.self)
            case .prose: "prose"
            case .code: "code"
            }
        #expect(found == expected)
    }

    @Test(arguments: [
        ("`{‸", "|"), ("`{pooled.m‸u}`", "pooled|mu"), ("`{pooled.mu.‸`", "pooled.mu|"),
        ("`{pooled.rows[‸", "pooled.rows[|"),
        ("`{pooled[\"page v‸iews\"].se}`", "pooled[|page views"), ("`{a.b | .2‸f}`", "format"), ("`{a}` b‸", "none"),
        ("{a} {b‸", "|b"),
    ])
    func braces(text: String, expected: String) {
        let text = Marked(text)
        guard let brace = BraceCursor(text.file, at: text.offset) else {
            #expect(expected == "none")
            return
        }
        guard brace.bar == nil else {
            #expect(expected == "format")
            return
        }
        let path = PathCursor(text.file, from: brace.pathStart, at: text.offset)
        let token = path.map { String(decoding: text.file.utf8[$0.token], as: UTF8.self) } ?? "?"
        #expect("\(path?.base.description ?? "")\(path?.isBracket == true ? "[" : "")|\(token)" == expected)
    }

    @Test(arguments: [
        ("see @fig-fo‸rest.", "fig-forest"), ("@‸", ""), ("[see @a:b‸, p. 3]", "a:b"), ("[-@key‸]", "key"),
        ("ann@ex‸ample.org", "none"),
        ("no‸", "none"), ("@key.‸", "key."),
    ])
    func mentions(text: String, expected: String) {
        let text = Marked(text)
        let found = ProseCursor.mention(text.file, at: text.offset)
        #expect(found.map { String(decoding: text.file.utf8[$0], as: UTF8.self) } ?? "none" == expected)
    }

    @Test(arguments: [
        ("[x](#poo‸led.mu) y", "pooled.mu"), ("[x](#‸", ""), ("[x](a.md#‸b)", "none"), ("# head‸", "none"),
        ("[x](#a.b \"> ‸0\")", "none"),
    ])
    func fragments(text: String, expected: String) {
        let text = Marked(text)
        let found = ProseCursor.fragment(text.file, at: text.offset)
        #expect(found.map { String(decoding: text.file.utf8[$0], as: UTF8.self) } ?? "none" == expected)
    }

    @Test func conditionsAreTitles() {
        let text = Marked("[x](#a.b \"> ‸0\")")
        #expect(ProseCursor.title(text.file, at: text.offset) != nil)
        let other = Marked("[x](a.html \"> ‸0\")")
        #expect(ProseCursor.title(other.file, at: other.offset) == nil)
    }
}
