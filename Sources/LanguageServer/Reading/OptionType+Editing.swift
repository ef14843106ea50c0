import Documents

extension OptionType {
    /// The type of a mapping's member, and its key where the schema names it.
    func member(_ name: String) -> (type: OptionType, key: KeySchema?)? {
        switch self {
        case .mapping(let keys): keys.first { $0.name == name }.map { ($0.type, $0) }
        case .mapOf(let type): (type, nil)
        case .list(let type), .oneOrMore(let type): type.member(name)
        case .union(let types): types.lazy.compactMap { $0.member(name) }.first
        default: nil
        }
    }

    /// What a scalar at this place may be; of a list, its items.
    var scalars: [OptionType] {
        switch self {
        case .list(let type), .oneOrMore(let type): type.scalars
        case .union(let types): types.flatMap(\.scalars)
        case .mapping, .mapOf: []
        default: [self]
        }
    }

    /// The keys that a mapping at this place may have, each once.
    var keys: [KeySchema] {
        var seen: Set<String> = []
        return innerKeys.map(\.key).filter { seen.insert($0.name).inserted }
    }

    /// Whether a value may be a list.
    var isList: Bool {
        switch self {
        case .list: true
        case .union(let types): types.contains(where: \.isList)
        default: false
        }
    }
}
