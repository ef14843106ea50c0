internal import Parallelism
internal import Probability

/// A Monte Carlo study of estimators over several designs.
///
/// Draw i of a design walks sub-stream i of (seed, identifier and the design's name), so neither threads nor other
/// designs of the grid change it. Estimates are plain solutions of their systems: where Λ̂_SS is not positive definite
/// β̂ = Λ̂_SS⁻¹Λ̂_SY is taken all the same, for leaving such draws out would change the law that is studied; a singular
/// system is a failure and is counted. Intervals are those of the estimates as an analysis makes them; a draw in which an
/// analysis would make none does not count for their coverage.
package struct SimulationStudy: Sendable {
    /// A design and what names its random numbers.
    package struct Cell: Sendable {
        package let design: SimulationDesign
        package let name: String

        package init(_ design: SimulationDesign, name: String) {
            self.design = design
            self.name = name
        }
    }

    package let cells: [Cell]
    package let estimators: [SimulatedEstimator]
    package let noise: SimulatedNoise
    package let draws: Int
    /// Whose coverage is counted; with any, data sets are drawn experiment by experiment.
    package let intervals: [IntervalCheck]
    package let level: Double
    /// Of intervals that take any, in each data set.
    package let bootstrapDraws: Int
    private let seed: UInt64
    private let identifier: String

    /// - Parameters:
    ///   - draws: Data sets of each design, 2 ... 10 million.
    ///   - level: Of the intervals.
    ///   - bootstrapDraws: Of intervals that take any, at least 2.
    ///   - seed: And `identifier`: of the random numbers.
    /// - Throws: `invalidStudy` without estimators or with one that stands twice, for draws out of range, and for
    ///   intervals that need more experiments; `invalidLevel`.
    package init(
        _ cells: [Cell], estimators: [SimulatedEstimator], noise: SimulatedNoise, draws: Int,
        intervals: [IntervalCheck] = [], level: Double = 0.95, bootstrapDraws: Int = 400, seed: UInt64,
        identifier: String
    ) throws(EstimationError) {
        guard !estimators.isEmpty else { throw .invalidStudy("A simulation needs at least one estimator") }
        guard Set(estimators).count == estimators.count else {
            throw .invalidStudy("An estimator of a simulation stands once")
        }
        guard draws >= 2, draws <= 10_000_000 else {
            throw .invalidStudy("A simulation has at least 2 draws, and at most 10 million")
        }
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        for check in intervals {
            guard cells.allSatisfy({ $0.design.experiments >= check.fewestExperiments }) else {
                throw .invalidStudy("Intervals by \(check.name) need at least \(check.fewestExperiments) experiments")
            }
        }
        self.cells = cells
        self.estimators = estimators
        self.noise = noise
        self.draws = draws
        self.intervals = intervals
        self.level = level
        self.bootstrapDraws = max(2, bootstrapDraws)
        self.seed = seed
        self.identifier = identifier
    }

    /// Rows by cell, estimator and proxy, then those of joint sets.
    package func rows() -> [SimulationRow] {
        // Data sets drawn whole cost far more than statistics, so fewer make a chunk.
        let chunks = Chunks(of: draws, size: intervals.isEmpty ? 500 : 8)
        let parts = concurrentMap(cells.count * chunks.count) { index in
            run(cells[index / chunks.count], chunks[index % chunks.count])
        }
        return concurrentMap(cells.count) { cell in
            SimulationRows(study: self, cell: cell, parts: parts[cell * chunks.count..<(cell + 1) * chunks.count]).all
        }.flatMap { $0 }
    }

    func coverageLayout(_ cell: Cell) -> CoverageLayout {
        CoverageLayout(intervals, estimators, proxies: cell.design.order - 1)
    }

    private func run(_ cell: Cell, _ draws: Range<Int>) -> SimulatedDraws {
        let layout = coverageLayout(cell)
        var result = SimulatedDraws(
            estimators: estimators.count, proxies: cell.design.order - 1, checks: layout.count)
        let stream = RandomStream(seed: seed, identifier: "\(identifier)/\(cell.name)")
        let solver = StatisticsSolver(cell.design, noise: noise, estimators)
        if intervals.isEmpty {
            let sampler = StatisticsSampler(cell.design, noise: noise)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: sampler.scratchCount) { scratch in
                guard let scratch = scratch.baseAddress else { return }
                for draw in draws {
                    var cursor = RandomCursor(stream, substream: draw)
                    sampler.draw(&cursor, into: solver.statistics, scratch: scratch)
                    result.append(solver)
                }
            }
            return result
        }
        let sampler = ExperimentSampler(cell.design, noise: noise)
        for draw in draws {
            var cursor = RandomCursor(stream, substream: draw)
            sampler.draw(&cursor)
            sampler.summarise(into: solver.statistics)
            result.append(solver)
            let own = RandomStream(seed: seed, identifier: "\(identifier)/\(cell.name)/\(draw)")
            count(layout, sampler.treatmentEffects(), of: cell.design, stream: own, &result)
        }
        return result
    }

    /// Counts the intervals of one data set.
    private func count(
        _ layout: CoverageLayout, _ effects: TreatmentEffects, of design: SimulationDesign, stream: RandomStream,
        _ result: inout SimulatedDraws
    ) {
        func model(_ intercept: Bool) -> ProxyModel? {
            guard layout.items.contains(where: { $0.intercept == intercept }) else { return nil }
            return try? ProxyModel(
                effects, outcome: design.outcome, proxies: design.proxies, intercept: intercept)
        }
        let (centred, uncentred) = (model(true), model(false))
        for item in layout.items {
            guard let model = item.intercept ? centred : uncentred else { continue }
            let found = item.check.covers(
                IntervalCheck.Case(
                    model: model, estimator: item.estimator?.estimator, truth: design.coefficients, level: level,
                    stream: stream, bootstrapDraws: bootstrapDraws))
            for (offset, covered) in found.enumerated() { result.note(covered, at: item.place + offset) }
        }
    }
}
