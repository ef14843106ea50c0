/// A JSON text as it was sent: members in their order, repeated names kept, so that what checks it can tell all that is wrong.
enum JSONTree: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// Infinite where the written number is beyond what a double holds.
    case number(Double)
    case string(String)
    case list([JSONTree])
    case object([Member])

    struct Member: Sendable, Equatable {
        var name: String
        var value: JSONTree
    }

    /// The first member of a name; nil off objects.
    subscript(name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.name == name { return member.value }
        return nil
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var string: String? { if case .string(let string) = self { string } else { nil } }
    var list: [JSONTree]? { if case .list(let list) = self { list } else { nil } }
    var members: [Member]? { if case .object(let members) = self { members } else { nil } }

    /// What it is, in words.
    var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .list: "a list"
        case .object: "an object"
        }
    }
}
