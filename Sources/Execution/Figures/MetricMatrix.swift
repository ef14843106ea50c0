import Diagnostics
import Documents
import LinearAlgebra
import Values

/// A square matrix over named metrics, as a path in the results leads to it.
struct MetricMatrix {
    /// Text that names the matrix in a label: the estimator (`jive`), or what else the path calls it (`noise`).
    var name: String
    var metrics: [String]
    var rows: [[Double?]]
    /// The mean of effects beside the matrix, in the order of the metrics.
    var mean: [Double]?
    var target: PathTarget
    /// The path led to an object that holds the matrix.
    var isMember = false

    /// A list of lists, or an object with `matrix`; its metrics are the option `metrics` where that is written, else
    /// those of the nearest object above it that lists them.
    static func read(
        _ node: OptionNode, member: String = "matrix", labels: OptionNode? = nil, _ context: inout StepContext
    ) throws(StepFailure) -> MetricMatrix {
        let target = try PathTarget(node, &context)
        let isMember = target.value[member]?.list != nil
        guard let rows = matrix(target.value[member] ?? target.value) else {
            let below = matrixMembers(of: target.value, member)
            throw context.fail(
                .error(
                    .badFigure,
                    "Here stands a path to a covariance matrix; \(target.path) is \(target.value.kind) without one",
                    at: target.range,
                    notes: below.isEmpty
                        ? [] : [.init("it has: " + below.map { "\(target.path + $0)" }.joined(separator: ", "))]))
        }
        let metrics = try metrics(labels, above: target, count: rows.count, &context)
        let mean = target.value["mean"]?.list?.compactMap(\.number)
        var components = target.path.components
        if !isMember, components.last == .name(member) { components.removeLast() }
        return MetricMatrix(
            name: ResultPath(components).lastName, metrics: metrics, rows: rows,
            mean: mean?.count == rows.count ? mean : nil, target: target, isMember: isMember)
    }

    /// The index of the metric that an option names.
    func index(_ key: String, _ context: inout StepContext) throws(StepFailure) -> Int {
        guard let node = context.options[key], let name = node.string else {
            throw context.fail(
                .error(
                    .badFigure, "Which of the metrics runs along \(key)? `\(key)` names it",
                    at: context.directive.wordRange,
                    notes: [.init("metrics: " + metrics.joined(separator: ", "))]))
        }
        guard let index = metrics.firstIndex(of: name) else {
            let near = nearestWord(to: name, among: metrics)
            throw context.fail(
                .error(
                    .unknownMetric, "\(name) is no metric of \(target.path)", at: node.range,
                    notes: [.init("metrics: " + metrics.joined(separator: ", "))],
                    fixIts: near.map { [.init("write '\($0)'", replacing: node.range, with: $0)] } ?? []))
        }
        return index
    }

    private static func metrics(
        _ labels: OptionNode?, above target: PathTarget, count: Int, _ context: inout StepContext
    ) throws(StepFailure) -> [String] {
        if let node = labels ?? context.options["metrics"] {
            guard node.items.count == count else {
                throw context.fail(
                    .error(
                        .badFigure, "A matrix of \(count) rows has \(count) names, not \(node.items.count)",
                        at: node.range))
            }
            return node.strings
        }
        for length in stride(from: target.path.components.count, through: 1, by: -1) {
            let above = ResultPath(Array(target.path.components.prefix(length)))
            guard let names = context.root[above]?["metrics"]?.list?.compactMap(\.string) else { continue }
            if names.count == count { return names }
        }
        throw context.fail(
            .error(
                .badFigure, "The rows of \(target.path) have no names; `metrics` lists their metrics", at: target.range)
        )
    }

    private static func matrix(_ value: Value) -> [[Double?]]? {
        guard let list = value.list, !list.isEmpty else { return nil }
        let rows = list.compactMap { row in row.list?.map(\.number) }
        guard rows.count == list.count, rows.allSatisfy({ $0.count == list.count }) else { return nil }
        return rows
    }

    private static func matrixMembers(of value: Value, _ member: String) -> [String] {
        (value.object ?? Object()).filter { matrix($0.value[member] ?? $0.value) != nil }.map(\.key)
    }
}
