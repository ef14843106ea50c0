internal import MCMC

extension SamplingReport {
    init(_ chains: [SampledChain], _ options: SamplingOptions) {
        parameterisation = options.parameterisation
        self.chains = options.chains
        warmup = options.warmup
        draws = options.draws
        targetAcceptance = options.acceptance
        divergences = chains.reduce(0) { $0 + $1.divergent.count { $0 } }
        let limit = options.settings.maximumDepth
        maxTreeDepthHits = chains.reduce(0) { $0 + $1.depths.count { $0 >= limit } }
        ebfmi = chains.map(\.energyFraction)
        stepSize = chains.map(\.stepSize)
        leapfrogs = chains.reduce(0) { $0 + $1.steps }
    }
}

extension SampledTraces {
    init(_ draws: PosteriorDraws) {
        let stride = (draws.drawCount + 249) / 250
        func thinned(_ chains: [[Double]]) -> [[Double]] {
            chains.map { chain in Swift.stride(from: 0, to: chain.count, by: stride).map { chain[$0] } }
        }
        mean = thinned(draws.mean)
        logTau = thinned(draws.logTau)
    }
}

extension SampledRanks {
    static let bins = 20

    init(_ draws: PosteriorDraws) {
        mean = SampledRanks.counts(draws.mean)
        logTau = SampledRanks.counts(draws.logTau)
    }

    private static func counts(_ chains: [[Double]]) -> [[Int]] {
        let values = chains.flatMap { $0 }
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        let length = chains.first?.count ?? 0
        var result = Array(repeating: Array(repeating: 0, count: bins), count: chains.count)
        for (rank, index) in order.enumerated() { result[index / length][rank * bins / order.count] += 1 }
        return result
    }
}

extension SampledPairs {
    static let limit = 1000

    init(_ draws: PosteriorDraws) {
        let flags = draws.divergent.flatMap { $0 }
        let diverged = SampledPairs.spread(flags.indices.filter { flags[$0] }, to: SampledPairs.limit / 2)
        let others = SampledPairs.spread(
            flags.indices.filter { !flags[$0] }, to: SampledPairs.limit - diverged.count)
        let chosen = (diverged + others).sorted()
        let (means, logTaus) = (draws.mean.flatMap { $0 }, draws.logTau.flatMap { $0 })
        mean = chosen.map { means[$0] }
        logTau = chosen.map { logTaus[$0] }
        divergent = chosen.map { flags[$0] }
    }

    /// Every n-th of them, so that at most `limit` remain.
    private static func spread(_ items: [Int], to limit: Int) -> [Int] {
        let step = max(1, (items.count + limit - 1) / limit)
        return stride(from: 0, to: items.count, by: step).map { items[$0] }
    }
}
