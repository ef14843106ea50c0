import Markdown
import Reports

/// The reference list as a Markdown list; nil where nothing is cited.
func referenceListMarkdown(_ inline: InlineMarkdown) -> String? {
    let report = inline.report
    guard !report.cited.works.isEmpty else { return nil }
    return report.cited.works.map { work in
        "- "
            + work.parts.map { part in
                switch part {
                case .text(let text): inline.plain(text)
                case .title(let text): "*\(inline.plain(text))*"
                case .link(let text, let destination):
                    safeDestination(destination).map { "[\(inline.plain(text))](\(markdownDestination($0)))" }
                        ?? inline.plain(text)
                }
            }.joined()
    }.joined(separator: "\n")
}
