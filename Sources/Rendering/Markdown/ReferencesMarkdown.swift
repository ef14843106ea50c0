import Markdown
import Reports

/// The reference list as a Markdown list; nil where nothing is cited.
func referenceListMarkdown(_ report: Report) -> String? {
    guard !report.cited.works.isEmpty else { return nil }
    return report.cited.works.map { work in
        "- "
            + work.parts.map { part in
                switch part {
                case .text(let text): markdownText(text)
                case .title(let text): "*\(markdownText(text))*"
                case .link(let text, let destination):
                    safeDestination(destination).map { "[\(markdownText(text))](\(markdownDestination($0)))" }
                        ?? markdownText(text)
                }
            }.joined()
    }.joined(separator: "\n")
}
