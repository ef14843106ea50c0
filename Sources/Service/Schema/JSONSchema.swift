import Values

/// What a part of a request or an answer is: it checks what comes in, and the description of the interface is made of it.
struct JSONSchema: Sendable {
    indirect enum Kind: Sendable {
        /// Named members, and no others.
        case object([Field], exactlyOneOf: [String] = [])
        /// Members whose names are the sender's choice.
        case map(JSONSchema, count: ClosedRange<Int>)
        case list(JSONSchema, count: ClosedRange<Int>)
        case number(NumberRange = NumberRange())
        /// Bounds are of Unicode scalars.
        case text(count: ClosedRange<Int>)
        case choice([String])
        case boolean
        /// One of several, told apart by what they are.
        case either([JSONSchema])
        /// Of answers only: null where there is none.
        case optional(JSONSchema)
        /// Of answers only: an object of which more may be said than here.
        case open([Field])
        /// By its name among the description's parts.
        case reference(String)
    }

    struct Field: Sendable {
        var name: String
        var schema: JSONSchema
        var isRequired: Bool

        init(_ name: String, _ schema: JSONSchema, isRequired: Bool = false) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    struct NumberRange: Sendable {
        var minimum: Double?
        var above: Double?
        var maximum: Double?
        var below: Double?

        func contains(_ number: Double) -> Bool {
            if let minimum, number < minimum { return false }
            if let above, number <= above { return false }
            if let maximum, number > maximum { return false }
            if let below, number >= below { return false }
            return true
        }

        /// ` above 0 and below 1`; empty where all numbers are in it.
        var description: String {
            let parts = [
                minimum.map { "of at least \(Value.ecmaScript($0))" }, above.map { "above \(Value.ecmaScript($0))" },
                maximum.map { "of at most \(Value.ecmaScript($0))" }, below.map { "below \(Value.ecmaScript($0))" },
            ].compactMap(\.self)
            return parts.isEmpty ? "" : " " + parts.joined(separator: " and ")
        }
    }

    var kind: Kind
    /// A sentence or two.
    var summary: String
    /// What is taken where nothing is sent.
    var fallback: Value?

    init(_ kind: Kind, _ summary: String = "", fallback: Value? = nil) {
        self.kind = kind
        self.summary = summary
        self.fallback = fallback
    }

    /// In words, for a fault: "a number above 0".
    var description: String {
        switch kind {
        case .object, .open, .reference: "an object"
        case .map: "an object"
        case .list: "a list"
        case .number(let range): "a number" + range.description
        case .text: "a text"
        case .choice(let words): words.map { "'\($0)'" }.joined(separator: " or ")
        case .boolean: "true or false"
        case .either(let schemas): schemas.map(\.description).joined(separator: " or ")
        case .optional(let schema): schema.description + " or null"
        }
    }
}
