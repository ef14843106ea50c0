internal import MCMC
internal import Probability

/// Draws from the posterior of the hierarchical model, by chains.
package struct PosteriorDraws: Sendable {
    package let options: SamplingOptions
    /// By chain, then draw.
    package let mean: [[Double]]
    package let tau: [[Double]]
    /// log τ, from the chain's own coordinate.
    package let logTau: [[Double]]
    package let report: SamplingReport
    /// Whether each draw's trajectory diverged.
    package let divergent: [[Bool]]
    let frame: SamplingFrame
    private let chains: [SampledChain]
    private let effectStream: RandomStream
    private let newStream: RandomStream

    init(_ frame: SamplingFrame, _ chains: [SampledChain], options: SamplingOptions, stream: RandomStream) {
        self.frame = frame
        self.options = options
        self.chains = chains
        effectStream = RandomStream(seed: stream.seed, identifier: stream.identifier + " effects")
        newStream = RandomStream(seed: stream.seed, identifier: stream.identifier + " new effect")
        mean = chains.map { $0.coordinate(0).map(frame.mean) }
        tau = chains.map { $0.coordinate(1).map(frame.tau) }
        logTau = tau.map { $0.map(Elementary.log) }
        divergent = chains.map(\.divergent)
        report = SamplingReport(chains, options)
    }

    package var chainCount: Int { chains.count }
    /// Of each chain.
    package var drawCount: Int { options.draws }
    /// Experiments, or single effects where nothing is shared.
    package var blockCount: Int { frame.blocks.blockCount }

    /// The numbers in the data of block k's effects.
    package func indices(ofBlock k: Int) -> [Int] { Array(frame.blocks.indices[frame.blocks.range(k)]) }

    /// True effects of block k, jointly with μ and τ: by draw, chain after chain, then effect.
    ///
    /// Where they were integrated out they are drawn here, from a sub-stream of the block's own, so the draws do not depend
    /// on when or for which blocks they are asked.
    package func effects(ofBlock k: Int) -> [[Double]] {
        let size = frame.blocks.range(k).count
        let flat = flatEffects(ofBlock: k)
        return (0..<flat.count / size).map { Array(flat[$0 * size..<($0 + 1) * size]) }
    }

    /// The same in one array.
    func flatEffects(ofBlock k: Int) -> [Double] {
        let range = frame.blocks.range(k)
        var cursor = RandomCursor(effectStream, substream: k)
        return Array(unsafeUninitializedCapacity: chainCount * drawCount * range.count) { buffer, initialised in
            initialised = chainCount * drawCount * range.count
            guard var target = buffer.baseAddress else { return }
            for chain in chains {
                for draw in 0..<drawCount {
                    let start = draw * chain.dimension
                    let mean = frame.meanPlace + frame.meanSpread * chain.positions[start]
                    let tau = frame.coordinate.point(frame.place + frame.spread * chain.positions[start + 1]).tau
                    if options.parameterisation == .nonCentred {
                        for (i, j) in range.enumerated() { target[i] = mean + tau * chain.positions[start + 2 + j] }
                    } else {
                        frame.blocks.drawEffects(of: k, mean: mean, tauSquared: tau * tau, &cursor, into: target)
                    }
                    for i in 0..<range.count { target[i] = frame.origin + frame.unit * target[i] }
                    target += range.count
                }
            }
        }
    }

    /// A new experiment's true effect, μ + τ times a normal draw; by chain, then draw.
    package func newEffects() -> [[Double]] {
        (0..<chainCount).map { chain in
            var cursor = RandomCursor(newStream, substream: chain)
            return (0..<drawCount).map { mean[chain][$0] + tau[chain][$0] * cursor.normal() }
        }
    }
}
