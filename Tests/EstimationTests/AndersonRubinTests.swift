import Estimation
import LinearAlgebra
import Probability
import Testing

@Suite struct AndersonRubinTests {
    /// Arms of `units.csv`, every metric 20 larger so that ratios exist.
    static func effects(relative: Bool) throws -> TreatmentEffects {
        let moments = try UnitLevelTests.moments()
        guard relative else { return try TreatmentEffects(of: moments) }
        var shifted = try ArmMoments(metrics: moments.metrics)
        for k in 0..<moments.experimentCount {
            let arms = moments.arms(of: k).map { index in
                var arm = moments.arm(index)
                arm.mean = arm.mean.map { $0 + 20 }
                return arm
            }
            try shifted.append(
                experiment: moments.experiments[k], control: arms[0], treatments: Array(arms.dropFirst()))
        }
        return try TreatmentEffects(of: shifted, scale: .relative)
    }

    /// Statistics by dense matrices over all arms (script below), on both scales, where multipliers matter.
    /// Tolerance 1e-8.
    @Test(arguments: [false, true], [false, true])
    func statisticEqualsDenseMatrices(relative: Bool, intercept: Bool) throws {
        let model = try ProxyModel(
            Self.effects(relative: relative), outcome: "y", proxies: ["s1", "s2"], intercept: intercept)
        let expected = try ProxyErrorsTests.numbers(
            "ar \(UnitLevelTests.flag(relative)) \(UnitLevelTests.flag(intercept))")
        for (point, value) in zip([[0.7, -0.4], [0, 0], [-1.3, 2.1]], expected) {
            let test = try model.andersonRubinTest(point)
            #expect(abs(test.statistic - value) < 1e-8)
            #expect(test.pValue == Normal.standard.upperTail(test.statistic))
        }
    }

