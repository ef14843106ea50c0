internal import Parallelism

/// The posteriors of all effects, each a mixture over τ.
///
/// Few effects are averaged over all nodes of τ. Of many, each is averaged over two Gauss rules for the posterior of τ,
/// which is narrow when effects are many; where the two disagree, over rules of more nodes, and over all nodes where none
/// agree. A sample of experiments tells with which rules to begin. Work goes by fixed chunks of blocks, so that results
/// have the same bits everywhere.
struct EffectPosteriors {
    let distribution: TauDistribution
    let reader: MixtureReader

    private static let ladder = [4, 6, 9, 13, 19, 28, 41, 60]
    /// Below so many effects all nodes are used.
    private static let many = 100
    private static let sampleSize = 32
    private static let chunkSize = 1024

    private var blocks: NoiseBlocks { distribution.posterior.blocks }

    /// In the blocks' order; not all of them where the work is given up.
    func summaries() -> [PosteriorSummary] {
        let full = distribution.fullRule
        var made: [PosteriorSummary?] = Array(repeating: nil, count: blocks.count)
        if blocks.count >= EffectPosteriors.many {
            var coarse: TauRule?
            var hasBegun = false
            for count in EffectPosteriors.ladder where 2 * count <= full.count {
                guard !hasBegun || made.contains(where: { $0 == nil }),
                    let fine = distribution.gaussRule(count, of: full)
                else { break }
                if let coarse {
                    hasBegun = hasBegun || doMost(coarse, fine)
                    if hasBegun { made = pass(made, coarse: coarse, fine: fine) }
                    guard !Cancellation.isRequested else { return [] }
                }
                coarse = fine
            }
        }
        guard !Cancellation.isRequested else { return [] }
        return pass(made, coarse: nil, fine: full).compactMap(\.self)
    }

    /// Whether two rules agree for most of a sample of effects.
    private func doMost(_ coarse: TauRule, _ fine: TauRule) -> Bool {
        let step = max(1, blocks.blockCount / EffectPosteriors.sampleSize)
        let none: [PosteriorSummary?] = Array(repeating: nil, count: blocks.count)
        let found = pass(none, stride(from: 0, to: blocks.blockCount, by: step), coarse: coarse, fine: fine)
        return 2 * found.count { $0 != nil } >= found.count
    }

    /// Fills in what is missing, where the rules agree or there is one only.
    private func pass(_ made: [PosteriorSummary?], coarse: TauRule?, fine: TauRule) -> [PosteriorSummary?] {
        guard made.contains(where: { $0 == nil }) else { return made }
        let chunks = Chunks(of: blocks.blockCount, size: EffectPosteriors.chunkSize)
        let cancellation = Cancellation.current
        return concurrentMap(chunks.count) { (chunk) -> [PosteriorSummary?] in
            if cancellation?.isRequested ?? false { return [] }
            return pass(made, chunks[chunk], coarse: coarse, fine: fine)
        }.flatMap(\.self)
    }

    /// The same for the effects of some blocks, one block after another.
    private func pass(
        _ made: [PosteriorSummary?], _ numbers: some Sequence<Int>, coarse: TauRule?, fine: TauRule
    ) -> [PosteriorSummary?] {
        var result: [PosteriorSummary?] = []
        var moments = BlockMoments(blocks, coarse: coarse, fine: fine)
        for k in numbers {
            let range = blocks.range(k)
            if range.contains(where: { made[$0] == nil }) { moments.fill(k) }
            for (i, j) in range.enumerated() { result.append(made[j] ?? summary(moments, i)) }
        }
        return result
    }

    private func summary(_ moments: BlockMoments, _ i: Int) -> PosteriorSummary? {
        moments.read(i) { coarse, fine in
            if let coarse { reader.summary(coarse: coarse, fine: fine) } else { reader.summary(of: fine) }
        }
    }
}
