package import Probability

/// A data set of a hierarchical design, with what is true of it.
package struct HierarchicalDraw: Sendable {
    package let mean: Double
    package let tau: Double
    /// θ of each effect.
    package let effects: [Double]
    package let data: MetaAnalysisData
}

extension HierarchicalDesign {
    /// The next data set: μ and τ, then an experiment after the other, its control before its arms.
    ///
    /// - Throws: nothing that the design's own checks let through.
    package func draw(_ cursor: inout RandomCursor) throws(EstimationError) -> HierarchicalDraw {
        let mean =
            switch self.mean {
            case .fixed(let mean): mean
            case .drawn(let law): law.draw(&cursor)
            }
        let tau =
            switch self.tau {
            case .fixed(let tau): tau
            case .drawn(let law): law.draw(&cursor)
            }
        var truths: [Double] = []
        var set = TreatmentEffects(metrics: ["effect"], scale: .difference)
        for k in 0..<experiments {
            let arms = variants.count(k, &cursor)
            let variance = controlVariance.number(k, &cursor)
            let drawn = cursor.normal()
            let control = variance.squareRoot() * (k == 0 && outlier != 0 ? -outlier : drawn)
            set.experiments.append("\(k + 1)")
            set.shared.append(variance)
            for arm in 0..<arms {
                let own = treatmentVariance.number(k, &cursor)
                let truth = mean + tau * cursor.normal()
                truths.append(truth)
                set.arms.append("\(arm + 1)")
                set.experimentIndices.append(k)
                set.own.append(own)
                set.values.append(truth + own.squareRoot() * cursor.normal() - control)
            }
            set.offsets.append(set.arms.count)
        }
        return HierarchicalDraw(
            mean: mean, tau: tau, effects: truths, data: try MetaAnalysisData(set, metric: "effect"))
    }
}

extension MeanPrior {
    /// A draw of a proper prior; 0 of the flat one, which has none.
    func draw(_ cursor: inout RandomCursor) -> Double {
        switch self {
        case .normal(let mean, let deviation): mean + deviation * cursor.normal()
        case .flat: 0
        }
    }
}

extension HeterogeneityPrior {
    /// A draw of a proper prior, by inversion; 0 of the flat one, which has none.
    func draw(_ cursor: inout RandomCursor) -> Double {
        let u = cursor.uniform()
        switch self {
        case .halfCauchy(let scale): return scale * Elementary.tan(Double.pi * u / 2)
        case .halfNormal(let scale): return -scale * Normal.standardQuantile(u / 2)
        case .halfT(let degrees, let scale): return -scale * StudentT(degreesOfFreedom: degrees).quantile(u / 2)
        case .uniform(let upper): return upper * u
        case .exponential(let rate): return -Elementary.log(u) / rate
        case .flat: return 0
        }
    }
}
