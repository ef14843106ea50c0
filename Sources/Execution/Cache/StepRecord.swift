import Datasets
import Diagnostics
import Digests
import Documents
import Results
import Values

/// What a directive made, as it is kept: places are told from the directive's own start, so that the record stays true
/// when the prose above it grows.
struct StepRecord {
    var output: StepOutput
    var warnings: [String]
    var diagnostics: [Diagnostic]
}

extension StepRecord {
    /// nil for what cannot be kept: cells with Markdown of the analysis, and words about places elsewhere.
    func value(of directive: Directive) -> Value? {
        var object: Object = [
            "values": output.values, "assumptions": Value(output.assumptions), "warnings": Value(warnings),
            "sources": .list(
                output.sources.map { [.string($0.path), Value($0.bytes), .string($0.sha256)] }),
        ]
        if !output.queries.isEmpty { object["queries"] = .list(output.queries.map(\.value)) }
        if let table = output.table {
            guard let value = table.record else { return nil }
            object["table"] = value
        }
        if let figure = output.figure { object["figure"] = figure.record }
        var said: [Value] = []
        for diagnostic in diagnostics {
            guard let value = diagnostic.record(from: directive.range) else { return nil }
            said.append(value)
        }
        object["diagnostics"] = .list(said)
        // Places within the directive stay true only while its text does.
        if !said.isEmpty { object["text"] = .string(sha256(directive.range.text.utf8)) }
        if case .frame(let frame)? = output.artifact, frame.source == nil { object["columns"] = Value(frame.columns) }
        return .object(object)
    }

    /// nil where the record does not read.
    init?(_ value: Value, of directive: Directive) {
        guard let values = value["values"], let assumptions = value["assumptions"]?.list,
            let warnings = value["warnings"]?.list, let sources = value["sources"]?.list,
            let said = value["diagnostics"]?.list,
            said.isEmpty || value["text"]?.string == sha256(directive.range.text.utf8)
        else { return nil }
        output = StepOutput(values)
        output.assumptions = assumptions.compactMap(\.string)
        self.warnings = warnings.compactMap(\.string)
        diagnostics = said.compactMap { Diagnostic(record: $0, from: directive.range) }
        guard diagnostics.count == said.count else { return nil }
        for source in sources {
            guard let items = source.list, items.count == 3, let path = items[0].string,
                let bytes = items[1].wholeNumber,
                let sha256 = items[2].string
            else { return nil }
            output.sources.append(DataSource(path: path, bytes: bytes, sha256: sha256))
        }
        for query in value["queries"]?.list ?? [] {
            guard let query = QueryProvenance(query) else { return nil }
            output.queries.append(query)
        }
        if let table = value["table"] {
            guard let model = TableModel(record: table) else { return nil }
            output.table = model
        }
        if let figure = value["figure"] {
            guard let model = FigureModel(record: figure) else { return nil }
            output.figure = model
        }
    }
}

extension TableModel {
    fileprivate var record: Value? {
        // What only `table` makes, which is not kept.
        guard footnotes.isEmpty, spanners.isEmpty, stub == nil,
            columns.allSatisfy({ $0.unit == nil && $0.bar == nil && $0.notes.isEmpty }),
            rows.allSatisfy({ $0.groupTitle == nil && $0.emphasised.isEmpty && $0.notes.isEmpty })
        else { return nil }
        var lines: [Value] = []
        for row in rows {
            var cells: [Value] = []
            for cell in row.cells {
                switch cell {
                case .empty: cells.append(.null)
                case .text(let text): cells.append(.string(text))
                case .number(let value, let format, let path):
                    cells.append([value, .string(format), path.map { .string($0.description) } ?? .null])
                case .markdown: return nil
                }
            }
            lines.append([.list(cells), .boolean(row.isEmphasised), .boolean(row.beginsGroup)])
        }
        return [
            "columns": .list(columns.map { [.string($0.title), .string($0.alignment.rawValue)] }),
            "rows": .list(lines),
        ]
    }

    fileprivate init?(record: Value) {
        self.init(columns: [], rows: [])
        for column in record["columns"]?.list ?? [] {
            guard let items = column.list, items.count == 2, let title = items[0].string,
                let alignment = items[1].string.flatMap(Alignment.init)
            else { return nil }
            columns.append(Column(title, alignment))
        }
        for line in record["rows"]?.list ?? [] {
            guard let items = line.list, items.count == 3, let cells = items[0].list,
                let isEmphasised = items[1].boolean, let beginsGroup = items[2].boolean
            else { return nil }
            var row = Row([], isEmphasised: isEmphasised, beginsGroup: beginsGroup)
            for cell in cells {
                switch cell {
                case .null: row.cells.append(.empty)
                case .string(let text): row.cells.append(.text(text))
                case .list(let items) where items.count == 3:
                    guard let format = items[1].string else { return nil }
                    let path = items[2].string.flatMap { ResultPath(parsing: $0) }
                    guard path != nil || items[2] == .null else { return nil }
                    row.cells.append(.number(items[0], format: format, path: path))
                default: return nil
                }
            }
            rows.append(row)
        }
    }
}
