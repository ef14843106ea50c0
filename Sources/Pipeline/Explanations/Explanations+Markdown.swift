import Diagnostics

extension Explanations {
    /// 02xx: Markdown and front matter.
    static let markdown: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            201, "markdown-too-large", "A Markdown file has at most 64 MiB",
            why: "The limit keeps a build within the memory of an ordinary machine.", nil,
            do: "Split the analysis, or keep the bulk of it as a data file."),
        DiagnosticExplanation(
            202, "nesting-too-deep", "Blocks, emphasis and links nest at most 100 deep",
            why: "Nobody writes such text; made to harm, it would exhaust the program.", nil,
            do: "Look for a run of `>`, `-`, `*` or `[` that a program wrote, and shorten it."),
        DiagnosticExplanation(
            203, "unknown-markdown",
            "Markdown is GitHub-flavoured: tables, task lists, footnotes, autolinks, strikethrough",
            why:
                "What the reader of Markdown finds and report does not know is refused, so that nothing is lost unseen.",
            nil,
            do: "Write the place in another form of Markdown."),
        DiagnosticExplanation(
            204, "raw-html", "Raw HTML is off",
            why: """
                The same text becomes HTML, Markdown and JSON, and no string of an analysis may become markup. HTML is left \
                out of the report.
                """,
            wrong: "Press <kbd>Enter</kbd>.", right: "Press `Enter`.",
            do: "Say it in Markdown; a code span or a code block shows HTML as text."),
        DiagnosticExplanation(
            205, "unsafe-link", "A link begins with http, https or mailto, or is relative",
            why: "Other schemes can run code (javascript:) or read the reader's files (file:). The link is left out.",
            wrong: "[the dashboard](file:///home/ann/board.html)", right: "[the dashboard](https://example.org/board)",
            do: "Link to an address that every reader of the report can open."),
        DiagnosticExplanation(
            206, "control-character", "Markdown holds no NUL characters",
            why: "They are invisible, and programs disagree about what stands behind them.", nil,
            do: "Remove the character; often the file was saved as UTF-16, and should be saved as UTF-8."),
        DiagnosticExplanation(
            207, "equation-name", "An equation's name begins with `eq-` and has lower-case letters, digits and `-`",
            why: "It numbers the equation and is what `@eq-name` refers to, beside `@fig-`, `@tbl-` and `@sec-`.", nil,
            do: "Write it behind the closing dollars: `$$ y = a + b x $$ {#eq-line}`."),
        DiagnosticExplanation(
            208, "formula", "A formula is TeX that KaTeX knows",
            why: """
                It knows most of TeX's mathematics and no packages. Each formula stands alone: a macro that one defines is \
                unknown in the next.
                """, nil,
            do: "Correct the formula where the message points; a `$` that begins no formula is written `\\$`."),
        DiagnosticExplanation(
            209, "tabs", "Tabs stand between two comments, each under a heading of one level",
            why: """
                A heading between <!-- tabs --> and <!-- /tabs --> is a tab, and what follows it is in it. On a forge, in the \
                Markdown and on paper the tabs stand one after another, so that nothing is hidden there.
                """,
            wrong: "<!-- tabs -->\n\n### Web\n\nText.",
            right: "<!-- tabs -->\n\n### Web\n\nText.\n\n### App\n\nText.\n\n<!-- /tabs -->",
            do: "Close the tabs in the file that opens them, begin each with a heading, and put no tabs into tabs."),
        DiagnosticExplanation(
            210, "dead-link", "A relative link leads to a file of the project",
            why: """
                In the report it is written so that it leads to the same place from there: another analysis's link to its \
                report, a file's to the file. One that leads nowhere does so for every reader. It is a warning.
                """,
            wrong: "See [the method](methods.md).", right: "See [the method](method.md).",
            do: "Correct the path; it is relative to the file in which it stands."),
        DiagnosticExplanation(
            211, "excessive-table", "A table has one line of bars and dashes, and rows that fill its columns",
            why: """
                Nobody writes thousands of such lines without a blank one between them, or rows that lack half a million \
                cells; made to harm, they would hold up the program for hours.
                """, nil,
            do: "Look for a table that a program wrote, and end it with a blank line; much data belongs in a data file."
        ),
        DiagnosticExplanation(
            220, "front-matter", "Front matter ends with a line `---`, and its parameters have plain names",
            why: """
                Without its end the whole text would be options. A parameter stands in paths such as {params.click-rate}, \
                so its name has letters, digits, `-` and `_`.
                """,
            wrong: "---\ntitle: Lifts\nparams: {click rate: 0.1}\n---",
            right: "---\ntitle: Lifts\nparams: {click-rate: 0.1}\n---",
            do: "Close the front matter, or rename the parameter."),
        DiagnosticExplanation(
            221, "missing-title", "An analysis begins with front matter that has a title",
            why: "The title heads the page, and front matter is what tells an analysis from any other Markdown file.",
            wrong: "---\nauthors: [Ann]\n---", right: "---\ntitle: Lifts\nauthors: [Ann]\n---",
            do: "Write a title; `report fix` begins front matter where there is none."),
        DiagnosticExplanation(
            222, "invalid-yaml", "Front matter and directives are written in YAML",
            why: "Where the text is not YAML, nothing certain can be said about its options.",
            wrong: "---\ntitle: Proxies: which one?\n---", right: "---\ntitle: \"Proxies: which one?\"\n---",
            do: "Quote texts with `: `, ` #`, or a bracket or `*` in front; indent with spaces, not tabs."),
        DiagnosticExplanation(
            223, "duplicate-key", "A key stands once in a mapping",
            why: "Of two values one would win in silence.",
            wrong: "```data\nid: moments\nsource: arms.csv\nsource: more.csv\n```",
            right: "```data\nid: moments\nsource: [arms.csv, more.csv]\n```",
            do: "Remove one of the two, or make one list where the key takes several values."),
        DiagnosticExplanation(
            224, "refused-yaml", "YAML has no anchors, aliases, tags or other devices that data does not need",
            why: "An alias can make a few lines stand for billions of values, and a tag can change what a text means.",
            wrong: "```data\nid: moments\nsource: &file arms.csv\n```",
            right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Write the value out where it is used, or make it a parameter: {params.name}."),
        DiagnosticExplanation(
            230, "formatting", "Formatting never changes what a text means",
            why: """
                `report fmt` reads what it is about to write, and compares. A block that would say something else stays as it \
                is. This is a fault of report, not of the analysis.
                """, nil,
            do: "Nothing is lost. Please send the block to the authors of report."),
    ]
}
