import Datasets
import Diagnostics
import Documents
import Results
import Values
import Workspace

/// The rows that marks are drawn of: of results (`of`), or of a frame (`data`).
enum FreeRows {
    /// More rows than this are no figure but a file.
    static let most = 20_000

    static func rows(of mark: OptionNode, _ context: inout StepContext) throws(StepFailure) -> [Value] {
        let options = PanelOptions(figure: context.options, own: mark)
        let rows: [Value]
        // The mark's own rows come before the figure's.
        if let data = mark["data"] ?? (mark["of"] == nil ? context.options["data"] : nil) {
            rows = try frameRows(data, &context)
        } else {
            var found: [Value] = []
            let targets = try options.targets(&context)
            let names = distinct(targets.map(\.path))
            for (target, name) in zip(targets, names) {
                found += try FreeRows.rows(target, name, isOne: targets.count == 1, &context)
            }
            rows = found
        }
        guard !rows.isEmpty else {
            throw context.fail(.error(.badFigure, "A mark is drawn of at least one row", at: mark.range))
        }
        guard rows.count <= most else {
            throw context.fail(
                .error(
                    .badFigure, "A mark is drawn of at most \(most) rows, and here are \(rows.count)", at: mark.range,
                    notes: [.init("`where` of the data, or `filter`, chooses")]))
        }
        return try RowFilter.rows(rows, options, &context)
    }

    /// A list's items, a table's lines, an object's members; each with the `key` that led to it, where there is one.
    private static func rows(
        _ target: PathTarget, _ name: String, isOne: Bool, _ context: inout StepContext
    ) throws(StepFailure) -> [Value] {
        let value = target.value
        if let columns = value["columns"]?.list?.compactMap(\.string), let lines = value["rows"]?.list,
            lines.allSatisfy({ $0.list?.count == columns.count })
        {
            return lines.map { line in .object(Object(Array(zip(columns, line.list ?? [])))) }
        }
        if let list = value["rows"]?.list ?? value.list { return list.map { $0.object == nil ? ["value": $0] : $0 } }
        guard let object = value.object else {
            if value.number != nil { return [keyed(["value": value], name)] }
            throw context.fail(
                .error(
                    .badFigure,
                    "A mark is drawn of rows: a list, a table or an object; \(target.path) is \(value.kind)",
                    at: target.range))
        }
        // Of several paths each is a row, as is an estimate or a posterior alone.
        if !isOne || object["density"] != nil || object["estimate"] != nil {
            return [keyed(value, name)]
        }
        let members = object.filter { $0.value.object != nil }
        guard members.isEmpty else { return members.map { keyed($0.value, $0.key) } }
        return object.filter { $0.value.number != nil }.map { keyed(["value": $0.value], $0.key) }
    }

    /// What tells paths apart: the first name in which they differ, else what they are of.
    private static func distinct(_ paths: [ResultPath]) -> [String] {
        let names = paths.map { path in
            path.components.compactMap { if case .name(let name) = $0 { name } else { nil } }
        }
        let most = names.map(\.count).max() ?? 0
        for place in 0..<most {
            let own = names.compactMap { $0.count > place ? $0[place] : nil }
            if own.count == paths.count, Set(own).count == paths.count, paths.count > 1 { return own }
        }
        return paths.map(\.subject)
    }

    private static func keyed(_ value: Value, _ key: String) -> Value {
        guard var object = value.object, object["key"] == nil else { return value }
        object["key"] = .string(key)
        return .object(object)
    }

    private static func frameRows(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) -> [Value] {
        guard let id = node.string, case .frame(let frame)? = context.artifacts[id] else {
            throw context.fail(.error(.badFigure, "`data` is the id of a `data` directive", at: node.range))
        }
        let described = context.root[id]?["columns"]?.list ?? []
        let columns = described.compactMap { column -> (name: String, index: Int, isNumber: Bool)? in
            guard let name = column["name"]?.string, let index = frame.columns.firstIndex(of: name) else { return nil }
            return (name, index, column["type"]?.string == "number")
        }
        var rows: [Value] = []
        var count = 0
        do throws(DataFault) {
            try frame.forEachRow(in: context.workspace.files) { (row) throws(DataFault) in
                count += 1
                guard count <= most else { return }
                var object = Object()
                for column in columns {
                    object[column.name] =
                        column.isNumber
                        ? Value(try row.number(column.index)) : try row.text(column.index).map { .string($0) } ?? .null
                }
                rows.append(.object(object))
            }
        } catch {
            throw context.fail(.badData(error, at: node.range))
        }
        guard count <= most else {
            throw context.fail(
                .error(
                    .badFigure, "A mark is drawn of at most \(most) rows, and here are \(count)", at: node.range,
                    notes: [.init("`where` of the data chooses")]))
        }
        return rows
    }

    /// The keys of rows and, where they hold objects, of those: `effects.clicks`. Each once, in order of appearance.
    static func keys(of rows: [Value]) -> [String] {
        var keys: [String] = []
        for row in rows.prefix(50) {
            for (key, member) in row.object ?? Object() {
                let plain = ResultPath([.name(key)])
                if !keys.contains(plain.description) { keys.append(plain.description) }
                for (inner, _) in member.object ?? Object() where keys.count < 60 {
                    let path = (plain + inner).description
                    if !keys.contains(path) { keys.append(path) }
                }
            }
        }
        return keys
    }
}
