import LinearAlgebra
import Probability
import Testing

@testable import Estimation

/// The random-effects model of several metrics against metafor and against dense matrices.
@Suite struct CovarianceREMLTests {
    private struct Fixture: Decodable {
        struct Effect: Decodable {
            let experiment: String
            let effect: [Double]
            let own: [Double]
            let control: [Double]
            let multiplier: [Double]
        }
        let effects: [Effect]
        let reml: Berkey1998Tests.Fit
        let ml: Berkey1998Tests.Fit
    }

    private struct Fixtures: Decodable {
        let shared: Fixture
        let relative: Fixture
        let boundary: Fixture
    }

    private static func effects(_ fixture: Fixture) throws -> TreatmentEffects {
        let estimates = fixture.effects.enumerated().map { index, row in
            EffectEstimate(
                experiment: row.experiment, arm: "\(index)", effect: row.effect,
                own: Matrix(rows: 3, columns: 3, elements: row.own),
                control: Matrix(rows: 3, columns: 3, elements: row.control), multiplier: row.multiplier)
        }
        return try TreatmentEffects(metrics: ["a", "b", "c"], estimates: estimates)
    }

    /// `Fixtures/reml-metafor.json`: rma.mv with the full covariance matrix of effects that share controls. Tolerance 1e-5
    /// of the largest variance (metafor's optimiser stops near there).
    @Test func metafor() throws {
        let fixtures = try FixtureFiles.decode(Fixtures.self, "reml-metafor.json")
        for fixture in [fixtures.shared, fixtures.relative] {
            let fit = try CovarianceREML(Self.effects(fixture))
            try fixture.reml.expect(fit, tolerance: 1e-5)
            #expect(!fit.isBoundary)
            #expect(fit.rank == 3)
        }
        // Given metafor's μ̂ of ML, the likelihood without intercept is ML's.
        for fixture in [fixtures.shared, fixtures.relative] {
            var effects = try Self.effects(fixture)
            for j in 0..<effects.count { for m in 0..<3 { effects.values[j * 3 + m] -= fixture.ml.mean[m] } }
            let fit = try CovarianceREML(effects, intercept: false)
            #expect(abs(fit.logLikelihood - fixture.ml.logLikelihood) < 1e-8)
            for (made, expected) in zip(fit.covariance.elements, fixture.ml.covariance) {
                #expect(abs(made - expected) < 1e-5)
            }
        }
        // Here a direction of Λ̂ is zero, and metafor's optimiser is slower: the likelihood may only be higher.
        let fit = try CovarianceREML(Self.effects(fixtures.boundary))
        #expect(fit.isBoundary)
        #expect(fit.rank == 2)
        #expect(fit.eigenvalues[0] == 0)
        #expect(fit.logLikelihood > fixtures.boundary.reml.logLikelihood - 1e-9)
        try fixtures.boundary.reml.expect(fit, tolerance: 2e-4)
    }

    /// The marginal covariance as one JG × JG matrix.
    private struct Dense {
        let effects: TreatmentEffects
        let intercept: Bool
        private let y: [Double]
        private let noise: Matrix
        private var order: Int { effects.order }
        private var size: Int { effects.count * order }

        init(_ effects: TreatmentEffects, intercept: Bool) {
            (self.effects, self.intercept) = (effects, intercept)
            y = effects.values
            var noise = Matrix(rows: effects.count * effects.order, columns: effects.count * effects.order)
            for j in 0..<effects.count {
                for l in 0..<effects.count {
                    let block = effects.covariance(j, l)
                    for a in 0..<effects.order {
                        for b in 0..<effects.order {
                            noise[j * effects.order + a, l * effects.order + b] = block[a, b]
                        }
                    }
                }
            }
            self.noise = noise
        }

        private var design: Matrix {
            var x = Matrix(rows: size, columns: order)
            for row in 0..<size { x[row, row % order] = 1 }
            return x
        }

        func embedded(_ matrix: Matrix) -> Matrix {
            var result = Matrix(rows: size, columns: size)
            for j in 0..<effects.count {
                for a in 0..<order { for b in 0..<order { result[j * order + a, j * order + b] = matrix[a, b] } }
            }
            return result
        }

