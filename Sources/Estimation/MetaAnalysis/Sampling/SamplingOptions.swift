internal import MCMC

/// What chains walk over.
package enum SamplingParameterisation: String, Sendable, CaseIterable {
    /// μ and log τ, true effects integrated out and drawn back exactly.
    case integrated
    /// μ, log τ and z with θ = μ + τz.
    case nonCentred = "non-centred"
}

/// How the posterior is sampled.
package struct SamplingOptions: Sendable, Equatable {
    package var parameterisation: SamplingParameterisation
    package var chains: Int
    /// Draws of each chain that tune the sampler and are dropped.
    package var warmup: Int
    /// Draws of each chain that are kept.
    package var draws: Int
    /// nil for the parameterisation's own: 0.9, or 0.95 where z is sampled, whose posterior narrows where τ is large.
    package var targetAcceptance: Double?

    package init(
        parameterisation: SamplingParameterisation = .integrated, chains: Int = 4, warmup: Int = 1000,
        draws: Int = 1000, targetAcceptance: Double? = nil
    ) {
        self.parameterisation = parameterisation
        self.chains = chains
        self.warmup = warmup
        self.draws = draws
        self.targetAcceptance = targetAcceptance
    }

    package var acceptance: Double { targetAcceptance ?? (parameterisation == .integrated ? 0.9 : 0.95) }

    /// - Throws: `invalidSampling`.
    func check(effects: Int) throws(EstimationError) {
        guard chains >= 1, draws >= 4, warmup >= 0 else {
            throw .invalidSampling("Sampling takes at least one chain of four draws, and no negative warm-up")
        }
        guard chains <= 1000, warmup <= 1_000_000, draws <= 1_000_000, chains * draws <= 10_000_000 else {
            throw .invalidSampling("Sampling keeps at most ten million draws, a million a chain")
        }
        guard acceptance > 0, acceptance < 1 else {
            throw .invalidSampling("A target acceptance lies strictly between 0 and 1")
        }
        guard parameterisation == .integrated || chains * draws * (effects + 2) <= 50_000_000 else {
            throw .invalidSampling(
                "The non-centred parameterisation keeps every effect's draws, at most fifty million numbers; "
                    + "the integrated one has no such bound")
        }
    }

    var settings: SamplerSettings {
        SamplerSettings(chains: chains, warmup: warmup, draws: draws, targetAcceptance: acceptance)
    }
}
