internal import Probability

/// τ² between arms and σ² between experiments by (restricted) maximum likelihood.
struct ComponentSearch: Sendable {
    let model: EffectModel
    let isRestricted: Bool

    /// The global maximum over both, no less than 0: the best point of a grid, polished.
    ///
    /// - Throws: `noConvergence`.
    func maximum() throws(EstimationError) -> Components {
        let grid = try VarianceGrid(model, steps: 9).values
        var best = Components(arm: 0)
        var highest = -Double.infinity
        for arm in grid {
            for experiment in grid {
                let candidate = Components(arm: arm, experiment: experiment)
                let value = try logLikelihood(candidate)
                if value > highest { (best, highest) = (candidate, value) }
            }
        }
        return try polished(best, free: [true, true])
    }

    func logLikelihood(_ components: Components) throws(EstimationError) -> Double {
        try LikelihoodPoint(model, components).logLikelihood(restricted: isRestricted)
    }

    /// Newton's method inside τ², σ² ≥ 0, with the expected information where the observed is not positive definite and
    /// halved steps where the likelihood falls; a component at 0 stays there while its score is not positive.
    ///
    /// - Parameter free: Which of the two may move.
    /// - Throws: `noConvergence` after 500 steps.
    func polished(_ start: Components, free: [Bool]) throws(EstimationError) -> Components {
        var values = [start.arm, start.experiment]
        for _ in 0..<500 {
            let point = try LikelihoodPoint(model, Components(values), .information)
            let score = (0..<2).map { point.score($0, restricted: isRestricted) }
            let moving = (0..<2).filter { free[$0] && (values[$0] > 0 || score[$0] > 0) }
            guard !moving.isEmpty else { return Components(values) }
            let step = step(point, score, moving)
            let level = point.logLikelihood(restricted: isRestricted)
            var share = 1.0
            var next = values
            while true {
                for (d, change) in zip(moving, step) { next[d] = max(0, values[d] + share * change) }
                let value = try logLikelihood(Components(next))
                if value >= level - 1e-13 * level.magnitude { break }
                share /= 2
                if share < 1e-12 { return Components(values) }
            }
            let moved = moving.map { (next[$0] - values[$0]).magnitude }.max() ?? 0
            values = next
            if moved <= 1e-9 * max(values[0], values[1]) || moved == 0 { return Components(values) }
        }
        throw .noConvergence(method: isRestricted ? "reml" : "ml")
    }

    /// The information's inverse times the score, for the components that move.
    private func step(_ point: LikelihoodPoint, _ score: [Double], _ moving: [Int]) -> [Double] {
        func solution(_ information: (Int, Int) -> Double) -> [Double]? {
            let a = information(moving[0], moving[0])
            guard a > 0 else { return nil }
            guard moving.count == 2 else { return [score[moving[0]] / a] }
            let (b, c) = (information(0, 1), information(1, 1))
            let determinant = a * c - b * b
            guard c > 0, determinant > 1e-10 * a * c else { return nil }
            return [(c * score[0] - b * score[1]) / determinant, (a * score[1] - b * score[0]) / determinant]
        }
        return solution { point.observedInformation($0, $1, restricted: isRestricted) }
            ?? solution { point.expectedInformation($0, $1, restricted: isRestricted) }
            ?? moving.map { score[$0] / max(point.expectedInformation($0, $0, restricted: isRestricted), 1e-300) }
    }

    /// Standard errors of τ̂², σ̂² and their sum from the expected information; nil where it is singular.
    func standardErrors(_ components: Components) throws(EstimationError) -> (
        arm: Double, experiment: Double, total: Double
    )? {
        let point = try LikelihoodPoint(model, components, .information)
        func information(_ d: Int, _ e: Int) -> Double { point.expectedInformation(d, e, restricted: isRestricted) }
        let (a, b, c) = (information(0, 0), information(0, 1), information(1, 1))
        let determinant = a * c - b * b
        guard a > 0, c > 0, determinant > 1e-10 * a * c else { return nil }
        return (
            (c / determinant).squareRoot(), (a / determinant).squareRoot(), ((a + c - 2 * b) / determinant).squareRoot()
        )
    }

    /// The ends of one component's interval, the other at its best for each value.
    ///
    /// - Parameters:
    ///   - component: 0 for arms, 1 for experiments.
    ///   - drop: Of the log-likelihood.
    func profile(_ estimate: Components, component: Int, drop: Double) throws(EstimationError) -> (
        lower: Double, upper: Double
    ) {
        let values = [estimate.arm, estimate.experiment]
        let top = try logLikelihood(estimate)
        let free = [component != 0, component != 1]
        func excess(_ x: Double) throws(EstimationError) -> Double {
            var start = values
            start[component] = x
            return try logLikelihood(polished(Components(start), free: free)) - top + drop
        }
        return try ProfileEnds.find(around: values[component], start: VarianceGrid.noise(model), excess)
    }
}

extension Components {
    fileprivate init(_ values: [Double]) { self.init(arm: values[0], experiment: values[1]) }
}
