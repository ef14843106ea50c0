/// The estimates and intervals' hits of a run of draws.
struct SimulatedDraws: Sendable {
    private let estimators: Int
    private let intervals: Int
    private let proxies: Int
    /// By draw, estimator and proxy; not a number where there is no estimate.
    private var estimates: [Double] = []
    /// By estimator, interval and proxy: intervals that there were, and those of them that contained the truth.
    private var found: [Int]
    private var hits: [Int]

    init(estimators: Int, intervals: Int, proxies: Int) {
        self.estimators = estimators
        self.intervals = intervals
        self.proxies = proxies
        found = Array(repeating: 0, count: estimators * intervals * proxies)
        hits = found
    }

    /// Adds every estimator's solution for the statistics that the solver holds.
    mutating func append(_ solver: StatisticsSolver) {
        solver.solve { solution in
            for proxy in 0..<proxies { estimates.append(solution?[proxy] ?? .nan) }
        }
    }

    mutating func note(_ estimator: Int, _ interval: Int, _ proxy: Int, _ covered: Bool?) {
        guard let covered else { return }
        let place = (estimator * intervals + interval) * proxies + proxy
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

    func count(_ estimator: Int, _ interval: Int, _ proxy: Int, draws: inout Int, hits: inout Int) {
        let place = (estimator * intervals + interval) * proxies + proxy
        draws += found[place]
        hits += self.hits[place]
    }
}
