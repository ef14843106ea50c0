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
    /// The same before adjustment by covariates, row by row; empty where there is none.
    private var unadjusted: [Row] = []
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
        if let before = set.unadjusted {
            var other = set
            (other.content, other.unadjusted) = (.moments(before), nil)
            unadjusted = try EffectRows(of: other, context: &context).rows
        }
    }

    /// Whether covariates adjust a metric.
    private func isAdjusted(_ metric: Int, _ set: EffectSet) -> Bool {
        !unadjusted.isEmpty && set.report.map { !$0.request.design.adjustments[metric].isEmpty } == true
    }

    /// The share of the variance that adjustment takes away; nil where there is nothing to compare.
    private func reduction(_ row: Int, _ metric: Int) -> Double? {
        guard let before = unadjusted[row].effects[metric], let after = rows[row].effects[metric], before.se > 0
        else { return nil }
        let ratio = after.se / before.se
        return 1 - ratio * ratio
    }

    func value(of set: EffectSet) -> Value {
        var values: Object = [
            "metrics": Value(set.metrics), "scale": .string(set.scale.rawValue),
            "experiments": Value(experiments.names.count), "arms": Value(rows.count),
            "rows": .list(
                rows.enumerated().map { index, row in
                    var effects: Object = [:]
                    for (m, (metric, effect)) in zip(set.metrics, row.effects).enumerated() {
                        guard let effect else { continue }
                        let half = EffectRows.quantile * effect.se
                        var told: Object = [
                            "estimate": Value(effect.estimate), "se": Value(effect.se),
                            "interval": Value([effect.estimate - half, effect.estimate + half]),
                        ]
                        if isAdjusted(m, set), let before = unadjusted[index].effects[m] {
                            told["unadjusted"] = ["estimate": Value(before.estimate), "se": Value(before.se)]
                            told["varianceReduction"] = Value(reduction(index, m))
                        }
                        effects[metric] = .object(told)
                    }
                    return [
                        "experiment": .string(row.experiment), "variant": .string(row.variant),
                        "effects": .object(effects),
                    ]
                }),
        ]
        set.report?.add(to: &values)
        return .object(values)
    }

    func table(of set: EffectSet, id: String) -> TableModel {
        let path = ResultPath([.name(id), .name("rows")])
        let format = set.scale == .relative ? "interval +.2%" : "interval +.3g"
        let adjusted = set.metrics.indices.filter { isAdjusted($0, set) }
        var columns: [TableModel.Column] = [.init("Experiment"), .init("Variant")]
        columns += set.metrics.map { .init($0, .decimal) }
        columns += adjusted.map { m in
            .init(adjusted.count == 1 ? "Variance removed" : "Variance removed, \(set.metrics[m])", .decimal)
        }
        if set.report != nil { columns.append(.init("Split", .left)) }
        let splits = set.report.map { SplitCells($0, id: id) }
        return TableModel(
            columns: columns,
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
                let removed = adjusted.map { m -> TableModel.Cell in
                    guard let share = reduction(index, m) else { return .empty }
                    return .number(
                        Value(share), format: ".0%",
                        path: path + index + "effects" + set.metrics[m] + "varianceReduction")
                }
                let split = splits.map { [$0.cell(row.experiment)] } ?? []
                return .init([.text(row.experiment), .text(row.variant)] + cells + removed + split)
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
