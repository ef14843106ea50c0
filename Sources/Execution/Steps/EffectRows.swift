import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Results
import Values

/// Every arm's effect on every metric with its standard error and 95% interval, metric by metric, so that an arm that
/// lacks one metric still shows the others.
struct EffectRows {
    private struct Row {
        var experiment: String
        var variant: String
        /// By metric; nil where it is not reported.
        var effects: [(estimate: Double, se: Double)?]
    }

    private var rows: [Row] = []
    private var experiments = NameTable()
    private static let quantile = 1.959963984540054

    init(of set: EffectSet, context: inout StepContext) throws(StepFailure) {
        var places: [String: Int] = [:]
        // In the order of the data: arms that report nothing at all have a row too.
        for (experiment, variant) in set.arms {
            places["\(experiment)\u{0}\(variant)"] = rows.count
            _ = experiments.place(of: experiment)
            rows.append(
                Row(experiment: experiment, variant: variant, effects: Array(repeating: nil, count: set.metrics.count)))
        }
        for (m, metric) in set.metrics.enumerated() {
            let effects: TreatmentEffects
            do throws(EffectSet.SelectionFault) {
                effects = try set.selecting([metric], correlation: nil).effects
            } catch {
                throw context.fail(.cannotSelect(error, metrics: [metric], at: context.directive.wordRange))
            }
            for j in 0..<effects.count {
                let key = "\(effects.experiments[effects.experimentIndices[j]])\u{0}\(effects.arms[j])"
                guard let row = places[key] else { continue }
                rows[row].effects[m] = (effects.value(j, 0), effects.covariance(j, j)[0, 0].squareRoot())
            }
        }
    }

    func value(of set: EffectSet) -> Value {
        [
            "metrics": Value(set.metrics), "scale": .string(set.scale.rawValue),
            "experiments": Value(experiments.names.count), "arms": Value(rows.count),
            "rows": .list(
                rows.map { row in
                    var effects: Object = [:]
                    for (metric, effect) in zip(set.metrics, row.effects) {
                        guard let effect else { continue }
                        let half = EffectRows.quantile * effect.se
                        effects[metric] = [
                            "estimate": Value(effect.estimate), "se": Value(effect.se),
                            "interval": Value([effect.estimate - half, effect.estimate + half]),
                        ]
                    }
                    return [
                        "experiment": .string(row.experiment), "variant": .string(row.variant),
                        "effects": .object(effects),
                    ]
                }),
        ]
    }

    func table(of set: EffectSet, id: String) -> TableModel {
        let path = ResultPath([.name(id), .name("rows")])
        let format = set.scale == .relative ? "interval +.2%" : "interval +.3g"
        return TableModel(
            columns: [.init("Experiment"), .init("Variant")] + set.metrics.map { .init($0, .decimal) },
            rows: rows.enumerated().map { index, row in
                let cells = zip(set.metrics, row.effects).map { metric, effect -> TableModel.Cell in
                    guard let effect else { return .empty }
                    let half = EffectRows.quantile * effect.se
                    let value: Value = [
                        "estimate": Value(effect.estimate),
                        "interval": Value([effect.estimate - half, effect.estimate + half]),
                    ]
                    return .number(value, format: format, path: path + index + "effects" + metric)
                }
                return .init([.text(row.experiment), .text(row.variant)] + cells)
            })
    }
}

extension EffectSet {
    /// Every treatment arm by experiment and name, in the order of the data.
    var arms: [(experiment: String, variant: String)] {
        switch content {
        case .moments(let experiments): experiments.flatMap { e in e.arms.map { (e.name, $0.name) } }
        case .estimates(let estimates): estimates.map { ($0.experiment, $0.variant) }
        }
    }
}

extension Diagnostic {
    /// Why effects on some metrics cannot be had.
    static func cannotSelect(_ fault: EffectSet.SelectionFault, metrics: [String], at range: SourceRange) -> Diagnostic
    {
        switch fault {
        case .countsDiffer(let experiment, let arm):
            .error(
                .unclearEffects, "Metrics used together stand on the same units", at: range,
                notes: [
                    .init(
                        "experiment \(experiment), arm \(arm): the counts of \(metrics.joined(separator: ", ")) differ")
                ])
        case .countNotWhole(let experiment, let arm, let count):
            .error(
                .unclearEffects, "A count is a whole number of units", at: range,
                notes: [.init("experiment \(experiment), arm \(arm): \(count)")])
        case .covarianceUnknown:
            .error(
                .missingNoise, "Metrics used together need the covariance between them", at: range,
                notes: [
                    .init(
                        "the data does not tell that of \(metrics.joined(separator: ", ")); "
                            + "`noise-correlation: 0.5` in the `effects` directive assumes one, `covariance: {a:b: column}` reads it"
                    )
                ])
        case .nothingComplete:
            .error(
                .unclearEffects, "At least one experiment reports what is used", at: range,
                notes: [.init("no arm and its control report \(metrics.joined(separator: ", "))")])
        case .estimation(let error): .notEstimable(error, at: range)
        }
    }

    /// What an estimator says it cannot do.
    static func notEstimable(_ error: EstimationError, at range: SourceRange) -> Diagnostic {
        .error(.notEstimable, error.message, at: range, notes: error.detail.map { [.init($0)] } ?? [])
    }
}

extension DiagnosticCode {
    static let missingNoise = DiagnosticCode(604, "missing-noise")
}
