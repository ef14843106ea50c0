import Datasets
import Diagnostics
import Documents

/// Layout `arms`: a row is one arm, perhaps for one metric.
extension EffectsReader {
    private struct Cell {
        var moments: [Double?] = []
        var covariances: [Double?] = []
    }

    mutating func arms(metrics wanted: [String]?) throws(StepFailure) -> (metrics: [String], [EffectSet.Experiment]) {
        _ = try required("variant")
        var moments: [Int] = []
        for key in ["count", "mean", "variance"] { moments.append(try required(key)) }
        let controlName = context.options["control"]?.string ?? "control"
        let covariances = try covarianceColumns()
        var groups = try RowGroups<Cell>(
            &self, metrics: wanted, single: context.options["mean"]?.string ?? "effect")
        try forEachRow { (row) throws(DataFault) in
            try groups.insert(row) { (row) throws(DataFault) in
                var cell = Cell()
                for column in moments { cell.moments.append(try row.number(column)) }
                for pair in covariances { cell.covariances.append(try row.number(pair.column)) }
                return cell
            }
        }
        try groups.requireSingleRows(&self)
        let pairs = try places(of: covariances, in: groups.metrics)
        let metrics = groups.metrics.names
        var experiments: [EffectSet.Experiment] = []
        for (e, name) in groups.experiments.names.enumerated() {
            var arms: [EffectSet.Arm] = []
            for (v, variant) in groups.variants[e].names.enumerated() {
                var arm = EffectSet.Arm(name: variant, metrics: metrics.count)
                if !pairs.isEmpty {
                    arm.covariance = Array(repeating: nil, count: metrics.count * (metrics.count - 1) / 2)
                }
                for m in metrics.indices {
                    guard let cell = groups.cell(e, v, m) else { continue }
                    arm.set(m, cell.moments)
                    try merge(cell.covariances, pairs, into: &arm.covariance, of: "\(name), \(variant)")
                }
                arms.append(arm)
            }
            experiments.append(try experiment(name, arms, control: controlName))
        }
        return (metrics, experiments)
    }

    /// Takes one row's covariances over; two rows of one arm may tell the same one, and then agree.
    mutating func merge(
        _ values: [Double?], _ pairs: [Int], into covariance: inout [Double?], of arm: String
    ) throws(StepFailure) {
        for (value, pair) in zip(values, pairs) {
            guard let value else { continue }
            if let old = covariance[pair], abs(old - value) > 1e-9 * max(abs(old), abs(value)) {
                throw fail(
                    .error(
                        .unclearEffects, "Rows of one arm agree on its covariances, and those of \(arm) do not",
                        at: context.range(of: "covariance")))
            }
            covariance[pair] = value
        }
    }

    /// An experiment out of its arms: the one named as control, and at least one more.
    mutating func experiment(
        _ name: String, _ arms: [EffectSet.Arm], control: String
    ) throws(StepFailure) -> EffectSet.Experiment {
        try requireArms(name, arms.map(\.name), control: control)
        guard let shared = arms.first(where: { $0.name == control }) else { throw StepFailure() }
        return .init(name: name, control: shared, arms: arms.filter { $0.name != control })
    }

    /// Holds an experiment to a control and an arm beside it.
    mutating func requireArms(_ name: String, _ variants: [String], control: String) throws(StepFailure) {
        guard variants.contains(control) else {
            throw fail(
                .error(
                    .unclearEffects, "Every experiment has a control arm, and \(name) has none named \(control)",
                    at: context.range(of: "control"),
                    notes: [.init("its variants: " + variants.prefix(10).joined(separator: ", "))]))
        }
        guard variants.count > 1 else {
            throw fail(
                .error(
                    .unclearEffects, "Every experiment has an arm beside its control, and \(name) has none",
                    at: context.range(of: "variant")))
        }
    }

    /// The columns of `covariance: {a:b: column}` with the metrics of each.
    mutating func covarianceColumns() throws(StepFailure) -> [(a: String, b: String, column: Int, range: SourceRange)] {
        var found: [(a: String, b: String, column: Int, range: SourceRange)] = []
        for entry in context.options["covariance"]?.entries ?? [] {
            let names = entry.key.split(separator: ":").map { $0.trimming() }
            guard names.count == 2 else {
                throw fail(
                    .error(
                        .unclearEffects, "A covariance is named by its two metrics: `a:b: column`", at: entry.keyRange))
            }
            guard let column = try column(entry.value) else { continue }
            found.append((names[0], names[1], column, entry.keyRange))
        }
        return found
    }

    /// Where each covariance stands among the pairs of metrics.
    mutating func places(
        of covariances: [(a: String, b: String, column: Int, range: SourceRange)], in metrics: NameTable
    ) throws(StepFailure) -> [Int] {
        var places: [Int] = []
        for pair in covariances {
            guard let a = metrics.known(pair.a), let b = metrics.known(pair.b), a != b else {
                throw fail(
                    .error(
                        .unclearEffects, "A covariance is of two different metrics of this directive", at: pair.range,
                        notes: [.init("metrics: " + metrics.names.joined(separator: ", "))]))
            }
            places.append(EffectSet.pair(a, b, of: metrics.names.count))
        }
        return places
    }
}
