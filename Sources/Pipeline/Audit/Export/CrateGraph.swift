import Values

/// Entities of a crate's JSON-LD, each once, in the order in which they were first named.
struct CrateGraph {
    private(set) var entities: [Value] = []
    private var known: Set<String> = []

    /// Adds an entity unless one of that name is there; whether it was new.
    @discardableResult mutating func add(_ identifier: String, _ members: Object) -> Bool {
        guard known.insert(identifier).inserted else { return false }
        var entity: Object = ["@id": .string(identifier)]
        for (key, value) in members { entity[key] = value }
        entities.append(.object(entity))
        return true
    }

    /// References to entities; one stands by itself, as compacted JSON-LD has it, and none is nothing.
    static func references(_ identifiers: [String]) -> Value? {
        let list: [Value] = identifiers.map { ["@id": .string($0)] }
        return list.count < 2 ? list.first : .list(list)
    }

    /// A path as a relative URI: every byte but letters, digits, `-._~` and `/` percent-encoded (RFC 3986).
    static func identifier(_ path: String) -> String {
        var out: [UInt8] = []
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                out.append(byte)
            default: out += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
