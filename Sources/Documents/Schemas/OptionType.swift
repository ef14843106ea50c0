import Values

/// What an option may be.
package indirect enum OptionType: Sendable, Hashable {
    /// Any text.
    case string
    /// A name as written: of a column, a metric; `1` is "1".
    case name
    /// The id of another directive.
    case id
    case number(NumberBounds = .any)
    case integer(ClosedRange<Int>? = nil)
    case boolean
    case choice([String])
    case list(of: OptionType)
    /// One, or a list of them.
    case oneOrMore(of: OptionType)
    case mapping([KeySchema])
    /// A mapping from names of the author's choice.
    case mapOf(OptionType)
    /// A path into results: `pooled.effects`.
    case path
    /// A condition on rows: `clicks > 0 and country in ("de", "fr")`.
    case predicate
    /// A number format: `.2f`.
    case format
    /// Inline Markdown.
    case richText
    case union([OptionType])
    case any

    /// In words, for a diagnostic: "a number above 0", "a list of names".
    package var description: String {
        switch self {
        case .string: "text"
        case .name: "a name"
        case .id: "the id of a directive"
        case .number(let bounds): "a number" + bounds.description
        case .integer(let range): "a whole number" + (range.map { OptionType.describe($0) } ?? "")
        case .boolean: "true or false"
        case .choice(let words): words.map { "'\($0)'" }.joined(separator: " or ")
        case .list(let type): "a list of \(type.plural)"
        case .oneOrMore(let type): "\(type.description) or a list of \(type.plural)"
        case .mapping(let keys): "a mapping with " + keys.map { "'\($0.name)'" }.joined(separator: ", ")
        case .mapOf(let type): "a mapping from names to \(type.plural)"
        case .path: "a path into results"
        case .predicate: "a condition"
        case .format: "a format"
        case .richText: "text"
        case .union(let types): types.map(\.description).joined(separator: " or ")
        case .any: "anything"
        }
    }

    var plural: String {
        switch self {
        case .name: "names"
        case .id: "ids"
        case .number(let bounds): "numbers" + bounds.description
        case .integer: "whole numbers"
        case .path: "paths"
        case .format: "formats"
        case .string, .richText: "texts"
        case .choice: description
        case .mapping: "mappings"
        case .list(let type): "lists of \(type.plural)"
        default: description
        }
    }

    private static func describe(_ range: ClosedRange<Int>) -> String {
        range.upperBound == .max
            ? " of at least \(range.lowerBound)" : " from \(range.lowerBound) to \(range.upperBound)"
    }
}

/// Limits of a number; each may itself be excluded.
package struct NumberBounds: Sendable, Hashable {
    package var lower: Double?
    package var upper: Double?
    package var isOpen: Bool

    package static let any = NumberBounds(nil, nil)

    /// `lower…upper`, both allowed unless `isOpen`.
    package init(_ lower: Double?, _ upper: Double?, isOpen: Bool = false) {
        self.lower = lower
        self.upper = upper
        self.isOpen = isOpen
    }

    package func contains(_ number: Double) -> Bool {
        let isAbove = lower.map { isOpen ? number > $0 : number >= $0 } ?? true
        let isBelow = upper.map { isOpen ? number < $0 : number <= $0 } ?? true
        return isAbove && isBelow
    }

    package var description: String {
        let low = lower.map { Value.ecmaScript($0) }
        let high = upper.map { Value.ecmaScript($0) }
        switch (low, high) {
        case (let low?, let high?): return isOpen ? " between \(low) and \(high)" : " from \(low) to \(high)"
        case (let low?, nil): return isOpen ? " above \(low)" : " of at least \(low)"
        case (nil, let high?): return isOpen ? " below \(high)" : " of at most \(high)"
        case (nil, nil): return ""
        }
    }
}

/// A key of a directive.
package struct KeySchema: Sendable, Hashable {
    package var name: String
    package var type: OptionType
    package var isRequired: Bool
    /// The default as it would be written; nil where there is none.
    package var defaultText: String?
    /// One sentence for the reference.
    package var doc: String

    package init(
        _ name: String, _ type: OptionType, required: Bool = false, default defaultText: String? = nil, _ doc: String
    ) {
        self.name = name
        self.type = type
        isRequired = required
        self.defaultText = defaultText
        self.doc = doc
    }
}
