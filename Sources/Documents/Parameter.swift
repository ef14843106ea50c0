package import Diagnostics
package import Values

/// A parameter of an analysis: its default, and what else it may be set to.
package struct Parameter: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case number
        case integer
        case text
        case boolean
        case date
        case list
    }

    package var name: String
    package var kind: Kind
    /// Of a list whose default has items of one kind; nil where items may be anything.
    package var itemKind: Kind?
    package var fallback: Value
    /// All that it, or an item of a list, may be; empty for no such limit.
    package var choices: [Value] = []
    package var bounds = NumberBounds.any
    /// One sentence for people.
    package var help: String?
    /// Its name in the front matter.
    package var range: SourceRange

    /// A parameter of the kind that its default has.
    init(_ name: String, default fallback: Value, at range: SourceRange) {
        self.name = name
        self.fallback = fallback
        self.range = range
        kind = Kind(of: fallback)
        if case .list(let items) = fallback { itemKind = Kind(ofAll: items) }
    }

    /// Why a value is none of this parameter.
    package struct Fault: Error, Hashable, Sendable {
        package var code: DiagnosticCode
        package var message: String
        /// What was probably meant.
        package var near: String?
    }

    /// "a number from 0 to 1", "a list of texts".
    package var description: String {
        switch kind {
        case .list: itemKind.map { "a list of \($0.plural)\(bounds.description)" } ?? "a list"
        default: kind.description + bounds.description
        }
    }
}

extension Parameter {
    /// The value that a text typed by a person stands for; a list is one with commas between its items.
    package func value(of text: String) -> Result<Value, Fault> {
        guard kind == .list else { return read(CoreSchema.scalar(text), as: kind).flatMap(checked) }
        let items = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        return list(items.map { read(CoreSchema.scalar(String($0)), as: itemKind ?? .text) })
    }

    /// The value that a piece of YAML stands for; text is taken as written, so that `1` is "1" to a text.
    package func value(of node: OptionNode) -> Result<Value, Fault> {
        guard node.references.isEmpty else {
            return .failure(Fault(code: .wrongType, message: "A parameter's value is a literal"))
        }
        if kind == .list {
            guard case .list(let items) = node.content else { return .failure(wrong(node.kind)) }
            return list(items.map { scalar($0, as: itemKind) })
        }
        return scalar(node, as: kind).flatMap(checked)
    }

    private func scalar(_ node: OptionNode, as kind: Kind?) -> Result<Value, Fault> {
        guard let kind else { return .success(node.value) }
        guard let scalar = node.scalar, !scalar.text.isEmpty || scalar.value != .null else {
            return .failure(wrong(node.kind))
        }
        return read(scalar, as: kind)
    }

    private func read(_ scalar: OptionNode.Scalar, as kind: Kind) -> Result<Value, Fault> {
        let value: Value? =
            switch kind {
            case .number: scalar.value.number.map { .number($0) }
            case .integer:
                scalar.value.number.flatMap { $0 == $0.rounded() && $0.magnitude <= 9e15 ? .number($0) : nil }
            case .boolean: scalar.value.boolean.map { .boolean($0) }
            case .text: .string(scalar.value.string ?? scalar.text)
            case .date: FrontMatterReader.isDate(scalar.text) ? .string(scalar.text) : nil
            case .list: nil
            }
        return value.map { .success($0) } ?? .failure(wrong("'\(scalar.text)'"))
    }

    private func list(_ items: [Result<Value, Fault>]) -> Result<Value, Fault> {
        var values: [Value] = []
        for item in items {
            switch item.flatMap(checked) {
            case .success(let value): values.append(value)
            case .failure(let fault): return .failure(fault)
            }
        }
        return .success(.list(values))
    }

    /// A value of the right kind, or an item of a list, held to the choices and the bounds.
    private func checked(_ value: Value) -> Result<Value, Fault> {
        if !choices.isEmpty, !choices.contains(value) {
            let words = choices.map(\.written)
            let list = words.map { "'\($0)'" }.joined(separator: ", ")
            return .failure(
                Fault(
                    code: .unknownChoice, message: "The parameter \(name) is one of \(list), not '\(value.written)'",
                    near: nearestWord(to: value.written, among: words)))
        }
        if let number = value.number, !bounds.contains(number) {
            return .failure(
                Fault(
                    code: .outOfRange, message: "The parameter \(name) is \(description), not \(value.written)"))
        }
        return .success(value)
    }

    private func wrong(_ given: String) -> Fault {
        Fault(code: .wrongType, message: "The parameter \(name) is \(description), not \(given)")
    }
}

extension Parameter.Kind {
    /// The kind that a default has; a default of nothing is to be set to a text.
    fileprivate init(of value: Value) {
        switch value {
        case .number: self = .number
        case .boolean: self = .boolean
        case .list: self = .list
        default: self = .text
        }
    }

    /// The kind that all of some scalars have.
    fileprivate init?(ofAll items: [Value]) {
        guard let first = items.first, first.object == nil, first.list == nil else { return nil }
        let kind = Parameter.Kind(of: first)
        guard items.allSatisfy({ $0.object == nil && Parameter.Kind(of: $0) == kind }) else { return nil }
        self = kind
    }

    fileprivate var description: String {
        switch self {
        case .number: "a number"
        case .integer: "a whole number"
        case .text: "a text"
        case .boolean: "true or false"
        case .date: "a date as 2026-05-31"
        case .list: "a list"
        }
    }

    fileprivate var plural: String {
        switch self {
        case .number: "numbers"
        case .integer: "whole numbers"
        case .text: "texts"
        case .boolean: "true and false"
        case .date: "dates as 2026-05-31"
        case .list: "lists"
        }
    }
}

extension Value {
    /// The value as a person writes it: text without quotes.
    package var written: String { string ?? canonicalJSON }
}
