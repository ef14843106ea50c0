import Documents
import Markup
import Reports
import Results
import Values

/// The front matter of a report's Markdown: what documentation tools and forges read of the analysis's own, values in it
/// resolved.
///
/// Its first line tells that the file is an output, which no build takes for an analysis.
func frontMatterMarkdown(_ report: Report, _ flavour: MarkdownFlavour) -> String {
    let front = report.document.frontMatter
    // The templates of MkDocs write front matter into pages as it is.
    func quoted(_ text: String) -> String {
        Value.string(flavour == .mkdocs ? escapedAttribute(text) : text).canonicalJSON
    }
    func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }
    var lines = [
        "generator: report \(report.provenance.toolVersion)", "title: " + quoted(report.plainText(front.title)),
    ]
    if let subtitle = front.subtitle { lines.append("subtitle: " + quoted(report.plainText(subtitle))) }
    if let abstract = front.abstract { lines.append("description: " + quoted(report.plainText(abstract))) }
    if !front.authors.isEmpty { lines.append("authors: " + list(front.authors)) }
    if let date = front.date { lines.append("date: \(date)") }
    if !front.tags.isEmpty { lines.append("tags: " + list(front.tags)) }
    if front.isDraft || report.results.sample != nil { lines.append("draft: true") }
    return "---\n" + lines.joined(separator: "\n") + "\n---"
}
