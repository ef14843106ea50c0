internal import LinearAlgebra
internal import Probability

/// Draws a data set's sufficient statistics from their own law, without the data set.
///
/// The cost of a draw does not depend on experiments, arms or units.
struct StatisticsSampler: Sendable {
    let layout: SufficientStatistics
    private let mean: NormalSampler
    private let between: WishartSampler
    private let within: WishartSampler
    /// nil where Ω is known.
    private let noise: (controls: WishartSampler, treatments: WishartSampler)?
    /// Ω, packed.
    private let units: [Double]
    private let counts: (controls: Double, treatments: Double)

    init(_ design: SimulationDesign, noise: SimulatedNoise) {
        let experiments = Double(design.experiments)
        let arms = Double(design.arms)
        let degrees = Double(design.unitsPerArm - 1)
        layout = SufficientStatistics(design)
        mean = NormalSampler(mean: design.trueMean, covariance: design.averageCovariance / experiments)
        between = WishartSampler(degreesOfFreedom: experiments - 1, covariance: design.averageCovariance)
        within = WishartSampler(degreesOfFreedom: experiments * (arms - 1), covariance: design.contrastCovariance)
        units = PackedSymmetric.pack(design.unitCovariance)
        counts = (experiments, experiments * arms)
        func sum(of count: Double) -> WishartSampler {
            WishartSampler(
                degreesOfFreedom: count * degrees, covariance: design.unitCovariance, scale: 1 / degrees)
        }
        self.noise = noise == .estimated ? (sum(of: experiments), sum(of: experiments * arms)) : nil
    }

    var scratchCount: Int { WishartSampler.scratchCount(order: layout.order) }

    /// Overwrites `statistics`, which has room for `layout.count`.
    func draw(
        _ cursor: inout RandomCursor, into statistics: UnsafeMutablePointer<Double>,
        scratch: UnsafeMutablePointer<Double>
    ) {
        mean.draw(&cursor, into: statistics + layout.mean, scratch: scratch)
        between.draw(&cursor, into: statistics + layout.between, scratch: scratch)
        within.draw(&cursor, into: statistics + layout.within, scratch: scratch)
        if let noise {
            noise.controls.draw(&cursor, into: statistics + layout.controls, scratch: scratch)
            noise.treatments.draw(&cursor, into: statistics + layout.treatments, scratch: scratch)
        } else {
            for (p, value) in units.enumerated() {
                statistics[layout.controls + p] = counts.controls * value
                statistics[layout.treatments + p] = counts.treatments * value
            }
        }
    }

    /// What each part is on average.
    func expectation(of design: SimulationDesign) -> [Double] {
        let experiments = Double(design.experiments)
        let within = experiments * Double(design.arms - 1)
        return design.trueMean
            + PackedSymmetric.pack((experiments - 1) * design.averageCovariance)
            + PackedSymmetric.pack(within * design.contrastCovariance)
            + units.map { counts.controls * $0 } + units.map { counts.treatments * $0 }
    }
}
