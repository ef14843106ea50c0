import Datasets
import Diagnostics
import Documents

/// Layout `pairs`: a row compares one arm with its control, perhaps for one metric, perhaps at one of many checkpoints.
extension EffectsReader {
    /// The moments of both arms in one row.
    private struct Comparison {
        var control: [Double?] = []
        var treatment: [Double?] = []
        var place: String
    }

    mutating func pairs(metrics wanted: [String]?) throws(StepFailure) -> (metrics: [String], [EffectSet.Experiment]) {
        let control = try moments("control")
        let treatment = try moments("treatment")
        var groups = try RowGroups<Comparison>(&self, metrics: wanted, single: "effect")
        try forEachRow { (row) throws(DataFault) in
            try groups.insert(row) { (row) throws(DataFault) in
                var comparison = Comparison(place: row.place)
                for column in control { comparison.control.append(try row.number(column)) }
                for column in treatment { comparison.treatment.append(try row.number(column)) }
                return comparison
            }
        }
        try groups.requireSingleRows(&self)
        let metrics = groups.metrics.names
        var experiments: [EffectSet.Experiment] = []
        for (e, name) in groups.experiments.names.enumerated() {
            var shared = EffectSet.Arm(name: "control", metrics: metrics.count)
            var arms: [EffectSet.Arm] = []
            for (v, variant) in groups.variants[e].names.enumerated() {
                var arm = EffectSet.Arm(name: variant, metrics: metrics.count)
                for m in metrics.indices {
                    guard let comparison = groups.cell(e, v, m) else { continue }
                    arm.set(m, comparison.treatment)
                    guard shared.merge(m, comparison.control) else {
                        throw fail(
                            .error(
                                .unclearEffects,
                                "Arms of one experiment share one control, and the rows of \(name) disagree on it",
                                at: context.range(of: "control"),
                                notes: [.init("metric \(metrics[m]), at \(comparison.place)")]))
                    }
                }
                arms.append(arm)
            }
            experiments.append(.init(name: name, control: shared, arms: arms))
        }
        return (metrics, experiments)
    }

    /// The columns of count, mean and variance of `control` or `treatment`.
    private mutating func moments(_ key: String) throws(StepFailure) -> [Int] {
        var columns: [Int] = []
        for part in ["count", "mean", "variance"] {
            guard let index = try column(context.options[key]?[part]) else {
                throw fail(
                    .error(
                        .missingOption, "Layout `pairs` needs `\(key): {count: …, mean: …, variance: …}`",
                        at: context.range(of: key)))
            }
            columns.append(index)
        }
        return columns
    }
}

extension EffectSet.Arm {
    mutating func set(_ metric: Int, _ moments: [Double?]) {
        count[metric] = moments[0]
        mean[metric] = moments[1]
        variance[metric] = moments[2]
    }

    /// Takes moments over, or agrees with those it has to nine digits; false where they disagree.
    mutating func merge(_ metric: Int, _ moments: [Double?]) -> Bool {
        func agrees(_ old: Double?, _ new: Double?) -> Bool {
            guard let old, let new else { return true }
            return abs(old - new) <= 1e-9 * max(abs(old), abs(new))
        }
        guard agrees(count[metric], moments[0]), agrees(mean[metric], moments[1]), agrees(variance[metric], moments[2])
        else { return false }
        count[metric] = count[metric] ?? moments[0]
        mean[metric] = mean[metric] ?? moments[1]
        variance[metric] = variance[metric] ?? moments[2]
        return true
    }
}
