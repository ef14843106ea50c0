import Documents
import Markup
import Parallelism
import Reports
import Results
import Values

/// A table: horizontal rules only, decimals under each other, intervals in a column of their own beside the estimate, and
/// bars in one beside these.
struct TableHTML {
    let inline: InlineHTML
    let table: ReportTable
    let id: String
    /// "Table 1", where it has a number.
    let name: String?
    let caption: [MarkupNode]
    /// By column the most decimals that a number of it has; nil where they do not stand under each other.
    private let decimals: [Int?]

    init(inline: InlineHTML, table: ReportTable, id: String, name: String?, caption: [MarkupNode]) {
        self.inline = inline
        self.table = table
        self.id = id
        self.name = name
        self.caption = caption
        decimals = table.columns.enumerated().map { column, heading in
            guard heading.alignment == .decimal else { return nil }
            return table.rows.reduce(0) { most, row in
                guard column < row.cells.count, case .number(_, let estimate, _) = row.cells[column] else {
                    return most
                }
                return max(most, TableHTML.decimals(estimate))
            }
        }
    }

    /// Whether a column's numbers have intervals, so that they take two columns of the grid.
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

    private var marks: TableMarksHTML { TableMarksHTML(inline: inline, id: id) }

    func node() -> MarkupNode {
        let captionID = "table:\(id)"
        let hasCaption = !caption.isEmpty
        let hasInterval = hasInterval
        let head = TableHeadHTML(
            table: table, inline: inline, marks: marks,
            widths: zip(table.columns, hasInterval).map { 1 + ($1 ? 1 : 0) + ($0.axis == nil ? 0 : 1) })
        return .tag(
            "figure", ["class": "table"],
            [
                hasCaption ? .tag("figcaption", ["id": captionID], caption) : .nothing,
                .tag(
                    "div",
                    [
                        "class": "scroll", "tabindex": "0", "role": hasCaption ? "region" : "group",
                        "aria-labelledby": hasCaption ? captionID : nil, "aria-label": hasCaption ? nil : "Table",
                    ],
                    [
                        .tag(
                            "table",
                            ["class": classes, "aria-labelledby": hasCaption ? captionID : nil],
                            [.tag("thead", [:], head.rows)] + bodies(head, hasInterval))
                    ]),
                marks.notes(of: table), tools,
            ])
    }

    private var classes: String? {
        var classes: [String] = []
        if table.isSortable { classes.append("sortable") }
        let isMarked = table.rows.contains { !$0.marks.isEmpty } || table.columns.contains { !$0.marks.isEmpty }
        if isMarked { classes.append("marked") }
        return classes.isEmpty ? nil : classes.joined(separator: " ")
    }

    /// A body for each group with a title, else one.
    private func bodies(_ head: TableHeadHTML, _ hasInterval: [Bool]) -> [MarkupNode] {
        // Rows have nothing to do with each other, and a table may have thousands.
        let chunks = Chunks(of: table.rows.count, size: 64)
        let rows = concurrentMap(chunks.count) { index in
            chunks[index].map { row(table.rows[$0], hasInterval) }
        }.joined()
        var bodies: [[MarkupNode]] = [[]]
        for (row, node) in zip(table.rows, rows) {
            if let title = row.groupTitle {
                if !bodies[bodies.count - 1].isEmpty { bodies.append([]) }
                let span = head.widths.reduce(0, +)
                bodies[bodies.count - 1].append(
                    .tag(
                        "tr", ["class": "heading"],
                        [.tag("th", ["scope": "rowgroup", "colspan": span > 1 ? "\(span)" : nil], content(title))]))
            }
            bodies[bodies.count - 1].append(node)
        }
        return bodies.map { .tag("tbody", [:], $0) }
    }

    /// A title's content: text, or a number as it is written.
    private func content(_ cell: ReportTable.Cell) -> [MarkupNode] {
        switch cell {
        case .empty: []
        case .text(let text): [.text(text)]
        case .rich(let text): inline.inline(text)
        case .number(let value, _, _): [.text(value.text)]
        }
    }

