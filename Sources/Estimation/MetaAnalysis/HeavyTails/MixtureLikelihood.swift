internal import LinearAlgebra
internal import Parallelism
internal import Probability

/// The likelihood of effects that share controls under mixture laws; linear in effects, nodes and components.
struct MixtureLikelihood: Sendable {
    let blocks: NoiseBlocks
    private(set) var nodes: [SharedNoiseNodes]

    /// - Parameters:
    ///   - reference: A law with every scale that may occur, by which nodes that no law can need are left out.
    /// - Throws: `noConvergence`.
    init(_ blocks: NoiseBlocks, reference: ScaleMixture) throws(EstimationError) {
        self.blocks = blocks
        nodes = []
        nodes.reserveCapacity(blocks.blockCount)
        for k in 0..<blocks.blockCount {
            var all = try SharedNoiseNodes(blocks, k, location: reference.location)
            if all.count > 1 {
                let block = MixtureBlock(blocks, k, all, reference)
                // A law on the same scales has densities at most M times the reference's.
                let slack = Elementary.log(Double(reference.weights.count)) * Double(block.range.count)
                let least = Elementary.exp(-24 - slack)
                all.keep(block.nodes.map { $0 > least })
            }
            nodes.append(all)
        }
    }

    /// `body` summed over the experiments, in chunks that do not depend on the machine.
    func sum(_ law: ScaleMixture, count: Int, _ body: @Sendable (MixtureBlock, inout [Double]) -> Void) -> [Double] {
        let chunks = Chunks(of: blocks.blockCount, size: 64)
        let parts = concurrentMap(chunks.count) { chunk in
            var sums = Array(repeating: 0.0, count: count)
            for k in chunks[chunk] { body(MixtureBlock(blocks, k, nodes[k], law), &sums) }
            return sums
        }
        var total = Array(repeating: 0.0, count: count)
        for part in parts { for i in 0..<count { total[i] += part[i] } }
        return total
    }

    func value(_ law: ScaleMixture) -> Double { sum(law, count: 1) { $1[0] += $0.logLikelihood }[0] }

    /// The log-likelihood, its gradient in the weights, and a bound on its curvature: −∂²l/∂π∂πᵀ is E[Σ_i g_ig_iᵀ] less the
    /// variance of Σ_i g_i over the nodes, g_i the gradient of log f_i.
    func weightDerivatives(_ law: ScaleMixture) -> (value: Double, gradient: [Double], curvature: Matrix) {
        let count = law.weights.count
        let sums = sum(law, count: 1 + count + count * count) { block, sums in
            sums[0] += block.logLikelihood
            let size = block.range.count
            for (q, probability) in block.nodes.enumerated() where probability > 1e-14 {
                for i in 0..<size {
                    let first = (q * size + i) * count
                    for m in 0..<count {
                        let part = probability * block.ratios[first + m]
                        sums[1 + m] += part
                        let row = 1 + count + m * count
                        for l in 0...m { sums[row + l] += part * block.ratios[first + l] }
                    }
                }
            }
        }
        var curvature = Matrix(rows: count, columns: count)
        for m in 0..<count {
            for l in 0...m {
                curvature[m, l] = sums[1 + count + m * count + l]
                curvature[l, m] = curvature[m, l]
            }
        }
        return (sums[0], Array(sums[1...count]), curvature)
    }
}
