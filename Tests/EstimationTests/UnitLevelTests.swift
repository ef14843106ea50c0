import Estimation
import LinearAlgebra
import Probability
import Testing

/// Estimators from units, computed by numpy 2.4.6 and linearmodels 7.1 (K. Sheppard): two-stage least squares, LIML,
/// Fuller and k-class with experiment fixed effects exogenous and arm dummies as instruments, covariances by the dense
/// quadratic form of arm means, JIVE by leaving each unit out. Tolerance 1e-8, and 1e-10 for JIVE.
@Suite struct UnitLevelTests {
    struct Expected: Decodable {
        let coefficients: [Double]
        let intercept: Double
        let covariance: [Double]?
        let k: Double?
    }

    static func moments() throws -> ArmMoments {
        var accumulators: [[MomentAccumulator]] = []
        for row in try FixtureFiles.rows("units.csv") {
            let experiment = try #require(Int(row[0]))
            let arm = try #require(Int(row[1]))
            if experiment == accumulators.count { accumulators.append([]) }
            if arm == accumulators[experiment].count {
                accumulators[experiment].append(MomentAccumulator(metrics: 3))
            }
            accumulators[experiment][arm].add(try row[2...].map { try #require(Double($0)) })
        }
        var moments = try ArmMoments(metrics: ["y", "s1", "s2"])
        for (k, arms) in accumulators.enumerated() {
            let named = try arms.enumerated().map { try #require($1.arm(named: "\($0)")) }
            try moments.append(experiment: "\(k)", control: named[0], treatments: Array(named.dropFirst()))
        }
        return moments
    }

    static func expected(_ key: String) throws -> Expected {
        try #require(try FixtureFiles.decode([String: Expected].self, "units.json")[key])
    }

    static func flag(_ value: Bool) -> String { value ? "True" : "False" }

    @Test(arguments: [ProxyEstimator.naive, .tc, .jive], [true, false])
    func secondMoments(estimator: ProxyEstimator, intercept: Bool) throws {
        let tolerance = estimator == .jive ? 1e-10 : 1e-8
        let effects = try TreatmentEffects(of: Self.moments())
        for weights in EffectWeights.allCases {
            let expected = try Self.expected("\(estimator.name) \(weights.rawValue) \(Self.flag(intercept))")
            let model = try ProxyModel(
                effects, outcome: "y", proxies: ["s1", "s2"], weights: weights, intercept: intercept)
            let estimate = try model.estimate(estimator)
            for (a, b) in zip(estimate.coefficients, expected.coefficients) { #expect(abs(a - b) < tolerance) }
            #expect(abs(estimate.intercept - expected.intercept) < tolerance)
            let kind = try #require(CovarianceEstimator(rawValue: estimator.name))
            let covariance = try CovarianceModel(effects, weights: weights, intercept: intercept).estimate(kind)
            for (a, b) in zip(covariance.covariance.elements, try #require(expected.covariance)) {
                #expect(abs(a - b) < tolerance)
            }
        }
    }

    @Test(arguments: [ProxyEstimator.tsls, .liml, .fuller(1), .kClass(1.01)], [true, false])
    func kClass(estimator: ProxyEstimator, intercept: Bool) throws {
        let expected = try Self.expected("\(estimator.name) \(Self.flag(intercept))")
        let model = try ProxyModel(
            TreatmentEffects(of: Self.moments()), outcome: "y", proxies: ["s1", "s2"], intercept: intercept)
        let estimate = try model.estimate(estimator)
        for (a, b) in zip(estimate.coefficients, expected.coefficients) { #expect(abs(a - b) < 1e-8) }
        #expect(abs(estimate.intercept - expected.intercept) < 1e-8)
        #expect(abs(try #require(estimate.k) - (try #require(expected.k))) < 1e-8)
    }
}

// The fixtures units.csv and units.json were made by this script:
//
// import json, numpy as np, pandas as pd
// from linearmodels.iv import IV2SLS, IVLIML
//
// rng = np.random.default_rng(20260601)
// rows = []
// for k in range(14):
//     for a in range(1 + 1 + k % 3):
//         n = int(rng.integers(9, 30))
//         effect = rng.normal(0, [1.0, 1.5]) * (a > 0)
//         s = k * 0.1 + effect + rng.normal(size=(n, 2)) @ np.array([[1, 0.4], [0, 1.3]]) * (1 + 0.2 * (a + k) % 0.7)
//         y = 2 - 0.3 * k + 0.1 * (a > 0) + s @ [0.7, -0.4] + rng.normal(size=n) * 0.8 + 0.5 * rng.normal(0, 0.3) * (a > 0)
//         y += 0.6 * (s[:, 0] - s[:, 0].mean())
//         rows += [(k, a, round(u, 4), round(v, 4), round(w, 4)) for u, (v, w) in zip(y, s)]
// data = pd.DataFrame(rows, columns=["experiment", "arm", "y", "s1", "s2"])
// data.to_csv("units.csv", index=False)
//
// fixed = pd.get_dummies(data.experiment, prefix="e", dtype=float)
// treated = (data.arm > 0).astype(float).rename("treated")
// arms = pd.get_dummies(data[data.arm > 0].apply(lambda r: f"a{int(r.experiment)}_{int(r.arm)}", axis=1), dtype=float)
// arms = arms.reindex(data.index, fill_value=0.0)
//
// # Arms by hand: means and unbiased covariances of (y, s1, s2).
// metrics = ["y", "s1", "s2"]
// units = {key: group[metrics].to_numpy() for key, group in data.groupby(["experiment", "arm"])}
// effects = [key for key in units if key[1] > 0]
// keys = list(units)
// contrast = np.zeros((len(effects), len(keys)))
// for j, (k, a) in enumerate(effects):
//     contrast[j, keys.index((k, a))], contrast[j, keys.index((k, 0))] = 1, -1
// means = np.array([units[key].mean(0) for key in keys])
// sizes = np.array([len(units[key]) for key in keys])
// omegas = np.array([np.cov(units[key].T) for key in keys])
// nu = (sizes - 1).sum()
// pooled = ((sizes - 1)[:, None, None] * omegas).sum(0) / nu
//
// def loo(x):  # mean over units of y_u ybar_(-u)'
//     n = len(x)
//     return np.mean([np.outer(x[u], np.delete(x, u, 0).mean(0)) for u in range(n)], axis=0)
//
// expected = {}
// for intercept in (False, True):
//     for weights in ("precision", "equal"):
//         w = np.array([1 / (1 / len(units[e]) + 1 / len(units[(e[0], 0)])) for e in effects])
//         w = w / w.sum() if weights == "precision" else np.ones(len(effects)) / len(effects)
//         centre = np.eye(len(effects)) - (np.outer(np.ones(len(effects)), w) if intercept else 0)
//         q = contrast.T @ centre.T @ np.diag(w) @ centre @ contrast   # A = means' q means
//         d = 1 - (w**2).sum() if intercept else 1
//         square = means.T @ q @ means
//         lambdas = {"naive": square / d}
//         lambdas["tc"] = (square - pooled * (np.diag(q) / sizes).sum()) / d
//         left = square - sum(q[i, i] * np.outer(means[i], means[i]) for i in range(len(keys)))
//         lambdas["jive"] = (left + sum(q[i, i] * loo(units[key]) for i, key in enumerate(keys))) / d
//         mu = w @ contrast @ means
//         for name, lam in lambdas.items():
//             beta = np.linalg.solve(lam[1:, 1:], lam[1:, 0])
//             expected[f"{name} {weights} {intercept}"] = {
//                 "coefficients": beta.tolist(), "intercept": float(mu[0] - beta @ mu[1:]) if intercept else 0.0,
//                 "covariance": lam.ravel().tolist()}
//     exog = pd.concat([fixed, treated], axis=1) if intercept else fixed
//     instruments = arms.iloc[:, 1:] if intercept else arms
//     endog = data[["s1", "s2"]]
//     for name, fit in {
//         "tsls": IV2SLS(data.y, exog, endog, instruments).fit(),
//         "liml": IVLIML(data.y, exog, endog, instruments).fit(),
//         "fuller": IVLIML(data.y, exog, endog, instruments, fuller=1).fit(),
//         "k-class": IVLIML(data.y, exog, endog, instruments, kappa=1.01).fit(),
//     }.items():
//         expected[f"{name} {intercept}"] = {
//             "coefficients": [float(fit.params["s1"]), float(fit.params["s2"])],
//             "intercept": float(fit.params["treated"]) if intercept else 0.0,
//             "k": float(getattr(fit, "kappa", 1.0)) if name != "tsls" else 1.0}
// json.dump(expected, open("units.json", "w"), indent=1)
