import Diagnostics
import Documents
import Estimation
import Results
import Values

/// `simulation`: how estimators spread about the truth over many data sets of a known law; here of proxies.
enum SimulationStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        // Faults of single options were told when the analysis was read; nothing is drawn on their defaults.
        var faults: [Diagnostic] = []
        DirectiveSchema.named(context.directive.word)?.validate(context.options, diagnostics: &faults)
        guard !faults.hasErrors else { throw StepFailure() }
        if context.options["design"]?["model"] != nil { return try HierarchicalSimulationStep.run(&context) }
        let grid = try SimulationGrid(&context)
        let estimators = try estimators(&context)
        let intervals = (context.options["intervals"]?.strings ?? []).compactMap { IntervalCheck.named($0) }
        for check in intervals {
            guard let cell = grid.cells.first(where: { $0.design.experiments < check.fewestExperiments }) else {
                continue
            }
            throw context.fail(
                .error(
                    .badDesign, "Intervals by \(check.name) need at least \(check.fewestExperiments) experiments",
                    at: context.range(of: "intervals"), notes: [.init("\(cell.design.experiments) here")]))
        }
        let study: SimulationStudy
        do throws(EstimationError) {
            study = try SimulationStudy(
                grid.cells, estimators: estimators,
                noise: SimulatedNoise(rawValue: context.options["omega"]?.string ?? "known") ?? .known,
                draws: Int(context.options["draws"]?.number ?? 10_000), intervals: intervals,
                level: context.options["level"]?.number ?? 0.95,
                bootstrapDraws: Int(context.options["bootstrap"]?.number ?? 400), seed: context.seed,
                identifier: context.directive.id)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
        let rows = study.rows()
        report(rows, study, &context)
        let values = SimulationValues.make(study, grid, rows)
        var output = StepOutput(values)
        output.assumptions = [
            "Every estimate is the plain solution of its equations: no draw is left out because its estimated covariance "
                + "of effects is not positive definite."
        ]
        output.table = SimulationTable.make(study, grid, rows, values, id: context.directive.id)
        return output
    }

    private static func estimators(_ context: inout StepContext) throws(StepFailure) -> [SimulatedEstimator] {
        guard let node = context.options["estimators"] else { return [.init(.naive), .init(.tc), .init(.liml)] }
        var estimators: [SimulatedEstimator] = []
        for item in node.items {
            guard let kind = estimator(item) else { continue }
            let wanted = SimulatedEstimator(kind, intercept: item["intercept"]?.boolean ?? true)
            guard !estimators.contains(wanted) else {
                throw context.fail(.error(.badDesign, "An estimator of a simulation stands once", at: item.range))
            }
            estimators.append(wanted)
        }
        return estimators
    }

    private static func estimator(_ item: OptionNode) -> ProxyEstimator? {
        let alpha = item["alpha"]?.number ?? 1
        return switch item["estimator"]?.string ?? item.string {
        case "naive": .naive
        case "tsls": .tsls
        case "tc": .tc
        case "jive": .jive
        case "liml": .liml
        case "hliml": .hliml
        case "fuller": .fuller(alpha)
        case "hfuller": .hfuller(alpha)
        case "k-class": item["k"]?.number.map { .kClass($0) }
        default: nil
        }
    }

    /// Draws without an estimate, and intervals that no draw gave.
    private static func report(_ rows: [SimulationRow], _ study: SimulationStudy, _ context: inout StepContext) {
        for estimator in study.estimators {
            let own = rows.filter { $0.estimator == estimator }
            let first = own.filter { $0.parameter == study.cells[$0.cell].design.proxies[0] }
            let failures = first.reduce(0) { $0 + $1.failures }
            let title = SimulationTable.title(estimator)
            if failures > 0 {
                let total = NumberFormat(grouped: true).text(Double(first.count * study.draws))
                context.findings.append(
                    "\(title) gives no estimate in \(NumberFormat(grouped: true).text(Double(failures))) of "
                        + "\(total) draws, whose system is singular.")
            }
            for check in study.intervals where !check.isJoint && check.applies(estimator.estimator) {
                let drawn = own.flatMap(\.coverage).filter { $0.name == check.name }.reduce(0) { $0 + $1.draws }
                if drawn == 0 { context.findings.append("\(title) has no \(check.name) interval in any draw.") }
            }
        }
    }
}

extension DiagnosticCode {
    static let badDesign = DiagnosticCode(620, "bad-design")
}
