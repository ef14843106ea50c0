package import Diagnostics
import Values

/// Reads `params` of front matter: `name: default`, or `name: {default: …}` with what else it may be.
enum ParameterReader {
    private static let literal = OptionType.union([.number(), .boolean, .string, .list(of: .any)])

    static let type = OptionType.mapOf(
        .union([
            .number(), .boolean, .string, .list(of: .any),
            .mapping([
                KeySchema("default", literal, required: true, "What it is where nothing sets it."),
                KeySchema("type", .choice(Parameter.Kind.allCases.map(\.rawValue)), "Else the kind of its default."),
                KeySchema("choices", .list(of: .any), "All that it may be; of a list, its items."),
                KeySchema("min", .number(), "The least that it may be; of a list, its items."),
                KeySchema("max", .number(), "The most that it may be; of a list, its items."),
                KeySchema("help", .string, "What it is, for people."),
            ]),
        ]))

    static func read(_ node: OptionNode, diagnostics: inout [Diagnostic]) -> [Parameter] {
        for (_, range) in node.references {
            diagnostics.append(.error(.wrongType, "A parameter's default is a literal", at: range))
        }
        for entry in node.entries where !ResultPath.isPlain(entry.key) {
            diagnostics.append(
                .error(.frontMatter, "A parameter's name has letters, digits, '-' and '_'", at: entry.keyRange))
        }
        return node.entries.map { entry in
            guard case .mapping = entry.value.content else {
                return Parameter(entry.key, default: entry.value.value, at: entry.keyRange)
            }
            return typed(entry, diagnostics: &diagnostics)
        }
    }

    /// The long form. What the validator has reported already is passed over here.
    private static func typed(_ entry: OptionNode.Entry, diagnostics: inout [Diagnostic]) -> Parameter {
        let node = entry.value
        let fallback = node["default"]
        var parameter = Parameter(entry.key, default: fallback?.value ?? .null, at: entry.keyRange)
        if let kind = node["type"]?.string.flatMap(Parameter.Kind.init) { parameter.kind = kind }
        if parameter.kind != .list { parameter.itemKind = nil }
        parameter.help = node["help"]?.string
        let limited = parameter.itemKind ?? parameter.kind
        for key in ["min", "max"] {
            guard let bound = node[key], limited != .number, limited != .integer else { continue }
            diagnostics.append(
                .error(
                    .keyConflict, "'\(key)' is for numbers; \(entry.key) is \(parameter.description)", at: bound.range))
        }
        // One choice is checked as an item is, without the bounds.
        if let choices = node["choices"] {
            var one = parameter
            one.kind = parameter.kind == .list ? parameter.itemKind ?? .text : parameter.kind
            for choice in choices.items {
                if let value = value(choice, of: one, diagnostics: &diagnostics) { parameter.choices.append(value) }
            }
        }
        if let (low, high) = node["min"]?.number.flatMap({ low in node["max"]?.number.map { (low, $0) } }), low > high {
            diagnostics.append(
                .error(.keyConflict, "'min' of \(entry.key) is at most its 'max'", at: node["min"]?.range))
        } else {
            parameter.bounds = NumberBounds(node["min"]?.number, node["max"]?.number)
        }
        if let fallback, fallback.references.isEmpty,
            let value = value(fallback, of: parameter, diagnostics: &diagnostics)
        {
            parameter.fallback = value
        }
        return parameter
    }

    private static func value(
        _ node: OptionNode, of parameter: Parameter, diagnostics: inout [Diagnostic]
    ) -> Value? {
        switch parameter.value(of: node) {
        case .success(let value): return value
        case .failure(let fault):
            diagnostics.append(fault.diagnostic(at: node.range))
            return nil
        }
    }
}

extension Parameter.Fault {
    /// What to say of a value that stands at `range`, which a word can take the place of.
    package func diagnostic(at range: SourceRange) -> Diagnostic {
        .error(
            code, message, at: range,
            fixIts: near.map { [Diagnostic.FixIt("write '\($0)'", replacing: range, with: $0)] } ?? [])
    }
}

/// Reads a file of parameters: one YAML mapping from names to values.
package enum ParameterFile {
    /// A larger one is refused.
    package static let largestSize = YAMLReader.largestSize

    /// nil, with diagnostics, where the file holds no mapping.
    package static func read(_ source: SourceFile, diagnostics: inout [Diagnostic]) -> OptionNode? {
        YAMLReader.mapping(source.range, of: "A file of parameters", diagnostics: &diagnostics)
    }
}
