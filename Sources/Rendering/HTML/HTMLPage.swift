import BuiltInTemplates
import Diagnostics
import Documents
import Markdown
import Markup
import Mustache
import Reports

/// A report as one self-contained page: nothing loaded from anywhere, and no script needed to read it.
struct HTMLPage {
    let report: Report
    /// The project's own templates, by the names of the built-in ones.
    let templates: [String: String]

    /// Whether drawings and lineages are written in their short form, which looks the same; the long one is easier to
    /// read and to compare.
    let isShort: Bool

    func text() throws -> String { try rendered(keepsParts: false).text }

    /// The page, and its parts for another shell where they are asked for.
    func rendered(keepsParts: Bool) throws -> (text: String, parts: PageParts?) {
        let template = try MustacheTemplate(string: templates["page.mustache"] ?? BuiltInTemplates.page)
        var kept: PageParts?
        let context = context(for: template, &kept, keepsParts: keepsParts)
        return (template.render(context), kept)
    }

    private func context(
        for template: MustacheTemplate, _ kept: inout PageParts?, keepsParts: Bool
    ) -> [String: String] {
        let front = report.document.frontMatter
        var parts = self.parts
        var rules = ""
        if isShort {
            var shortening = PageShortening(parts.map(\.node))
            for index in parts.indices { parts[index].node = shortening.short(parts[index].node) }
            rules = shortening.rules
        }
        let provenance = keepsParts ? provenanceWithoutHistory : .nothing
        var context = [
            "title": (report.draftStamp == nil ? "" : "Draft: ") + report.plainText(front.title),
            "generator": "report \(report.provenance.toolVersion)",
        ]
        // A part that is empty is absent, so that a template can ask for it.
        for (name, node) in parts where !node.isEmpty { context[name] = isShort ? node.shortHTML : node.serialised }
        if keepsParts { kept = pageParts(context, provenance, rules) }
        if let abstract = front.abstract { context["description"] = report.plainText(abstract) }
        let script = script(body: context["body"] ?? "")
        context["script"] = script
        if report.isPartial { context["partial"] = "Some of this report could not be computed; it is a draft." }
        var style = self.style + rules
        if isShort { style = shortCSS(style, for: template.render(context)) }
        context["style"] = style
        context["policy"] = pagePolicy(style: style, script: script)
        return context
    }

    /// The parts of the page by their names in the template.
    private var parts: [(name: String, node: MarkupNode)] {
        let blocks = BlockHTML(report)
        let header = HeaderHTML(report: report, inline: blocks.inline)
        let body = blocks.body(report.document.body.children, isShort: isShort) + [referencesHTML(report)]
        return [
            ("header", header.title()), ("abstract", header.abstract(blocks)), ("highlights", header.highlights()),
            ("contents", contentsHTML(report)), ("body", .fragment(body)), ("footnotes", footnotesHTML(report, blocks)),
            ("provenance", .fragment([dataHTML(report), provenanceHTML(report)])),
        ]
    }

    private var provenanceWithoutHistory: MarkupNode {
        var report = report
        report.provenance.history = nil
        var shortening = PageShortening([])
        return shortening.short(.fragment([dataHTML(report), provenanceHTML(report)]))
    }

    private func pageParts(_ context: [String: String], _ provenance: MarkupNode, _ rules: String) -> PageParts {
        var parts = PageParts()
        parts.header = context["header"] ?? ""
        parts.abstract = context["abstract"] ?? ""
        parts.highlights = context["highlights"] ?? ""
        parts.contents = context["contents"] ?? ""
        parts.body = context["body"] ?? ""
        parts.footnotes = context["footnotes"] ?? ""
        parts.provenance = provenance.shortHTML
        let text = [parts.abstract, parts.highlights, parts.body, parts.footnotes].joined(separator: "\n")
        parts.style = ownStyle(of: report.orderedItems.compactMap(\.figure), rules, for: text)
        return parts
    }

    private var style: String {
        pageStyle(
            for: report.orderedItems.compactMap(\.figure), theme: templates["theme.css"] ?? BuiltInTemplates.theme,
            brand: brand + (report.draftStamp == nil ? "" : "\n" + BuiltInTemplates.draftStyle),
            hasGraph: pageGraph(report) != nil, isShort: isShort)
    }

    /// The project's variables, behind the theme; nothing where it has none.
    private var brand: String {
        guard let text = templates["brand.css"] else { return "" }
        return "\n" + BrandReader(SourceFile(path: "Templates/brand.css", text: text)).style.css
    }

    /// nil where the page has nothing that a script would do better: no link to copy, no table to sort.
    private func script(body: String) -> String? {
        let hasLinks = report.orderedItems.contains { $0.tableNumber != nil || $0.figureNumber != nil }
        guard hasLinks || !report.headings.isEmpty || body.contains("sortable") else { return nil }
        return isShort ? shortPageScript : BuiltInTemplates.script
    }

    init(_ report: Report, templates: [String: String], isShort: Bool) {
        self.report = report
        self.templates = templates
        self.isShort = isShort
    }
}
