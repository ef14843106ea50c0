import Datasets
import Diagnostics
import Documents
import Estimation
import LinearAlgebra
import Workspace

/// Layout `units`: a row is one unit. Only moments are kept, taken in one pass.
extension EffectsReader {
    mutating func units(_ rows: UnitRows) throws(StepFailure) -> [EffectSet.Experiment] {
        let metrics = rows.columns.count
        var experiments = NameTable()
        var variants: [NameTable] = []
        var moments: [[MomentAccumulator]] = []
        var incomplete = 0
        do {
            try rows.forEach(in: context.workspace.files) { experiment, variant, unit in
                guard let unit else {
                    incomplete += 1
                    return
                }
                let e = experiments.place(of: experiment)
                if e == variants.count {
                    variants.append(NameTable())
                    moments.append([])
                }
                let v = variants[e].place(of: variant)
                if v == moments[e].count { moments[e].append(MomentAccumulator(metrics: metrics)) }
                moments[e][v].add(unit)
            }
        } catch {
            throw context.fail(.badData(error, at: context.range(of: "data"), columns: frame.columns))
        }
        if incomplete > 0 {
            context.warn(
                .unreported, "\(incomplete) units lack a metric and are left out", at: context.range(of: "metrics"))
        }
        var made: [EffectSet.Experiment] = []
        for (e, name) in experiments.names.enumerated() {
            let arms = variants[e].names.indices.map { v in arm(variants[e].names[v], moments[e][v], metrics) }
            made.append(try self.experiment(name, arms, control: rows.control))
        }
        return made
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
