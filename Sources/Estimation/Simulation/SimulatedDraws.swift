/// The estimates and intervals' hits of a run of draws.
struct SimulatedDraws: Sendable {
    private let proxies: Int
    private let estimators: Int
    /// By draw, estimator and proxy; not a number where there is no estimate.
    private var estimates: [Double] = []
    /// By place of the study's layout: intervals that there were, and those of them that contained the truth.
    private(set) var found: [Int]
    private(set) var hits: [Int]

    init(estimators: Int, proxies: Int, checks: Int) {
        self.estimators = estimators
        self.proxies = proxies
        found = Array(repeating: 0, count: checks)
        hits = found
    }

    /// Adds every estimator's solution for the statistics that the solver holds.
    mutating func append(_ solver: StatisticsSolver) {
        solver.solve { solution in
            for proxy in 0..<proxies { estimates.append(solution?[proxy] ?? .nan) }
        }
    }

    mutating func note(_ covered: Bool?, at place: Int) {
        guard let covered else { return }
        found[place] += 1
        if covered { hits[place] += 1 }
    }

    func appendEstimates(_ estimator: Int, _ proxy: Int, to target: inout [Double]) {
        var place = estimator * proxies + proxy
        while place < estimates.count {
            if !estimates[place].isNaN { target.append(estimates[place]) }
            place += estimators * proxies
        }
    }
}
