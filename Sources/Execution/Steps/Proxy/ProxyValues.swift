import Estimation
import Values

/// What the results file holds of one estimator and of its diagnostics.
enum ProxyValues {
    /// Coefficients with the errors of the first method, and of all methods by name.
    static func coefficients(
        _ estimates: [Double], intercept: Double, names: [String], errors: [CoefficientErrors]
    ) -> Object {
        var coefficients: Object = [:]
        for (index, name) in names.enumerated() {
            coefficients[name] = coefficient(estimates[index], errors, at: index)
        }
        var object: Object = [
            "coefficients": .object(coefficients),
            "intercept": coefficient(intercept, errors, at: names.count),
        ]
        if let first = errors.first { object["intervalBy"] = .string(first.method.rawValue) }
        let failures = errors.filter { $0.method.isResampled }
        if !failures.isEmpty {
            object["failedDraws"] = .object(Object(failures.map { ($0.method.rawValue, Value($0.failures)) }))
        }
        return object
    }

    private static func coefficient(_ estimate: Double, _ errors: [CoefficientErrors], at index: Int) -> Value {
        var object: Object = ["estimate": Value(estimate)]
        if let first = errors.first, let error = first.standardErrors[index] {
            object["se"] = Value(error)
            object["interval"] = interval(first.intervals[index])
        }
        guard errors.count > 1 else { return .object(object) }
        object["by"] = .object(
            Object(
                errors.map { made in
                    let own: Value = [
                        "se": Value(made.standardErrors[index]), "interval": interval(made.intervals[index]),
                    ]
                    return (made.method.rawValue, own)
                }))
        return .object(object)
    }

    /// `[lower, upper]`, null at an open end and where there is none.
    static func interval(_ interval: ConfidenceInterval?) -> Value {
        interval.map { Value([$0.lower, $0.upper]) } ?? .null
    }

    static func strength(_ model: ProxyModel) -> Value? {
        guard let strength = try? model.strength() else { return nil }
        var value: Object = [
            "f": Value(strength.fStatistic), "concentration": Value(strength.concentration),
            "df": Value(strength.degreesOfFreedom), "excess": Value(strength.excess),
        ]
        if let detail = try? model.strengthDetail() {
            value["conditionalF"] = byProxy(model.proxies, detail.conditionalF)
            value["weakest"] = [
                "f": Value(detail.weakestF), "direction": byProxy(model.proxies, detail.weakestDirection),
            ]
        }
        return .object(value)
    }

    static func byProxy(_ names: [String], _ numbers: [Double]) -> Value {
        .object(Object(zip(names, numbers).map { ($0, Value($1)) }))
    }

    static func overIdentification(_ model: ProxyModel) -> Value? {
        guard let test = try? model.overIdentification() else { return nil }
        return ["statistic": Value(test.statistic), "df": Value(test.degreesOfFreedom), "p": Value(test.pValue)]
    }

    /// The set of values that the Anderson–Rubin test does not reject, for one proxy with counts.
    static func andersonRubin(_ model: ProxyModel, level: Double) -> Value? {
        guard model.proxies.count == 1, let set = try? model.andersonRubinSet(level: level) else { return nil }
        let kind =
            switch set.kind {
            case .empty: "empty"
            case .bounded: "bounded"
            case .twoRays: "two-rays"
            case .ray: "ray"
            case .wholeLine: "unbounded"
            case .union: "union"
            }
        return [
            "kind": .string(kind), "level": Value(set.level), "intervals": .list(set.intervals.map { interval($0) }),
        ]
    }

    /// How far arms are from one covariance of units and from equal sizes.
    static func balance(_ model: ProxyModel) -> Value? {
        guard let balance = try? model.effects.noiseBalance() else { return nil }
        func value(_ spread: NoiseBalance.Spread) -> Value {
            [
                "minimum": Value(spread.minimum), "lowerQuartile": Value(spread.lowerQuartile),
                "median": Value(spread.median), "upperQuartile": Value(spread.upperQuartile),
                "maximum": Value(spread.maximum),
            ]
        }
        let variances = zip(balance.metrics, balance.varianceRatios).compactMap { name, spread in
            spread.map { (name, value($0)) }
        }
        return ["varianceRatios": .object(Object(variances)), "sizeRatios": value(balance.sizeRatios)]
    }

    /// LIML − JIVE and TC − JIVE, where the estimators were asked for and have estimates.
    static func contrasts(_ model: ProxyModel, _ request: ProxyRequest, existing: [String]) -> Value? {
        let pairs: [(name: String, estimators: (ProxyEstimator, ProxyEstimator))] = [
            ("liml-jive", (.liml, .jive)), ("tc-jive", (.tc, .jive)),
        ].filter { existing.contains($0.1.0.name) && existing.contains("jive") }
        guard !pairs.isEmpty, request.draws > 0 else { return nil }
        guard
            let made = try? model.contrasts(
                pairs.map(\.estimators), draws: request.draws, stream: request.stream, level: request.level)
        else { return nil }
        return .object(
            Object(
                zip(pairs, made).map { pair, contrast in
                    let members = model.proxies.indices.map { index -> (String, Value) in
                        var value: Object = ["estimate": Value(contrast.differences[index])]
                        if let error = contrast.standardErrors?[index] { value["se"] = Value(error) }
                        let found = contrast.intervals?[index]
                        value["interval"] = interval(found?.bca ?? found?.percentile)
                        return (model.proxies[index], .object(value))
                    }
                    return (pair.name, .object(Object(members)))
                }))
    }

    static func influence(_ model: ProxyModel, _ estimator: ProxyEstimator) -> Value? {
        guard let influence = try? model.influence(estimator) else { return nil }
        let rows = influence.rows.map { row -> Value in
            var value: Object = ["experiment": .string(row.experiment)]
            value["coefficients"] = row.coefficients.map { byProxy(model.proxies, $0) } ?? .null
            value["change"] = row.changes.map { byProxy(model.proxies, $0) } ?? .null
            value["largestChange"] = Value(row.largestChange)
            return .object(value)
        }
        let ranked = influence.ranking.prefix(10).map { influence.rows[$0].experiment }
        return ["rows": .list(rows), "mostInfluential": Value(ranked)]
    }
}
