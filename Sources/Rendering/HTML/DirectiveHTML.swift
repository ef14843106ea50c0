import Diagnostics
import Documents
import Markup
import Plotting
import Reports
import Results

/// What stands in the place of a directive: its figure, its table, what they rest on, and its source folded away.
struct DirectiveHTML {
    let report: Report
    let inline: InlineHTML

    func node(_ item: ReportItem) -> MarkupNode {
        guard item.isVisible else { return .nothing }
        var children: [MarkupNode] = []
        if item.result == nil { children.append(failure(item)) }
        if let model = item.figure { children.append(figure(item, model)) }
        if let table = item.table {
            let caption = tableCaption(item)
            children.append(TableHTML(inline: inline, table: table, id: item.directive.id, caption: caption).node())
        }
        let warnings = item.warnings + (item.result == nil ? [] : item.diagnostics.map(\.message))
        children.append(notes("warning", warnings, one: "Warning", several: "Warnings"))
        children.append(notes("assumption", item.assumptions, one: "Assumption", several: "Assumptions"))
        children.append(source(item))
        return .tag("div", ["class": "directive", "id": item.directive.id], children)
    }

    /// A table under its own directive's figure only says so: the caption stands with the figure.
    private func tableCaption(_ item: ReportItem) -> [MarkupNode] {
        let name = item.tableNumber.map { "Table \($0)" }
        if let text = tableCaptionUnderFigure(item) { return [.tag("strong", [:], text: text)] }
        return CaptionHTML(inline: inline).nodes(name: name, item.directive.caption)
    }

    /// Ids of the page's own have a colon in them, which neither a heading's slug nor a directive's id can have.
    private func figure(_ item: ReportItem, _ model: FigureModel) -> MarkupNode {
        let description = item.directive.alt.map(report.plainText) ?? model.summary
        func drawing(_ suffix: String) -> FigureDrawing {
            FigureDrawing(
                model, id: "figure:\(item.directive.id)\(suffix)", title: item.name, description: description)
        }
        let caption = CaptionHTML(inline: inline).nodes(
            name: item.figureNumber.map { "Figure \($0)" }, item.directive.caption)
        return .tag(
            "figure", [:],
            [
                .tag("div", ["class": "wide-only"], [drawing("").svg(.page, .regular)]),
                .tag("div", ["class": "narrow-only"], [drawing(":narrow").svg(.page, .compact)]),
                caption.isEmpty ? .nothing : .tag("figcaption", [:], caption),
            ])
    }

    private func failure(_ item: ReportItem) -> MarkupNode {
        let reasons = item.diagnostics.map { MarkupNode.tag("li", [:], text: $0.message) }
        return .tag(
            "div", ["class": "callout failed", "role": "note"],
            [
                .tag("p", ["class": "callout-title"], text: "\(item.name): this could not be computed"),
                reasons.isEmpty
                    ? .tag("p", [:], text: "Something that it needs failed before it.") : .tag("ul", [:], reasons),
            ])
    }

    /// Sentences beside a number: one as it is, several as a list.
    private func notes(_ kind: String, _ sentences: [String], one: String, several: String) -> MarkupNode {
        guard let first = sentences.first else { return .nothing }
        let content: MarkupNode =
            sentences.count == 1
            ? .tag("p", [:], text: first) : .tag("ul", [:], sentences.map { .tag("li", [:], text: $0) })
        return .tag(
            "div", ["class": "callout \(kind)", "role": "note"],
            [.tag("p", ["class": "callout-title"], text: sentences.count == 1 ? one : several), content])
    }

    private func source(_ item: ReportItem) -> MarkupNode {
        guard item.directive.echo != .hidden else { return .nothing }
        let isShown = item.tableNumber != nil || item.figureNumber != nil
        let summary = isShown ? "The directive behind \(item.name)" : item.name
        var lines: [MarkupNode] = [
            .tag("pre", ["tabindex": "0"], [.tag("code", [:], text: item.directive.range.text)])
        ]
        if let result = item.result {
            lines.append(
                .tag(
                    "p", ["class": "origin"],
                    text: "Line \(item.line) · results sha256 \(result.digest.prefix(16))"))
        }
        return .tag(
            "details", ["class": "source", "open": item.directive.echo == .open ? "" : nil],
            [.tag("summary", [:], text: summary)] + lines)
    }
}
