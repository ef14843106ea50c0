import Diagnostics
import Values

/// Something that is wrong with a request, and where.
struct Fault: Error, Equatable, Sendable {
    /// RFC 6901: `/effects/3/variance`; empty for the whole.
    var pointer: String
    /// One sentence without a full stop.
    var detail: String

    var sentence: String { detail.hasSuffix("?") ? detail : detail + "." }
}

/// Where a check stands in a request.
struct JSONPointer: Sendable {
    private enum Step: Sendable {
        case name(String)
        case index(Int)
    }

    private var steps: [Step] = []

    mutating func enter(_ name: String) { steps.append(.name(name)) }
    mutating func enter(_ index: Int) { steps.append(.index(index)) }
    mutating func leave() { steps.removeLast() }

    var text: String {
        steps.map { step in
            switch step {
            case .index(let index): "/\(index)"
            case .name(let name): "/" + JSONPointer.escaped(name)
            }
        }.joined()
    }

    static func escaped(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

/// Holds a request to its schema, and gathers all that is wrong with it.
struct SchemaCheck {
    /// More are of no use to anybody.
    static let limit = 100

    private(set) var faults: [Fault] = []
    private var pointer = JSONPointer()

    static func faults(of tree: JSONTree, by schema: JSONSchema) -> [Fault] {
        var check = SchemaCheck()
        check.run(tree, schema)
        return check.faults
    }

    private mutating func add(_ detail: String) {
        if faults.count < Self.limit { faults.append(Fault(pointer: pointer.text, detail: detail)) }
    }

    private mutating func refuse(_ tree: JSONTree, _ schema: JSONSchema) {
        add("This is \(schema.description), not \(tree.kind)")
    }

    private mutating func run(_ tree: JSONTree, _ schema: JSONSchema) {
        switch (schema.kind, tree) {
        case (.object(let fields, let alternatives), .object(let members)): object(members, fields, alternatives)
        case (.map(let schema, let count), .object(let members)): map(members, schema, count)
        case (.list(let schema, let count), .list(let items)):
            guard count.contains(items.count) else { return add("This list has \(items.count) items, \(rule(count))") }
            for (index, item) in items.enumerated() {
                pointer.enter(index)
                run(item, schema)
                pointer.leave()
            }
        case (.number(let range), .number(let number)):
            if !number.isFinite {
                add("A number is one that a double can hold")
            } else if !range.contains(number) {
                add("This is a number\(range.description), not \(Value.ecmaScript(number))")
            }
        case (.text(let count), .string(let text)):
            if !count.contains(text.unicodeScalars.count) {
                add("This text has \(text.unicodeScalars.count) characters, \(rule(count))")
            }
        case (.choice(let words), .string(let text)):
            guard !words.contains(text) else { return }
            let hint = nearestWord(to: text, among: words).map { "; did you mean '\($0)'?" } ?? ""
            add("This is \(schema.description), not '\(text.prefix(40))'\(hint)")
        case (.boolean, .boolean): break
        case (.either(let schemas), _): either(tree, schemas, schema)
        default: refuse(tree, schema)
        }
    }

    private func rule(_ count: ClosedRange<Int>) -> String {
        "and may have \(count.lowerBound) to \(count.upperBound)"
    }

    private mutating func object(
        _ members: [JSONTree.Member], _ fields: [JSONSchema.Field], _ alternatives: [String]
    ) {
        for (index, member) in members.enumerated() {
            // Whoever sends so many names that are none would keep a thread busy with comparing them.
            guard faults.count < Self.limit else { return }
            pointer.enter(member.name)
            if members[..<index].contains(where: { $0.name == member.name }) {
                add("A name stands once in an object")
            } else if let field = fields.first(where: { $0.name == member.name }) {
                run(member.value, field.schema)
            } else {
                let names = fields.map(\.name)
                let hint = nearestWord(to: member.name, among: names).map { "; did you mean '\($0)'?" } ?? ""
                add("There is no '\(member.name.prefix(40))' here\(hint)")
            }
            pointer.leave()
        }
        for field in fields where field.isRequired && !members.contains(where: { $0.name == field.name }) {
            add("'\(field.name)' is missing")
        }
        guard !alternatives.isEmpty else { return }
        let given = alternatives.filter { name in members.contains { $0.name == name } }
        if given.count != 1 {
            add("Exactly one of \(alternatives.map { "'\($0)'" }.joined(separator: ", ")) stands here")
        }
    }

    private mutating func map(_ members: [JSONTree.Member], _ schema: JSONSchema, _ count: ClosedRange<Int>) {
        guard count.contains(members.count) else {
            return add("This object has \(members.count) members, \(rule(count))")
        }
        var names: Set<String> = []
        for member in members {
            pointer.enter(member.name)
            if names.insert(member.name).inserted {
                run(member.value, schema)
            } else {
                add("A name stands once in an object")
            }
            pointer.leave()
        }
    }

    /// Tells what is wrong by the alternative that fits best.
    private mutating func either(_ tree: JSONTree, _ schemas: [JSONSchema], _ whole: JSONSchema) {
        var best: [Fault]?
        for schema in schemas where schema.admits(tree) {
            var check = self
            check.faults = []
            check.run(tree, schema)
            if check.faults.isEmpty { return }
            if best.map({ check.faults.count < $0.count }) ?? true { best = check.faults }
        }
        guard let best else { return refuse(tree, whole) }
        faults = Array((faults + best).prefix(Self.limit))
    }
}

extension JSONSchema {
    /// Whether a value is of the kind that the schema is of.
    fileprivate func admits(_ tree: JSONTree) -> Bool {
        switch (kind, tree) {
        case (.object, .object), (.map, .object), (.list, .list), (.number, .number), (.text, .string),
            (.choice, .string), (.boolean, .boolean), (.either, _):
            true
        default: false
        }
    }
}
