import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Probability
import Results
import Values

/// `covariance`: the covariance of true effects between metrics, by each estimator, under each assumed noise.
enum CovarianceStep {
    static func run(_ context: inout StepContext) throws(StepFailure) -> StepOutput {
        guard let id = context.options["effects"]?.string, case .effects(let set)? = context.artifacts[id] else {
            throw StepFailure()
        }
        let metrics = try MetricNames.read("metrics", of: set, &context) ?? set.metrics
        let estimators = (context.options["estimators"]?.strings ?? CovarianceEstimator.allCases.map(\.rawValue))
            .compactMap { CovarianceEstimator(rawValue: $0) }
        let assumptions = NoiseAssumptions(set)
        var values: [(name: String, value: Value)] = []
        var findings = Findings()
        for (name, correlation) in assumptions.cases {
            let selection: EffectSet.Selection
            do throws(EffectSet.SelectionFault) {
                selection = try set.selecting(metrics, correlation: correlation)
            } catch {
                throw context.fail(.cannotSelect(error, metrics: metrics, at: context.range(of: "effects")))
            }
            let value = try estimate(selection, estimators, under: name, &findings, &context)
            values.append((name, value))
        }
        findings.report(&context)
        var output = StepOutput(assumptions.nest(values))
        output.assumptions = ["True effects of arms of one experiment are independent."]
        output.table = table(values, metrics, estimators, isNested: assumptions.isNested, id: context.directive.id)
        return output
    }

    private static func estimate(
        _ selection: EffectSet.Selection, _ estimators: [CovarianceEstimator], under name: String,
        _ findings: inout Findings, _ context: inout StepContext
    ) throws(StepFailure) -> Value {
        let weights = EffectWeights(rawValue: context.options["weights"]?.string ?? "precision") ?? .precision
        let draws = Int(context.options["bootstrap"]?.number ?? 1000)
        let stream = RandomStream(seed: context.seed, identifier: context.directive.id)
        let effects = selection.effects
        do throws(EstimationError) {
            let model = try CovarianceModel(
                effects, weights: weights, intercept: context.options["intercept"]?.boolean ?? true)
            var value: Object = [
                "metrics": Value(effects.metrics), "experiments": Value(effects.experimentCount),
                "arms": Value(effects.count),
                "weights": .string(weights.rawValue), "intercept": .boolean(model.intercept),
                "incomplete": Value(selection.incomplete),
            ]
            for estimator in estimators {
                let made = try model.estimate(estimator)
                var frequency: Double?
                if draws > 0, estimator != .naive {
                    frequency = try model.indefiniteFrequency(estimator, draws: draws, stream: stream)
                }
                if !made.isPositiveSemidefinite { findings.indefinite.append((estimator.rawValue, name, frequency)) }
                value[estimator.rawValue] = entry(made, draws: draws, indefinite: frequency)
            }
            return .object(value)
        } catch {
            throw context.fail(.notEstimable(error, at: context.directive.wordRange))
        }
    }

    private static func entry(_ made: CovarianceEstimate, draws: Int, indefinite: Double?) -> Value {
        let order = made.metrics.count
        var object: Object = [
            "matrix": rows(made.covariance),
            "correlation": .list(
                (0..<order).map { i in .list((0..<order).map { j in Value(made.correlation(i, j)) }) }),
            "positiveSemidefinite": .boolean(made.isPositiveSemidefinite), "eigenvalues": Value(made.eigenvalues),
            "noise": rows(made.noise), "mean": Value(made.mean),
        ]
        if let errors = made.standardErrors { object["standardErrors"] = rows(errors) }
        if !made.isPositiveSemidefinite, let repaired = made.repaired { object["repaired"] = rows(repaired) }
        if let indefinite { object["bootstrap"] = ["draws": Value(draws), "indefinite": Value(indefinite)] }
        return .object(object)
    }

    private static func rows(_ matrix: Matrix) -> Value {
        .list((0..<matrix.rows).map { i in Value((0..<matrix.columns).map { matrix[i, $0] }) })
    }

    /// Lower triangles side by side: variances and covariances, a block of rows for each assumption.
    private static func table(
        _ values: [(name: String, value: Value)], _ metrics: [String], _ estimators: [CovarianceEstimator],
        isNested: Bool,
        id: String
    ) -> TableModel {
        var columns: [TableModel.Column] = isNested ? [.init("Noise correlation", .decimal)] : []
        columns += [.init("Between"), .init("and")]
        columns += estimators.map { .init(EstimatorNames.title($0.rawValue), .decimal) }
        columns += estimators.map { .init("Correlation, \(EstimatorNames.title($0.rawValue))", .decimal) }
        var lines: [TableModel.Row] = []
        for (name, value) in values {
            let base = ResultPath(isNested ? [.name(id), .name(name)] : [.name(id)])
            var isFirst = true
            for i in metrics.indices {
                for j in 0...i {
                    var cells: [TableModel.Cell] = isNested ? [isFirst ? .text(name) : .empty] : []
                    cells += [.text(metrics[i]), .text(metrics[j])]
                    for (kind, format) in [("matrix", ".3g"), ("correlation", ".2f")] {
                        for estimator in estimators {
                            let path = base + estimator.rawValue + kind + i + j
                            let cell = value[path.dropping(isNested ? 2 : 1)] ?? .null
                            cells.append(cell == .null ? .empty : .number(cell, format: format, path: path))
                        }
                    }
                    lines.append(.init(cells, beginsGroup: isFirst && !lines.isEmpty))
                    isFirst = false
                }
            }
        }
        return TableModel(columns: columns, rows: lines)
    }

    /// What must be said beside the numbers, gathered over all assumptions so that it is said once.
    private struct Findings {
        var indefinite: [(estimator: String, noise: String, frequency: Double?)] = []

        func report(_ context: inout StepContext) {
            for estimator in ["naive", "tc", "jive"] {
                let cases = indefinite.filter { $0.estimator == estimator }
                guard !cases.isEmpty else { continue }
                let under = cases.filter { !$0.noise.isEmpty }.map(\.noise).joined(separator: ", ")
                context.findings.append(
                    "The \(EstimatorNames.title(estimator)) covariance is not positive semi-definite"
                        + (under.isEmpty ? "" : " at noise correlation \(under)")
                        + "; it is reported as it is, and the results file has the nearest matrix that is.")
            }
        }
    }
}

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

extension ResultPath {
    func dropping(_ count: Int) -> ResultPath { ResultPath(Array(components.dropFirst(count))) }
}

extension DiagnosticCode {
    static let unknownMetric = DiagnosticCode(605, "unknown-metric")
}
