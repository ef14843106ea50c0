internal import MCMC
internal import Parallelism
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

    /// The same of every block in one array each, on all processors.
    package func everyEffect() -> [[Double]] { concurrentMap(blockCount) { flatEffects(ofBlock: $0) } }

    /// Effects of block k in one array.
    func flatEffects(ofBlock k: Int) -> [Double] {
        let range = frame.blocks.range(k)
        let total = chainCount * drawCount * range.count
        return Array(unsafeUninitializedCapacity: total) { buffer, initialised in
            initialised = total
            guard let target = buffer.baseAddress else { return }
            switch options.parameterisation {
            case .integrated: drawBack(k, into: target)
            case .nonCentred: transform(range, into: target)
            }
            for i in 0..<total { target[i] = frame.origin + frame.unit * target[i] }
        }
    }

    /// μ and τ of one draw in the frame's units.
    private func point(_ chain: SampledChain, _ draw: Int) -> (mean: Double, tau: Double) {
        let start = draw * chain.dimension
        return (
            frame.meanPlace + frame.meanSpread * chain.positions[start],
            frame.coordinate.point(frame.place + frame.spread * chain.positions[start + 1]).tau
        )
    }

    private func transform(_ range: Range<Int>, into target: UnsafeMutablePointer<Double>) {
        var target = target
        for chain in chains {
            for draw in 0..<drawCount {
                let (mean, tau) = point(chain, draw)
                let z = draw * chain.dimension + 2
                for (i, j) in range.enumerated() { target[i] = mean + tau * chain.positions[z + j] }
                target += range.count
            }
        }
    }

    private func drawBack(_ k: Int, into target: UnsafeMutablePointer<Double>) {
        var target = target
        let (size, needed) = (frame.blocks.range(k).count, frame.blocks.normalsNeeded(k))
        var cursor = RandomCursor(effectStream, substream: k)
        // Normal draws are made for so many draws at once.
        let batch = 64
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * batch * needed) { room in
            guard let normals = room.baseAddress else { return }
            for chain in chains {
                for draw in 0..<drawCount {
                    let place = draw % batch
                    if place == 0 {
                        let count = min(batch, drawCount - draw) * needed
                        cursor.normals(into: normals, count: count, scratch: normals + batch * needed)
                    }
                    let (mean, tau) = point(chain, draw)
                    frame.blocks.drawEffects(
                        of: k, mean: mean, tauSquared: tau * tau, normals + place * needed, into: target)
                    target += size
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
