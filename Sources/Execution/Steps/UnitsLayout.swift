import Datasets
import Diagnostics
import Documents
import Estimation
import LinearAlgebra

/// Layout `units`: a row is one unit. Only moments are kept, taken in one pass.
extension EffectsReader {
    mutating func units(metrics names: [String]) throws(StepFailure) -> (metrics: [String], [EffectSet.Experiment]) {
        let experiment = try column(context.options["experiment"])
        let variant = try required("variant")
        let controlName = context.options["control"]?.string ?? "control"
        var columns: [Int] = []
        for node in context.options["metrics"]?.items ?? [] {
            if let index = try column(node) { columns.append(index) }
        }
        var experiments = NameTable()
        var variants: [NameTable] = []
        var moments: [[MomentAccumulator]] = []
        var incomplete = 0
        var unit = [Double](repeating: 0, count: columns.count)
        try forEachRow { (row) throws(DataFault) in
            var experimentName = "1"
            if let experiment {
                guard let text = try row.text(experiment) else {
                    throw row.fault(experiment, "Every row names its experiment")
                }
                experimentName = text
            }
            guard let variantName = try row.text(variant) else {
                throw row.fault(variant, "Every row names its variant")
            }
            for (index, column) in columns.enumerated() {
                guard let number = try row.number(column) else {
                    incomplete += 1
                    return
                }
                unit[index] = number
            }
            let e = experiments.place(of: experimentName)
            if e == variants.count {
                variants.append(NameTable())
                moments.append([])
            }
            let v = variants[e].place(of: variantName)
            if v == moments[e].count { moments[e].append(MomentAccumulator(metrics: columns.count)) }
            moments[e][v].add(unit)
        }
        if incomplete > 0 {
            context.warn(
                .unreported, "\(incomplete) units lack a metric and are left out", at: context.range(of: "metrics"))
        }
        var made: [EffectSet.Experiment] = []
        for (e, name) in experiments.names.enumerated() {
            let arms = variants[e].names.indices.map { v in arm(variants[e].names[v], moments[e][v], names.count) }
            made.append(try self.experiment(name, arms, control: controlName))
        }
        return (names, made)
    }

    private func arm(_ name: String, _ moments: MomentAccumulator, _ metrics: Int) -> EffectSet.Arm {
        var arm = EffectSet.Arm(name: name, metrics: metrics)
        arm.covariance = Array(repeating: nil, count: metrics * (metrics - 1) / 2)
        // A variance needs two units; an arm of one reports none.
        let covariance = moments.covariance
        for a in 0..<metrics {
            arm.set(a, [Double(moments.count), moments.mean[a], covariance.map { $0[a, a] }])
            for b in (a + 1)..<max(metrics, a + 1) {
                arm.covariance[EffectSet.pair(a, b, of: metrics)] = covariance.map { $0[a, b] }
            }
        }
        return arm
    }
}
