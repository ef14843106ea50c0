import Documents
import Markdown
import Markup
import Plotting
import Reports
import Results

/// A report as GitHub-flavoured Markdown: reads on a forge as the page does.
struct MarkdownReport {
    let report: Report
    private let inline: InlineMarkdown
    private let directives: DirectiveMarkdown
    private let images: ImageFiles

    init(_ report: Report, name: String) {
        self.report = report
        inline = InlineMarkdown(report: report)
        directives = DirectiveMarkdown(report: report, inline: inline, folder: "\(name)_files")
        images = ImageFiles(report: report, folder: "\(name)_files")
    }

    func text() -> String {
        let blocks = BlockMarkdown(report: report, directives: directives, images: images)
        var parts = header()
        parts += report.document.body.children.compactMap(blocks.text)
        if report.endsWithReferences, let references = referenceListMarkdown(report) {
            parts += ["## References", references]
        }
        parts.append(provenance())
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The figures as files of their own, and the images of the analysis.
    func figures() -> [RenderedReport.File] {
        let drawings = report.orderedItems.compactMap { item -> RenderedReport.File? in
            guard let model = item.figure else { return nil }
            let drawing = FigureDrawing(
                model, id: "fig-\(item.directive.id)", title: item.name,
                description: item.directive.alt.map(report.plainText) ?? model.summary)
            return RenderedReport.File(
                path: directives.path(of: item), text: drawing.svg(.file).serialised + "\n")
        }
        return drawings + images.files
    }

    private func header() -> [String] {
        let front = report.document.frontMatter
        var parts = ["# " + inline.text(front.title)]
        if let subtitle = front.subtitle { parts.append("**" + markdownText(report.plainText(subtitle)) + "**") }
        let by =
            (front.authors.isEmpty ? [] : [front.authors.joined(separator: ", ")])
            + [front.date.map(writtenDate)].compactMap(\.self)
        if !by.isEmpty { parts.append(by.map(markdownText).joined(separator: " · ")) }
        if report.isPartial {
            parts.append("> [!CAUTION]\n> Some of this report could not be computed; it is a draft.")
        }
        if let abstract = front.abstract { parts += abstract.node.children.map { inline.text($0.children) } }
        if !front.highlights.isEmpty {
            parts.append(
                front.highlights.map { highlight in
                    let text = inline.text(highlight.text)
                    let link = highlight.link.flatMap(safeDestination)
                    let shown = link.map { "[\(text)](\(markdownDestination($0)))" } ?? text
                    return "- **\(markdownText(report.plainText(highlight.value)))** – \(shown)"
                }.joined(separator: "\n"))
        }
        return parts
    }

    private func provenance() -> String {
        let lines = provenanceLines(report).map { name, texts in
            "- \(name): " + texts.map(markdownText).joined(separator: "; ")
        }
        return "---\n\n**Provenance**\n\n" + lines.joined(separator: "\n")
    }
}
