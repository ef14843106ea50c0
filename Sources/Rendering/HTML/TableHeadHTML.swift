import Markup
import Reports
import Results

/// The head of a table: spanners level by level, then the columns' own headings.
struct TableHeadHTML {
    let table: ReportTable
    let inline: InlineHTML
    let marks: TableMarksHTML
    /// How many columns of the grid each column takes.
    let widths: [Int]

    var rows: [MarkupNode] {
        let levels = table.spanners.map(\.level).max() ?? 0
        let spanning = (0..<levels).map { spanners(ofLevel: levels - $0) }
        return spanning + [.tag("tr", [:], table.columns.indices.map(heading))]
    }

    private func heading(_ index: Int) -> MarkupNode {
        let column = table.columns[index]
        var title = inline
        title.reachesValues = false
        var content = title.inline(column.title)
        if let unit = column.unit {
            content += [
                .text(content.isEmpty ? "" : " "),
                .tag("span", ["class": "unit"], [.text("(")] + title.inline(unit) + [.text(")")]),
            ]
        }
        // A header without words heads nothing.
        let isHeading = !MarkupNode.fragment(content).isEmpty
        return .tag(
            isHeading ? "th" : "td",
            [
                "scope": isHeading ? "col" : nil, "colspan": widths[index] > 1 ? "\(widths[index])" : nil,
                "class": column.alignment == .left ? nil : widths[index] > 1 ? "estimate" : "right",
            ], content + marks.references(column.marks))
    }

    private func spanners(ofLevel level: Int) -> MarkupNode {
        let spanners = table.spanners.filter { $0.level == level }
        var cells: [MarkupNode] = []
        var column = 0
        while column < table.columns.count {
            let spanner = spanners.first { $0.columns.lowerBound == column }
            let end =
                spanner?.columns.upperBound
                ?? spanners.map(\.columns.lowerBound).filter { $0 > column }.min() ?? table.columns.count
            let width = widths[column..<end].reduce(0, +)
            let span = width > 1 ? "\(width)" : nil
            if let spanner {
                cells.append(
                    .tag(
                        "th", ["scope": "colgroup", "colspan": span, "class": "spanner"],
                        [.tag("span", [:], inline.inline(spanner.title) + marks.references(spanner.marks))]))
            } else {
                cells.append(.tag("td", ["colspan": span]))
            }
            column = end
        }
        return .tag("tr", [:], cells)
    }
}
