package import Diagnostics
package import Values

/// A piece of a directive's YAML body or of the front matter, with where it stands.
package struct OptionNode: Sendable, Hashable {
    package indirect enum Content: Sendable, Hashable {
        case scalar(Scalar)
        case list([OptionNode])
        case mapping([Entry])
    }

    package struct Scalar: Sendable, Hashable {
        /// The scalar as written, unquoted.
        package var text: String
        /// By YAML's core schema; a quoted scalar is always a string.
        package var value: Value
        /// The path of a scalar that is wholly `{path}`.
        package var reference: ResultPath?
        /// The format of a scalar that is wholly `{path | format}`.
        package var format: NumberFormat?

        package init(text: String, value: Value, reference: ResultPath? = nil, format: NumberFormat? = nil) {
            self.text = text
            self.value = value
            self.reference = reference
            self.format = format
        }
    }

    package struct Entry: Sendable, Hashable {
        package var key: String
        package var keyRange: SourceRange
        package var value: OptionNode

        package init(key: String, keyRange: SourceRange, value: OptionNode) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
        }
    }

    package var content: Content
    package var range: SourceRange

    package init(_ content: Content, range: SourceRange) {
        self.content = content
        self.range = range
    }

    package var entries: [Entry] { if case .mapping(let entries) = content { entries } else { [] } }
    package var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }

    /// The member `key` of a mapping.
    package subscript(key: String) -> OptionNode? { entries.first { $0.key == key }?.value }

    /// The items of a list; a single scalar or mapping counts as a list of one.
    package var items: [OptionNode] { if case .list(let items) = content { items } else { [self] } }

    /// Text as written: names are strings however YAML would read them (`outcome: 1` is "1").
    package var string: String? { scalar.map { $0.value.string ?? $0.text } }
    package var strings: [String] { items.compactMap(\.string) }
    package var number: Double? { scalar?.value.number }
    package var boolean: Bool? { scalar?.value.boolean }

    /// The node as a plain value.
    package var value: Value {
        switch content {
        case .scalar(let scalar): scalar.value
        case .list(let items): .list(items.map(\.value))
        case .mapping(let entries): .object(Object(entries.map { ($0.key, $0.value.value) }))
        }
    }

    /// All paths that scalars of this node refer to, in order, with their places.
    package var references: [(path: ResultPath, range: SourceRange)] {
        switch content {
        case .scalar(let scalar): scalar.reference.map { [($0, range)] } ?? []
        case .list(let items): items.flatMap(\.references)
        case .mapping(let entries): entries.flatMap(\.value.references)
        }
    }

    /// The node with each reference replaced by the value that `lookup` gives for it.
    ///
    /// A replaced scalar keeps its `reference`, so that a table can still tell where a number came from.
    package func resolving(_ lookup: (ResultPath, SourceRange) throws -> Value) rethrows -> OptionNode {
        switch content {
        case .scalar(let scalar):
            guard let path = scalar.reference else { return self }
            return try OptionNode.literal(lookup(path, range), range: range, from: scalar)
        case .list(let items):
            return OptionNode(.list(try items.map { try $0.resolving(lookup) }), range: range)
        case .mapping(let entries):
            let resolved = try entries.map { entry in
                Entry(key: entry.key, keyRange: entry.keyRange, value: try entry.value.resolving(lookup))
            }
            return OptionNode(.mapping(resolved), range: range)
        }
    }

    /// A value as a node, all of it at one range.
    private static func literal(_ value: Value, range: SourceRange, from scalar: Scalar) -> OptionNode {
        switch value {
        case .list(let items):
            OptionNode(.list(items.map { literal($0, range: range, from: scalar) }), range: range)
        case .object(let object):
            OptionNode(
                .mapping(
                    object.map {
                        Entry(key: $0.key, keyRange: range, value: literal($0.value, range: range, from: scalar))
                    }),
                range: range)
        default:
            OptionNode(
                .scalar(
                    Scalar(
                        text: value.string ?? value.canonicalJSON, value: value, reference: scalar.reference,
                        format: scalar.format)),
                range: range)
        }
    }
}
