import Diagnostics
import Documents
import Markdown
import Reports
import Results

/// What stands in the place of a directive on a forge: a picture or a table with its caption, what they rest on, and
/// the directive folded away.
struct DirectiveMarkdown {
    let report: Report
    let inline: InlineMarkdown
    /// The folder of the figures, relative to the Markdown's.
    let folder: String
    /// Ids that a link of the report leads to.
    let linked: Set<String>
    private var flavour: MarkdownFlavour { inline.flavour }

    init(report: Report, inline: InlineMarkdown, folder: String) {
        self.report = report
        self.inline = inline
        self.folder = folder
        linked = report.linkedIDs
    }

    func text(_ item: ReportItem) -> String {
        var parts: [String] = []
        if item.result == nil {
            let reasons = item.diagnostics.map { inline.plain($0.message) }
            let title = "\(inline.plain(item.name)): this could not be computed"
            parts.append(
                flavour == .github
                    ? quote("CAUTION", ["**\(title).**"] + reasons)
                    : flavour.callout(.caution, title: title, reasons.joined(separator: "\n\n")))
        }
        if let model = item.figure {
            let alt = item.directive.alt.map(report.plainText) ?? model.summary
            parts.append("![\(inline.plain(alt))](\(flavour.picture(path(of: item))))")
            if let caption = inline.caption(name: item.figureNumber.map { "Figure \($0)" }, item.directive.caption) {
                parts.append(caption)
            }
        }
        if let table = item.table {
            if let text = tableCaptionUnderFigure(item) {
                parts.append("**\(inline.plain(text))**")
            } else if let caption = inline.caption(name: item.tableNumber.map { "Table \($0)" }, item.directive.caption)
            {
                parts.append(caption)
            }
            let markdown = TableMarkdown(inline: inline, table: table)
            parts.append(markdown.text)
            parts += markdown.footnotes
        }
        let warnings = item.warnings + (item.result == nil ? [] : item.diagnostics.map(\.message))
        if !warnings.isEmpty {
            let lines = sentences(warnings)
            parts.append(
                flavour == .github
                    ? quote("WARNING", lines) : flavour.callout(.warning, lines.joined(separator: "\n")))
        }
        if !item.assumptions.isEmpty {
            let title = item.assumptions.count == 1 ? "**Assumption.** " : "**Assumptions.**"
            let lines = sentences(item.assumptions)
            let name = lines.count == 1 ? "Assumption" : "Assumptions"
            parts.append(
                flavour == .github
                    ? quote("NOTE", lines.count == 1 ? [title + lines[0]] : [title, ""] + lines)
                    : flavour.callout(.note, title: name, lines.joined(separator: "\n")))
        }
        if item.directive.echo != .hidden { parts.append(source(item)) }
        let text = parts.joined(separator: "\n\n")
        guard linked.contains(item.directive.id), !text.isEmpty else { return text }
        return flavour.anchor(item.directive.id, of: inline.name) + text
    }

    func path(of item: ReportItem) -> String { "\(folder)/\(item.directive.id).svg" }

    /// One sentence as it is, several as a list.
    private func sentences(_ texts: [String]) -> [String] {
        texts.count == 1 ? texts.map { inline.plain($0) } : texts.map { "- " + inline.plain($0) }
    }

    private func quote(_ kind: String, _ lines: [String]) -> String {
        (["[!\(kind)]"] + lines).map { "> " + $0 }.joined(separator: "\n")
    }

    private func source(_ item: ReportItem) -> String {
        let isShown = item.tableNumber != nil || item.figureNumber != nil
        let summary = isShown ? "Behind \(item.name)" : item.name
        let lines = item.directive.range.text.split(separator: "\n", omittingEmptySubsequences: false)
        let body = lines.dropFirst().dropLast().joined(separator: "\n")
        // Sphinx takes what Pygments cannot read as YAML, such as a thin space, for a fault.
        let fence = markdownFence(
            "# \(item.directive.word)\n\(body)", info: flavour == .myst ? "text" : "yaml")
        // Ids and words of directives are plain words, so that nothing in the summary is markup.
        return flavour.folded(summary, isOpen: item.directive.echo == .open, fence)
    }
}

extension Report {
    /// Directives that a link or a reference of the report leads to.
    fileprivate var linkedIDs: Set<String> {
        guard !items.isEmpty else { return [] }
        var found: Set<String> = []
        func visit(_ node: Node) {
            switch node.kind {
            case .link(let destination, _) where destination.hasPrefix("#"):
                found.insert(String(destination.dropFirst()))
            case .text(let text) where node.contents.contains(.mention):
                for case .reference(let reference, _) in pieces(of: text) { found.insert(reference.anchor) }
            default: break
            }
            for child in node.children where !child.contents.isDisjoint(with: [.link, .mention]) { visit(child) }
        }
        visit(document.body)
        for text in document.richTexts { visit(text.node) }
        for highlight in document.frontMatter.highlights {
            highlight.link.map { _ = found.insert(String($0.dropFirst())) }
        }
        return found.filter { items[$0] != nil }
    }
}
