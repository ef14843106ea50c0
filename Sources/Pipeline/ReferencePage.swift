import Diagnostics
import Documents

/// The reference as an analysis, for a documentation site: what `report reference` prints, and each diagnostic at length
/// under an anchor of its own, `#e0502-missing-column`.
package enum ReferencePage {
    /// The whole page, in the form that `report fmt` gives it.
    package static var text: String {
        let parts = LanguageReference.parts.map(literal)
        let page = [head, index, parts.joined(separator: "\n"), diagnostics].joined(separator: "\n")
        let source = SourceFile(path: "reference.md", text: page)
        return SourceEdits.plan(DocumentFormatter.fixes(of: source).fixes).first?.after ?? page
    }

    private static let head = """
        ---
        title: The language of analyses
        subtitle: Every directive, key, result, format and diagnostic
        tags: [reference]
        abstract: >-
          What an analysis may say and what it means, from the lists that the program itself checks analyses by.
        ---

        <!-- Made by `report reference --page`; changes of this file are lost. -->

        """

    private static var index: String {
        "An analysis is a Markdown file with front matter, prose and these directives:\n\n| directive | what it makes |\n"
            + "| --- | --- |\n"
            + DirectiveSchema.all.map { "| [`\($0.word)`](#\($0.word)) | \($0.summary) |\n" }.joined()
            + "\nNumbers of their results stand in the prose as [values](#values-in-prose), and words about them are "
            + "[claims](#claims) that each build checks. What is wrong has a [code](#diagnostics).\n"
    }

    // MARK: Diagnostics

    /// The groups of codes by their hundreds.
    private static let groups: [(hundred: Int, title: String)] = [
        (1, "Files and projects"), (2, "Markdown and front matter"), (3, "Directives"), (4, "References"), (5, "Data"),
        (6, "Effects and estimates"), (7, "Values and claims"), (8, "Tables, figures and the audit trail"),
        (9, "Sites"),
    ]

    private static var diagnostics: String {
        var text = """
            ## Diagnostics

            What is wrong with an analysis is said with a code, its place and a way out; `report explain E0502` tells what \
            stands here.

            """
        for group in groups {
            let members = Explanations.all.filter { $0.code.number / 100 == group.hundred }
            if members.isEmpty { continue }
            text += "\n### \(group.title)\n" + members.map(section).joined()
        }
        return text
    }

    private static func section(_ explanation: DiagnosticExplanation) -> String {
        let code = explanation.code
        var text = "\n#### \(code) `\(code.name)`\n\n**\(literal(explanation.rule)).** \(literal(explanation.reason))\n"
        if let example = explanation.example {
            text += "\nWrong:\n\n" + fenced(example.wrong) + "\nRight:\n\n" + fenced(example.right)
        }
        return text + "\n\(literal(explanation.remedy))\n"
    }

    /// An example as it is written, inert: in a fence longer than any in it.
    private static func fenced(_ text: String) -> String {
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(text.hasPrefix("report ") ? "sh" : "markdown")\n\(text)\n\(fence)\n"
    }

    /// Text with its code spans `{path}` between two backticks, which keep them from being values.
    private static func literal(_ text: String) -> String {
        text.replacing(/(^|[^`])`(\{[^`\n]*\})`(?!`)/) { "\($0.output.1)``\($0.output.2)``" }
    }
}
