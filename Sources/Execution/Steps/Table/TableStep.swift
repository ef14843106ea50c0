import Diagnostics
import Documents
import Results
import Values

/// `table`: rows out of results (`of`), or rows written in the analysis (`rows`).
enum TableStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        var draft: TableDraft
        if let of = context.options["of"] {
            draft = try results(of: PathTarget(of, &context), &context)
        } else {
            draft = try written(&context)
        }
        if let node = context.options["where"] {
            let condition = try TableCondition(node, of: draft, &context)
            draft.lines = try condition.lines(of: draft, &context).map { draft.lines[$0] }
        }
        try draft.sort(&context)
        try draft.emphasise(&context)
        var notes = try TableNotes(&draft, &context)
        try draft.group(&context)
        try draft.moveStub(&context)
        var table = draft.model
        table.stub = context.options["stub"]?.items.count
        table.spanners = try spanners(of: draft, &notes, &context)
        notes.mark(&table)
        var output = StepOutput(values(of: table))
        output.table = table
        return output
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
        var values: Object = ["columns": Value(table.columns.map(\.title))]
        let starts = table.rows.indices.filter { table.rows[$0].groupTitle != nil }
        if !starts.isEmpty {
            values["groups"] = .list(
                zip(starts, starts.dropFirst() + [table.rows.count]).map { start, end in
                    ["title": table.rows[start].groupTitle.map(value) ?? .null, "rows": Value(end - start)]
                })
        }
        values["rows"] = .list(table.rows.map { row in .list(row.cells.map(value)) })
        return .object(values)
    }

    static func value(_ cell: TableModel.Cell) -> Value {
        switch cell {
        case .empty: .null
        case .text(let text), .markdown(let text, _): .string(text)
        case .number(let value, _, _): value
        }
    }
}

extension DiagnosticCode {
    static let badColumn = DiagnosticCode(801, "bad-column")
    static let badFigure = DiagnosticCode(802, "bad-figure")
}
