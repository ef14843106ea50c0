import Diagnostics
import Markdown
import Reports

/// The author's own text with what lives in it replaced: the rest stays as it was written.
struct BlockMarkdown {
    let report: Report
    let directives: DirectiveMarkdown
    let images: ImageFiles
    /// By the definition's range; one that nothing refers to has none.
    private let footnoteLabels: [SourceRange: String]

    init(report: Report, directives: DirectiveMarkdown, images: ImageFiles) {
        self.report = report
        self.directives = directives
        self.images = images
        footnoteLabels = Dictionary(report.footnotes.map { ($0.node.range, $0.label) }) { first, _ in first }
    }

    /// One top-level block; nil where nothing of it remains.
    func text(_ node: Node) -> String? {
        if node.isReferencesMark { return referenceListMarkdown(directives.inline) }
        if case .htmlBlock = node.kind { return nil }
        if case .footnoteDefinition = node.kind, !footnoteLabels.keys.contains(node.range) { return nil }
        if case .codeBlock = node.kind, let item = report.item(at: node.range) { return directives.text(item) }
        let file = node.range.file
        var splice = Splice()
        collect(node, &splice, file: file, escapesAngles: BlockMarkdown.holdsHTML(node))
        // Blanks before the first byte belong to the block (an indented code block is one by them).
        var lower = node.range.lower
        while lower > 0, file.utf8[lower - 1] == 0x20 || file.utf8[lower - 1] == 0x09 { lower -= 1 }
        var text = splice.apply(to: file, from: lower, to: min(node.range.upper, file.utf8.count))
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text.isEmpty ? nil : text
    }

    /// Taking raw HTML out can bring two halves of a tag together; in such a block every `<` of text is escaped.
    private static func holdsHTML(_ node: Node) -> Bool {
        switch node.kind {
        case .html, .htmlBlock: true
        default: node.children.contains(where: holdsHTML)
        }
    }

    private func collect(
        _ node: Node, _ splice: inout Splice, file: SourceFile, escapesAngles: Bool, isInLink: Bool = false
    ) {
        guard node.range.file === file else { return }
        switch node.kind {
        case .html, .htmlBlock:
            splice.replace(node.range, with: "")
            return
        case .code:
            if let value = report.values[node.range] { splice.replace(node.range, with: valueText(value, node.range)) }
            return
        case .codeBlock:
            if let item = report.item(at: node.range) {
                splice.replace(node.range, with: BlockMarkdown.indented(directives.text(item), as: node.range))
            }
            return
        case .image(let source, _):
            splice.replace(node.range, with: image(node, source))
            return
        case .link(let destination, let title): link(node, destination, title, &splice)
        case .formula(let formula): self.formula(formula, node.range, &splice)
        case .footnoteReference: footnoteLabel(report.footnote(at: node.range)?.note.label, node.range, &splice)
        case .footnoteDefinition: footnoteLabel(footnoteLabels[node.range], node.range, &splice)
        case .text(let text): self.text(text, node.range, &splice, escapesAngles: escapesAngles, isInLink: isInLink)
        default: break
        }
        let isLink = if case .link = node.kind { true } else { isInLink }
        for child in node.children {
            collect(child, &splice, file: file, escapesAngles: escapesAngles, isInLink: isLink)
        }
    }

    private func valueText(_ value: ResolvedValue, _ range: SourceRange) -> String {
        let bytes = range.file.utf8
        var before = range.lower
        while before > 0, bytes[before - 1] == 0x20 { before -= 1 }
        let startsLine = before == 0 || bytes[before - 1] == 0x0A
        guard startsLine else { return markdownText(value.text) }
        return markdownBlockStart(value.text, before: range.upper < bytes.count ? bytes[range.upper] : nil)
    }

