import Diagnostics
import Documents
import Results
import Values

/// Options that name metrics of an effect set.
enum MetricNames {
    /// The metrics that an option lists, nil where it is not written.
    static func read(_ key: String, of set: EffectSet, _ context: inout StepContext) throws(StepFailure) -> [String]? {
        guard let node = context.options[key] else { return nil }
        var names: [String] = []
        for item in node.items {
            guard let name = item.string else { continue }
            try check(name, at: item.range, of: set, &context)
            if names.contains(name) {
                throw context.fail(.error(.unknownMetric, "A metric stands once in a list", at: item.range))
            }
            names.append(name)
        }
        return names
    }

    /// Fails where a name is no metric of the set.
    static func check(
        _ name: String, at range: SourceRange, of set: EffectSet, _ context: inout StepContext
    ) throws(StepFailure) {
        if set.metrics.contains(name) { return }
        let near = nearestWord(to: name, among: set.metrics)
        throw context.fail(
            .error(
                .unknownMetric, "\(name) is no metric of these effects", at: range,
                notes: [.init("metrics: " + set.metrics.joined(separator: ", "))],
                fixIts: near.map { [.init("did you mean \($0)?", replacing: range, with: $0)] } ?? []))
    }
}

extension DiagnosticCode {
    static let unknownMetric = DiagnosticCode(605, "unknown-metric")
}
