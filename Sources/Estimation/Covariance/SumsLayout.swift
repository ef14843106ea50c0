internal import LinearAlgebra

/// Where each sum stands in the vector of `EffectSums`.
struct SumsLayout: Sendable {
    /// J.
    static let effects = 0
    /// Σ a_j, a_j the weights before scaling.
    static let weight = 1
    /// Σ a_j².
    static let weightSquare = 2
    /// Σ a_j (1/n_t + 1/n_c).
    static let unitNoise = 3
    /// Σ a_j a_l (1/n_c + 1[j=l]/n_t) over pairs within an experiment.
    static let unitNoiseSquare = 4
    /// ν.
    static let degreesOfFreedom = 5
    /// P = Σ 1ᵀW_k1.
    static let precision = 6

    let order: Int
    /// G(G+1)/2.
    let packed: Int

    init(order: Int) {
        self.order = order
        packed = PackedSymmetric.count(order: order)
    }

    /// Σ a_j τ_j, G.
    var mean: Int { 7 }
    /// b = Σ T_kᵀW_k1, G.
    var scatterMean: Int { mean + order }
    /// Σ a_j τ_jτ_jᵀ, packed, as are all below.
    var second: Int { scatterMean + order }
    /// Σ a_j V_jj.
    var noise: Int { second + packed }
    /// Σ a_j a_l V_jl over pairs within an experiment.
    var noiseSquare: Int { noise + packed }
    /// Σ_a (n_a − 1)Ω̂_a.
    var pooled: Int { noiseSquare + packed }
    /// M before its mean is taken off.
    var scatter: Int { pooled + packed }
    /// Σ_k Σ_ij (W_k)_ij V_k,ij, the noise in M under each arm's own covariance.
    var scatterNoise: Int { scatter + packed }
    /// Σ_k Σ_ij (W_k1)_i (W_k1)_j V_k,ij, the covariance of b.
    var scatterMeanNoise: Int { scatterNoise + packed }
    var count: Int { scatterMeanNoise + packed }
}
