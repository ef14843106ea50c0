import Diagnostics

extension Explanations {
    /// 04xx: references and order.
    static let references: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            401, "unknown-reference", "A reference names a directive of this analysis",
            why: "There is nothing to compute from. An id holds within one analysis and the files that it includes.",
            wrong: "```table\nof: lfits.rows\n```", right: "```table\nof: lifts.rows\n```",
            do: "Correct the id, or give the directive that you mean its `id`."),
        DiagnosticExplanation(
            402, "wrong-reference", "A reference names a directive of the kind that is needed there",
            why:
                "`effects: …` needs treatment effects with their covariance, which rows of data do not have, and so on.",
            wrong: "```meta-analysis\neffects: moments\nmetric: clicks\n```",
            right: "```meta-analysis\neffects: lifts\nmetric: clicks\n```",
            do: "Name a directive of that kind; between data and an estimate there is often one missing, `effects`."),
        DiagnosticExplanation(
            403, "cycle", "Directives do not wait for each other",
            why: "Directives may stand in any order and run once what they name is there. In a circle none can begin.",
            wrong: "```table\nid: one\nof: two\n```\n\n```table\nid: two\nof: one\n```",
            right: "```table\nid: one\nof: lifts.rows\n```",
            do: "Break the circle at one place; `report graph` shows what waits for what."),
        DiagnosticExplanation(
            404, "unknown-path", "A path leads to something in the results",
            why: "Which names a result has depends on its method, so it is known only once it has run.",
            wrong: "```table\nof: pooled.efects\n```", right: "```table\nof: pooled.effects\n```",
            do: "Take one of the names in the note; the .json file beside the report holds all results."),
        DiagnosticExplanation(
            405, "unused-result", "A result is shown or used",
            why: "One that nobody sees is often a slip: a reference that was forgotten, or a block that is left over.",
            wrong: "```data\nid: rows\nsource: arms.csv\n```",
            right: "```data\nid: rows\nsource: arms.csv\nshow: table\n```",
            do: "Refer to it, show it, or remove it. It is a warning; the build goes on."),
    ]
}
