import Diagnostics
import Documents
import Results
import Values

/// A table in the making: its columns by name, and lines with what else is known of them, so that rows can be chosen,
/// sorted and marked.
struct TableDraft {
    struct Line {
        var row: TableModel.Row
        /// What the cells hold, by column.
        var values: [Value]
        /// The result that the line is about, and its key among the others; null where the analysis wrote the row.
        var source: Value = .null
        var key = ""
    }

    var columns: [TableStep.ColumnSpec]
    var lines: [Line]

    var model: TableModel {
        TableModel(
            columns: columns.map { spec in
                var column = TableModel.Column(spec.title, spec.alignment ?? .left, unit: spec.unit, bar: spec.bar)
                column.notes = spec.notes
                return column
            }, rows: lines.map(\.row))
    }

    /// Where a column stands that is called by its path, its name or its title.
    func column(_ name: String) -> Int? {
        columns.firstIndex { $0.name == name } ?? columns.firstIndex { $0.title == name }
    }

    /// The columns that an option names, in its order.
    func columns(_ node: OptionNode?, _ context: inout StepContext) throws(StepFailure) -> [Int] {
        var found: [Int] = []
        for item in node?.items ?? [] {
            guard let name = item.string else { continue }
            guard let column = column(name) else {
                throw context.fail(unknown(name, "A table has no column \(name)", at: item.range))
            }
            if !found.contains(column) { found.append(column) }
        }
        return found
    }

    /// What a name means in a line: the cell of a column, else what its result has by that path; nil for nothing.
    func value(_ name: String, in line: Line) -> Value? {
        if let column = column(name) { return line.values[column] }
        if name == "key", line.source != .null { return .string(line.key) }
        return ResultPath(parsing: name).flatMap { line.source[$0] }
    }

    /// Says that a name means nothing here, what there is, and what may have been meant.
    func unknown(
        _ name: String, _ message: String, at range: SourceRange, alsoInRows: Bool = false, fixable: Bool = true
    ) -> Diagnostic {
        var known = columns.map(\.name)
        if alsoInRows { known += (lines.first?.source.object?.keys ?? []).filter { !known.contains($0) } }
        let near = nearestWord(to: name, among: known + columns.map(\.title))
        var notes = [Diagnostic.Note((alsoInRows ? "a row has: " : "columns: ") + known.joined(separator: ", "))]
        if let near, !fixable { notes.insert(.init("did you mean \(near)?"), at: 0) }
        return .error(
            .badColumn, message, at: range, notes: notes,
            fixIts: fixable ? near.map { [.init("write '\($0)'", replacing: range, with: $0)] } ?? [] : [])
    }

    /// By one column or several, `-` before a name for descending; rows that are alike keep their order. Then `limit`.
    mutating func sort(_ context: inout StepContext) throws(StepFailure) {
        var keys: [(column: Int, descends: Bool)] = []
        for node in context.options["sort"]?.items ?? [] {
            guard let written = node.string else { continue }
            let descends = written.hasPrefix("-") && column(written) == nil
            let name = descends ? String(written.dropFirst()) : written
            guard let column = column(name) else {
                throw context.fail(unknown(name, "A table is sorted by its columns", at: node.range))
            }
            keys.append((column, descends))
        }
        let order = lines.indices.sorted { a, b in
            for key in keys {
                let x = SortKey(lines[a].values[key.column])
                let y = SortKey(lines[b].values[key.column])
                if x != y { return key.descends ? y < x : x < y }
            }
            return a < b
        }
        lines = order.map { lines[$0] }
        if let limit = context.options["limit"]?.number { lines = Array(lines.prefix(Int(limit))) }
    }
}

/// The order of cells of any kind: missing last, numbers, then texts.
private struct SortKey: Comparable {
    private let rank: Int
    private let number: Double
    private let text: String

    init(_ value: Value) {
        let number = value.number ?? value["estimate"]?.number
        rank = number != nil ? 0 : value.string != nil ? 1 : 2
        self.number = number ?? 0
        text = value.string ?? ""
    }

    static func < (a: SortKey, b: SortKey) -> Bool { (a.rank, a.number, a.text) < (b.rank, b.number, b.text) }
}
