/// A walk into results: `pooled.effects[3].shrunken.estimate`, `coefficients["page views"]`.
///
/// The first component is a directive's id, or `params` or `meta`.
package struct ResultPath: Hashable, Sendable, CustomStringConvertible {
    package enum Component: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    package var components: [Component]

    package init(_ components: [Component]) { self.components = components }

    /// The directive that the path starts from.
    package var root: String {
        if case .name(let name) = components.first { name } else { "" }
    }

    /// The path without its first component.
    package var tail: ResultPath { ResultPath(Array(components.dropFirst())) }

    package static func + (path: ResultPath, name: String) -> ResultPath {
        ResultPath(path.components + [.name(name)])
    }

    package static func + (path: ResultPath, index: Int) -> ResultPath {
        ResultPath(path.components + [.index(index)])
    }

    /// The path as it is written, names with other characters in brackets and quotes.
    package var description: String {
        components.enumerated().map { position, component in
            switch component {
            case .index(let index): "[\(index)]"
            case .name(let name) where ResultPath.isPlain(name): position == 0 ? name : ".\(name)"
            case .name(let name):
                "[\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"]"
            }
        }.joined()
    }

    /// Letters, digits, `-` and `_` need no brackets.
    package static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { ResultPath.isPlain($0) }
    }

    package static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Reads a path; nil where the text is not one.
    ///
    /// Grammar: `name (('.' name) | '[' integer ']' | '[' '"' text '"' ']')*`, with `\"` and `\\` inside quotes.
    package init?(parsing text: some StringProtocol) {
        var components: [Component] = []
        let bytes = Array(text.utf8)
        var index = 0
        func plainName() -> String? {
            let start = index
            while index < bytes.count, ResultPath.isPlain(bytes[index]) { index += 1 }
            return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
        }
        guard let first = plainName() else { return nil }
        components.append(.name(first))
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "."):
                index += 1
                guard let name = plainName() else { return nil }
                components.append(.name(name))
            case UInt8(ascii: "["):
                index += 1
                if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                    index += 1
                    var name: [UInt8] = []
                    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                        if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
                        name.append(bytes[index])
                        index += 1
                    }
                    guard index < bytes.count else { return nil }
                    index += 1
                    components.append(.name(String(decoding: name, as: UTF8.self)))
                } else {
                    guard let digits = plainName(), let number = Int(digits), number >= 0 else { return nil }
                    components.append(.index(number))
                }
                guard index < bytes.count, bytes[index] == UInt8(ascii: "]") else { return nil }
                index += 1
            default: return nil
            }
        }
        self.components = components
    }
}

extension Value {
    /// Where a walk ended: at a value, or at the component that leads nowhere with the names that would.
    package enum Walk: Sendable {
        case found(Value)
        case missing(component: Int, known: [String])
    }

    /// Follows a path from this value.
    package func walk(_ path: ResultPath) -> Walk {
        var here = self
        for (position, component) in path.components.enumerated() {
            switch (component, here) {
            case (.name(let name), .object(let object)):
                guard let next = object[name] else { return .missing(component: position, known: object.keys) }
                here = next
            case (.index(let index), .list(let list)):
                guard index < list.count else { return .missing(component: position, known: []) }
                here = list[index]
            default: return .missing(component: position, known: here.object?.keys ?? [])
            }
        }
        return .found(here)
    }

    /// The value at a path, nil where the path leads nowhere.
    package subscript(path: ResultPath) -> Value? {
        if case .found(let value) = walk(path) { value } else { nil }
    }
}

extension ResultPath: ExpressibleByStringLiteral {
    /// Plain names with dots between them: `mu.se`.
    package init(stringLiteral text: String) {
        self.init(text.split(separator: ".").map { .name(String($0)) })
    }
}
