import Diagnostics
import Values

/// Holds options to their types; every fault is noted at the smallest range that has it.
struct OptionValidator {
    private(set) var diagnostics: [Diagnostic] = []

    mutating func mapping(_ node: OptionNode, keys: [KeySchema], of what: String) {
        guard case .mapping(let entries) = node.content else {
            diagnostics.append(
                .error(.wrongType, "\(what) takes a mapping, lines of 'key: value'", at: node.range))
            return
        }
        for entry in entries {
            if let key = keys.first(where: { $0.name == entry.key }) {
                check(entry.value, key.type, of: "'\(key.name)'", at: entry.keyRange)
            } else {
                unknown(entry, among: keys.map(\.name), of: what)
            }
        }
        for key in keys where key.isRequired && node[key.name] == nil {
            let place = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
            diagnostics.append(
                .error(.missingKey, "\(what) needs the key '\(key.name)', \(key.type.description)", at: place))
        }
    }

    private mutating func unknown(_ entry: OptionNode.Entry, among known: [String], of what: String) {
        var fixIts: [Diagnostic.FixIt] = []
        if let near = nearestWord(to: entry.key, among: known) {
            fixIts = [Diagnostic.FixIt("write '\(near)'", replacing: entry.keyRange, with: near)]
        }
        diagnostics.append(
            .error(
                .unknownKey, "\(what) has no key '\(entry.key)'", at: entry.keyRange,
                notes: fixIts.isEmpty ? [Diagnostic.Note("its keys are \(known.joined(separator: ", "))")] : [],
                fixIts: fixIts))
    }

    private mutating func check(_ node: OptionNode, _ type: OptionType, of what: String, at keyRange: SourceRange) {
        if node.scalar?.isUnresolved == true { return }
        let place = node.range.lower < node.range.upper ? node.range : keyRange
        func wrong() -> Diagnostic {
            .error(.wrongType, "\(what) is \(type.description), not \(node.kind)", at: place)
        }
        switch type {
        case .any: break
        case .string, .name, .id, .predicate, .richText:
            guard let scalar = node.scalar, !scalar.text.isEmpty || scalar.value != .null else {
                diagnostics.append(wrong())
                return
            }
            if type == .name, scalar.text.isEmpty {
                diagnostics.append(.error(.wrongType, "\(what) is a name, not an empty text", at: place))
            }
        case .number(let bounds):
            guard let number = node.number else { return diagnostics.append(wrong()) }
            if !bounds.contains(number) { diagnostics.append(outOfRange(what, type, place)) }
        case .integer(let range):
            guard let number = node.number, number == number.rounded() else { return diagnostics.append(wrong()) }
            let isInside = range.map { Double($0.lowerBound) <= number && number <= Double($0.upperBound) } ?? true
            if !isInside || number.magnitude > 9e15 { diagnostics.append(outOfRange(what, type, place)) }
        case .boolean: if node.boolean == nil { diagnostics.append(wrong()) }
        case .choice(let words): choice(node, words, of: what, at: place, wrong())
        case .list(let item):
            guard case .list(let items) = node.content else { return diagnostics.append(wrong()) }
            for part in items { check(part, item, of: "an item of \(what)", at: keyRange) }
        case .oneOrMore(let item):
            if case .list(let items) = node.content, items.isEmpty {
                diagnostics.append(.error(.wrongType, "\(what) is \(type.description), and not empty", at: place))
            }
            if case .list(let items) = node.content {
                for part in items { check(part, item, of: "an item of \(what)", at: keyRange) }
            } else {
                check(node, item, of: what, at: keyRange)
            }
        case .mapping(let keys): mapping(node, keys: keys, of: what)
        case .mapOf(let item):
            guard case .mapping(let entries) = node.content else { return diagnostics.append(wrong()) }
            for entry in entries { check(entry.value, item, of: "'\(entry.key)' of \(what)", at: entry.keyRange) }
        case .path:
            guard let text = node.scalar?.text, ResultPath(parsing: text) != nil else {
                return diagnostics.append(wrong())
            }
        case .format:
            guard let text = node.scalar?.text else { return diagnostics.append(wrong()) }
            if NumberFormat(parsing: text) == nil {
                diagnostics.append(Reference.Fault.format(text).diagnostic(at: place))
            }
        case .union(let types): union(node, types, of: what, at: keyRange, wrong())
        }
    }

    private func outOfRange(_ what: String, _ type: OptionType, _ place: SourceRange) -> Diagnostic {
        .error(.outOfRange, "\(what) is \(type.description)", at: place)
    }

    private mutating func choice(
        _ node: OptionNode, _ words: [String], of what: String, at place: SourceRange, _ wrong: Diagnostic
    ) {
        guard let text = node.scalar?.text else { return diagnostics.append(wrong) }
        if words.contains(text) { return }
        var fixIts: [Diagnostic.FixIt] = []
        if let near = nearestWord(to: text, among: words) {
            fixIts = [Diagnostic.FixIt("write '\(near)'", replacing: place, with: near)]
        }
        let list = words.map { "'\($0)'" }.joined(separator: ", ")
        diagnostics.append(
            .error(.unknownChoice, "\(what) is one of \(list), not '\(text)'", at: place, fixIts: fixIts))
    }

    /// The first type that the node satisfies; else what the only type of its kind says of it.
    private mutating func union(
        _ node: OptionNode, _ types: [OptionType], of what: String, at keyRange: SourceRange, _ wrong: Diagnostic
    ) {
        var closest: [[Diagnostic]] = []
        for type in types {
            var trial = OptionValidator()
            trial.check(node, type, of: what, at: keyRange)
            if trial.diagnostics.isEmpty { return }
            if !trial.diagnostics.contains(where: { $0.code == .wrongType && $0.range == wrong.range }) {
                closest.append(trial.diagnostics)
            }
        }
        // Of several, the one that is nearly satisfied.
        let fewest = closest.map(\.count).min() ?? 0
        let best = closest.filter { $0.count == fewest }
        if best.count == 1 { diagnostics += best[0] } else { diagnostics.append(wrong) }
    }
}

extension OptionNode {
    /// What kind of node this is, in words for a diagnostic.
    package var kind: String {
        switch content {
        case .mapping: "a mapping"
        case .list: "a list"
        case .scalar(let scalar):
            switch scalar.value {
            case .string: "'\(scalar.text)'"
            case .null where scalar.text.isEmpty: "nothing"
            default: scalar.text
            }
        }
    }
}

extension OptionNode.Scalar {
    /// A reference whose value is not known yet.
    package var isUnresolved: Bool { reference != nil && value == .string(text) && text.hasPrefix("{") }
}
