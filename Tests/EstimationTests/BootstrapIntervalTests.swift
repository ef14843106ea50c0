import Estimation
import LinearAlgebra
import Probability
import Testing

@Suite struct BootstrapIntervalTests {
    let stream = RandomStream(seed: 11, identifier: "intervals")

    static func model(_ metrics: [String] = ["s1", "s2"]) throws -> ProxyModel {
        try ProxyModel(TreatmentEffects(of: UnitLevelTests.moments()), outcome: "y", proxies: metrics)
    }

    /// numpy and scipy (the script is in `AndersonRubinTests.swift`). Tolerance 1e-9.
    @Test func bcaEqualsScipy() throws {
        let replicates = try ProxyErrorsTests.numbers("bca replicates")
        let jackknife = try ProxyErrorsTests.numbers("bca jackknife")
        let intervals = BootstrapInterval.intervals(
            replicates: replicates.map { [$0] }, leaveOneOut: jackknife.map { [$0] },
            estimate: try ProxyErrorsTests.numbers("bca estimate"), level: 0.9)
        let interval = try #require(intervals?.first)
        let bca = try #require(interval.bca)
        for (found, key) in [(bca, "bca interval"), (interval.percentile, "percentile interval")] {
            let expected = try ProxyErrorsTests.numbers(key)
            #expect(abs(found.lower - expected[0]) < 1e-9)
            #expect(abs(found.upper - expected[1]) < 1e-9)
        }
        #expect(interval.problem == nil)
    }