    /// Claims and unsafe links leave their text; a link by reference is written out, as its definition is not kept, and
    /// so is one that leads elsewhere from here.
    private func link(_ node: Node, _ destination: String, _ title: String, _ splice: inout Splice) {
        let source = node.range.text
        let isAutolink = source.hasPrefix("<") || !source.hasPrefix("[")
        let moved = report.links[node.range].map(\.markdown).flatMap { $0 == destination ? nil : $0 }
        let safe = safeDestination(moved ?? destination)
        guard let first = node.children.first, let last = node.children.last else {
            if safe == nil || report.claims[node.range] != nil { splice.replace(node.range, with: "") }
            return
        }
        if report.claims[node.range] != nil || (safe == nil && !isAutolink) {
            splice.replace(node.range.lower, first.range.lower, with: "")
            splice.replace(last.range.upper, node.range.upper, with: "")
        } else if safe == nil {
            splice.replace(node.range, with: markdownText(node.plainText))
        } else if let safe, !isAutolink, moved != nil || !source.hasSuffix(")") {
            let quoted = title.isEmpty ? "" : " \"\(markdownText(title).replacing("\"", with: "\\\""))\""
            splice.replace(last.range.upper, node.range.upper, with: "](\(markdownDestination(safe))\(quoted))")
        }
    }

    /// The label between `[^` and `]`, where it is another than what is written.
    private func footnoteLabel(_ label: String?, _ range: SourceRange, _ splice: inout Splice) {
        let written = range.text.dropFirst(2).prefix { $0 != "]" }
        guard let label, label.lowercased() != written.lowercased() else { return }
        splice.replace(range.lower + 2, range.lower + 2 + written.utf8.count, with: label)
    }

    private func text(
        _ text: String, _ range: SourceRange, _ splice: inout Splice, escapesAngles: Bool, isInLink: Bool
    ) {
        let bytes = range.file.utf8
        guard range.lower < range.upper, range.upper <= bytes.count else { return }
        var from = range.lower
        for piece in report.pieces(of: text) {
            let (written, new): (String, String)
            switch piece {
            case .text, .unknown, .unknownCitation: continue
            case .reference(let reference, let source):
                (written, new) = (
                    source, isInLink ? markdownText(reference.text) : directives.inline.reference(reference)
                )
            case .citation(let citation, let source):
                (written, new) = (source, directives.inline.citation(citation))
            }
            let wanted = Array(written.utf8)
            guard
                let start = (from..<max(from, range.upper - wanted.count + 1)).first(where: {
                    bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
                })
            else { continue }
            splice.replace(start, start + wanted.count, with: new)
            from = start + wanted.count
        }
        guard escapesAngles else { return }
        for index in range.lower..<range.upper
        where bytes[index] == UInt8(ascii: "<") && (index == 0 || bytes[index - 1] != UInt8(ascii: "\\")) {
            splice.replace(index, index + 1, with: "\\<")
        }
    }

    /// TeX stays as it is, but for a `<` that could begin a tag where a reader knows no TeX; a name becomes a number.
    private func formula(_ formula: Formula, _ range: SourceRange, _ splice: inout Splice) {
        let bytes = range.file.utf8
        for index in range.lower..<range.upper where bytes[index] == UInt8(ascii: "<") {
            splice.replace(index, index + 1, with: "\\lt ")
        }
        guard let number = formula.label.flatMap({ report.equations[$0] }),
            let close = (range.lower..<range.upper).last(where: { bytes[$0] == UInt8(ascii: "$") })
        else { return }
        splice.replace(close - 1, range.upper, with: "\\tag{\(number)}$$")
    }

    private func image(_ node: Node, _ source: String) -> String {
        let alt = markdownText(node.plainText)
        guard let path = images.path(of: source, in: node.range.file) else { return alt }
        return "![\(alt)](\(markdownDestination(path)))"
    }

    /// Lines behind the first begin as the block's last line does: inside the same list or quote.
    private static func indented(_ text: String, as range: SourceRange) -> String {
        let bytes = range.file.utf8
        var upper = min(range.upper, bytes.count)
        while upper > range.lower, bytes[upper - 1] == 0x0A || bytes[upper - 1] == 0x0D { upper -= 1 }
        let lineStart = range.file.offset(ofLine: range.file.location(at: upper).line)
        let prefix = bytes[lineStart..<upper].prefix { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
        let lead = String(decoding: prefix, as: UTF8.self)
        guard lineStart > range.lower, !lead.isEmpty else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + lead)
    }
}
