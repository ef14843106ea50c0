internal import Parallelism
internal import Probability

/// A Monte Carlo study of estimators of the hierarchical normal-normal model over several designs.
///
/// Draw i of a design walks sub-stream i of (seed, identifier and the design's name), so neither threads nor other designs
/// of the grid change it, and all estimators see the same data sets. A data set that an estimator refuses is a failure
/// and is counted.
package struct HierarchicalStudy: Sendable {
    /// A design and what names its random numbers.
    package struct Cell: Sendable {
        package let design: HierarchicalDesign
        package let name: String

        package init(_ design: HierarchicalDesign, name: String) {
            self.design = design
            self.name = name
        }
    }

    package let cells: [Cell]
    package let estimators: [HierarchicalEstimator]
    package let draws: Int
    package let level: Double
    /// Of Bayesian estimators; nil for the design's own laws of μ and τ, and where those are numbers the default prior.
    package let prior: Prior?
    private let seed: UInt64
    private let identifier: String

    /// - Parameters:
    ///   - draws: Data sets of each design, 2 ... 100,000.
    ///   - level: Of the intervals.
    ///   - seed: And `identifier`: of the random numbers.
    /// - Throws: `invalidStudy` without estimators or with one that stands twice, for draws out of range, and for
    ///   more than ten million estimates in all;
    ///   `dependentEffects` for estimators of independent effects under a shared control; `invalidLevel`;
    ///   `invalidPrior`.
    package init(
        _ cells: [Cell], estimators: [HierarchicalEstimator], draws: Int, level: Double = 0.95, prior: Prior? = nil,
        seed: UInt64, identifier: String
    ) throws(EstimationError) {
        guard !estimators.isEmpty else { throw .invalidStudy("A simulation needs at least one estimator") }
        guard Set(estimators).count == estimators.count else {
            throw .invalidStudy("An estimator of a simulation stands once")
        }
        guard draws >= 2, draws <= 100_000 else {
            throw .invalidStudy("A simulation of this model has at least 2 draws, and at most 100,000")
        }
        guard cells.count * draws * estimators.count <= 10_000_000 else {
            throw .invalidStudy("A simulation of this model has at most 10 million estimates of data sets in all")
        }
        guard level > 0, level < 1 else { throw .invalidLevel(level) }
        for wanted in estimators {
            guard case .point(let estimator) = wanted.method, estimator.needsIndependence,
                wanted.correlation == .sharedControl, cells.contains(where: { $0.design.isShared })
            else { continue }
            throw .dependentEffects(estimator: wanted.name)
        }
        try prior?.check()
        self.cells = cells
        self.estimators = estimators
        self.draws = draws
        self.level = level
        self.prior = prior
        self.seed = seed
        self.identifier = identifier
    }

    /// The outcomes of every data set, drawn once for all that is read from them.
    package func results() -> HierarchicalResults {
        let chunks = Chunks(of: draws, size: 8)
        let parts = concurrentMap(cells.count * chunks.count) { index in
            chunks[index % chunks.count].map { outcomes(cells[index / chunks.count], draw: $0) }
        }
        return HierarchicalResults(
            study: self,
            outcomes: cells.indices.map { cell in
                parts[cell * chunks.count..<(cell + 1) * chunks.count].flatMap { $0 }
            })
    }

    /// By estimator.
    private func outcomes(_ cell: Cell, draw number: Int) -> [HierarchicalOutcome] {
        let name = "\(identifier)/\(cell.name)"
        var cursor = RandomCursor(RandomStream(seed: seed, identifier: name), substream: number)
        guard let draw = try? cell.design.draw(&cursor) else { return estimators.map { _ in HierarchicalOutcome() } }
        let own = RandomStream(seed: seed, identifier: "\(name)/\(number)")
        return estimators.map { wanted in
            (try? outcome(wanted, draw, prior: prior ?? cell.design.prior, stream: own)) ?? HierarchicalOutcome()
        }
    }

    private func outcome(
        _ wanted: HierarchicalEstimator, _ draw: HierarchicalDraw, prior: Prior?, stream: RandomStream
    ) throws(EstimationError) -> HierarchicalOutcome {
        switch wanted.method {
        case .point(let estimator):
            let fit = try draw.data.randomEffects(
                RandomEffectsOptions(
                    estimator, correlation: wanted.correlation, test: wanted.test, level: level),
                stream: stream)
            return HierarchicalOutcome(
                fit, draw, indices: draw.data.indices(wanted.correlation, stream: stream))
        case .bayes:
            let posterior = try PosteriorTransforms(draw, prior: prior, wanted.correlation, stream: stream)
            return HierarchicalOutcome(posterior, draw, level: level)
        case .nuts:
            let posterior = try PosteriorTransforms(
                sampling: draw, prior: prior, wanted.correlation, stream: stream)
            return HierarchicalOutcome(posterior, draw, level: level)
        }
    }
}
