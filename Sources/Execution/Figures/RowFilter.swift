import Diagnostics
import Documents
import Values

/// `filter`: which rows of a list are drawn. Each key holds one value, or a list of those that will do.
enum RowFilter {
    static func rows(
        _ items: [Value], _ panel: PanelOptions, _ context: inout StepContext
    ) throws(StepFailure) -> [Value] {
        let kept = try filtered(items, panel, &context)
        guard let facet = panel.facet else { return kept }
        return kept.filter { $0[facet.path].flatMap(KeyValues.text) == facet.name }
    }

    private static func filtered(
        _ items: [Value], _ panel: PanelOptions, _ context: inout StepContext
    ) throws(StepFailure) -> [Value] {
        guard let filter = panel["filter"] else { return items }
        var conditions: [(path: ResultPath, entry: OptionNode.Entry)] = []
        for entry in filter.entries {
            guard let path = ResultPath(parsing: entry.key) else {
                throw context.fail(.error(.badFigure, "A filter's key is a path into each row", at: entry.keyRange))
            }
            conditions.append((path, entry))
        }
        let kept = items.filter { item in
            conditions.allSatisfy { path, entry in entry.value.items.contains { matches(item[path], $0) } }
        }
        guard kept.isEmpty else { return kept }
        throw context.fail(nothing(items, conditions, filter))
    }

    /// As a value, or as text as written, so that `1` finds "1".
    private static func matches(_ value: Value?, _ node: OptionNode) -> Bool {
        guard let value else { return node.scalar?.value == .null }
        return value == node.scalar?.value || (value.string != nil && value.string == node.string)
    }

    /// Says which condition no row meets, and what rows have in its place.
    private static func nothing(
        _ items: [Value], _ conditions: [(path: ResultPath, entry: OptionNode.Entry)], _ filter: OptionNode
    ) -> Diagnostic {
        for (path, entry) in conditions {
            if items.contains(where: { item in entry.value.items.contains { matches(item[path], $0) } }) { continue }
            let known = KeyValues.of(path, in: items)
            if known.isEmpty {
                return KeyValues.missing(entry.key, in: items, at: entry.keyRange)
            }
            let wanted = entry.value.items.compactMap(\.string).joined(separator: " or ")
            let near = entry.value.scalar.flatMap { nearestWord(to: $0.text, among: known) }
            return .error(
                .badFigure, "No row has \(entry.key) = \(wanted)", at: entry.value.range,
                notes: [.init("\(entry.key) is " + known.joined(separator: ", "))],
                fixIts: near.map { [.init("write '\($0)'", replacing: entry.value.range, with: $0)] } ?? [])
        }
        let all = conditions.map { path, entry in
            "\(entry.key) is " + KeyValues.of(path, in: items).joined(separator: ", ")
        }
        return .error(
            .badFigure, "No row meets all of the filter's conditions together", at: filter.range,
            notes: all.map { .init($0) })
    }
}

/// What the rows of a list hold under a key.
enum KeyValues {
    /// Each value once as text, in order of appearance, the first twelve.
    static func of(_ path: ResultPath, in items: [Value]) -> [String] {
        var texts: [String] = []
        for item in items {
            guard let value = item[path], let text = text(value), !texts.contains(text) else { continue }
            if texts.count == 12 { return texts + ["…"] }
            texts.append(text)
        }
        return texts
    }

    /// That no row has a key, with those that they have.
    static func missing(_ key: String, in rows: [Value], at range: SourceRange) -> Diagnostic {
        let keys = rows.first?.object?.keys ?? []
        let near = nearestWord(to: key, among: keys)
        return .error(
            .badFigure, "No row has the key \(key)", at: range,
            notes: [.init("rows have: " + keys.joined(separator: ", "))],
            fixIts: near.map { [.init("write '\($0)'", replacing: range, with: $0)] } ?? [])
    }

    /// A value that can name a row; nil for lists, objects and nothing.
    static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): NumberFormat().text(number)
        case .boolean(let flag): flag ? "true" : "false"
        default: nil
        }
    }
}
