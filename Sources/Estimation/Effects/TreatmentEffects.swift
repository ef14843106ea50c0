package import LinearAlgebra

/// Every treatment's effect on every metric, with the noise that arms of one experiment share.
///
/// For effects j, l of experiment k the sampling covariance (G × G) is
///
///     V_jl = R_j S_k R_l + E_j S′_k E_l + 1[j = l] T_j
///
/// with S_k the control's share, T_j the arm's own, R_j = diag(multipliers), 1 but on the relative scale, and on the
/// standardised scale only E_j = diag(effects) and S′_k the noise of the control's standard deviations. Matrices are
/// packed lower triangles in flat arrays; effects of one experiment stand together.
package struct TreatmentEffects: Sendable, Equatable {
    package let metrics: [String]
    package let scale: EffectScale
    package internal(set) var experiments: [String] = []
    /// The arm's name of each effect.
    package internal(set) var arms: [String] = []
    /// Experiment k's effects are `offsets[k]..<offsets[k + 1]`.
    package internal(set) var offsets: [Int] = [0]
    /// The number of each effect's experiment.
    package internal(set) var experimentIndices: [Int] = []
    /// τ̂, J × G by rows.
    package internal(set) var values: [Double] = []
    /// S_k, K × G(G+1)/2.
    package internal(set) var shared: [Double] = []
    /// T_j, J × G(G+1)/2.
    package internal(set) var own: [Double] = []
    /// R_j, J × G; nil where all are 1.
    package internal(set) var multipliers: [Double]?
    /// S′_k, K × G(G+1)/2; nil off the standardised scale.
    package internal(set) var scaleNoise: [Double]?
    /// Units by arm; nil where effects were given without them.
    package internal(set) var counts: Counts?

    /// Units by arm.
    package struct Counts: Sendable, Equatable {
        /// n_t of each effect.
        package internal(set) var treatment: [Int] = []
        /// n_c of each experiment.
        package internal(set) var control: [Int] = []
    }

    init(metrics: [String], scale: EffectScale) {
        self.metrics = metrics
        self.scale = scale
    }

    /// G.
    package var order: Int { metrics.count }
    /// J.
    package var count: Int { arms.count }
    /// K.
    package var experimentCount: Int { experiments.count }
    var packedOrder: Int { PackedSymmetric.count(order: order) }

    package func effects(of experiment: Int) -> Range<Int> { offsets[experiment]..<offsets[experiment + 1] }

    /// τ̂_j.
    package func value(_ effect: Int) -> [Double] { Array(values[effect * order..<(effect + 1) * order]) }

    package func value(_ effect: Int, _ metric: Int) -> Double { values[effect * order + metric] }

    /// R_j on one metric.
    package func multiplier(_ effect: Int, _ metric: Int) -> Double { multipliers?[effect * order + metric] ?? 1 }

    /// S_k.
    package func sharedCovariance(_ experiment: Int) -> Matrix {
        PackedSymmetric.unpack(shared, at: experiment * packedOrder, order: order)
    }

    /// T_j.
    package func ownCovariance(_ effect: Int) -> Matrix {
        PackedSymmetric.unpack(own, at: effect * packedOrder, order: order)
    }

    /// V_jl; zero for effects of different experiments.
    package func covariance(_ j: Int, _ l: Int) -> Matrix {
        var result = Matrix(rows: order, columns: order)
        guard experimentIndices[j] == experimentIndices[l] else { return result }
        for a in 0..<order { for b in 0..<order { result[a, b] = covariance(j, l, a, b) } }
        return result
    }

    /// V_jl at metrics (a, b), j and l of one experiment.
    func covariance(_ j: Int, _ l: Int, _ a: Int, _ b: Int) -> Double {
        let position = PackedSymmetric.index(a, b)
        let block = experimentIndices[j] * packedOrder + position
        var sum = shared[block]
        if let multipliers { sum *= multipliers[j * order + a] * multipliers[l * order + b] }
        if let scaleNoise { sum += values[j * order + a] * values[l * order + b] * scaleNoise[block] }
        return j == l ? sum + own[j * packedOrder + position] : sum
    }

    /// n_t n_c/(n_t + n_c) of one effect; nil without counts.
    package func effectiveCount(_ effect: Int) -> Double? {
        guard let counts else { return nil }
        let treatment = Double(counts.treatment[effect])
        let control = Double(counts.control[experimentIndices[effect]])
        return treatment * control / (treatment + control)
    }

    /// The number of a metric.
    ///
    /// - Throws: `unknownMetric`.
    package func index(of metric: String) throws(EstimationError) -> Int {
        guard let index = metrics.firstIndex(of: metric) else { throw .unknownMetric(metric, known: metrics) }
        return index
    }
}
