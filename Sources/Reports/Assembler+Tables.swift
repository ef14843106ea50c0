import Documents
import Results
import Values

/// Tables with their texts read and their numbers written.
extension Assembler {
    mutating func table(_ model: TableModel, of directive: Directive) -> ReportTable {
        func marks(_ notes: [Int]) -> [String] { notes.compactMap { model.footnotes[$0].mark } }
        let columns = model.columns.enumerated().map { index, column in
            ReportTable.Column(
                title: parsed(column.title, directive.range), unit: column.unit.map { parsed($0, directive.range) },
                alignment: column.alignment, axis: axis(of: index, in: model), marks: marks(column.notes),
                isPercent: format(of: index, in: model)?.style == .percent)
        }
        let rows = model.rows.map { row in
            ReportTable.Row(
                cells: row.cells.enumerated().map { index, cell in
                    self.cell(cell, of: directive, unit: index < model.columns.count ? model.columns[index].unit : nil)
                },
                isEmphasised: row.isEmphasised, beginsGroup: row.beginsGroup,
                groupTitle: row.groupTitle.map { cell($0, of: directive, unit: nil) }, emphasised: row.emphasised,
                marks: row.notes.mapValues(marks))
        }
        return ReportTable(
            columns: columns, rows: rows,
            footnotes: model.footnotes.map { .init(text: parsed($0.text, $0.range), mark: $0.mark) },
            spanners: model.spanners.map {
                .init(
                    title: parsed($0.title, directive.range), columns: $0.columns, level: $0.level,
                    marks: marks($0.notes))
            }, stub: model.stub ?? (model.firstNamesRows ? 1 : 0))
    }

    private mutating func cell(_ cell: TableModel.Cell, of directive: Directive, unit: String?) -> ReportTable.Cell {
        switch cell {
        case .empty: return .empty
        case .text(let text): return .text(text)
        case .markdown(let text, let range): return .rich(parsed(text, range))
        case .number(let value, let format, let path):
            // An estimate may lack the interval that its column shows for others.
            let notation = NumberFormat(parsing: format) ?? NumberFormat()
            var bare = notation
            bare.interval = false
            let written = notation.text(of: value) ?? bare.text(of: value) ?? value.string ?? "–"
            let text = withoutUnit(written, unit)
            let resolved = ResolvedValue(
                path: path ?? ResultPath([.name(directive.id)]), text: text, value: value, range: directive.range)
            guard value.object != nil, let opening = text.firstRange(of: " ["), text.hasSuffix("]") else {
                return .number(resolved, estimate: text, interval: nil)
            }
            return .number(
                resolved, estimate: String(text[..<opening.lowerBound]),
                interval: String(text[opening.lowerBound...].dropFirst()))
        }
    }

    /// What the header says the cells need not.
    private func withoutUnit(_ text: String, _ unit: String?) -> String {
        unit == "%" ? text.replacing("%", with: "") : text
    }

    // MARK: Bars

    /// How the numbers of a column are written, by the first of them.
    private func format(of column: Int, in model: TableModel) -> NumberFormat? {
        for row in model.rows where column < row.cells.count {
            guard case .number(_, let format, _) = row.cells[column] else { continue }
            var notation = NumberFormat(parsing: format) ?? NumberFormat()
            notation.interval = false
            return notation
        }
        return nil
    }

    /// From the least to the largest of the numbers and of their intervals' finite ends, the null included.
    private func axis(of column: Int, in model: TableModel) -> ReportTable.Axis? {
        guard let bar = model.columns[column].bar, let format = format(of: column, in: model) else { return nil }
        var numbers: [Double] = []
        var hasIntervals = false
        for row in model.rows where column < row.cells.count {
            guard case .number(let value, _, _) = row.cells[column] else { continue }
            let extent = value.barExtent
            hasIntervals = hasIntervals || !extent.intervals.isEmpty
            numbers += extent.intervals.flatMap { [$0.lower, $0.upper] }.filter(\.isFinite)
            if let estimate = extent.estimate { numbers.append(estimate) }
        }
        guard var lower = bar.lower ?? numbers.min(), var upper = bar.upper ?? numbers.max() else { return nil }
        let null: Double? =
            switch bar.null {
            case .none: nil
            case .at(let null): null
            case .automatic:
                !hasIntervals || (lower - (upper - lower)...upper + (upper - lower)).contains(0) ? 0 : nil
            }
        if let null {
            if bar.lower == nil { lower = min(lower, null) }
            if bar.upper == nil { upper = max(upper, null) }
        }
        guard lower < upper else { return nil }
        let unit = model.columns[column].unit
        func text(_ number: Double) -> String { withoutUnit(format.text(number), unit) }
        return ReportTable.Axis(
            lower: lower, upper: upper, null: null.flatMap { lower <= $0 && $0 <= upper ? $0 : nil },
            lowerText: text(lower), upperText: text(upper), nullText: null.map { $0 == 0 ? "0" : text($0) })
    }
}

extension Value {
    /// What a bar of the value draws: the estimate, and the interval or the pieces of a set, open ends infinite.
    package var barExtent: (estimate: Double?, intervals: [(lower: Double, upper: Double)]) {
        let range = self["interval"] ?? self
        let parts = range["intervals"]?.list ?? (range.list == nil ? [] : [range])
        let intervals = parts.compactMap { part -> (lower: Double, upper: Double)? in
            guard let ends = part.list, ends.count == 2 else { return nil }
            return (ends[0].number ?? -.infinity, ends[1].number ?? .infinity)
        }
        return (number ?? self["estimate"]?.number, intervals)
    }
}

extension TableModel {
    /// Whether the first column holds a text in each row and names it.
    fileprivate var firstNamesRows: Bool {
        guard columns.count > 1, columns[0].alignment == .left else { return false }
        return rows.allSatisfy { row in
            switch row.cells.first {
            case .text(let text), .markdown(let text, _): !text.isEmpty
            default: false
            }
        }
    }
}
