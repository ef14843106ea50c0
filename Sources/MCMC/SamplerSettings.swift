/// How long chains run, and how carefully they step.
package struct SamplerSettings: Sendable, Equatable {
    /// At least 1.
    package var chains: Int
    /// Draws that tune the step and the scales, and are dropped.
    package var warmup: Int
    /// Draws that are kept of each chain.
    package var draws: Int
    /// The mean acceptance that the step size is tuned for, strictly between 0 and 1.
    package var targetAcceptance: Double
    /// A trajectory has at most 2 to this power steps.
    package var maximumDepth: Int
    /// Chains start uniformly within this distance of 0 in every coordinate.
    package var startRadius: Double

    package init(
        chains: Int = 4, warmup: Int = 1000, draws: Int = 1000, targetAcceptance: Double = 0.8, maximumDepth: Int = 10,
        startRadius: Double = 2
    ) {
        self.chains = chains
        self.warmup = warmup
        self.draws = draws
        self.targetAcceptance = targetAcceptance
        self.maximumDepth = maximumDepth
        self.startRadius = startRadius
    }
}
