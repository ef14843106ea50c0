/// Which of the effects that are used belong to one experiment, whatever is assumed of their noise.
struct ExperimentGroups: Sendable {
    /// Experiment g's effects, as numbers among those used.
    let members: [Range<Int>]
    /// Its blocks: one under a shared control, one for each effect where correlation is ignored.
    let blocks: [Range<Int>]

    init(_ blocks: NoiseBlocks, _ data: MetaAnalysisData) {
        var members: [Range<Int>] = []
        var numbers: [Range<Int>] = []
        var last: Int?
        for k in 0..<blocks.blockCount {
            let range = blocks.range(k)
            let experiment = data.experimentIndices[blocks.indices[range.lowerBound]]
            if experiment == last, let group = members.indices.last {
                members[group] = members[group].lowerBound..<range.upperBound
                numbers[group] = numbers[group].lowerBound..<(k + 1)
            } else {
                members.append(range)
                numbers.append(k..<(k + 1))
            }
            last = experiment
        }
        self.members = members
        self.blocks = numbers
    }

    var count: Int { members.count }
}
