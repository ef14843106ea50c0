/// A piece of YAML as it is written: its values with their comments, blank lines and styles, which a value alone does not
/// hold.
enum YAMLLayout {
    indirect enum Value {
        case scalar(Scalar)
        case block(Collection)
        case flow(Flow)

        /// Text that stays as it is but for the indentation of the lines behind its first.
        case verbatim(Verbatim)
    }

    /// An entry of a mapping or an item of a list.
    struct Item {
        /// Comments and blank lines on the lines above.
        var before: [Line]
        /// As it is to be printed, with its quotes; nil in a list.
        var key: String?
        /// The key as read, by which entries are ordered.
        var name: String?
        var value: Value
        /// The comment at the end of its first line, where its value begins on a later one.
        var head: String?
        /// The comment at the end of its last line.
        var after: String?
    }

    enum Line: Equatable {
        case blank
        /// With its `#`.
        case comment(String, column: Int)
    }

    /// A list or mapping with a line an item.
    struct Collection {
        /// Where its keys or hyphens stand in their lines.
        var column: Int
        var items: [Item]
        /// Comments behind the last item that stand no further left.
        var end: [Line] = []
        /// The order that its entries are to have; nil where it is the author's.
        var order: [KeySchema]?
    }

    /// A list or mapping in brackets.
    struct Flow {
        var isMapping: Bool
        /// A single `key: value` in a list needs no braces.
        var hasBrackets = true
        var items: [FlowItem]
        /// Whether a new line begins before each item, and before the closing bracket.
        var breaks: [Bool]
    }

    struct FlowItem {
        var key: String?
        var name: String?
        /// False for a key that nothing follows, as in `{a, b: 1}`.
        var hasColon = true
        var value: Value
    }

    struct Scalar {
        /// The first line of text, or the header of a block scalar.
        var first: String
        /// The lines behind it without their indentation.
        var rest: [String] = []
        /// The comment behind the header of a block scalar.
        var comment: String?
        /// Lines of white space at its end that belong to the value.
        var blankTail = 0
    }

    struct Verbatim {
        var lines: [String]
        /// Where its parent stood.
        var column: Int
    }
}

extension YAMLLayout.Value {
    var block: YAMLLayout.Collection? { if case .block(let collection) = self { collection } else { nil } }

    /// The last scalar's lines of white space: blank lines behind it that are part of it.
    var blankTail: Int {
        switch self {
        case .scalar(let scalar): scalar.blankTail
        case .block(let collection): collection.items.last?.value.blankTail ?? 0
        case .flow, .verbatim: 0
        }
    }
}

extension YAMLLayout.Item {
    /// Sets a comment behind the last line of the item.
    mutating func attach(after comment: String) {
        if case .block(var collection) = value, !collection.items.isEmpty {
            collection.items[collection.items.count - 1].attach(after: comment)
            value = .block(collection)
        } else {
            after = after.map { "\($0) \(comment)" } ?? comment
        }
    }
}

extension YAMLLayout.Collection {
    /// Sets lines behind the last item: a comment goes to the innermost collection that it does not stand left of.
    mutating func attach(end lines: [YAMLLayout.Line], column: Int) {
        if let last = items.indices.last, case .block(var inner) = items[last].value, column >= inner.column {
            inner.attach(end: lines, column: column)
            items[last].value = .block(inner)
        } else {
            end += lines
        }
    }
}
