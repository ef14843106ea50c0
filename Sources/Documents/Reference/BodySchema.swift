import Diagnostics
package import Values

/// A JSON Schema (2020-12) of directives' bodies, made of the schemas that the build checks them by: one under `$defs` for
/// each word.
///
/// What rules between keys say (a figure's keys by its kind) it does not hold.
package enum BodySchema {
    package static let value: Value = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Bodies of directives",
        "description": "The YAML body of a directive, by its word, under $defs.",
        "$defs": .object(definitions),
    ]

    private static var definitions: Object {
        var definitions = Object()
        for schema in DirectiveSchema.all {
            var body = mapping(schema.allKeys)
            body["description"] = .string(schema.summary)
            if !schema.oneOf.isEmpty {
                body["anyOf"] = .list(schema.oneOf.map { ["required": .list([.string($0)])] })
            }
            definitions[schema.word] = .object(body)
        }
        definitions["reference"] = [
            "type": "string", "pattern": "^\\{[^{}]+\\}$",
            "description": "A value of another result or a parameter: {id.path}.",
        ]
        return definitions
    }

    private static func mapping(_ keys: [KeySchema]) -> Object {
        var properties = Object()
        for key in keys { properties[key.name] = .object(property(key)) }
        var object: Object = ["type": "object", "properties": .object(properties)]
        let required = keys.filter(\.isRequired).map(\.name)
        if !required.isEmpty { object["required"] = Value(required) }
        object["additionalProperties"] = false
        return object
    }

    private static func property(_ key: KeySchema) -> Object {
        var object = alternatives(of: key.type)
        object["description"] = .string(key.doc)
        if let value = defaultValue(of: key) { object["default"] = value }
        return object
    }

    /// The default as a value; nil where its text describes it.
    static func defaultValue(of key: KeySchema) -> Value? {
        guard let text = key.defaultText else { return nil }
        let file = SourceFile(path: "", text: "\(key.name): \(text)")
        let range = SourceRange(file: file, lower: 0, upper: file.utf8.count)
        var diagnostics: [Diagnostic] = []
        guard let node = YAMLReader.mapping(range, of: key.name, diagnostics: &diagnostics) else { return nil }
        var validator = OptionValidator()
        validator.mapping(node, keys: [key], of: key.name)
        return (diagnostics + validator.diagnostics).isEmpty ? node[key.name]?.value : nil
    }

    /// A type, or a reference to a value of it where a text is not one anyway.
    private static func alternatives(of type: OptionType) -> Object {
        let own = schema(of: type)
        switch type {
        case .any, .string, .name, .richText, .predicate: return own
        default: return ["anyOf": [.object(own), ["$ref": "#/$defs/reference"]]]
        }
    }

    private static func schema(of type: OptionType) -> Object {
        switch type {
        // A scalar is taken as it is written: `outcome: 1` names "1".
        case .string, .name, .richText, .predicate, .format: return ["type": ["string", "number", "boolean"]]
        case .id, .path: return ["type": "string"]
        case .boolean: return ["type": "boolean"]
        case .number(let bounds): return number(bounds)
        case .integer(let range):
            var object: Object = ["type": "integer"]
            if let range {
                object["minimum"] = Value(range.lowerBound)
                if range.upperBound != .max { object["maximum"] = Value(range.upperBound) }
            }
            return object
        case .choice(let words):
            let truths = [("true", true), ("false", false)].filter { words.contains($0.0) }.map { Value($0.1) }
            return ["enum": .list(words.map { .string($0) } + truths)]
        case .list(let item): return ["type": "array", "items": .object(alternatives(of: item))]
        case .oneOrMore(let item):
            let one = alternatives(of: item)
            return ["anyOf": [.object(one), ["type": "array", "items": .object(one), "minItems": 1]]]
        case .mapping(let keys): return mapping(keys)
        case .mapOf(let item): return ["type": "object", "additionalProperties": .object(alternatives(of: item))]
        case .union(let types): return ["anyOf": .list(types.map { .object(schema(of: $0)) })]
        case .any: return [:]
        }
    }

    private static func number(_ bounds: NumberBounds) -> Object {
        var object: Object = ["type": "number"]
        if let lower = bounds.lower { object[bounds.isOpen ? "exclusiveMinimum" : "minimum"] = Value(lower) }
        if let upper = bounds.upper { object[bounds.isOpen ? "exclusiveMaximum" : "maximum"] = Value(upper) }
        return object
    }
}
