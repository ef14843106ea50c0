import Diagnostics
import Testing

@testable import Documents

/// `report fmt`: the form of directives, front matter and tables.
@Suite struct FormattingTests {
    /// A text in form.
    private func formatted(_ text: String, _ codes: [String] = []) -> String {
        let source = SourceFile(path: "a.md", text: text)
        let (fixes, diagnostics) = DocumentFormatter.fixes(of: source)
        #expect(diagnostics.map(\.code.name) == codes)
        return Self.apply(fixes, to: source)
    }

    static func apply(_ fixes: [Diagnostic.FixIt], to source: SourceFile) -> String {
        var bytes = source.utf8
        for fix in fixes.reversed() {
            bytes.replaceSubrange(fix.range.lower..<fix.range.upper, with: Array(fix.replacement.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func directive(_ word: String, _ body: String) -> String {
        let text = formatted("```\(word)\n\(body)```\n")
        #expect(text.hasPrefix("```\(word)\n") && text.hasSuffix("```\n"))
        #expect(formatted(text) == text, "a second time changes nothing")
        return String(text.dropFirst(word.count + 4).dropLast(4))
    }

    // MARK: Directives

    @Test func keysStandInTheOrderOfTheReference() {
        let body = """
            caption: A
            source: a.csv
            show: none
            unknown: 1
            id: a

            """
        #expect(directive("data", body) == "id: a\nsource: a.csv\nunknown: 1\nshow: none\ncaption: A\n")
        let inner = """
            of: a
            columns:
              - {title: B, value: b}
              - format: .2f
                title: C
                value: c

            """
        let expected = """
            of: a
            columns:
              - {value: b, title: B}
              - value: c
                title: C
                format: .2f

            """
        #expect(directive("table", inner) == expected)
    }

    @Test func namesOfTheAuthorStayInOrder() {
        let body = "of: rows\nkind: lines\nfilter: {b: 1,  a: 2}\n"
        #expect(directive("figure", body) == "kind: lines\nof: rows\nfilter: {b: 1, a: 2}\n")
    }

    @Test func quotesStandWhereTheyAreNeeded() {
        let body = """
            id: "a"
            source: 'data/a b.csv'
            columns: ["x", "y z", "a,b", 'yes', "1", "2026-01-31", "{params.x}"]
            where: "country = 'de'"
            missing: ["", "n/a", "-", '#N']
            caption: "Before: after"
            alt: "100% of *all*"

            """
        let expected = """
            id: a
            source: data/a b.csv
            columns: [x, y z, "a,b", 'yes', "1", "2026-01-31", "{params.x}"]
            where: country = 'de'
            missing: ["", n/a, "-", '#N']
            caption: "Before: after"
            alt: "100% of *all*"

            """
        #expect(directive("data", body) == expected)
    }

    @Test func indentationIsTwoSpacesAndBracketsStay() {
        let body = """
            id:    a
            of: rows
            columns:
            -    value: x
                 title:   X
            - { value : y , title: Y }
            sort: [ a,
                b ,
            c ]
            footnotes:
                - one
                -   two
                  lines

            """
        let expected = """
            id: a
            of: rows
            columns:
              - value: x
                title: X
              - {value: y, title: Y}
            sort: [a,
              b,
              c]
            footnotes:
              - one
              - two
                lines

            """
        #expect(directive("table", body) == expected)
    }

    @Test func commentsKeepTheirKeys() {
        let body = """
            # The whole of it.

            caption: A   # short
            # where it comes from
            source: # files
            - a.csv# no comment
            # the second
            - b.csv # late
              # - c.csv
            id: a
            # last

            """
        let expected = """
            # The whole of it.

            id: a
            # where it comes from
            source:  # files
              - a.csv# no comment
              # the second
              - b.csv  # late
              # - c.csv
            caption: A  # short
            # last

            """
        #expect(directive("data", body) == expected)
    }

    @Test func commentsInsideBracketsStay() {
        let body = "id: a\nsource: [a.csv, # first\n    b.csv]\n"
        #expect(directive("data", body) == body)
        let list = "rows:\n- # one\n  a: 1\n  b: 2\nid: t\n"
        #expect(directive("table", list) == "id: t\nrows:\n  # one\n  - a: 1\n    b: 2\n")
    }

    @Test func textsOverLinesKeepTheirLines() {
        #expect(directive("data", "id: a plain\n     text\n") == "id: a plain\n  text\n")
        #expect(directive("data", "id: \"quoted \\\n     on\"\n") == "id: \"quoted \\\n  on\"\n")
        let block = "caption: >-\n     One\n     two\n\n       deeper\nid: a\n"
        #expect(directive("data", block) == "id: a\ncaption: >-\n  One\n  two\n\n    deeper\n")
        let kept = "alt: |+\n    kept\n\n\nid: a\n"
        #expect(directive("data", kept) == "id: a\nalt: |+\n  kept\n\n\n", "blank lines that are part of a value")
        let told = "rows:\n- |1-\n   one\n  two\n"
        #expect(directive("table", told) == "rows:\n  - |2-\n      one\n     two\n")
    }

    @Test func blankLinesAreOneAtMost() {
        #expect(directive("data", "\n\nid: a\n\n\n\nsource: b\n\n\n") == "id: a\n\nsource: b\n")
        #expect(directive("data", "\nsource: b\n\n\nid: a\n") == "id: a\nsource: b\n", "moved keys leave no gap")
    }

    @Test func whatIsNotReadIsLeft() {
        let broken = "```data\nid: [a\nsource:   b\n```\n\n```data\nid:   b\nsource: b\n```\n"
        let text = formatted(broken, ["invalid-yaml"])
        #expect(text == broken.replacing("id:   b", with: "id: b"))
        let open = "```data\nid:   a\n"
        #expect(formatted(open, ["unclosed-directive"]) == open)
        let other = "````markdown\n```data\nid:   a\n```\n````\n\n```yaml\na:   b\n```\n\n> ```data\n> id:   a\n> ```\n"
        #expect(formatted(other) == other)
        #expect(directive("data", "# nothing\n") == "# nothing\n")
    }

    @Test func lineEndsStay() {
        let text = formatted("---\r\ntitle:   A\r\n---\r\n\r\n```data\r\nsource: b\r\nid: a\r\n```\r\n")
        #expect(text == "---\r\ntitle: A\r\n---\r\n\r\n```data\r\nid: a\r\nsource: b\r\n```\r\n")
    }

    @Test func frontMatterKeepsTheOrderOfItsAuthor() {
        let text = formatted(
            "---\ntags: [ b,a ]\ntitle:   \"A\"\nhighlights:\n- text: x\n  value: y\nparams: {b: 1, a: 2}\n---\nx\n")
        #expect(
            text
                == "---\ntags: [b, a]\ntitle: A\nhighlights:\n  - text: x\n    value: y\nparams: {b: 1, a: 2}\n---\nx\n"
        )
    }

    // MARK: Tables

    @Test func tablesAreAligned() {
        let text = """
            | a | long heading |c|
            |-|:-:|--:|
            | 1 | x | `{a \\| .2f}` |
            2 | **y**
            | 表 | 👩‍🔬 | é |

            """
        let expected = """
            | a   | long heading |            c |
            | --- | :----------: | -----------: |
            | 1   |      x       | `{a \\| .2f}` |
            | 2   |    **y**     |              |
            | 表  |      👩‍🔬      |            é |

            """
        #expect(formatted(text) == expected)
        #expect(formatted(expected) == expected)
    }

    @Test func wideTablesAreNotPadded() {
        let long = String(repeating: "word ", count: 30)
        let text = formatted("|a|b|\n|---|:------|\n|\(long)|x|\n||y|\n")
        #expect(text == "| a | b |\n| --- | :--- |\n| \(long)| x |\n|  | y |\n")
    }

    @Test func tablesInQuotesAndLists() {
        let text = "> |a|b|\n> |-|-|\n> |1|2|\n\n- x\n\n  |a|b|\n  |-|-|\n  |1|2|\n"
        let expected =
            "> | a   | b   |\n> | --- | --- |\n> | 1   | 2   |\n\n- x\n\n  | a   | b   |\n  | --- | --- |\n"
            + "  | 1   | 2   |\n"
        #expect(formatted(text) == expected)
    }

    /// What stands behind the last column is not shown, but it is the author's.
    @Test func cellsTooManyAreKept() {
        let text = formatted("|a|b|\n|-|-|\n|1|2|3|\n")
        #expect(text == "| a   | b   |\n| --- | --- |\n| 1   | 2   | 3 |\n")
    }

    // MARK: Meaning

    @Test func meaningIsMoreThanSpaces() {
        func isSame(_ a: String, _ b: String) -> Bool {
            DocumentMeaning.isSame(SourceFile(path: "a", text: a), SourceFile(path: "b", text: b))
        }
        #expect(isSame("```data\nid: a\nsource: b\n```", "```data\nsource: 'b'\nid: a\n```"))
        #expect(!isSame("```data\nid: a\n```", "```data\nid: b\n```"))
        #expect(!isSame("```data\nid: 1\n```", "```data\nid: \"1\"\n```"))
        #expect(!isSame("---\ntitle: a\n---\n", "---\ntitle: b\n---\n"))
        #expect(!isSame("---\nparams: {a: 1, b: 1}\n---\n", "---\nparams: {b: 1, a: 1}\n---\n"))
        #expect(!isSame("a\n\nb", "a\nb"))
        #expect(isSame("|a|\n|-|\n|b|", "| a |\n| --- |\n| b |"))
    }
}
