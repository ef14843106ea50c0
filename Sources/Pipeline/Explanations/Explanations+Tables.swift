import Diagnostics

extension Explanations {
    /// 08xx: tables and figures.
    static let tables: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            801, "bad-column", "A table has rows, and columns that are paths into each row",
            why: "It is made of a list of results, or of an object of objects; sorting is by its own columns.",
            wrong: "```table\nof: pooled.effects\ncolumns: [experiment, estimate]\nsort: se\n```",
            right: "```table\nof: pooled.effects\ncolumns: [experiment, estimate]\nsort: estimate\n```",
            do: "Correct what the message points at; a column may carry a format: estimate | .2f."),
        DiagnosticExplanation(
            802, "bad-figure", "A figure is drawn of results that its kind can draw",
            why: "A forest needs estimates with intervals, a density a posterior, a heat map a matrix or rows.",
            wrong: "```figure\nof: lifts\nkind: density\n```", right: "```figure\nof: pooled\nkind: forest\n```",
            do: "Choose another kind, or another path; the message tells what the kind needs."),
        DiagnosticExplanation(
            810, "unknown-cross-reference",
            "@fig-, @tbl-, @eq- and @sec- name a captioned figure or table, an equation or a heading",
            why: "Only what has a caption or a name is numbered, and the text shows that number.",
            wrong: "The effects are in @tbl-effects.",
            right:
                "The effects are in @tbl-shrunken-effects.\n\n```table\nid: shrunken-effects\nof: pooled.effects\ncaption: Effects.\n```",
            do:
                "Write the id of the directive behind `@tbl-` or `@fig-`, and give it a caption; an equation has its name in {#eq-name}."
        ),
        DiagnosticExplanation(
            811, "unknown-citation", "A citation names a key of the bibliography",
            why: "A reader must be able to find the work.",
            wrong: "---\ntitle: Lifts\nbibliography: references.bib\n---\n\nSo says [@be].",
            right: "---\ntitle: Lifts\nbibliography: references.bib\n---\n\nSo says [@bee].",
            do: "Correct the key, or add the work to the file; an address is no citation between backticks."),
    ]
}
