internal import Parallelism
package import Probability

/// A Monte Carlo study of estimators over several designs.
///
/// Draw i of a design walks sub-stream i of (seed, identifier and the design's name), so neither threads nor other
/// designs of the grid change it. Estimates are plain solutions of their systems: where Λ̂_SS is not positive definite
/// β̂ = Λ̂_SS⁻¹Λ̂_SY is taken all the same, for leaving such draws out would change the law that is studied; a singular
/// system is a failure and is counted.
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
    /// Kinds whose coverage is counted; with any, data sets are drawn experiment by experiment.
    package let intervals: [IntervalKind]
    package let level: Double
    private let seed: UInt64
    private let identifier: String

    /// - Parameters:
    ///   - draws: Data sets of each design, 2 ... 10 million.
    ///   - level: Of the intervals.
    ///   - seed: And `identifier`: of the random numbers.
    /// - Throws: `invalidStudy` without estimators or with one that stands twice, and for draws out of range;
    ///   `invalidLevel`.
    package init(
        _ cells: [Cell], estimators: [SimulatedEstimator], noise: SimulatedNoise, draws: Int,
        intervals: [IntervalKind] = [], level: Double = 0.95, seed: UInt64, identifier: String
    ) throws(EstimationError) {
        guard !estimators.isEmpty else { throw .invalidStudy("A simulation needs at least one estimator") }
        guard Set(estimators).count == estimators.count else {
            throw .invalidStudy("An estimator of a simulation stands once")
        }
        guard draws >= 2, draws <= 10_000_000 else {
            throw .invalidStudy("A simulation has at least 2 draws, and at most 10 million")
        }
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        self.cells = cells
        self.estimators = estimators
        self.noise = noise
        self.draws = draws
        self.intervals = intervals
        self.level = level
        self.seed = seed
        self.identifier = identifier
    }

    /// The random numbers of a cell.
    package func stream(_ cell: Cell) -> RandomStream {
        RandomStream(seed: seed, identifier: "\(identifier)/\(cell.name)")
    }

    /// Rows by cell, estimator and proxy.
    package func rows() -> [SimulationRow] {
        // Data sets drawn whole cost far more than statistics, so fewer make a chunk.
        let chunks = Chunks(of: draws, size: intervals.isEmpty ? 500 : 8)
        let parts = concurrentMap(cells.count * chunks.count) { index in
            run(cells[index / chunks.count], chunks[index % chunks.count])
        }
        let order = estimators.count
        return concurrentMap(cells.count * order) { index -> [SimulationRow] in
            let (cell, estimator) = (index / order, index % order)
            return rows(cell, estimator, parts[cell * chunks.count..<(cell + 1) * chunks.count])
        }.flatMap { $0 }
    }

    private func rows(_ cell: Int, _ estimator: Int, _ parts: ArraySlice<SimulatedDraws>) -> [SimulationRow] {
        let design = cells[cell].design
        return design.proxies.indices.map { proxy in
            var estimates: [Double] = []
            estimates.reserveCapacity(draws)
            for part in parts { part.appendEstimates(estimator, proxy, to: &estimates) }
            let truth = design.coefficients[proxy]
            return SimulationRow(
                cell: cell, estimator: estimators[estimator], parameter: design.proxies[proxy], truth: truth,
                summary: SimulationSummary(of: estimates, truth: truth), failures: draws - estimates.count,
                coverage: intervals.indices.map { kind in
                    var (draws, hits) = (0, 0)
                    for part in parts { part.count(estimator, kind, proxy, draws: &draws, hits: &hits) }
                    return SimulationCoverage(kind: intervals[kind], draws: draws, hits: hits)
                })
        }
    }

    private func run(_ cell: Cell, _ draws: Range<Int>) -> SimulatedDraws {
        let stream = stream(cell)
        var result = SimulatedDraws(
            estimators: estimators.count, intervals: intervals.count, proxies: cell.design.order - 1)
        let solver = StatisticsSolver(cell.design, noise: noise, estimators)
        guard intervals.isEmpty else {
            let sampler = ExperimentSampler(cell.design, noise: noise)
            for draw in draws {
                var cursor = RandomCursor(stream, substream: draw)
                sampler.draw(&cursor)
                sampler.summarise(into: solver.statistics)
                result.append(solver)
                let own = RandomStream(seed: seed, identifier: "\(identifier)/\(cell.name)/\(draw)")
                countCoverage(sampler, stream: own, &result)
            }
            return result
        }
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

    private func countCoverage(_ sampler: ExperimentSampler, stream: RandomStream, _ result: inout SimulatedDraws) {
        let design = sampler.design
        let effects = sampler.treatmentEffects()
        var models: [Bool: ProxyModel] = [:]
        for (index, wanted) in estimators.enumerated() {
            if models[wanted.intercept] == nil {
                models[wanted.intercept] = try? ProxyModel(
                    effects, outcome: design.outcome, proxies: design.proxies, intercept: wanted.intercept)
            }
            guard let model = models[wanted.intercept] else { continue }
            for (kind, interval) in intervals.enumerated() {
                let found = interval.covers(
                    design.coefficients, model, wanted.estimator, level: level, stream: stream)
                for (proxy, covered) in found.enumerated() { result.note(index, kind, proxy, covered) }
            }
        }
    }
}
