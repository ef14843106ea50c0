extension IntervalCheck {
    /// Every kind, in the order of the reference.
    package static let all = [jackknife, sandwich, percentile, bca, bayesian, bekker, andersonRubin]

    /// Student's intervals by leaving out one experiment at a time.
    package static let jackknife = IntervalCheck("jackknife", fewestExperiments: 3) { item in
        guard let estimator = item.estimator else { return [] }
        return contain(item.truth, (try? item.model.estimate(estimator, level: item.level).jackknife)?.intervals)
    }

    /// By each experiment's share of the estimating equation; naive, tc and jive.
    package static let sandwich = IntervalCheck(
        "sandwich", applies: { [.naive, .tc, .jive].contains($0) },
        covers: { item in
            guard let estimator = item.estimator else { return [] }
            return contain(item.truth, (try? item.model.sandwichErrors(estimator, level: item.level))?.intervals)
        })

    /// Percentiles of the bootstrap over experiments.
    package static let percentile = IntervalCheck("percentile", fewestExperiments: 3) { item in
        contain(item.truth, bootstrap(item, .bootstrap)?.map(\.percentile))
    }

    /// The same, bias-corrected and accelerated.
    package static let bca = IntervalCheck("bca", fewestExperiments: 3) { item in
        zip(bootstrap(item, .bootstrap) ?? [], item.truth).map { $0.bca?.contains($1) }
    }

    /// Percentiles of the Bayesian bootstrap over experiments.
    package static let bayesian = IntervalCheck("bayesian", fewestExperiments: 3) { item in
        contain(item.truth, bootstrap(item, .bayesian)?.map(\.percentile))
    }

    /// Normal intervals by many-instrument standard errors; liml and fuller.
    package static let bekker = IntervalCheck(
        "bekker",
        applies: { estimator in
            switch estimator {
            case .liml, .fuller: true
            default: false
            }
        },
        covers: { item in
            guard let estimator = item.estimator else { return [] }
            return contain(item.truth, (try? item.model.bekkerErrors(estimator, level: item.level))?.intervals)
        })

    /// The set of all coefficients that the jackknife Anderson–Rubin test does not reject.
    package static let andersonRubin = IntervalCheck("ar", isJoint: true) { item in
        let test = try? item.model.andersonRubinTest(item.truth)
        return [test.map { $0.pValue >= 1 - item.level }]
    }

    private static func contain(_ truth: [Double], _ intervals: [ConfidenceInterval]?) -> [Bool?] {
        zip(intervals ?? [], truth).map { $0.contains($1) }
    }

    private static func bootstrap(_ item: Case, _ scheme: ResamplingScheme) -> [BootstrapInterval]? {
        guard let estimator = item.estimator else { return nil }
        let found = try? item.model.bootstrapIntervals(
            estimator, draws: item.bootstrapDraws, stream: item.stream, level: item.level, scheme: scheme)
        return found?.intervals
    }
}
