internal import Parallelism
package import Probability

/// Draws from a density by several chains at once.
package enum NoUTurnSampler {
    /// Why there are no draws.
    package enum Failure: Error, Equatable, Sendable {
        /// The density or its gradient is not finite at any of a chain's 100 first places.
        case noStart
    }

    /// Every chain's kept draws.
    ///
    /// Chain c walks sub-stream c of `stream`, so draws depend on neither the number of processors nor their order. The
    /// step size and a diagonal mass matrix are tuned in the warm-up by Stan's schedule.
    /// - Throws: `noStart`.
    package static func chains<Density: LogDensity>(
        of density: Density, settings: SamplerSettings, stream: RandomStream
    ) throws(Failure) -> [SampledChain] {
        var chains: [SampledChain] = []
        for chain in concurrentMap(
            settings.chains, { chain(of: density, settings, RandomCursor(stream, substream: $0)) })
        {
            guard let chain else { throw .noStart }
            chains.append(chain)
        }
        return chains
    }

    private static func chain<Density: LogDensity>(
        of density: Density, _ settings: SamplerSettings, _ cursor: RandomCursor
    ) -> SampledChain? {
        let chain = NoUTurnChain(density, maximumDepth: settings.maximumDepth, cursor: cursor)
        guard chain.start(radius: settings.startRadius) else { return nil }
        warmUp(chain, settings, dimension: density.dimension)
        var result = SampledChain(dimension: density.dimension, draws: settings.draws)
        for _ in 0..<settings.draws {
            chain.advance()
            result.positions.append(contentsOf: UnsafeBufferPointer(start: chain.position, count: density.dimension))
            result.energies.append(chain.energy)
            result.divergent.append(chain.isDivergent)
            result.depths.append(chain.depth)
            result.steps += chain.steps
        }
        result.stepSize = chain.stepSize
        result.inverseMetric = Array(UnsafeBufferPointer(start: chain.inverseMetric, count: density.dimension))
        return result
    }

    private static func warmUp<Density: LogDensity>(
        _ chain: NoUTurnChain<Density>, _ settings: SamplerSettings, dimension: Int
    ) {
        var windows = WarmupWindows(warmup: settings.warmup)
        var variance = RunningVariance(dimension: dimension)
        var averaging = DualAveraging(target: settings.targetAcceptance)
        chain.findStepSize()
        guard settings.warmup > 0 else { return }
        averaging.restart(from: chain.stepSize)
        for draw in 0..<settings.warmup {
            chain.advance()
            chain.stepSize = averaging.next(acceptance: chain.acceptance)
            if windows.isInside(draw) { variance.add(chain.position) }
            if windows.closes(after: draw) {
                variance.takeShrunken(into: chain.inverseMetric)
                chain.findStepSize()
                averaging.restart(from: chain.stepSize)
            }
        }
        chain.stepSize = averaging.result
    }
}