    /// Without skewness and bias BCa is the percentile interval; ties at the estimate count half.
    @Test func symmetricReplicates() throws {
        let replicates = (-200...200).map { [Double($0 / 2)] }
        let interval = try #require(
            BootstrapInterval.intervals(
                replicates: replicates, leaveOneOut: [[-1], [0], [1]], estimate: [0], level: 0.9)?.first)
        let bca = try #require(interval.bca)
        #expect(abs(bca.lower - interval.percentile.lower) < 1e-9)
        #expect(abs(bca.upper - interval.percentile.upper) < 1e-9)
    }

    @Test func reasonsForNoBCa() throws {
        let replicates = (0..<100).map { [Double($0)] }
        let jackknife = [[0.0], [1], [3]]
        func problem(_ rows: [[Double]], _ left: [[Double]]?, _ estimate: Double, level: Double = 0.9) -> BCaProblem? {
            BootstrapInterval.intervals(
                replicates: rows, leaveOneOut: left, estimate: [estimate], level: level)?.first?.problem
        }
        #expect(problem(replicates, jackknife, -1) == .oneSided)
        #expect(problem(replicates, nil, 50) == .noJackknife)
        #expect(problem(replicates, [[1], [1], [1]], 50) == .noSpread)
        #expect(problem(replicates, jackknife, 98.5) == .tooFewReplicates)
        // a = −1/6 with one outlier among very many values, and z = −8 at the lower end.
        let skewed = [[1e6]] + Array(repeating: [0.0], count: 1000)
        #expect(problem(replicates, skewed, 50, level: 1 - 1e-15) == .accelerationTooLarge)
        #expect(BootstrapInterval.intervals(replicates: [[1]], leaveOneOut: nil, estimate: [1], level: 0.9) == nil)
        let bayesian = BootstrapInterval.intervals(
            replicates: replicates, leaveOneOut: nil, estimate: [50], level: 0.9, corrected: false)?.first
        #expect(bayesian?.bca == nil && bayesian?.problem == nil && bayesian != nil)
    }

    /// The same stream gives the same intervals, which hold the estimate; every draw is an estimate or a failure.
    @Test(arguments: [ProxyEstimator.liml, .jive, .tc, .fuller(1)])
    func drawsAreReproducible(estimator: ProxyEstimator) throws {
        let model = try Self.model()
        let found = try #require(try model.bootstrapIntervals(estimator, draws: 100, stream: stream))
        #expect(try model.bootstrapIntervals(estimator, draws: 100, stream: stream) == found)
        #expect(found.replicates + found.failures == 100)
        let estimate = try model.estimate(estimator)
        for (interval, coefficient) in zip(found.intervals, estimate.coefficients) {
            #expect(interval.percentile.contains(coefficient))
        }
        #expect(found.intercept != nil)
    }

    /// A sample with multiplicities is the data set with experiments repeated under other names. Tolerance 1e-9.
    @Test func anExperimentDrawnTwiceIsTwoExperiments() throws {
        let moments = try UnitLevelTests.moments()
        let model = try Self.model()
        let estimators: [ProxyEstimator] = [.naive, .tc, .jive, .tsls, .liml, .fuller(1), .kClass(1.01)]
        let replicates = model.resampledEstimates(estimators, draws: 3, stream: stream)
        for draw in 0..<3 {
            var repeated = try ArmMoments(metrics: moments.metrics)
            for (k, times) in stream.multiplicities(draw, count: moments.experimentCount).enumerated() {
                let arms = moments.arms(of: k).map(moments.arm)
                for copy in 0..<times {
                    try repeated.append(
                        experiment: "\(k) \(copy)", control: arms[0], treatments: Array(arms.dropFirst()))
                }
            }
            let other = try ProxyModel(TreatmentEffects(of: repeated), outcome: "y", proxies: ["s1", "s2"])
            for (estimator, row) in zip(estimators, replicates.rows[draw]) {
                let expected = try other.estimate(estimator)
                for (a, b) in zip(try #require(row), expected.coefficients + [expected.intercept]) {
                    #expect(abs(a - b) < 1e-9)
                }
            }
        }
    }

    /// jive of one proxy with weights g_k by hand: shares count g_k times, squares within an experiment too, and g are
    /// exponentials −log u divided by their mean. Tolerance 1e-10.
    @Test func bayesianSamplesByHand() throws {
        let model = try Self.model(["s1"])
        let effects = model.effects
        let rows = model.resampledEstimates([.jive], draws: 5, stream: stream, scheme: .bayesian).rows
        let count = effects.experimentCount
        let weights = try (0..<effects.count).map { try #require(effects.effectiveCount($0)) }
        for draw in 0..<5 {
            let exponentials = (0..<count).map { -Elementary.log(stream.uniform(draw * count + $0)) }
            let total = exponentials.reduce(0, +)
            let g = effects.experimentIndices.map { exponentials[$0] * Double(count) / total }
            let sum = zip(g, weights).map { $0 * $1 }.reduce(0, +)
            var mean = [0.0, 0]
            for j in 0..<effects.count { for m in 0..<2 { mean[m] += g[j] * weights[j] / sum * effects.value(j, m) } }
            var lambda = [0.0, 0]
            for j in 0..<effects.count {
                for m in 0..<2 {
                    let x = effects.value(j, 1) - mean[1]
                    lambda[m] += g[j] * weights[j] / sum * x * (effects.value(j, m) - mean[m])
                    lambda[m] -= g[j] * weights[j] / sum * effects.covariance(j, j)[1, m]
                    for l in effects.effects(of: effects.experimentIndices[j]) {
                        let product = g[j] * weights[j] * weights[l] / (sum * sum)
                        lambda[m] += product * effects.covariance(j, l)[1, m]
                    }
                }
            }
            let row = try #require(rows[draw][0])
            #expect(abs(row[0] - lambda[0] / lambda[1]) < 1e-10)
            #expect(abs(row[1] - (mean[0] - row[0] * mean[1])) < 1e-10)
        }
    }

    @Test func bayesianIntervalsHaveEqualTails() throws {
        let model = try Self.model(["s1"])
        let found = try #require(try model.bootstrapIntervals(.jive, draws: 300, stream: stream, scheme: .bayesian))
        #expect(found.intervals[0].bca == nil && found.intervals[0].problem == nil)
        #expect(found.intervals[0].percentile.contains(try model.estimate(.jive).coefficients[0]))
        let known = try #require(try model.bootstrapIntervals(.jive, draws: 300, stream: stream))
        // Dirichlet weights vary a little less than multinomial ones: (K − 1)/(K + 1) against (K − 1)/K.
        #expect(abs(found.intervals[0].standardError / known.intervals[0].standardError - 1) < 0.3)
    }

    @Test func contrastsArePaired() throws {
        let model = try Self.model()
        let contrasts = try model.contrasts([(.liml, .jive), (.tc, .jive), (.jive, .jive)], draws: 200, stream: stream)
        let (liml, tc) = (try model.estimate(.liml), try model.estimate(.tc))
        let jive = try model.estimate(.jive)
        for j in 0..<2 {
            #expect(contrasts[0].differences[j] == liml.coefficients[j] - jive.coefficients[j])
            #expect(contrasts[1].differences[j] == tc.coefficients[j] - jive.coefficients[j])
            let interval = try #require(contrasts[1].intervals?[j])
            #expect(interval.percentile.contains(contrasts[1].differences[j]))
            // Paired, the difference varies less than either estimate.
            let error = try #require(contrasts[1].standardErrors?[j])
            let alone = try #require(jive.jackknife).standardErrors[j]
            #expect(error < alone)
            #expect(error > 0)
        }
        #expect(contrasts[2].differences == [0, 0])
        #expect(contrasts[2].standardErrors == [0, 0])
        #expect(contrasts[2].intervals?[0].problem == .noSpread)
        let leftOut = model.leaveOneOutEstimates([.liml]).rows.map { $0[0] }
        let second = model.leaveOneOutEstimates([.jive])
        let changes = try zip(leftOut, second.existing(0)).map { try #require($0)[0] - $1[0] }
        let count = Double(changes.count)
        let expected = ((count - 1) * (count - 1) / count * SampleMoments.variance(changes)).squareRoot()
        #expect(abs(try #require(contrasts[0].standardErrors)[0] - expected) < 1e-10)
        #expect(throws: EstimationError.invalidLevel(2)) {
            try model.contrasts([(.liml, .jive)], draws: 10, stream: stream, level: 2)
        }
    }
}
