extension OptionType {
    /// In a cell of the reference: as in a diagnostic, but with words as they are typed and mappings without their keys,
    /// which have rows of their own.
    package var referenceText: String {
        switch self {
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let type): "a list of \(type.referencePlural)"
        case .oneOrMore(let type): "\(type.referenceText), or a list of them"
        case .mapping: "a mapping"
        case .mapOf(let type): "a mapping from names to \(type.referencePlural)"
        case .union(let types):
            types.map(\.referenceText).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: "; or ")
        case .string, .name, .id, .number, .integer, .boolean, .path, .predicate, .format, .richText, .any: description
        }
    }

    private var referencePlural: String {
        switch self {
        case .choice, .oneOrMore: referenceText
        case .union(let types): types.map(\.referencePlural).joined(separator: " or ")
        case .mapOf(let type): "mappings from names to \(type.referencePlural)"
        case .list(let type): "lists of \(type.referencePlural)"
        default: plural
        }
    }

    /// The keys of the mappings that may be written, and whether they stand in a list.
    package var innerKeys: [(key: KeySchema, isInList: Bool)] {
        switch self {
        case .mapping(let keys): keys.map { ($0, false) }
        case .list(let type), .oneOrMore(let type): type.innerKeys.map { ($0.key, true) }
        case .union(let types): types.flatMap(\.innerKeys)
        default: []
        }
    }

    /// The keys of the mappings that stand under names of the author's choice.
    var keysUnderNames: [KeySchema] {
        switch self {
        case .mapOf(let type): type.innerKeys.map(\.key)
        case .union(let types): types.flatMap(\.keysUnderNames)
        default: []
        }
    }
}
