import Values

/// JSON Schema 2020-12, as OpenAPI 3.1 takes it.
extension JSONSchema {
    var value: Value {
        var object = described
        if !summary.isEmpty { object["description"] = .string(summary) }
        if let fallback { object["default"] = fallback }
        return .object(object)
    }

    private var described: Object {
        switch kind {
        case .object(let fields, let alternatives):
            var object = JSONSchema.object(fields)
            object["additionalProperties"] = false
            if !alternatives.isEmpty {
                object["oneOf"] = .list(alternatives.map { ["required": .list([.string($0)])] })
            }
            return object
        case .open(let fields): return JSONSchema.object(fields)
        case .map(let schema, let count):
            return [
                "type": "object", "additionalProperties": schema.value, "minProperties": Value(count.lowerBound),
                "maxProperties": Value(count.upperBound),
            ]
        case .list(let schema, let count):
            return [
                "type": "array", "items": schema.value, "minItems": Value(count.lowerBound),
                "maxItems": Value(count.upperBound),
            ]
        case .number(let range):
            var object: Object = ["type": "number"]
            if let minimum = range.minimum { object["minimum"] = Value(minimum) }
            if let above = range.above { object["exclusiveMinimum"] = Value(above) }
            if let maximum = range.maximum { object["maximum"] = Value(maximum) }
            if let below = range.below { object["exclusiveMaximum"] = Value(below) }
            return object
        case .text(let count):
            return ["type": "string", "minLength": Value(count.lowerBound), "maxLength": Value(count.upperBound)]
        case .choice(let words): return ["type": "string", "enum": Value(words)]
        case .boolean: return ["type": "boolean"]
        case .either(let schemas): return ["anyOf": .list(schemas.map(\.value))]
        case .optional(let schema): return ["anyOf": .list([schema.value, ["type": "null"]])]
        case .reference(let name): return ["$ref": .string("#/components/schemas/\(name)")]
        }
    }

    private static func object(_ fields: [Field]) -> Object {
        var object: Object = [
            "type": "object", "properties": .object(Object(fields.map { ($0.name, $0.schema.value) })),
        ]
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { object["required"] = Value(required) }
        return object
    }
}
