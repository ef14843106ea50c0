import Diagnostics
import Documents
import Markdown

extension FuzzTarget {
    static let yamlWords = [
        "---\n", "title: ", "params:\n", "{default: 1, type: ", "choices: [", "sweep:\n", "highlights:\n  - value: ",
        "abstract: >-\n  ", "|\n", "\"", "'", "[", "]", "{", "}", ": ", "\n  ", "- ", "# ", "&a ", "*a", "!!str ", "? ",
        "`{", "| .2f}`", "\u{FEFF}", "\\u", "<<: ", "~", "1e400", "0x1F", ".inf", "2026-02-29", "\t", "\r\n",
    ]

    /// Front matter without its delimiters.
    static let frontMatter = FuzzTarget(
        name: "front-matter",
        seeds: ShippedSeeds.frontMatter() + [
            "title: T\nparams: {a: 1, b: {default: x, choices: [x, y], help: H}}\nsweep: {b: [x, y], compare: [a.b]}\n",
            "title: \"A `{a.b | .2f}` *c*\"\nseed: 18446744073709551615\nformats: [html]\ndate: 2024-02-29\n",
            "title: >\n  folded\n  `{a.b}`\nabstract: |\n  kept\nauthors:\n- A\n- \"B\"\n",
        ], words: yamlWords
    ) { bytes in
        let text = "---\n" + String(decoding: bytes, as: UTF8.self) + "\n---\n\n`{params.a}`\n"
        try ReadDocument.check(SourceFile(path: "a.md", text: text))
    }

    /// A directive: its word, a line end and its body.
    static let directive = FuzzTarget(
        name: "directive", seeds: ShippedSeeds.directives(), words: yamlWords + ShippedSeeds.words
    ) { bytes in
        let text = "---\ntitle: T\nparams: {a: 1}\n---\n```" + String(decoding: bytes, as: UTF8.self) + "\n```\n"
        try ReadDocument.check(SourceFile(path: "a.md", text: text))
    }

    static let markdownWords = [
        "$", "$$", "{#eq-a}", "\\$", "`", "``", "```\n", "~~~", "> ", "- ", "1. ", "- [x] ", "| a | b |\n| - | -: |\n",
        "\\|", "# ", "===\n", "---\n", "*", "**", "_", "~~", "[a](#b.c \"> 0\")", "[1.2](#b.c)", "![a](b.png)", "[^1]",
        "[^1]: ", "<!-- include: b.md -->", "<!-- references -->", "<b>", "</b>", "<!--", "-->", "&amp;", "&#x41;",
        "https://a.b", "@fig-a", "@eq-a", "[@a, p. 3; -@b]", "`{a.b | .2f}`", "\r\n", "\r", "\t", "    ", "\\\n",
        "\u{0}",
        "\u{A0}", "\u{301}", "\u{1F600}", "\u{55A}", "> [!NOTE]\n", "::: ", "{.class}",
    ]

    /// Markdown by itself: formulas, nesting, tables.
    static let markdown = FuzzTarget(
        name: "markdown",
        seeds: [
            "A *b **c*** `d` [e](f \"g\") ![h](i.png) <j@k.l> ~~m~~ $x_1$ costs $5 and $6.\n\n> $$\n> a | b\n> $$ {#eq-n}\n",
            "| a $x\\|y$ | b |\n| --- | :-: |\n| [^1] | `c\\|d` |\n\n[^1]: e\n    f\n\n- g\n  - [ ] h\n\n    $$i$$\n",
            "a\n===\n\nb\n---\n\n```c\nd\n```\n\n    e\n\n<div>\nf\n</div>\n\n1) g\n2) h\n\n***\n",
        ] + ShippedSeeds.analyses().map { String($0.prefix(3000)) }, words: markdownWords
    ) { bytes in
        let source = SourceFile(path: "a.md", text: String(decoding: bytes, as: UTF8.self))
        var first: [Diagnostic] = []
        var second: [Diagnostic] = []
        let tree = MarkdownParser.parse(source, diagnostics: &first)
        try expect(tree == MarkdownParser.parse(source, diagnostics: &second), "two readings give different trees")
        try expect(said(first) == said(second), "two readings say different things")
        try expectSound(tree)
        try expectSound(first)
        _ = tree.plainText
    }
}
