import Diagnostics
import Documents
import Results
import Values

/// `table`: rows out of results (`of`), or rows written in the analysis (`rows`).
enum TableStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        var table: TableModel
        if let of = context.options["of"] {
            let source = try PathTarget(of, &context)
            let specs = try TableStep.columns(&context)
            table = try TableStep.table(of: source, specs, &context)
        } else {
            table = try TableStep.written(&context)
        }
        table.footnotes = (context.options["footnotes"]?.items ?? []).compactMap { node in
            node.string.map { ($0, node.range) }
        }
        var output = StepOutput(values(of: table))
        output.table = table
        return output
    }

    // MARK: Rows of results

    private static func table(
        of source: PathTarget, _ specs: [ColumnSpec]?, _ context: inout StepContext
    ) throws(StepFailure) -> TableModel {
        let entries = try rows(of: source, &context)
        let specs = specs ?? defaultColumns(entries, source.range)
        var lines: [(row: TableModel.Row, values: [Value])] = []
        let common = context.options["format"]?.string
        let formats = specs.map { $0.format ?? common ?? standardFormat(of: $0, entries) }
        for entry in entries {
            var cells: [TableModel.Cell] = []
            var values: [Value] = []
            for (spec, format) in zip(specs, formats) {
                guard let path = spec.path else {
                    cells.append(.text(entry.key))
                    values.append(.string(entry.key))
                    continue
                }
                switch entry.value.walk(path) {
                case .found(let value):
                    let full = ResultPath(entry.path.components + path.components)
                    cells.append(cell(value, format: format, path: full))
                    values.append(value)
                case .missing(let component, let known):
                    // A row may lack what others have (one estimator failed); a column that no row has is a fault.
                    let known = known.isEmpty ? [] : known
                    guard entries.contains(where: { $0.value[path] != nil }) else {
                        throw context.fail(.unknownPath(path, component: component, known: known, at: spec.range))
                    }
                    cells.append(.empty)
                    values.append(.null)
                }
            }
            lines.append((.init(cells), values))
        }
        try sort(&lines, specs, &context)
        let alignments = specs.indices.map { index in
            specs[index].alignment ?? (lines.contains { $0.values[index].isWord } ? .left : .decimal)
        }
        return TableModel(
            columns: zip(specs, alignments).map { .init($0.title, $1) }, rows: lines.map(\.row))
    }

    struct Entry {
        var key: String
        var value: Value
        var path: ResultPath
    }

    private static func rows(of source: PathTarget, _ context: inout StepContext) throws(StepFailure) -> [Entry] {
        switch source.value {
        case .list(let items):
            return items.enumerated().map { Entry(key: String($0 + 1), value: $1, path: source.path + $0) }
        case .object(let object):
            let members = object.filter { $0.value.object != nil }
            guard !members.isEmpty else { fallthrough }
            return members.map { Entry(key: $0.key, value: $0.value, path: source.path + $0.key) }
        default:
            throw context.fail(
                .error(
                    .badColumn,
                    "A table is made of a list, or of an object of objects; \(source.path) is \(source.value.kind)",
                    at: source.range))
        }
    }

    /// By one column or several, `-` before a name for descending; rows that are alike keep their order.
    private static func sort(
        _ lines: inout [(row: TableModel.Row, values: [Value])], _ specs: [ColumnSpec], _ context: inout StepContext
    ) throws(StepFailure) {
        var keys: [(column: Int, descends: Bool)] = []
        for node in context.options["sort"]?.items ?? [] {
            guard let written = node.string else { continue }
            let descends = written.hasPrefix("-")
            let name = descends ? String(written.dropFirst()) : written
            guard let column = specs.firstIndex(where: { ($0.path?.description ?? "key") == name || $0.title == name })
            else {
                throw context.fail(
                    .error(
                        .badColumn, "A table is sorted by its columns", at: node.range,
                        notes: [
                            .init("columns: " + specs.map { $0.path?.description ?? "key" }.joined(separator: ", "))
                        ]))
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

    // MARK: Cells and values

    static func cell(_ value: Value, format: String, path: ResultPath?) -> TableModel.Cell {
        switch value {
        case .number: return .number(value, format: format, path: path)
        case .object(let object) where object["estimate"] == .null: return .empty
        case .object(let object) where object["estimate"] != nil:
            let notation =
                object["interval"] != nil && !format.contains("interval") && format.isEmpty
                ? "interval .3g" : format
            return .number(value, format: notation, path: path)
        case .list(let items) where items.count == 2: return .number(value, format: format, path: path)
        case .string(let text): return .text(text)
        case .boolean(let flag): return .text(flag ? "yes" : "no")
        default: return .empty
        }
    }

    private static func values(of table: TableModel) -> Value {
        [
            "columns": Value(table.columns.map(\.title)),
            "rows": .list(table.rows.map { row in .list(row.cells.map(value)) }),
        ]
    }

    private static func value(_ cell: TableModel.Cell) -> Value {
        switch cell {
        case .empty: .null
        case .text(let text), .markdown(let text, _): .string(text)
        case .number(let value, _, _): value
        }
    }
}

extension Value {
    /// Read, not counted: set at the left.
    fileprivate var isWord: Bool { string != nil || boolean != nil }
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

extension DiagnosticCode {
    static let badColumn = DiagnosticCode(801, "bad-column")
    static let badFigure = DiagnosticCode(802, "bad-figure")
}
