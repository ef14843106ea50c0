/// True effects as a finite mixture of normals with one centre: every law with heavier tails is fitted as one.
struct ScaleMixture: Sendable {
    /// Of the centred effects.
    var location: Double
    var weights: [Double]
    /// 0 for a spike.
    var variances: [Double]
}
