import Foundation

/// A results file as a test reads it: a walk by keys and indices.
package struct JSON {
    package let value: Any?

    package init(_ text: String?) {
        value = text.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
    }

    private init(any value: Any?) { self.value = value }

    package subscript(key: String) -> JSON { JSON(any: (value as? [String: Any])?[key]) }
    package subscript(index: Int) -> JSON {
        guard let list = value as? [Any], index < list.count else { return JSON(any: nil) }
        return JSON(any: list[index])
    }

    package var number: Double? { (value as? NSNumber)?.doubleValue }
    package var string: String? { value as? String }
    package var count: Int { (value as? [Any])?.count ?? (value as? [String: Any])?.count ?? 0 }
    package var keys: [String] { (value as? [String: Any])?.keys.sorted() ?? [] }
    package var isNull: Bool { value is NSNull }
}
