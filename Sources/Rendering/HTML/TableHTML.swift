import Documents
import Markup
import Reports
import Results
import Values

/// A table: horizontal rules only, decimals under each other, intervals in a column of their own beside the estimate.
struct TableHTML {
    let inline: InlineHTML
    let table: ReportTable
    let id: String
    let caption: [MarkupNode]

    /// Whether a column's numbers have intervals, so that it takes two columns of the grid.
    private var hasInterval: [Bool] {
        table.columns.indices.map { column in
            table.rows.contains { row in
                guard column < row.cells.count, case .number(_, _, .some) = row.cells[column] else { return false }
                return true
            }
        }
    }

    /// Reaching hundreds of numbers by keyboard would bury the page; of a long table only its source can be reached.
    private var isReachable: Bool { table.rows.count * table.columns.count <= 60 }

    func node() -> MarkupNode {
        let captionID = "table:\(id)"
        let hasCaption = !caption.isEmpty
        let body = table.rows.map(row)
        let header: MarkupNode = .tag("tr", [:], zip(table.columns, hasInterval).map(heading))
        return .tag(
            "figure", ["class": "table"],
            [
                hasCaption ? .tag("figcaption", ["id": captionID], caption) : .nothing,
                .tag(
                    "div",
                    [
                        "class": "scroll", "tabindex": "0", "role": "region",
                        "aria-labelledby": hasCaption ? captionID : nil, "aria-label": hasCaption ? nil : "Table",
                    ],
                    [
                        .tag(
                            "table", ["aria-labelledby": hasCaption ? captionID : nil],
                            [.tag("thead", [:], [header]), .tag("tbody", [:], body)])
                    ]),
                notes,
            ])
    }

    private func heading(_ column: ReportTable.Column, _ hasInterval: Bool) -> MarkupNode {
        .tag(
            "th",
            [
                "scope": "col", "colspan": hasInterval ? "2" : nil,
                "class": column.alignment == .left ? nil : hasInterval ? "estimate" : "right",
            ], inline.inline(column.title))
    }

    private func row(_ row: ReportTable.Row) -> MarkupNode {
        let classes = [row.isEmphasised ? "emphasis" : nil, row.beginsGroup ? "group" : nil].compactMap(\.self)
        let cells = row.cells.indices.filter { $0 < table.columns.count }.flatMap { cell(row.cells[$0], column: $0) }
        return .tag("tr", ["class": classes.isEmpty ? nil : classes.joined(separator: " ")], cells)
    }

    private func cell(_ cell: ReportTable.Cell, column: Int) -> [MarkupNode] {
        let spans = hasInterval[column] ? "2" : nil
        let cssClass = table.columns[column].alignment == .left ? nil : "right"
        switch cell {
        case .empty: return [.tag("td", ["colspan": spans])]
        case .text(let text):
            return [.tag("td", ["colspan": spans, "class": cssClass ?? length(text)], text: text)]
        case .rich(let text):
            let plain = inline.report.plainText(text)
            return [.tag("td", ["colspan": spans, "class": cssClass ?? length(plain)], inline.inline(text))]
        case .number(let value, let estimate, let interval):
            let number = inline.value(value, isReachable: isReachable, text: estimate)
            let first: MarkupNode = .tag("td", ["class": cssClass, "data-pad": padding(estimate, column)], [number])
            guard spans != nil else { return [first] }
            return [first, .tag("td", ["class": "interval"], text: interval ?? "")]
        }
    }

    /// A sentence keeps a width at which it can be read; the table scrolls instead.
    private func length(_ text: String) -> String? { text.count > 24 ? "long" : nil }

    /// Blanks as wide as the decimals that a number lacks beside the one with the most in its column.
    private func padding(_ text: String, _ column: Int) -> String? {
        guard table.columns[column].alignment == .decimal else { return nil }
        let most =
            table.rows.compactMap { row -> Int? in
                guard column < row.cells.count, case .number(_, let estimate, _) = row.cells[column] else { return nil }
                return TableHTML.decimals(estimate)
            }.max() ?? 0
        let own = TableHTML.decimals(text)
        guard own < most else { return nil }
        return (own == 0 ? "\u{2008}" : "") + String(repeating: "\u{2007}", count: most - own)
    }

    /// How many digits stand behind the first decimal point.
    private static func decimals(_ text: String) -> Int {
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text[point...].dropFirst().prefix(while: \.isNumber).count
    }

    private var notes: MarkupNode {
        guard !table.footnotes.isEmpty else { return .nothing }
        return .tag(
            "div", ["class": "table-notes"], table.footnotes.map { .tag("p", [:], inline.inline($0)) })
    }
}