        func logLikelihood(_ lambda: Matrix) throws -> Double {
            let factor = try Cholesky(noise + embedded(lambda))
            let determinant = factor.lower.diagonal.reduce(0) { $0 + 2 * Elementary.log($1) }
            let square = dot(y, factor.solve(y))
            guard intercept else {
                return -(determinant + square + Double(size) * Elementary.logTwoPi) / 2
            }
            let x = design
            let precision = try Cholesky((x.transposed * factor.solve(x)).symmetrised)
            let b = x.transposed * factor.solve(y)
            let logs = precision.lower.diagonal.reduce(0) { $0 + 2 * Elementary.log($1) }
            let constants =
                Double(size - order) * Elementary.logTwoPi - Double(order) * Elementary.log(Double(effects.count))
            return -(determinant + logs + square - dot(b, precision.solve(b)) + constants) / 2
        }

        /// P.
        func projection(_ lambda: Matrix) throws -> Matrix {
            let inverse = try Cholesky(noise + embedded(lambda)).inverse
            guard intercept else { return inverse }
            let column = inverse * design
            let precision = try Cholesky((design.transposed * column).symmetrised).inverse
            return inverse - column * precision * column.transposed
        }

        /// ½ tr(P D_E P D_E′), and −½ tr(…) + yᵀPD_EPD_E′Py.
        func information(_ lambda: Matrix) throws -> (expected: Matrix, observed: Matrix) {
            let p = try projection(lambda)
            let py = p * y
            let basis = CovarianceREMLTests.basis(order).map { embedded($0) }
            let products = basis.map { p * $0 }
            let count = basis.count
            var expected = Matrix(rows: count, columns: count)
            var observed = expected
            for s in 0..<count {
                for t in 0..<count {
                    expected[s, t] = dot(products[s].transposed.elements, products[t].elements) / 2
                    observed[s, t] = dot(basis[s] * py, p * (basis[t] * py)) - expected[s, t]
                }
            }
            return (expected, observed)
        }
    }

    /// E of every element of a lower triangle.
    private static func basis(_ order: Int) -> [Matrix] {
        var result: [Matrix] = []
        for a in 0..<order {
            for b in 0...a {
                var matrix = Matrix(rows: order, columns: order)
                (matrix[a, b], matrix[b, a]) = (1, 1)
                result.append(matrix)
            }
        }
        return result
    }

    private static func order(_ effects: TreatmentEffects, _ count: Int) throws -> TreatmentEffects {
        try effects.selecting(metrics: Array(effects.metrics.prefix(count)))
    }

    /// Likelihood (1e-9), gradient by central differences (1e-6) and both informations (1e-8) on every scale: several
    /// arms, multipliers, rank-two blocks.
    @Test(arguments: EffectScale.allCases, [true, false])
    func denseMatrices(scale: EffectScale, intercept: Bool) throws {
        let effects = try DenseAlgebraTests.effects(scale)
        let dense = Dense(effects, intercept: intercept)
        let order = effects.order
        let start = try LikelihoodStart(effects, intercept: intercept)
        let blocks = try LikelihoodBlocks(effects, start: start)
        // Away from the maximum, and not diagonal.
        var scaled = 0.7 * start.covariance
        for m in 0..<order { scaled[m, m] += 0.2 }
        let value = try #require(blocks.value(scaled, intercept: intercept))
        let made = try #require(blocks.derivatives(scaled, value))
        let unit = Matrix.diagonal(start.scales)
        func likelihood(_ matrix: Matrix) throws -> Double {
            let shift = Double(effects.count - (intercept ? 1 : 0))
            return try dense.logLikelihood(unit * matrix * unit)
                + shift * start.scales.reduce(0) { $0 + Elementary.log($1) }
        }
        #expect(abs(value.logLikelihood - (try likelihood(scaled))) < 1e-9 * abs(value.logLikelihood))
        let information = try dense.information(unit * scaled * unit)
        var products: [Double] = []
        for a in 0..<order { for b in 0...a { products.append(start.scales[a] * start.scales[b]) } }
        let largest = made.expectedInformation.largestMagnitude
        for (s, direction) in Self.basis(order).enumerated() {
            let step = 1e-5
            let slope =
                try (likelihood(scaled + step * direction) - likelihood(scaled - step * direction)) / (2 * step)
            let inner = dot(made.gradient.elements, direction.elements)
            #expect(abs(slope - inner) < 1e-6 * max(1, abs(inner)))
            for t in products.indices {
                let unit = products[s] * products[t]
                #expect(abs(made.expectedInformation[s, t] - unit * information.expected[s, t]) < 1e-8 * largest)
                #expect(abs(made.observedInformation[s, t] - unit * information.observed[s, t]) < 1e-8 * largest)
            }
        }
    }

