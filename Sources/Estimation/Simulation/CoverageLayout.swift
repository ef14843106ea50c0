/// Where a study counts each interval's hits: by estimator, check and proxy, then joint checks by intercept.
struct CoverageLayout: Sendable {
    /// A check of one estimator's coefficients, or of a model's joint set.
    struct Item: Sendable {
        let check: IntervalCheck
        let estimator: SimulatedEstimator?
        let intercept: Bool
        /// The first of its places: one for every proxy, or one for a joint set.
        let place: Int
    }

    let items: [Item]
    /// How many places there are.
    let count: Int

    init(_ checks: [IntervalCheck], _ estimators: [SimulatedEstimator], proxies: Int) {
        var items: [Item] = []
        var count = 0
        for wanted in estimators {
            for check in checks where !check.isJoint && check.applies(wanted.estimator) {
                items.append(Item(check: check, estimator: wanted, intercept: wanted.intercept, place: count))
                count += proxies
            }
        }
        for intercept in [true, false] where estimators.contains(where: { $0.intercept == intercept }) {
            for check in checks where check.isJoint {
                items.append(Item(check: check, estimator: nil, intercept: intercept, place: count))
                count += 1
            }
        }
        self.items = items
        self.count = count
    }
}
