/// What a result, a parameter or an option's literal can be: JSON's values, with the order of keys kept.
package enum Value: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// Always finite: NaN and infinities are made `null` by the initialiser from a number.
    case number(Double)
    case string(String)
    case list([Value])
    case object(Object)

    /// A number, or `null` where it is not finite (an interval's open end).
    package init(_ number: Double) {
        self = number.isFinite ? .number(number) : .null
    }

    package init(_ number: Double?) {
        self = number.map { Value($0) } ?? .null
    }

    package init(_ integer: Int) { self = .number(Double(integer)) }
    package init(_ flag: Bool) { self = .boolean(flag) }
    package init(_ text: String) { self = .string(text) }
    package init(_ numbers: [Double]) { self = .list(numbers.map { Value($0) }) }
    package init(_ strings: [String]) { self = .list(strings.map { .string($0) }) }
    package init(_ rows: [[Double]]) { self = .list(rows.map { Value($0) }) }

    package var number: Double? { if case .number(let x) = self { x } else { nil } }
    package var string: String? { if case .string(let x) = self { x } else { nil } }
    package var boolean: Bool? { if case .boolean(let x) = self { x } else { nil } }
    package var list: [Value]? { if case .list(let x) = self { x } else { nil } }
    package var object: Object? { if case .object(let x) = self { x } else { nil } }

    /// The member `key` of an object; nil for anything else.
    package subscript(key: String) -> Value? { object?[key] }

    /// What kind of value this is, in words for a diagnostic.
    package var kind: String {
        switch self {
        case .null: "nothing"
        case .boolean: "true or false"
        case .number: "a number"
        case .string: "text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(floatLiteral value: Double) { self = Value(value) }
    package init(integerLiteral value: Int) { self = Value(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: Value...) { self = .list(elements) }
    package init(dictionaryLiteral elements: (String, Value)...) { self = .object(Object(elements)) }
    package init(nilLiteral: ()) { self = .null }
}

/// An object of values whose keys stay in the order in which they were set.
package struct Object: Sendable, Hashable, Sequence {
    package private(set) var keys: [String] = []
    private var members: [String: Value] = [:]

    package init() {}

    package init(_ elements: some Sequence<(String, Value)>) {
        for (key, value) in elements { self[key] = value }
    }

    package subscript(key: String) -> Value? {
        get { members[key] }
        set {
            if members.updateValueOrRemove(newValue, for: key) { keys.append(key) }
            if newValue == nil { keys.removeAll { $0 == key } }
        }
    }

    package var isEmpty: Bool { keys.isEmpty }
    package var count: Int { keys.count }

    package func makeIterator() -> AnyIterator<(key: String, value: Value)> {
        var index = 0
        return AnyIterator {
            guard index < keys.count else { return nil }
            defer { index += 1 }
            return (keys[index], members[keys[index]] ?? .null)
        }
    }
}

extension Object: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}

extension Dictionary {
    /// Sets or removes; true where the key is new.
    fileprivate mutating func updateValueOrRemove(_ value: Value?, for key: Key) -> Bool {
        guard let value else {
            removeValue(forKey: key)
            return false
        }
        return updateValue(value, forKey: key) == nil
    }
}
