import Diagnostics
import Values

/// Reads `sweep` of front matter: a list of values for each parameter, and `compare`.
enum SweepReader {
    private static let columnKeys = [
        KeySchema("value", .string, required: true, "A path into results, or '{path | format}'."),
        KeySchema("text", .richText, "What it is."),
    ]

    static func read(
        _ entry: OptionNode.Entry, parameters: [Parameter], diagnostics: inout [Diagnostic]
    ) -> Sweep? {
        guard case .mapping(let entries) = entry.value.content else { return nil }
        var sweep = Sweep(range: entry.keyRange)
        for part in entries {
            if part.key == "compare" {
                sweep.columns = part.value.items.compactMap { column($0, diagnostics: &diagnostics) }
            } else if let parameter = parameters.first(where: { $0.name == part.key }) {
                if let axis = axis(part, parameter, diagnostics: &diagnostics) { sweep.axes.append(axis) }
            } else {
                let near = nearestWord(to: part.key, among: parameters.map(\.name) + ["compare"])
                diagnostics.append(
                    .error(
                        .unknownKey, "A sweep goes over parameters; there is none named '\(part.key)'",
                        at: part.keyRange,
                        fixIts: near.map { [.init("write '\($0)'", replacing: part.keyRange, with: $0)] } ?? []))
            }
        }
        return sweep
    }

    private static func axis(
        _ entry: OptionNode.Entry, _ parameter: Parameter, diagnostics: inout [Diagnostic]
    ) -> Sweep.Axis? {
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            diagnostics.append(
                .error(
                    .wrongType, "A sweep over '\(entry.key)' takes a list of its values", at: entry.value.range))
            return nil
        }
        var values: [Value] = []
        for item in items {
            switch parameter.value(of: item) {
            case .success(let value) where values.contains(value):
                diagnostics.append(
                    .error(.keyConflict, "A sweep takes each value once; \(value.written) stands twice", at: item.range)
                )
            case .success(let value): values.append(value)
            case .failure(let fault): diagnostics.append(fault.diagnostic(at: item.range))
            }
        }
        return values.isEmpty ? nil : Sweep.Axis(parameter, values: values, at: entry.keyRange)
    }

    /// `path`, `{path | format}`, or a mapping of one as `value` and `text`.
    private static func column(_ node: OptionNode, diagnostics: inout [Diagnostic]) -> Sweep.Column? {
        var value = node
        var title: String?
        if case .mapping = node.content {
            var validator = OptionValidator()
            validator.mapping(node, keys: columnKeys, of: "An item of 'compare'")
            diagnostics += validator.diagnostics
            guard let inner = node["value"] else { return nil }
            value = inner
            title = node["text"]?.string
        }
        guard let scalar = value.scalar, let path = scalar.reference ?? ResultPath(parsing: scalar.text) else {
            diagnostics.append(
                .error(.wrongType, "'compare' lists paths into results, as 'pooled.mu.estimate'", at: value.range))
            return nil
        }
        return Sweep.Column(path, format: scalar.format, title: title, at: value.range)
    }
}
