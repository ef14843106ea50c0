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
///
/// Most have a handful of members, which are found quickest one after the other; of many a table tells the places.
package struct Object: Sendable, Sequence {
    package private(set) var keys: [String] = []
    private var values: [Value] = []
    /// Places of keys; empty for up to `few`.
    private var places: [String: Int] = [:]

    private static let few = 12

    package init() {}

    package init(_ elements: some Sequence<(String, Value)>) {
        keys.reserveCapacity(elements.underestimatedCount)
        values.reserveCapacity(elements.underestimatedCount)
        for (key, value) in elements { self[key] = value }
    }

    private func place(of key: String) -> Int? {
        keys.count <= Self.few ? keys.firstIndex(of: key) : places[key]
    }

    package subscript(key: String) -> Value? {
        get { place(of: key).map { values[$0] } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): values[place] = value
            case (nil, let value?): append(key, value)
            case (let place?, nil): remove(at: place)
            case (nil, nil): break
            }
        }
    }

    private mutating func append(_ key: String, _ value: Value) {
        keys.append(key)
        values.append(value)
        if keys.count == Self.few + 1 { findPlaces() } else if keys.count > Self.few { places[key] = keys.count - 1 }
    }

    private mutating func remove(at place: Int) {
        keys.remove(at: place)
        values.remove(at: place)
        findPlaces()
    }

    private mutating func findPlaces() {
        places = [:]
        guard keys.count > Self.few else { return }
        for (place, key) in keys.enumerated() { places[key] = place }
    }

    package var isEmpty: Bool { keys.isEmpty }
    package var count: Int { keys.count }

    package func makeIterator() -> AnyIterator<(key: String, value: Value)> {
        var index = 0
        return AnyIterator {
            guard index < keys.count else { return nil }
            defer { index += 1 }
            return (keys[index], values[index])
        }
    }

    /// The value of the key that stands at a place.
    func value(at place: Int) -> Value { values[place] }
}

extension Object: Hashable {
    package static func == (a: Object, b: Object) -> Bool { a.keys == b.keys && a.values == b.values }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(keys)
        hasher.combine(values)
    }
}

extension Object: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}
