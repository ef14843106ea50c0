import Markup
import Parallelism
import Reports
import Results
import Values

/// A table as comma-separated values (RFC 4180), its numbers at full precision.
///
/// An estimate with an interval takes three columns.
struct TableCSV {
    let report: Report
    let table: ReportTable

    var text: String {
        let hasGroups = table.rows.contains { $0.groupTitle != nil }
        let hasInterval = table.columns.indices.map { column in
            table.rows.contains { ends($0, column) != nil }
        }
        var head = hasGroups ? ["Group"] : []
        for (index, column) in table.columns.enumerated() {
            let title = self.title(column, index)
            head.append(title)
            if hasInterval[index] { head += ["\(title) lower", "\(title) upper"] }
        }
        var groups: [String] = []
        if hasGroups {
            for row in table.rows {
                groups.append(row.groupTitle.map { CSVText.cell(report.plainText($0)) } ?? groups.last ?? "")
            }
        }
        let begun = groups
        let chunks = Chunks(of: table.rows.count, size: 64)
        let texts = concurrentMap(chunks.count) { index in
            CSVText.text(
                chunks[index].map { row in
                    (hasGroups ? [begun[row]] : []) + cells(of: table.rows[row], hasInterval)
                })
        }
        return CSVText.text([head.map(CSVText.cell)]) + texts.joined()
    }

    private func cells(of row: ReportTable.Row, _ hasInterval: [Bool]) -> [String] {
        var cells: [String] = []
        for column in table.columns.indices {
            cells.append(column < row.cells.count ? written(row.cells[column]) : "")
            guard hasInterval[column] else { continue }
            let ends = ends(row, column)
            cells += [CSVText.number(ends?.lower), CSVText.number(ends?.upper)]
        }
        return cells
    }

    /// The text as a link that a browser saves.
    var dataURI: String { CSVText.dataURI(text) }

    /// The heading with its spanners and its unit, which shares that are written in per cent do not have here.
    private func title(_ column: ReportTable.Column, _ index: Int) -> String {
        let parts = table.spanners(over: index).map { report.plainText($0.title) } + [report.plainText(column.title)]
        let title = parts.filter { !$0.isEmpty }.joined(separator: ": ")
        guard let unit = column.unit.map(report.plainText), !(unit == "%" && column.isPercent) else { return title }
        return title.isEmpty ? unit : "\(title) (\(unit))"
    }

    private func written(_ cell: ReportTable.Cell) -> String {
        guard case .number(let value, _, _) = cell else { return CSVText.cell(report.plainText(cell)) }
        if let number = value.value.number ?? value.value["estimate"]?.number { return Value.ecmaScript(number) }
        return value.value.barExtent.intervals.count == 1 ? "" : CSVText.cell(value.text)
    }

    /// The ends of a number's interval; nil where it has none, or a set of several pieces.
    private func ends(_ row: ReportTable.Row, _ column: Int) -> (lower: Double, upper: Double)? {
        guard column < row.cells.count, case .number(let value, _, _) = row.cells[column] else { return nil }
        let intervals = value.value.barExtent.intervals
        return intervals.count == 1 ? intervals[0] : nil
    }
}
