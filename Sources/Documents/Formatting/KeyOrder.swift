/// The order in which keys of directives are written.
///
/// What a directive is comes first, what a reader sees of it last: `id`, the word's own keys as the reference lists them,
/// then `echo`, `show`, `caption` and `alt`. A key that is not known stands behind the word's own.
enum KeyOrder {
    static func keys(of schema: DirectiveSchema) -> [KeySchema] {
        let tail = ["echo", "show", "caption", "alt"]
        let common = DirectiveSchema.common
        return common.filter { !tail.contains($0.name) } + schema.keys
            + tail.compactMap { name in common.first { $0.name == name } }
    }

    /// The names' indices in the order in which they are to be written; equal ones and unknown ones stay in the author's
    /// order.
    static func order(_ names: [String], by keys: [KeySchema]) -> [Int] {
        let last = keys.firstIndex { ["echo", "show", "caption", "alt"].contains($0.name) } ?? keys.count
        func rank(_ name: String) -> Double {
            keys.firstIndex { $0.name == name }.map(Double.init) ?? Double(last) - 0.5
        }
        return names.indices.sorted { (rank(names[$0]), $0) < (rank(names[$1]), $1) }
    }

    /// The keys of a mapping of this type whose entries have these names; nil where the names are the author's own, and
    /// their order is not ours to choose.
    static func keys(of type: OptionType, for names: [String]) -> [KeySchema]? {
        func known(_ keys: [KeySchema]) -> Int { names.count { name in keys.contains { $0.name == name } } }
        let choices = mappings(in: type)
        guard let best = choices.max(by: { known($0) < known($1) }), known(best) > 0 else { return nil }
        return known(best) == names.count || !hasFreeNames(type) ? best : nil
    }

    /// The type of what stands under a name in a mapping of this type.
    static func type(of name: String, in type: OptionType, for names: [String]) -> OptionType {
        if let keys = keys(of: type, for: names) { return keys.first { $0.name == name }?.type ?? .any }
        switch type {
        case .mapOf(let inner): return inner
        case .oneOrMore(let item): return self.type(of: name, in: item, for: names)
        case .union(let types):
            return types.lazy.map { self.type(of: name, in: $0, for: names) }.first { $0 != .any } ?? .any
        default: return .any
        }
    }

    /// The type of an item of a list of this type.
    static func item(of type: OptionType) -> OptionType {
        switch type {
        case .list(let item), .oneOrMore(let item): item
        case .union(let types): types.lazy.map { item(of: $0) }.first { $0 != .any } ?? .any
        default: .any
        }
    }

    private static func mappings(in type: OptionType) -> [[KeySchema]] {
        switch type {
        case .mapping(let keys): [keys]
        case .union(let types): types.flatMap { mappings(in: $0) }
        case .oneOrMore(let item): mappings(in: item)
        default: []
        }
    }

    private static func hasFreeNames(_ type: OptionType) -> Bool {
        switch type {
        case .mapOf: true
        case .union(let types): types.contains(where: hasFreeNames)
        case .oneOrMore(let item): hasFreeNames(item)
        default: false
        }
    }
}
