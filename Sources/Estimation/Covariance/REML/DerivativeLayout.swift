internal import LinearAlgebra

/// Where each sum of the likelihood's derivatives stands in one flat vector; q = G(G+1)/2.
///
/// E is the basis of Λ's lower triangle: E_ab has a one at (a, b) and at (b, a). Y_i = (WX)_ia with A⁻¹ = aaᵀ, and
/// g = W(y − Xμ̂).
struct DerivativeLayout: Sendable {
    let order: Int
    let rank: Int
    var packed: Int { PackedSymmetric.count(order: order) }
    /// Rows of q and of G² numbers are padded to whole tiles.
    var packedStride: Int { ProductTiles.padded(packed) }
    var squareStride: Int { ProductTiles.padded(order * order) }

    /// Σ_i (g_ig_iᵀ − W_ii + Y_iY_iᵀ), q.
    var gradient: Int { 0 }
    /// Σ_i (P_i − 2Z_iZ_iᵀ − 2Y_iY_iᵀ) ⊗ P_i, q × q.
    var crossed: Int { packed }
    /// Σ_i g_ig_iᵀ ⊗ P_i, q × q.
    var observed: Int { crossed + packed * packedStride }
    /// Σ_i Y_i ⊗ Y_i, G² × G², only for pairs of rows (a, b) of Y_i with b ≤ a.
    var projected: Int { observed + packed * packedStride }
    /// Σ_i Y_iᵀEg_i, q × G.
    var residual: Int { projected + order * order * squareStride }
    /// Σ_k of tr(BB′) + 2 tr(CC′ᵀ), B = Σ_i Z_iᵀEZ_i and C = Σ_i Y_iᵀEZ_i over the experiment's arms, q × q.
    var shared: Int { residual + packed * order }
    /// Σ_k cᵀc′, c = Σ_i Z_iᵀEg_i, q × q.
    var sharedObserved: Int { shared + (rank > 0 ? packed * packed : 0) }
    var count: Int { sharedObserved + (rank > 0 ? packed * packed : 0) }

    /// The numbers of one E in an experiment that shares: B packed and C, padded, and c behind them, padded.
    var sharedMain: Int { ProductTiles.padded(rank * (rank + 1) / 2 + order * rank) }
    var sharedWidth: Int { sharedMain + ProductTiles.padded(rank) }
}
