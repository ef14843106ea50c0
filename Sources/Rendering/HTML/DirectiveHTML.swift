import Diagnostics
import Documents
import Markup
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
            let name = item.tableNumber.map { "Table \($0)" }
            children.append(
                TableHTML(inline: inline, table: table, id: item.directive.id, name: name, caption: caption).node())
        }
        let warnings = item.warnings + (item.result == nil ? [] : item.diagnostics.map(\.message))
        children.append(notes("warning", warnings, one: "Warning", several: "Warnings"))
        if !foldsAssumptions(item) {
            children.append(notes("assumption", item.assumptions, one: "Assumption", several: "Assumptions"))
        }
        children.append(source(item))
        if let model = item.figure {
            children.append(FigureDataHTML(model, name: item.name, id: item.directive.id).node())
        }
        return .tag("div", ["class": "directive", "id": item.directive.id], children)
    }

    /// What shows no number has its assumptions with its source; what shows numbers made of it counts them there.
    private func foldsAssumptions(_ item: ReportItem) -> Bool {
        item.table == nil && item.figure == nil && item.directive.echo != .hidden
    }

    /// A table under its own directive's figure only says so: the caption stands with the figure.
    private func tableCaption(_ item: ReportItem) -> [MarkupNode] {
        let name = item.tableNumber.map { "Table \($0)" }
        if let text = tableCaptionUnderFigure(item) {
            return [.tag("strong", [:], [selfLink("table:\(item.directive.id)", text: text)])]
        }
        return CaptionHTML(inline: inline).nodes(name: name, at: item.directive.id, item.directive.caption)
    }

    /// Ids of the page's own have a colon in them, which neither a heading's slug nor a directive's id can have.
    private func figure(_ item: ReportItem, _ model: FigureModel) -> MarkupNode {
        let description = item.directive.alt.map(report.plainText) ?? model.summary
        let caption = CaptionHTML(inline: inline).nodes(
            name: item.figureNumber.map { "Figure \($0)" }, at: item.directive.id, item.directive.caption)
        return figureHTML(
            model, id: "figure:\(item.directive.id)", title: item.name, description: description, caption: caption)
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

    /// The directive as it is written, and how what it made came about.
    private func source(_ item: ReportItem) -> MarkupNode {
        guard item.directive.echo != .hidden else { return .nothing }
        let isShown = item.tableNumber != nil || item.figureNumber != nil
        var summary = isShown ? "Behind \(item.name)" : item.name
        let own = foldsAssumptions(item) ? item.assumptions : []
        let inherited = report.ancestors(of: item.directive.id).compactMap { report.items[$0] }.filter {
            foldsAssumptions($0) && !$0.assumptions.isEmpty
        }
        let count = own.count + (isShown ? inherited.reduce(0) { $0 + $1.assumptions.count } : 0)
        if count > 0 { summary += " · \(count) assumption\(count == 1 ? "" : "s")" }
        return .tag(
            "details", ["class": "source", "open": item.directive.echo == .open ? "" : nil],
            [
                .tag("summary", [:], text: summary),
                .tag("pre", ["tabindex": "0"], text: item.directive.range.text),
                origin(item, own, inherited),
            ])
    }

    private func origin(_ item: ReportItem, _ own: [String], _ inherited: [ReportItem]) -> MarkupNode {
        guard let result = item.result else { return .nothing }
        var rows: [MarkupNode] = []
        func add(_ name: String, _ contents: [[MarkupNode]]) {
            guard !contents.isEmpty else { return }
            rows.append(.tag("dt", [:], text: name))
            rows += contents.map { .tag("dd", [:], $0) }
        }
        add("Assumes", own.map { [.text($0)] })
        let links = report.ancestors(of: item.directive.id).enumerated().flatMap { index, id -> [MarkupNode] in
            let count = inherited.first { $0.directive.id == id }?.assumptions.count
            let told = count.map { " (\($0) assumption\($0 == 1 ? "" : "s"))" } ?? ""
            return [.text(index > 0 ? ", " : ""), link(id), .text(told)]
        }
        add("From", links.isEmpty ? [] : [links])
        add("Data", result.sources.map { [.text("\($0.path) · sha256 \($0.sha256.prefix(12))")] })
        add("Results", [[.text("line \(item.line) · sha256 \(result.digest.prefix(12))")]])
        return .tag("dl", [:], rows)
    }

    private func link(_ id: String) -> MarkupNode {
        report.items[id]?.isVisible == true ? .tag("a", ["href": "#\(id)"], text: id) : .text(id)
    }
}
