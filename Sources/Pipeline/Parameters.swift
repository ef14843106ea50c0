import Diagnostics
import Documents
import Values

/// The parameters of a build: the front matter's defaults, overridden from the command line with their types kept.
enum Parameters {
    static func resolve(
        _ overrides: [(name: String, value: String)], defaults: Object, at range: SourceRange,
        diagnostics: inout [Diagnostic]
    ) -> Object {
        var params = defaults
        for (name, text) in overrides {
            guard let fallback = defaults[name] else {
                let near = nearestWord(to: name, among: defaults.keys)
                diagnostics.append(
                    .error(
                        .unknownParameter, "The analysis has no parameter \(name)", at: range,
                        notes: [
                            .init(
                                near.map { "did you mean \($0)?" }
                                    ?? "its parameters: \(defaults.isEmpty ? "none" : defaults.keys.joined(separator: ", "))"
                            )
                        ]))
                continue
            }
            guard let value = typed(text, like: fallback) else {
                diagnostics.append(
                    .error(
                        .unknownParameter, "The parameter \(name) is \(fallback.kind), as its default is", at: range,
                        notes: [.init("it was given as \(text)")]))
                continue
            }
            params[name] = value
        }
        return params
    }

    private static func typed(_ text: String, like fallback: Value) -> Value? {
        switch fallback {
        case .number: Double(text).flatMap { $0.isFinite ? .number($0) : nil }
        case .boolean: text == "true" ? true : text == "false" ? false : nil
        case .list(let items):
            Value.list(text.split(separator: ",").compactMap { typed(String($0), like: items.first ?? .null) })
        default: .string(text)
        }
    }
}
