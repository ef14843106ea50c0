internal import Parallelism

/// The posteriors of all effects, each a mixture over τ.
///
/// Few effects are averaged over all nodes of τ. Of many, each is first averaged over Gauss rules of 4 and 6 nodes for
/// the posterior of τ, which is narrow when effects are many; where those two disagree, over rules of more, and over all
/// nodes where none does. Work goes by fixed chunks of blocks, so that results have the same bits everywhere.
struct EffectPosteriors {
    let distribution: TauDistribution
    let reader: MixtureReader

    private static let ladder = [4, 6, 9, 13, 19, 28, 41, 60]
    /// Below so many effects all nodes are used.
    private static let many = 100
    private static let chunkSize = 1024

    private var blocks: NoiseBlocks { distribution.posterior.blocks }

    /// In the blocks' order.
    func summaries() -> [PosteriorSummary] {
        let full = distribution.fullRule
        var made: [PosteriorSummary?] = Array(repeating: nil, count: blocks.count)
        if blocks.count >= EffectPosteriors.many, let first = EffectPosteriors.ladder.first,
            var coarse = distribution.gaussRule(first, of: full)
        {
            for count in EffectPosteriors.ladder.dropFirst() where 2 * count <= full.count {
                guard made.contains(where: { $0 == nil }), let fine = distribution.gaussRule(count, of: full) else {
                    break
                }
                made = pass(made, coarse: coarse, fine: fine)
                coarse = fine
            }
        }
        return pass(made, coarse: nil, fine: full).compactMap(\.self)
    }

    /// Fills in what is missing, where the rules agree or there is one only.
    private func pass(_ made: [PosteriorSummary?], coarse: TauRule?, fine: TauRule) -> [PosteriorSummary?] {
        guard made.contains(where: { $0 == nil }) else { return made }
        let chunks = Chunks(of: blocks.blockCount, size: EffectPosteriors.chunkSize)
        return concurrentMap(chunks.count) { pass(made, chunks[$0], coarse: coarse, fine: fine) }.flatMap(\.self)
    }

    /// The same for the effects of some blocks.
    private func pass(
        _ made: [PosteriorSummary?], _ part: Range<Int>, coarse: TauRule?, fine: TauRule
    ) -> [PosteriorSummary?] {
        let first = blocks.offsets[part.lowerBound]
        var result = Array(made[first..<blocks.offsets[part.upperBound]])
        var moments = BlockMoments(
            blocks, coarse: coarse, fine: fine, largest: part.map { blocks.range($0).count }.max() ?? 0)
        for k in part {
            let range = blocks.range(k)
            guard range.contains(where: { made[$0] == nil }) else { continue }
            moments.fill(k)
            for (i, j) in range.enumerated() where made[j] == nil {
                result[j - first] = moments.read(i) { coarse, fine in
                    if let coarse { reader.summary(coarse: coarse, fine: fine) } else { reader.summary(of: fine) }
                }
            }
        }
        return result
    }
}
