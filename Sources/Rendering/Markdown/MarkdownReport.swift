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

    init(_ report: Report, name: String, flavour: MarkdownFlavour = .github) {
        self.report = report
        images = ImageFiles(report: report, folder: "\(name)_files")
        inline = InlineMarkdown(report: report, flavour: flavour, name: name, images: images)
        directives = DirectiveMarkdown(report: report, inline: inline, folder: "\(name)_files")
    }

    func text() -> String {
        var parts = [frontMatterMarkdown(report, inline.flavour)] + header()
        if inline.flavour == .github {
            let blocks = BlockMarkdown(report: report, directives: directives, images: images)
            parts += report.document.body.children.compactMap(blocks.text)
        } else {
            let blocks = ComposedMarkdown(inline: inline, directives: directives)
            parts += report.document.body.children.compactMap(blocks.text)
        }
        parts += tail()
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// What follows the body: the works cited, where they stand nowhere else, and the provenance.
    func tail() -> [String] {
        var parts: [String] = []
        if report.endsWithReferences, let references = referenceListMarkdown(inline) {
            parts += ["## References" + inline.flavour.headingAnchor("references"), references]
        }
        return parts + [provenance()]
    }

    /// The figures as files of their own, and the images of the analysis.
    func figures() -> [RenderedReport.File] { drawings() + images.files }

    func drawings() -> [RenderedReport.File] {
        report.orderedItems.compactMap { item -> RenderedReport.File? in
            guard let model = item.figure else { return nil }
            let drawing = FigureDrawing(
                model, id: "fig-\(item.directive.id)", title: item.name,
                description: item.directive.alt.map(report.plainText) ?? model.summary)
            return RenderedReport.File(
                path: directives.path(of: item), text: drawing.svg(.file).serialised + "\n")
        }
    }

    /// Title, authors, abstract and key numbers.
    func header() -> [String] {
        let front = report.document.frontMatter
        var parts = ["# " + inline.text(front.title)]
        if let subtitle = front.subtitle { parts.append("**" + inline.plain(report.plainText(subtitle)) + "**") }
        let by =
            (front.authors.isEmpty ? [] : [front.authors.joined(separator: ", ")])
            + [front.date.map(writtenDate)].compactMap(\.self)
        if !by.isEmpty { parts.append(by.map(inline.plain).joined(separator: " · ")) }
        if let stamp = report.draftStamp { parts.append(inline.flavour.callout(.caution, stamp)) }
        if report.isPartial {
            parts.append(
                inline.flavour.callout(.caution, "Some of this report could not be computed; it is a draft."))
        }
        if let abstract = front.abstract { parts += abstract.node.children.map { inline.text($0.children) } }
        if !front.highlights.isEmpty {
            parts.append(
                front.highlights.map { highlight in
                    let text = inline.linkText(highlight.text)
                    let link = highlight.link.flatMap(safeDestination)
                    let shown = link.map { inline.link(text, to: $0) } ?? text
                    return "- **\(inline.plain(report.plainText(highlight.value)))** – \(shown)"
                }.joined(separator: "\n"))
        }
        return parts
    }

    private func provenance() -> String {
        let lines = provenanceLines(report).map { name, texts in
            "- \(name): " + texts.map(inline.plain).joined(separator: "; ")
        }
        return "---\n\n**Provenance**\n\n" + lines.joined(separator: "\n")
    }
}
