import Diagnostics
import Markdown
import Testing

/// The range of every kind of node covers exactly its source, whatever stands around it.
@Suite struct RangeTests {
    @Test func paragraphWithEveryInline() {
        let text =
            "One *two* **three** ~~four~~ `five` [six](s.md \"t\") ![seven](s.png) <https://a.b> www.c.d \\* &amp; `` ` `` [^n]\n\n[^n]: Note `x`.\n"
        #expect(
            Parsed(text).outline == [
                "paragraph: " + text.prefix { $0 != "\n" }, "text: One ", "emphasis: *two*", "text: two", "text:  ",
                "strong: **three**", "text: three", "text:  ", "strikethrough: ~~four~~", "text: four", "text:  ",
                "code: `five`", "text:  ", "link: [six](s.md \"t\")", "text: six", "text:  ", "image: ![seven](s.png)",
                "text: seven", "text:  ", "link: <https://a.b>", "text: https://a.b", "text:  ", "link: www.c.d",
                "text: www.c.d", "text:  \\* &amp; ", "code: `` ` ``", "text:  ", "footnoteReference: [^n]",
                "footnoteDefinition: [^n]: Note `x`.", "paragraph: Note `x`.", "text: Note ", "code: `x`", "text: .",
            ])
    }

    @Test func blocks() {
        let text = """
            # Head `a` ##

            Under `b`
            line `c`
            ===

            - one `d`
              two `e`
            - [x] task `f`

            > quote `g`
            lazy `h`
            >
            > 3. deep `i`

            ```r x
            body
            ```

                indented

            ***

            <div>
            """
        #expect(
            Parsed(text).outline == [
                "heading: # Head `a` ##", "text: Head ", "code: `a`", "heading: Under `b`\nline `c`\n===",
                "text: Under ", "code: `b`", "softBreak: \n", "text: line ", "code: `c`",
                "list: - one `d`\n  two `e`\n- [x] task `f`", "item: - one `d`\n  two `e`",
                "paragraph: one `d`\n  two `e`", "text: one ", "code: `d`", "softBreak: \n", "text: two ", "code: `e`",
                "item: - [x] task `f`", "paragraph: task `f`", "text: task ", "code: `f`",
                "blockQuote: > quote `g`\nlazy `h`\n>\n> 3. deep `i`", "paragraph: quote `g`\nlazy `h`", "text: quote ",
                "code: `g`", "softBreak: \n", "text: lazy ", "code: `h`", "list: 3. deep `i`", "item: 3. deep `i`",
                "paragraph: deep `i`", "text: deep ", "code: `i`", "codeBlock: ```r x\nbody\n```",
                "codeBlock: indented", "thematicBreak: ***", "htmlBlock: <div>",
            ])
    }

    @Test func table() {
        let text = """
            Above `z`
            | *a* | `b \\| c` |
            |:-:|--:|
            | d | `e` and `f \\| g` [h](#i.j) |
            | k
            """
        let parsed = Parsed(text)
        #expect(parsed.nodes("table").map(\.range.text) == [String(text.dropFirst("Above `z`\n".count))])
        #expect(
            parsed.nodes("code").map(\.range.text) == ["`z`", "`b \\| c`", "`e`", "`f \\| g`"])
        #expect(
            parsed.nodes("tableCell").map(\.range.text) == [
                "*a*", "`b \\| c`", "d", "`e` and `f \\| g` [h](#i.j)", "k", "",
            ])
        #expect(
            parsed.nodes("tableRow").map(\.range.text) == [
                "| *a* | `b \\| c` |", "| d | `e` and `f \\| g` [h](#i.j) |", "| k",
            ])
        #expect(parsed.nodes("link").map(\.range.text) == ["[h](#i.j)"])
        #expect(parsed.nodes("code")[1].kind == .code(Node.CodeSpan(literal: "b | c", backticks: 1)))
        #expect(parsed.nodes("table")[0].kind == .table(alignments: [.center, .right]))
    }

    @Test func tableInsideOthers() {
        let parsed = Parsed("> - | `a` |\n>   |---|\n>   | é `b` |\n")
        #expect(parsed.nodes("code").map(\.range.text) == ["`a`", "`b`"])
        #expect(parsed.nodes("tableCell").map(\.range.text) == ["`a`", "é `b`"])
    }

    /// Places at which cmark's own columns are wrong.
    @Test(arguments: [
        "[l](\n  u\n 'title') `x`", "text\n      `x`", "`a\nb` `x`", "[r]: u\n[r] `x`", "[r]: u\n 't'\n\n[r][] `x`",
        "&copy; \\_ é\u{1F600} `x`", "> a\n   > `x`", "<b\n c> `x`", "a  \n`x`", "a\\\n  `x`", "1) a\n\n   `x`",
        "*a\n  b* `x`", "![i\nj](k) `x`", "&NotEqualTilde;z `x`", "&nosuch; `x`", "[k][u] `x`\n\n[k]: v",
        "[k][k2] `x`\n\n[k]: v\n[k2]: w", "-\ta\n\t`x`", "<div>\n</div>\n\n`x`", "a@b.cd `x`", "#a\n`x`\n---",
        "[^1]: a\\\n   `x`\n\nb[^1]",
        "[\\^1]: y `x`", "p \\| q\n| a | b |\n|---|--:|\n\n`x`", "| a |\n|---|\n|--:|\n| `x` |",
        "| a | b |\n|---|---|\n| a\\\\| `x` | c |", "a\\| `x`\n|---\n|:-:|", "#   `x`   #",
        "`x`\n---", "*a* **b*** `x`",
        "a <!-- c\nd --> `x`", "[^1] `x`\n\n[^1]: y", "[a [b](c) `x`", "\\`not `x`", "``` `x`",
    ])
    func codeSpan(text: String) throws {
        for variant in [text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, "é\n\n" + text + "\n\nz"] {
            let span = try #require(Parsed(variant).nodes("code").last)
            #expect(span.range.text == "`x`", "in \(variant.debugDescription)")
        }
    }

    @Test func offsetAndBody() {
        let text = "---\ntitle: é\n---\n\n```data\na: 1\n```\n~~~~ data x\n```\n"
        let parsed = Parsed(text, from: 18)
        let blocks = parsed.nodes("codeBlock")
        #expect(blocks.map(\.range.text) == ["```data\na: 1\n```", "~~~~ data x\n```"])
        guard case .codeBlock(let first) = blocks[0].kind, case .codeBlock(let second) = blocks[1].kind else {
            Issue.record("no code blocks")
            return
        }
        #expect(first.bodyRange.text == "a: 1\n")
        #expect(first.isClosed && !second.isClosed)
        #expect(second.info == "data x")
        #expect(second.bodyRange.text == "```\n")
    }

    @Test func emptyFenceBody() {
        let parsed = Parsed("```data\n```\n")
        guard case .codeBlock(let block) = parsed.nodes("codeBlock")[0].kind else {
            Issue.record("no code block")
            return
        }
        #expect(block.bodyRange.text.isEmpty && block.bodyRange.lower == 8)
    }

    @Test func footnotes() {
        let parsed = Parsed("a[^n-ü][^B]\n\n[^b]: B\n\n> [^N-ü]: N\n>\n>     more\n\n[^unused]: U\n")
        #expect(
            parsed.nodes("footnoteReference").map(\.kind) == [
                .footnoteReference(label: "n-ü"), .footnoteReference(label: "b"),
            ])
        // A caption may refer to what the text does not.
        let definitions = parsed.nodes("footnoteDefinition")
        #expect(
            definitions.map(\.kind) == [
                .footnoteDefinition(label: "n-ü"), .footnoteDefinition(label: "b"),
                .footnoteDefinition(label: "unused"),
            ])
        #expect(definitions.map { $0.range.text.prefix(4) } == ["[^N-", "[^b]", "[^un"])
        #expect(parsed.nodes("paragraph").map(\.range.text.utf8.count) == [12, 1, 1, 1])
    }
}
