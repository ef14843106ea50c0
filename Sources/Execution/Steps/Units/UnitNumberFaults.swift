import Datasets
import Diagnostics
import Documents

/// Cells that should be numbers and are none: how many of each column, and where the first of all stand.
struct UnitNumberFaults: Sendable {
    private struct Column: Sendable {
        var count = 0
        var notes: [Diagnostic.Note] = []
    }

    /// Places that are told.
    static let limit = 10

    private let rows: UnitRows
    /// As the rows' columns.
    private var columns: [Column]
    private var first: DataFault?

    init(_ rows: UnitRows) {
        self.rows = rows
        columns = Array(repeating: Column(), count: rows.columns.count)
    }

    /// Takes those of a batch that begins behind so many lines.
    mutating func add(_ batch: UnitBatch, _ linesBefore: Int) {
        for (place, count) in batch.badCounts.enumerated() { columns[place].count += count }
        for cell in batch.bad {
            if first == nil { first = cell.fault.shifted(by: linesBefore) }
            guard columns.reduce(0, { $0 + $1.notes.count }) < UnitNumberFaults.limit else { return }
            let place = batch.place(ofLine: cell.line, linesBefore: linesBefore)
            columns[cell.column].notes.append(.init("at \(place): \(cell.text)"))
        }
    }

    func tell(_ context: inout StepContext) {
        let total = columns.reduce(0) { $0 + $1.count }
        if total == 1, let first {
            _ = context.fail(.badData(first, at: context.range(of: "data"), columns: rows.frame.columns))
            return
        }
        for (column, index) in zip(columns, rows.columns) where column.count > 0 {
            let rest = column.count - column.notes.count
            let more = column.notes.isEmpty ? "\(rest) of its cells are none" : "and \(rest) more"
            _ = context.fail(
                .error(
                    .badData,
                    "This column is used as numbers, and not all that it holds are finite numbers: "
                        + rows.frame.columns[index], at: context.range(of: "data"),
                    notes: column.notes + (rest > 0 ? [.init(more)] : [])))
        }
    }
}