    /// Ends where the dense statistic crosses z on a grid, refined by bisection (script below). Tolerance 1e-9.
    @Test(arguments: [false, true], [false, true])
    func setEqualsInversionOfTheDenseStatistic(relative: Bool, intercept: Bool) throws {
        for proxy in 1...2 {
            let model = try ProxyModel(
                Self.effects(relative: relative), outcome: "y", proxies: ["s\(proxy)"], intercept: intercept)
            let key = "set \(UnitLevelTests.flag(relative)) \(UnitLevelTests.flag(intercept)) \(proxy)"
            let expected = try ProxyErrorsTests.numbers(key)
            let set = try model.andersonRubinSet()
            #expect(set.kind == (expected.isEmpty ? .empty : .bounded))
            let ends = set.intervals.flatMap { [$0.lower, $0.upper] }
            #expect(ends.count == expected.count)
            for (a, b) in zip(ends, expected) { #expect(abs(a - b) < 1e-9) }
        }
    }

    /// One treatment an experiment, 4 units an arm, effects (Y, S) and unit variances as given.
    static func moments(
        _ rows: [(y: Double, s: Double, varianceY: Double, varianceS: Double)], factor: Double = 1
    ) throws -> ArmMoments {
        var moments = try ArmMoments(metrics: ["y", "s"])
        for (k, row) in rows.enumerated() {
            let covariance = Matrix.diagonal([row.varianceY, row.varianceS * factor * factor])
            try moments.append(
                experiment: "\(k)", control: Arm(name: "c", count: 4, mean: [0, 0], covariance: covariance),
                treatments: [Arm(name: "t", count: 4, mean: [row.y, factor * row.s], covariance: covariance)])
        }
        return moments
    }

    static func set(
        _ rows: [(y: Double, s: Double, varianceY: Double, varianceS: Double)], factor: Double = 1
    ) throws -> (ProxyModel, AndersonRubinSet) {
        let model = try ProxyModel(
            TreatmentEffects(of: moments(rows, factor: factor)), outcome: "y", proxies: ["s"], intercept: false)
        return (model, try model.andersonRubinSet())
    }

    static let alternating = (0..<12).map { $0 % 2 == 0 ? 1.0 : -1.0 }
    static let designs: [(AndersonRubinSet.Kind, [(y: Double, s: Double, varianceY: Double, varianceS: Double)])] = [
        // A strong proxy whose coefficient is 2.
        (.bounded, alternating.map { (y: 20 * $0, s: 10 * $0, varianceY: 1, varianceS: 1) }),
        // Nothing moves.
        (.wholeLine, alternating.map { (y: 0.1 * $0, s: 0.1, varianceY: 1, varianceS: 1) }),
        // The outcome moves, and the proxy does not.
        (.twoRays, alternating.map { (y: 10 * $0, s: 0.1 * $0, varianceY: 1, varianceS: 1) }),
        // Both move, each on its own.
        (.empty, alternating.enumerated().map { (y: 10 * $1, s: $0 % 4 < 2 ? 10 : -10, varianceY: 1, varianceS: 1) }),
        // Noise in the proxy only or in the outcome only; see `unionInClosedForm`.
        (.union, unionRows),
    ]

    /// With W = 2 and one noise variance in each, N = c(1 + β²) and D = 2(1 + β⁴) where 2y² = 2s² = 1 + c.
    static let unionRows: [(y: Double, s: Double, varianceY: Double, varianceS: Double)] = {
        let excess = 0.9 * Normal.standard.quantile(0.95) * 2.0.squareRoot()
        let size = ((1 + excess) / 2).squareRoot()
        return [(y: size, s: 0, varianceY: 0, varianceS: 1), (y: 0, s: size, varianceY: 1, varianceS: 0)]
    }()

    @Test(arguments: designs.indices)
    func everyKind(index: Int) throws {
        let (kind, rows) = Self.designs[index]
        let (model, set) = try Self.set(rows)
        #expect(set.kind == kind)
        // On a grid in tan φ the set is what the test accepts.
        let critical = Normal.standard.quantile(0.95)
        for step in -1000...1000 {
            let beta = Elementary.tan(Double(step) / 1001 * Double.pi / 2)
            let statistic = try model.andersonRubinTest([beta]).statistic
            if abs(statistic - critical) > 1e-9 { #expect(set.contains(beta) == (statistic <= critical), "\(beta)") }
        }
    }

    /// 0.9(1 + x) = √(1 + x²) at x = β² = (1.62 ∓ √(1.62² − 4·0.19²))/0.38. Tolerance 1e-9.
    @Test func unionInClosedForm() throws {
        let (_, set) = try Self.set(Self.unionRows)
        let root = (1.62 * 1.62 - 4 * 0.19 * 0.19).squareRoot()
        let (inner, outer) = (((1.62 - root) / 0.38).squareRoot(), ((1.62 + root) / 0.38).squareRoot())
        let expected = [-Double.infinity, -outer, -inner, inner, outer, .infinity]
        let ends = set.intervals.flatMap { [$0.lower, $0.upper] }
        #expect(ends.count == 6)
        for (a, b) in zip(ends, expected) { #expect(a == b || abs(a - b) < 1e-9) }
    }

    @Test(arguments: designs.indices, [1e-9, 1e12])
    func setFollowsUnitsOfTheProxy(index: Int, factor: Double) throws {
        let rows = Self.designs[index].1
        let (_, plain) = try Self.set(rows)
        let (_, scaled) = try Self.set(rows, factor: factor)
        #expect(plain.kind == scaled.kind)
        for (a, b) in zip(plain.intervals, scaled.intervals) {
            for (x, y) in [(a.lower, b.lower), (a.upper, b.upper)] {
                #expect(x.isInfinite ? x == y : abs(y * factor / x - 1) < 1e-8)
            }
        }
    }

    /// Few experiments with very unequal noise, weak and strong, at several levels, against the test on a grid.
    @Test(arguments: [false, true], [0.2, 0.5, 0.95])
    func setIsWhatTheTestAccepts(intercept: Bool, level: Double) throws {
        let stream = RandomStream(seed: 8, identifier: "sets \(intercept)")
        let critical = Normal.standard.quantile(level)
        var kinds: Set<AndersonRubinSet.Kind> = []
        for design in 0..<60 {
            let strength = [0.3, 2, 8][design % 3]
            let rows = (0..<3 + design % 4).map { k in
                let u = (0..<4).map { stream.normal(100 * design + 4 * k + $0) }
                return (
                    y: strength * (u[0] + u[1]), s: strength * u[1], varianceY: Elementary.exp(2 * u[2]),
                    varianceS: Elementary.exp(2 * u[3])
                )
            }
            let model = try ProxyModel(
                TreatmentEffects(of: Self.moments(rows)), outcome: "y", proxies: ["s"], intercept: intercept)
            let set = try model.andersonRubinSet(level: level)
            kinds.insert(set.kind)
            for step in -100...100 {
                let beta = Elementary.tan(Double(step) / 101 * Double.pi / 2)
                let statistic = try model.andersonRubinTest([beta]).statistic
                guard abs(statistic - critical) > 1e-9 else { continue }
                #expect(set.contains(beta) == (statistic <= critical), "\(design) \(beta)")
            }
        }
        #expect(kinds.count >= 3)
    }

    @Test func whatIsNotASet() throws {
        let effects = try TreatmentEffects(of: UnitLevelTests.moments())
        let two = try ProxyModel(effects, outcome: "y", proxies: ["s1", "s2"])
        #expect(throws: EstimationError.needsOneProxy(found: 2)) { try two.andersonRubinSet() }
        #expect(throws: EstimationError.wrongCoefficients(expected: 2, found: 1)) { try two.andersonRubinTest([1]) }
        let noise = Matrix.identity(2)
        let given = try TreatmentEffects(
            metrics: ["y", "s"],
            estimates: (0..<4).map {
                EffectEstimate(experiment: "\($0)", arm: "t", effect: [1, Double($0)], own: noise)
            })
        let bare = try ProxyModel(given, outcome: "y", proxies: ["s"])
        let error = EstimationError.needsCounts(estimator: "The Anderson–Rubin test")
        #expect(throws: error) { try bare.andersonRubinSet() }
        let (model, _) = try Self.set(Self.designs[0].1)
        #expect(throws: EstimationError.invalidLevel(1)) { try model.andersonRubinSet(level: 1) }
        let still = Self.alternating.map { (y: $0, s: $0, varianceY: 0.0, varianceS: 0.0) }
        #expect(throws: EstimationError.singularNoise(metrics: ["y", "s"])) { try Self.set(still) }
    }
}

// The fixture inference.json was made by this script from units.csv, whose own script is in `UnitLevelTests.swift`:
//
// import json, numpy as np, pandas as pd
// from scipy import stats, optimize
//
// data = pd.read_csv("units.csv")
// metrics = ["y", "s1", "s2"]
// units = {key: group[metrics].to_numpy() for key, group in data.groupby(["experiment", "arm"])}
// keys = list(units)
// effects = [key for key in keys if key[1] > 0]
// names = sorted({key[0] for key in keys})
// K, J, N = len(names), len(effects), len(data)
// sizes = {key: len(units[key]) for key in keys}
// omega = {key: np.cov(units[key].T) for key in keys}
// nu = sum(n - 1 for n in sizes.values())
// pooled = sum((sizes[key] - 1) * omega[key] for key in keys) / nu
// out = {}
//
// # Units: fixed effects (and the treated indicator) exogenous, arms as instruments.
// fixed = np.array([[float(k == name) for name in names] for k in data.experiment])
// treated = (data.arm.to_numpy() > 0).astype(float)[:, None]
// arms = np.array([[float((k, a) == e) for e in effects] for k, a in zip(data.experiment, data.arm)])
//
// def proj(z, x): return z @ np.linalg.lstsq(z, x, rcond=None)[0]
//
// for intercept in (False, True):
//     exog = np.hstack([fixed, treated]) if intercept else fixed
//     z = np.hstack([exog, arms[:, 1:] if intercept else arms])
//     s, y = data[["s1", "s2"]].to_numpy(), data.y.to_numpy()
//     x = np.hstack([s, exog])
//     G = x.shape[1]
//     ys = np.column_stack([y, s])
//     res0, resz = ys - proj(exog, ys), ys - proj(z, ys)
//     lam = min(np.linalg.eigvals(np.linalg.solve(resz.T @ resz, res0.T @ res0)).real)
//     for name, k in {"liml": lam, "fuller": lam - 1 / (N - z.shape[1])}.items():
//         xz, yz = x - proj(z, x), y - proj(z, y)
//         delta = np.linalg.solve(x.T @ x - k * x.T @ xz, x.T @ y - k * x.T @ yz)
//         # Hansen, Hausman and Newey (2008), Sigma_B.
//         u = y - x @ delta
//         s2 = u @ u / (N - G)
//         alpha = u @ proj(z, u) / (u @ u)
//         xt = x - np.outer(u, u @ x) / (u @ u)
//         H = x.T @ proj(z, x) - alpha * x.T @ x
//         P = xt.T @ proj(z, xt)
//         sigma = s2 * ((1 - alpha) ** 2 * P + alpha**2 * (xt.T @ xt - P))
//         V = np.linalg.inv(H) @ sigma @ np.linalg.inv(H).T
//         at = [0, 1] + ([G - 1] if intercept else [])
//         out[f"bekker {name} {intercept}"] = V[np.ix_(at, at)].ravel().tolist()
//     # Sanderson and Windmeijer (2016): two-stage least squares of one on the other, then F of its residuals.
//     F = []
//     for j in (0, 1):
//         d = np.column_stack([s[:, 1 - j], exog])
//         r = s[:, j] - d @ np.linalg.lstsq(proj(z, d), s[:, j], rcond=None)[0]
//         r = r - proj(exog, r)
//         fit = proj(z, r)
//         instruments = z.shape[1] - exog.shape[1]
//         F.append((fit @ fit) / (instruments - 1) / ((r - fit) @ (r - fit) / (N - z.shape[1])))
//     out[f"conditional F {intercept}"] = F
//
// # Arms, on differences (0) and on ratios after adding 20 to every metric.
// def arms_of(relative):
//     add = 20.0 if relative else 0.0
//     mean = {key: units[key].mean(0) + add for key in keys}
//     tau = np.array([mean[e] / mean[(e[0], 0)] - 1 if relative else mean[e] - mean[(e[0], 0)] for e in effects])
//     V = np.zeros((J, J, 3, 3))
//     for i, e in enumerate(effects):
//         for j, f in enumerate(effects):
//             if e[0] != f[0]: continue
//             c = (e[0], 0)
//             scale = np.diag(1 / mean[c]) if relative else np.eye(3)
//             Ri = np.diag(mean[e] / mean[c]) if relative else np.eye(3)
//             Rj = np.diag(mean[f] / mean[c]) if relative else np.eye(3)
//             V[i, j] = Ri @ scale @ omega[c] @ scale @ Rj / sizes[c]
//             if i == j: V[i, j] += scale @ omega[e] @ scale / sizes[e]
//     return tau, V
//
// # The sandwich by loops.
// for weights in ("precision", "equal"):
//     tau, V = arms_of(False)
//     w = np.array([1 / (1 / sizes[e] + 1 / sizes[(e[0], 0)]) if weights == "precision" else 1.0 for e in effects])
//     w = w / w.sum()
//     for intercept in (False, True):
//         centre = w @ tau if intercept else np.zeros(3)
//         d = 1 - w @ w if intercept else 1.0
//         for name in ("naive", "tc", "jive"):
//             noise = np.zeros((K, 3, 3))
//             for k in range(K):
//                 for i, e in enumerate(effects):
//                     for j, f in enumerate(effects):
//                         if e[0] != names[k] or f[0] != names[k]: continue
//                         c = (e[0], 0)
//                         v = {"naive": 0 * pooled, "jive": V[i, j],
//                              "tc": pooled * (1 / sizes[c] + (1 / sizes[e] if i == j else 0))}[name]
//                         noise[k] += (w[i] * v if i == j else 0) - (w[i] * w[j] * v if intercept else 0)
//             A = sum(w[i] * np.outer(tau[i] - centre, tau[i] - centre) for i in range(J))
//             L = (A - noise.sum(0)) / d
//             beta = np.linalg.solve(L[1:, 1:], L[1:, 0])
//             g = np.append(1, -beta)
//             ratio = np.trace(noise.sum(0)) / np.trace(pooled) if name == "tc" else 0
//             rows = []
//             for k in range(K):
//                 mine = [i for i, e in enumerate(effects) if e[0] == names[k]]
//                 own = sum(w[i] * np.outer(tau[i] - centre, tau[i] - centre) for i in mine) - noise[k]
//                 if name == "tc":
//                     own = own - ratio / nu * sum((sizes[key] - 1) * (omega[key] - pooled) for key in keys if key[0] == names[k])
//                 h = np.linalg.solve(L[1:, 1:], (own @ g)[1:] / d)
//                 a = sum(w[i] * (tau[i] - centre) @ g for i in mine) - (w @ tau)[1:] @ h
//                 rows.append(np.append(h, a) if intercept else h)
//             rows = np.array(rows)
//             assert abs(rows.sum(0)).max() < 1e-10
//             q = rows.shape[1]
//             out[f"sandwich {name} {weights} {intercept}"] = (K / (K - q) * rows.T @ rows).ravel().tolist()
//
// # Anderson-Rubin with dense matrices over all arms.
// def dense(relative, intercept):
//     tau, V = arms_of(relative)
//     W = np.zeros((J, J))
//     for name in names:
//         at = [i for i, e in enumerate(effects) if e[0] == name]
//         noise = 1 / sizes[(name, 0)] + np.diag([1 / sizes[effects[i]] for i in at])
//         W[np.ix_(at, at)] = np.linalg.inv(noise)
//     one = np.ones(J)
//     R = W - np.outer(W @ one, W @ one) / (one @ W @ one) if intercept else W
//     def ar(gamma):
//         e = tau @ gamma
//         v = np.einsum("a,ijab,b->ij", gamma, V, gamma)
//         return (e @ R @ e - np.trace(R @ v)) / np.sqrt(2 * np.trace(R @ v @ R @ v))
//     return ar
//
// for relative in (False, True):
//     for intercept in (False, True):
//         ar = dense(relative, intercept)
//         points = [[0.7, -0.4], [0.0, 0.0], [-1.3, 2.1]]
//         out[f"ar {relative} {intercept}"] = [float(ar(np.append(1, -np.array(b)))) for b in points]
//         grid = np.tan(np.linspace(-np.pi / 2, np.pi / 2, 40003)[1:-1])
//         for proxy in (1, 2):
//             f = lambda b: ar(np.array([1, -b if proxy == 1 else 0, -b if proxy == 2 else 0])) - stats.norm.ppf(0.95)
//             values = [f(b) for b in grid]
//             ends = [optimize.brentq(f, a, b, xtol=1e-12) for a, b, u, v in zip(grid, grid[1:], values, values[1:]) if (u > 0) != (v > 0)]
//             out[f"set {relative} {intercept} {proxy}"] = ends
//             print(relative, intercept, proxy, ends, values[0] <= 0)
//
// # Ratios of arms.
// five = lambda x: np.quantile(x, [0, 0.25, 0.5, 0.75, 1]).tolist()
// for m, metric in enumerate(metrics):
//     out[f"variance ratio {metric}"] = five([omega[e][m, m] / omega[(e[0], 0)][m, m] for e in effects])
// out["size ratio"] = five([sizes[e] / sizes[(e[0], 0)] for e in effects])
//
// # BCa.
// rng = np.random.default_rng(7)
// sample = np.exp(rng.normal(size=12)).round(6)
// reps = np.sort(rng.choice(sample, (400, 12)).mean(1)).round(9)
// theta = sample.mean()
// jack = (sample.sum() - sample) / 11
// dev = jack.mean() - jack
// a = (dev**3).sum() / (6 * (dev**2).sum() ** 1.5)
// z0 = stats.norm.ppf((reps < theta).mean() + 0.5 * (reps == theta).mean())
// z = stats.norm.ppf([0.05, 0.95])
// ends = stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z)))
// out["bca estimate"] = [float(theta)]
// out["bca replicates"] = reps.tolist()
// out["bca jackknife"] = jack.tolist()
// out["bca interval"] = np.quantile(reps, ends).tolist()
// out["percentile interval"] = np.quantile(reps, [0.05, 0.95]).tolist()
// json.dump(out, open("inference.json", "w"), indent=1)