    private func row(_ row: ReportTable.Row, _ hasInterval: [Bool]) -> MarkupNode {
        let classes = [row.isEmphasised ? "emphasis" : nil, row.beginsGroup ? "group" : nil].compactMap(\.self)
        let cells = row.cells.indices.filter { $0 < table.columns.count }.flatMap { column in
            cell(row, column, hasInterval[column])
        }
        return .tag("tr", ["class": classes.isEmpty ? nil : classes.joined(separator: " ")], cells)
    }

    private func cell(_ row: ReportTable.Row, _ column: Int, _ hasInterval: Bool) -> [MarkupNode] {
        let cell = row.cells[column]
        let axis = table.columns[column].axis
        let width = 1 + (hasInterval ? 1 : 0) + (axis == nil ? 0 : 1)
        let spans = width > 1 ? "\(width)" : nil
        let isStub = column < table.stub
        let name = isStub ? "th" : "td"
        let scope = isStub ? "row" : nil
        let side = table.columns[column].alignment == .left ? nil : "right"
        let weight = row.emphasised.contains(column) ? "emphasis" : nil
        func classes(_ parts: String?...) -> String? {
            let known = parts.compactMap(\.self)
            return known.isEmpty ? nil : known.joined(separator: " ")
        }
        let marks = self.marks.references(row.marks[column] ?? [])
        switch cell {
        case .empty: return [.tag(name, ["colspan": spans, "scope": scope], marks)]
        case .text(let text):
            let css = classes(side ?? length(text), weight)
            return [.tag(name, ["colspan": spans, "class": css, "scope": scope], [.text(text)] + marks)]
        case .rich(let text):
            let css = classes(side ?? length(inline.report.plainText(text)), weight)
            return [.tag(name, ["colspan": spans, "class": css, "scope": scope], inline.inline(text) + marks)]
        case .number(let value, let estimate, let interval):
            let number = inline.value(value, isReachable: isReachable, text: estimate)
            var cells: [MarkupNode] = [
                .tag(
                    name, ["class": classes(side, weight), "scope": scope, "data-pad": padding(estimate, column)],
                    [number] + (hasInterval ? [] : marks))
            ]
            if hasInterval {
                cells.append(
                    .tag("td", ["class": classes("interval", weight)], [.text(interval ?? "")] + marks))
            }
            if let axis {
                cells.append(
                    .tag("td", ["class": "bar", "aria-hidden": "true"], [TableBar(axis: axis).svg(value.value)]))
            }
            return cells
        }
    }

    /// A sentence keeps a width at which it can be read; the table scrolls instead.
    private func length(_ text: String) -> String? { text.count > 24 ? "long" : nil }

    /// Blanks as wide as the decimals that a number lacks beside the one with the most in its column.
    private func padding(_ text: String, _ column: Int) -> String? {
        guard let most = decimals[column] else { return nil }
        let own = TableHTML.decimals(text)
        guard own < most else { return nil }
        return (own == 0 ? "\u{2008}" : "") + String(repeating: "\u{2007}", count: most - own)
    }

    /// How many digits stand behind the first decimal point.
    private static func decimals(_ text: String) -> Int {
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text[point...].dropFirst().prefix(while: \.isNumber).count
    }

    /// The numbers as a file, in the page itself.
    private var tools: MarkupNode {
        guard !table.rows.isEmpty else { return .nothing }
        let file = id.drop { $0 == "_" }
        return .tag(
            "p", ["class": "tools"],
            [
                .tag(
                    "a",
                    [
                        "download": "\(file).csv",
                        "href": TableCSV(report: inline.report, table: table).dataURI,
                        "aria-label": "CSV of \(name ?? "this table")",
                    ], text: "CSV")
            ])
    }
}

extension ReportTable {
    /// Whether the order of the rows is free: there are several, and none continues another.
    var isSortable: Bool { rows.count > 2 && !rows.contains(where: \.beginsGroup) }
}
