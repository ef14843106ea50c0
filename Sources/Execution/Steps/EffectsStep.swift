import Datasets
import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Results
import Values

/// `effects`: treatment effects and their sampling covariance, by any of the four layouts.
enum EffectsStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let id = context.options["data"]?.string, case .frame(let frame)? = context.artifacts[id] else {
            throw StepFailure()
        }
        let set = try EffectsStep.read(frame, &context)
        let rows = try EffectRows(of: set, context: &context)
        try set.report.map { (report) throws(StepFailure) in try UnitFindings(report: report).tell(&context) }
        try warn(of: set, &context)
        var output = StepOutput(rows.value(of: set), artifact: .effects(set))
        output.assumptions = assumptions(of: set)
        if let report = set.report {
            output.assumptions += UnitAssumptions.sentences(report.request, context.options, context.sample)
        }
        output.table = rows.table(of: set, id: context.directive.id)
        return output
    }

    /// Reads a frame by the layout that the options tell.
    static func read(_ frame: Frame, _ context: inout StepContext) throws(StepFailure) -> EffectSet {
        let wanted = context.options["metrics"]?.strings
        var chosen = try frame.selecting(context.options.texts, where: checkpoint(&context, frame))
        if let last = context.options["at"]?["last"]?.string, let keys = EffectsStep.keys(context.options) {
            chosen = chosen.lasting(last, by: keys)
        }
        var reader = EffectsReader(frame: try UnitSampling.sampled(chosen, &context), context: context)
        defer { context.diagnostics = reader.context.diagnostics }
        let content: EffectSet.Content
        let metrics: [String]
        var units: EffectsReader.Units?
        switch context.options["layout"]?.string ?? "estimates" {
        case "units":
            let request = try UnitsRequest(&reader)
            let made = try reader.units(request)
            units = made
            (metrics, content) = (wanted ?? [], .moments(made.experiments))
        case "arms":
            let (names, experiments) = try reader.arms(metrics: wanted)
            (metrics, content) = (names, .moments(experiments))
        case "pairs":
            let (names, experiments) = try reader.pairs(metrics: wanted)
            (metrics, content) = (names, .moments(experiments))
        default:
            let (names, estimates) = try reader.estimates(metrics: wanted)
            (metrics, content) = (names, .estimates(estimates))
        }
        var set = EffectSet(metrics: metrics, scale: .difference, content: content, noise: .reported)
        if let units {
            set.units = units.report.request.isPlain ? units.report.request.rows : nil
            set.unadjusted = units.unadjusted
            set.report = units.report
        }
        switch context.options["scale"]?.string ?? "difference" {
        case "relative": set.scale = .relative
        case "log-ratio": set.scale = .logRatio
        case "standardised": set.scale = .standardised
        default: break
        }
        if let wanted { try requireMetrics(wanted, of: set, &reader) }
        set.noise = try noise(of: set, &reader)
        return set
    }

    /// The columns that name what a row tells; nil where every row is an experiment of its own.
    private static func keys(_ options: OptionNode) -> [String]? {
        let isEstimates = (options["layout"]?.string ?? "estimates") == "estimates"
        guard !isEstimates || options["experiment"] != nil else { return nil }
        return ["experiment", "variant", "metric"].compactMap { options[$0]?.string }
    }

    /// What `at: {equals: …}` keeps, for an engine to leave the rest where it lies.
    private static func checkpoint(
        _ context: inout StepContext, _ frame: Frame
    ) throws(StepFailure) -> Predicate.Expression? {
        guard context.options["layout"]?.string != "units", let source = frame.source else { return nil }
        var condition: Predicate.Expression?
        for entry in context.options["at"]?["equals"]?.entries ?? [] {
            guard let column = source.columns.first(where: { $0.name == entry.key }) else {
                throw context.fail(.missingColumn(entry.key, known: frame.columns, at: entry.keyRange))
            }
            // A number that is compared with text is told by the reader, row and all.
            let isNumber = column.kind == .number || column.kind == .unknown
            guard isNumber || entry.value.number == nil else { continue }
            let literal = entry.value.number.map { Predicate.Literal.number($0) } ?? .text(entry.value.string ?? "")
            let own = Predicate.Expression.compare(column: entry.key, .equal, literal)
            condition = condition.map { .and($0, own) } ?? own
        }
        return condition
    }

    /// A metric that was asked for and that no row tells is a typing slip.
    private static func requireMetrics(
        _ wanted: [String], of set: EffectSet, _ reader: inout EffectsReader
    ) throws(StepFailure) {
        for (index, name) in wanted.enumerated() {
            let isTold =
                switch set.content {
                case .moments(let experiments):
                    experiments.contains { $0.arms.contains { $0.mean[index] != nil || $0.count[index] != nil } }
                case .estimates(let estimates): estimates.contains { $0.effect[index] != nil }
                }
            if !isTold {
                let node = reader.context.options["metrics"]?.items[index]
                throw reader.fail(
                    .error(
                        .unclearEffects, "No row tells the metric \(name)",
                        at: node?.range ?? reader.context.directive.wordRange))
            }
        }
    }

    // MARK: Noise

    /// What is assumed of the noise between metrics, where the data does not tell it.
    private static func noise(
        of set: EffectSet, _ reader: inout EffectsReader
    ) throws(StepFailure) -> EffectSet.Noise {
        let node = reader.context.options["noise-correlation"]
        let count = set.metrics.count
        guard let node else {
            guard count > 1, !tellsCovariances(set) else { return .reported }
            return .unknown
        }
        let items = node.items
        if items.count > 1 || node.scalar == nil, items.allSatisfy({ $0.scalar != nil }) {
            var assumed: [(name: String, correlation: [[Double]])] = []
            for item in items {
                guard let number = item.number, number > -1, number < 1 else { throw badCorrelation(item, &reader) }
                if assumed.contains(where: { $0.name == item.string }) { continue }
                assumed.append((item.string ?? "", try constant(number, count, item, &reader)))
            }
            return .assumed(assumed, isList: true)
        }
        if let number = node.number {
            return .assumed([(node.string ?? "", try constant(number, count, node, &reader))], isList: false)
        }
        let rows = items.map { $0.items.compactMap(\.number) }
        guard rows.count == count, rows.allSatisfy({ $0.count == count }) else {
            throw reader.fail(
                .error(
                    .unclearEffects, "A correlation matrix has a row and a column for each metric: \(count)",
                    at: node.range,
                    notes: [.init("metrics: " + set.metrics.joined(separator: ", "))]))
        }
        for i in 0..<count {
            for j in 0..<count where rows[i][j] != rows[j][i] || (i == j && rows[i][j] != 1) {
                throw reader.fail(
                    .error(
                        .unclearEffects, "A correlation matrix is symmetric with ones on its diagonal",
                        at: items[i].range))
            }
        }
        guard EffectsStep.isPositiveDefinite(rows) else { throw badCorrelation(node, &reader) }
        return .assumed([("matrix", rows)], isList: false)
    }

    private static func constant(
        _ number: Double, _ count: Int, _ node: OptionNode, _ reader: inout EffectsReader
    ) throws(StepFailure) -> [[Double]] {
        let rows = (0..<count).map { i in (0..<count).map { $0 == i ? 1 : number } }
        guard EffectsStep.isPositiveDefinite(rows) else { throw badCorrelation(node, &reader) }
        return rows
    }

    private static func isPositiveDefinite(_ rows: [[Double]]) -> Bool {
        (try? Cholesky(Matrix(rows: rows.count, columns: rows.count, elements: rows.flatMap { $0 }))) != nil
    }

    private static func badCorrelation(_ node: OptionNode, _ reader: inout EffectsReader) -> StepFailure {
        reader.fail(
            .error(
                .unclearEffects, "A noise correlation lies between −1 and 1, and all of them can hold at once",
                at: node.range,
                notes: [.init("that is, their matrix is positive definite")]))
    }

    private static func tellsCovariances(_ set: EffectSet) -> Bool {
        switch set.content {
        case .moments(let experiments): experiments.contains { !$0.control.covariance.isEmpty }
        case .estimates(let estimates): estimates.contains { !$0.covariance.isEmpty }
        }
    }

    // MARK: What is said

    private static func assumptions(of set: EffectSet) -> [String] {
        guard case .assumed(let assumed, _) = set.noise, set.metrics.count > 1 else { return [] }
        let what =
            assumed.count == 1 && assumed[0].name == "matrix"
            ? "the matrix written in the directive"
            : NoiseAssumptions.runs(of: assumed.map(\.name), among: assumed.map(\.name))
        return [
            "The data does not tell the covariance between metrics. The correlation of the metrics within units is assumed: \(what)."
        ]
    }

    /// Names every arm that lacks a metric; nothing is left out in silence.
    private static func warn(of set: EffectSet, _ context: inout StepContext) throws(StepFailure) {
        guard case .moments(let experiments) = set.content else { return }
        var lacking: [(metrics: [Int], experiment: String, arms: Int)] = []
        for experiment in experiments {
            let metrics = set.metrics.indices.filter { metric in
                !experiment.control.reports(metric) || experiment.arms.contains { !$0.reports(metric) }
            }
            if !metrics.isEmpty { lacking.append((metrics, experiment.name, experiment.arms.count)) }
        }
        guard !lacking.isEmpty else { return }
        let metrics = set.metrics.indices.filter { metric in lacking.contains { $0.metrics.contains(metric) } }
        let shown = lacking.prefix(12).map(\.experiment).joined(separator: ", ") + (lacking.count > 12 ? ", …" : "")
        context.warn(
            .unreported,
            "A count, mean or variance is not reported for \(metrics.count == 1 ? "metric" : "metrics") "
                + "\(metrics.map { set.metrics[$0] }.joined(separator: ", ")) in \(lacking.count) of \(experiments.count) "
                + "experiments (\(shown)); estimates that need \(metrics.count == 1 ? "it" : "them") stand on the others",
            at: context.range(of: "data"))
    }
}