    /// At the maximum nothing nearby is more likely, and the inverse information is that of dense matrices.
    @Test(arguments: [true, false])
    func maximum(intercept: Bool) throws {
        let effects = try Self.effects(FixtureFiles.decode(Fixtures.self, "reml-metafor.json").shared)
        let fit = try CovarianceREML(effects, intercept: intercept)
        let dense = Dense(effects, intercept: intercept)
        let best = try dense.logLikelihood(fit.covariance)
        #expect(abs(fit.logLikelihood - best) < 1e-9)
        for direction in Self.basis(3) {
            for step in [-0.01, 0.01] {
                #expect(try dense.logLikelihood(fit.covariance + step * direction) < best)
            }
        }
        let inverse = try #require(fit.informationInverse)
        let expected = try Cholesky(dense.information(fit.covariance).expected).inverse
        for (a, b) in zip(inverse.elements, expected.elements) { #expect(abs(a - b) < 1e-8) }
        #expect(intercept || fit.mean == [0, 0, 0])
        #expect(intercept == (fit.meanCovariance != nil))
        #expect(fit.iterations < 15)
    }

    /// Without intercept and with effects about zero, two metrics that do not covary: each variance solves its own
    /// likelihood equation, here that of equal noise: λ = max(0, mean of squares − v).
    @Test func equalNoiseHasAClosedForm() throws {
        let values = [[1.0, 0.2], [-1, 0.2], [1, -0.2], [-1, -0.2]]
        let effects = try TreatmentEffects(
            metrics: ["a", "b"],
            estimates: values.enumerated().map {
                EffectEstimate(experiment: "\($0)", arm: "t", effect: $1, own: .diagonal([0.25, 0.25]))
            })
        let fit = try CovarianceREML(effects, intercept: false)
        #expect(abs(fit.covariance[0, 0] - 0.75) < 1e-9)
        #expect(fit.covariance[1, 1] == 0 || fit.covariance[1, 1] < 1e-12)
        #expect(fit.isBoundary)
        #expect(fit.rank == 1)
        #expect(fit.correlation(0, 1) == nil || fit.standardError(1, 1) == nil)
        // ½J/(λ + v)² is the information on λ.
        #expect(abs(try #require(fit.standardError(0, 0)) - (2.0 / 4).squareRoot()) < 1e-6)
    }

    /// No variation beyond noise at all.
    @Test func zeroIsABoundaryToo() throws {
        let effects = try TreatmentEffects(
            metrics: ["a", "b"],
            estimates: (0..<8).map {
                EffectEstimate(
                    experiment: "\($0 / 2)", arm: "\($0)", effect: [0.01 * Double($0 % 3), 0.02 * Double($0 % 2)],
                    own: .diagonal([1, 2]), control: .diagonal([0.5, 0.5]))
            })
        let fit = try CovarianceREML(effects)
        #expect(fit.rank == 0)
        #expect(fit.covariance.elements.allSatisfy { $0 == 0 })
        #expect(fit.informationInverse == nil)
        #expect(fit.interval(0, 0, level: 0.95) == nil)
        #expect(fit.correlation(0, 1) == nil)
        #expect(fit.logLikelihood.isFinite)
    }

    /// A metric in units a million times smaller: everything else is the same to 1e-9.
    @Test func unitsDoNotMatter() throws {
        for fixture in try [
            FixtureFiles.decode(Fixtures.self, "reml-metafor.json").shared,
            FixtureFiles.decode(Fixtures.self, "reml-metafor.json").boundary,
        ] {
            let effects = try Self.effects(fixture)
            var scaled = effects
            for j in 0..<effects.count { scaled.values[j * 3 + 1] *= 1e6 }
            for (index, factor) in [1, 1e6, 1e12, 1, 1e6, 1].enumerated() {
                for j in 0..<effects.count { scaled.own[j * 6 + index] *= factor }
                for k in 0..<effects.experimentCount { scaled.shared[k * 6 + index] *= factor }
            }
            let (fit, other) = (try CovarianceREML(effects), try CovarianceREML(scaled))
            let units = [1, 1e6, 1]
            #expect(fit.rank == other.rank)
            for i in 0..<3 {
                #expect(abs(other.mean[i] / units[i] - fit.mean[i]) < 1e-9)
                for j in 0..<3 {
                    let factor = units[i] * units[j]
                    #expect(abs(other.covariance[i, j] / factor - fit.covariance[i, j]) < 1e-8)
                    let error = try #require(fit.standardError(i, j))
                    #expect(abs(try #require(other.standardError(i, j)) / factor - error) < 1e-8)
                }
            }
            let shift = Double(effects.count - 1) * Elementary.log(1e6)
            #expect(abs(fit.logLikelihood - other.logLikelihood - shift) < 1e-8)
        }
    }

    /// Many weak and many strong draws: the search ends, and no eigenvalue is negative.
    @Test func convergesEverywhere() throws {
        let stream = RandomStream(seed: 3, identifier: "reml")
        for trial in 0..<60 {
            let strength = [0.0, 0.05, 0.5, 20][trial % 4]
            var estimates: [EffectEstimate] = []
            for k in 0..<(3 + trial % 9) {
                let control = stream.normal(trial * 1000 + k * 50)
                for i in 0...(k % 3) {
                    let base = trial * 1000 + k * 50 + i * 10
                    let common = stream.normal(base + 1)
                    let effect = (0..<3).map { m in
                        strength * (common + 0.1 * Double(m) * stream.normal(base + 2 + m))
                            + stream.normal(base + 5 + m) - control
                    }
                    estimates.append(
                        EffectEstimate(
                            experiment: "\(k)", arm: "\(i)", effect: effect, own: .identity(3),
                            control: Matrix(rows: 3, columns: 3, repeating: 1)))
                }
            }
            let fit = try CovarianceREML(try TreatmentEffects(metrics: ["a", "b", "c"], estimates: estimates))
            #expect(fit.covariance.isFinite)
            #expect(fit.eigenvalues.allSatisfy { $0 >= 0 })
            #expect(fit.iterations < 60)
            for i in 0..<3 {
                guard let interval = fit.interval(i, i, level: 0.95) else { continue }
                #expect(interval.lower >= 0)
                #expect(interval.contains(fit.covariance[i, i]))
            }
        }
    }

    @Test func whatCannotBeEstimatedSaysSo() throws {
        func effects(_ values: [[Double]], own: Matrix, control: Matrix? = nil) throws -> TreatmentEffects {
            try TreatmentEffects(
                metrics: ["a", "b"],
                estimates: values.enumerated().map {
                    EffectEstimate(experiment: "e", arm: "\($0)", effect: $1, own: own, control: control)
                })
        }
        #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
            try CovarianceREML(effects([[1, 2]], own: .identity(2)))
        }
        // No noise and no spread: the likelihood has no bound.
        let still = try effects([[1, 1], [1, 1], [1, 1]], own: .diagonal([0, 0]))
        #expect(throws: EstimationError.self) { try CovarianceREML(still) }
        let indefinite = try effects(
            [[1, 2], [2, 1], [0, 0]], own: .identity(2), control: Matrix([[1, 2], [2, 1]]))
        #expect(throws: EstimationError.indefiniteNoise(experiment: "e")) { try CovarianceREML(indefinite) }
    }
}
