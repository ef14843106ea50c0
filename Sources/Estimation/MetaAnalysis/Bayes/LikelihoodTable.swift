internal import Probability

/// The likelihood's sums at the nodes of every panel of τ that was met.
///
/// They do not depend on the priors, so a second prior of the same effects costs no pass over the effects where it needs
/// the same panels.
struct LikelihoodTable: Sendable {
    let blocks: NoiseBlocks
    /// √(mean δ² + mean s²_t), of the centred effects: where τ is looked for.
    let scale: Double
    /// By a panel's first and last node.
    private var known: [[Double?]: [InformationSums]] = [:]

    init(_ blocks: NoiseBlocks) {
        self.blocks = blocks
        var spread = 0.0
        for effect in blocks.effects { spread += effect * effect }
        scale = (spread / Double(blocks.count) + SampleMoments.mean(blocks.own)).squareRoot()
    }

    /// At a panel's nodes, ascending.
    mutating func sums(_ taus: [Double]) -> [InformationSums] {
        let key = [taus.first, taus.last]
        if let found = known[key] { return found }
        let made = blocks.information(taus.map { $0 * $0 })
        known[key] = made
        return made
    }
}
