/// Coefficients by several estimators from the sufficient statistics of one data set after another.
///
/// Made once and used by one thread, without allocation for each data set.
final class StatisticsSolver {
    private let layout: SufficientStatistics
    private let sumsLayout: SumsLayout
    private let solvers: [ProxySolver]
    private let intercepts: [Bool]
    private let memory: UnsafeMutablePointer<Double>
    /// Where the next data set's statistics are written.
    let statistics: UnsafeMutablePointer<Double>
    private let centred: UnsafeMutablePointer<Double>
    private let uncentred: UnsafeMutablePointer<Double>

    init(_ design: SimulationDesign, noise: SimulatedNoise, _ estimators: [SimulatedEstimator]) {
        layout = SufficientStatistics(design)
        sumsLayout = SumsLayout(order: design.order)
        intercepts = estimators.map(\.intercept)
        let size = layout.count + 2 * sumsLayout.count
        memory = .allocate(capacity: size)
        memory.initialize(repeating: 0, count: size)
        statistics = memory
        centred = statistics + layout.count
        uncentred = centred + sumsLayout.count
        let shift = Array(repeating: 0.0, count: design.order)
        solvers = estimators.map {
            ProxySolver(
                $0.estimator, layout: SumsLayout(order: design.order), intercept: $0.intercept, shift: shift,
                acceptsIndefinite: true)
        }
        // Roots of all data sets are sought from the root at what statistics are on average.
        for (index, value) in StatisticsSampler(design, noise: noise).expectation(of: design).enumerated() {
            statistics[index] = value
        }
        solve { _ in }
    }

    deinit { memory.deallocate() }

    /// Calls `body` for every estimator in order with β, or nil where its system is singular.
    func solve(_ body: (UnsafePointer<Double>?) -> Void) {
        if intercepts.contains(true) { layout.sums(of: statistics, isCentred: true, layout: sumsLayout, into: centred) }
        if intercepts.contains(false) {
            layout.sums(of: statistics, isCentred: false, layout: sumsLayout, into: uncentred)
        }
        for (solver, intercept) in zip(solvers, intercepts) {
            let fault = solver.solve(intercept ? centred : uncentred)
            body(fault == nil ? UnsafePointer(solver.solution) : nil)
        }
    }
}
