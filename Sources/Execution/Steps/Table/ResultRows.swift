import Diagnostics
import Documents
import Results
import Values

/// Rows of results: the items of a list, or the members of an object.
extension TableStep {
    struct Entry {
        var key: String
        var value: Value
        var path: ResultPath
    }

    static func results(of source: PathTarget, _ context: inout StepContext) throws(StepFailure) -> TableDraft {
        let entries = try rows(of: source, &context)
        var specs = try columns(&context) ?? defaultColumns(entries, source.range)
        let common = context.options["format"]?.string
        let formats = specs.map { $0.format ?? common ?? standardFormat(of: $0, entries) }
        var lines: [TableDraft.Line] = []
        for entry in entries {
            var line = TableDraft.Line(row: .init([]), values: [], source: entry.value, key: entry.key)
            for (spec, format) in zip(specs, formats) {
                let value = try value(spec, entry, entries, &context)
                let full = spec.path.map { ResultPath(entry.path.components + $0.components) }
                line.row.cells.append(full == nil ? .text(entry.key) : cell(value, format: format, path: full))
                line.values.append(value)
            }
            lines.append(line)
        }
        for index in specs.indices where specs[index].alignment == nil {
            specs[index].alignment = lines.contains { $0.values[index].isWord } ? .left : .decimal
        }
        return TableDraft(columns: specs, lines: lines)
    }

    /// A row may lack what others have (one estimator failed); a column that no row has is a fault.
    private static func value(
        _ spec: ColumnSpec, _ entry: Entry, _ entries: [Entry], _ context: inout StepContext
    ) throws(StepFailure) -> Value {
        guard let path = spec.path else { return .string(entry.key) }
        switch entry.value.walk(path) {
        case .found(let value): return value
        case .missing(let component, let known):
            guard entries.contains(where: { $0.value[path] != nil }) else {
                throw context.fail(.unknownPath(path, component: component, known: known, at: spec.range))
            }
            return .null
        }
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
}

extension Value {
    /// Read, not counted: set at the left.
    fileprivate var isWord: Bool { string != nil || boolean != nil }
}
