import Estimation
import LinearAlgebra
import Probability
import Testing

/// Degenerate effects and options: a right answer or an error that says what to mend.
@Suite struct RandomEffectsInputTests {
    static let stream = RandomStream(seed: 1, identifier: "test")

    /// One arm an experiment, or as many as `arms` says.
    static func data(
        _ effects: [Double], variance: Double = 1, control: Double = 0, arms: Int = 1
    ) throws -> MetaAnalysisData {
        try MetaAnalysisData(
            estimates: effects.enumerated().map {
                EffectEstimate(
                    experiment: "\($0 / arms)", arm: "\($0 % arms)", effect: $1, treatmentVariance: variance,
                    controlVariance: control)
            })
    }

    static let spread = [0.3, -1.2, 2.5, 0.1, 4, -3.2, 1.7, 0.4]

    static func expectFinite(_ fit: MetaAnalysisFit) {
        let numbers =
            fit.coefficients.flatMap {
                [$0.estimate, $0.standardError, $0.pValue, $0.interval.lower, $0.interval.upper]
            }
            + [fit.tauSquared, fit.q, fit.qPValue, fit.iSquared, fit.hSquared, fit.logLikelihood]
            + fit.effects.flatMap { [$0.mean, $0.standardDeviation, $0.weight] }
            + [fit.tauSquaredInterval, fit.profileLikelihoodInterval, fit.predictionInterval].compactMap { $0 }
            .flatMap { [$0.lower, $0.upper] }
        #expect(numbers.allSatisfy { $0.isFinite })
    }

    @Test(arguments: HeterogeneityEstimator.allCases)
    func equalEffects(estimator: HeterogeneityEstimator) throws {
        let data = try Self.data([0.7, 0.7, 0.7, 0.7], variance: 0.01)
        let fit = try data.randomEffects(
            .init(estimator, parts: [.intervals, .effects, .influence]), stream: Self.stream)
        #expect(fit.tauSquared == 0 && abs(fit.mean - 0.7) < 1e-15 && abs(fit.meanStandardError - 0.05) < 1e-15)
        #expect(fit.q < 1e-25 && fit.iSquared == 0)
        Self.expectFinite(fit)
        #expect(throws: EstimationError.noResidualVariance) {
            try data.randomEffects(.init(estimator, test: .knappHartung), stream: Self.stream)
        }
    }

    @Test(arguments: HeterogeneityEstimator.allCases)
    func fewEffects(estimator: HeterogeneityEstimator) throws {
        #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
            try Self.data([1]).randomEffects(.init(estimator), stream: Self.stream)
        }
        Self.expectFinite(try Self.data([1, 5]).randomEffects(.init(estimator), stream: Self.stream))
    }

    /// Less spread than noise makes: every estimate is at 0, with its interval from there.
    @Test(arguments: HeterogeneityEstimator.allCases)
    func boundary(estimator: HeterogeneityEstimator) throws {
        let fit = try Self.data([1, 1.01, 0.99, 1.02, 0.98]).randomEffects(.init(estimator), stream: Self.stream)
        if estimator == .sj { #expect(fit.tauSquared > 0) } else { #expect(fit.tauSquared == 0) }
        #expect((fit.profileLikelihoodInterval?.lower ?? 0) == 0 && (fit.tauSquaredInterval?.lower ?? 0) == 0)
        Self.expectFinite(fit)
    }

    /// A power of two changes no bit but the exponent, and a scale whose squares are no numbers is an error.
    @Test(arguments: HeterogeneityEstimator.allCases)
    func scales(estimator: HeterogeneityEstimator) throws {
        func fit(_ factor: Double) throws -> MetaAnalysisFit {
            try Self.data(Self.spread.map { $0 * factor }, variance: 0.5 * factor * factor)
                .randomEffects(.init(estimator), stream: Self.stream)
        }
        let one = try fit(1)
        for factor in [0x1p-480, 0x1p480] {
            let other = try fit(factor)
            #expect(other.mean == one.mean * factor && other.tauSquared == one.tauSquared * factor * factor)
            #expect(other.effects.map(\.mean) == one.effects.map { $0.mean * factor })
            #expect(other.q == one.q && other.iSquared == one.iSquared)
        }
        #expect(throws: EstimationError.zeroNoise(experiment: "0", arm: "0")) { try fit(1e-300) }
        #expect(throws: EstimationError.notFinite(experiment: "0", arm: "0", metric: "effect")) { try fit(1e300) }
        #expect(throws: EstimationError.self) {
            try Self.data([1e300, -1e300, 1]).randomEffects(.init(estimator), stream: Self.stream)
        }
    }

    /// Variances of every order of magnitude at once: finite numbers or an error, never a number that is none.
    @Test(arguments: HeterogeneityEstimator.allCases)
    func mixedScales(estimator: HeterogeneityEstimator) throws {
        for variances in [[1e-300, 1, 1e300], [1e-12, 1e12, 1, 1], [1e-300, 1e-300, 1], [1e200, 1e-200, 1e-200, 1]] {
            let data = try MetaAnalysisData(
                estimates: variances.enumerated().map {
                    EffectEstimate(
                        experiment: "\($0)", arm: "t", effect: Self.spread[$0], treatmentVariance: $1)
                })
            do {
                Self.expectFinite(try data.randomEffects(.init(estimator), stream: Self.stream))
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }

    /// A control's variance far above the arms' costs no digits: 1/(s²_c + s²_t/n) each, by hand; within 1e-12.
    @Test(arguments: [1e-6, 1e-12, 1e-15])
    func controlsNoisierThanArms(own: Double) throws {
        let fit = try Self.data([1, 1, 1, 3, 3, 3], variance: own, control: 1, arms: 3)
            .randomEffects(.init(.fixed), stream: Self.stream)
        expectClose(fit.meanStandardError * fit.meanStandardError, (1 + own / 3) / 2, tolerance: 1e-12)
        expectClose(fit.mean, 2, tolerance: 1e-12)
        expectClose(fit.q, 2 / (1 + own / 3), tolerance: 1e-12)
    }

    @Test func noiseIsChecked() throws {
        func variance(_ own: Double, _ control: Double) throws {
            _ = try Self.data([1, 2, 3, 4], variance: own, control: control, arms: 2)
        }
        // A control's variance above the whole leaves the arm a negative one.
        let invalid = EstimationError.invalidCovariance(experiment: "0", arm: "0", metric: "effect")
        #expect(throws: invalid) { try variance(1 - 1.5, 1.5) }
        #expect(throws: EstimationError.notFinite(experiment: "0", arm: "0", metric: "effect")) {
            try variance(.nan, 0)
        }
        #expect(throws: EstimationError.zeroNoise(experiment: "0", arm: "0")) {
            try Self.data([1, 2, 3, 4], variance: 0, control: 1, arms: 2).randomEffects(stream: Self.stream)
        }
    }

    @Test func moderatorsAreChecked() throws {
        let data = try Self.data(Self.spread)
        func fit(_ moderators: [Moderator], parts: RandomEffectsOptions.Parts = .standard) throws -> MetaAnalysisFit {
            try data.randomEffects(.init(moderators: moderators, parts: parts), stream: Self.stream)
        }
        let x = Moderator(name: "x", values: [1, 2, 3, 4, 5, 6, 7, 9])
        #expect(throws: EstimationError.constantModerator("c")) {
            try fit([x, .init(name: "c", values: Array(repeating: 3e9, count: 8))])
        }
        let double = Moderator(name: "twice", values: x.values.map { 2 * $0 + 1e6 })
        #expect(throws: EstimationError.collinearModerator("twice")) { try fit([x, double]) }
        #expect(throws: EstimationError.duplicateModerator("x")) { try fit([x, x]) }
        #expect(throws: EstimationError.reservedModerator("intercept")) {
            try fit([.init(name: "intercept", values: x.values)])
        }
        #expect(throws: EstimationError.wrongModerator("w", expected: 8, found: 2)) {
            try fit([.init(name: "w", values: [1, 2])])
        }
        #expect(throws: EstimationError.notFiniteModerator("n")) {
            try fit([.init(name: "n", values: x.values.map { $0 == 2 ? .nan : $0 })])
        }
        let many = (0..<7).map { m in Moderator(name: "\(m)", values: (0..<8).map { $0 == m ? 1 : 0 }) }
        #expect(throws: EstimationError.tooFewEffects(needed: 9, found: 8)) { try fit(many) }
        #expect(throws: EstimationError.dependentOnExperiment("3")) { try fit([many[3]], parts: .influence) }
        // A moderator's unit changes its coefficient alone.
        let one = try fit([x])
        for factor in [1e-300, 1e300] {
            let other = try fit([.init(name: "x", values: x.values.map { $0 * factor })])
            expectClose(other.coefficients[0].estimate, one.coefficients[0].estimate, tolerance: 1e-12)
            expectClose(other.coefficients[1].estimate * factor, one.coefficients[1].estimate, tolerance: 1e-12)
            expectClose(other.logLikelihood, one.logLikelihood, tolerance: 1e-12)
        }
    }

    @Test func levelsAreChecked() throws {
        let options = RandomEffectsOptions(levels: .experimentsAndArms)
        #expect(throws: EstimationError.oneArmEach) {
            try Self.data(Self.spread).randomEffects(options, stream: Self.stream)
        }
        #expect(throws: EstimationError.oneArmEach) {
            try Self.data(Self.spread, arms: 8).randomEffects(options, stream: Self.stream)
        }
        #expect(throws: EstimationError.needsLikelihood(estimator: "dl")) {
            try Self.data(Self.spread, arms: 2).randomEffects(
                .init(.dl, levels: .experimentsAndArms), stream: Self.stream)
        }
        // Equal effects leave both components at 0.
        let equal = try Self.data([1, 1, 1, 1], arms: 2).randomEffects(options, stream: Self.stream)
        #expect(equal.components?.experiment.tauSquared == 0 && equal.components?.arm.tauSquared == 0)
        Self.expectFinite(equal)
    }

    @Test func independenceIsChecked() throws {
        let data = try Self.data(Self.spread, control: 0.5, arms: 2)
        for estimator in [HeterogeneityEstimator.sj, .hs] {
            #expect(throws: EstimationError.dependentEffects(estimator: estimator.rawValue)) {
                try data.randomEffects(.init(estimator), stream: Self.stream)
            }
            for correlation in [EffectCorrelation.ignore, .onePerExperiment] {
                Self.expectFinite(
                    try data.randomEffects(.init(estimator, correlation: correlation), stream: Self.stream))
            }
        }
    }

    @Test func wholeCovariancesAreChecked() throws {
        func data(_ covariance: [[Double]]) throws -> MetaAnalysisData {
            try MetaAnalysisData(
                blocks: ["a", "b"].map {
                    EffectBlock(experiment: $0, arms: ["1", "2"], effects: [1, 2], covariance: Matrix(covariance))
                })
        }
        #expect(throws: EstimationError.invalidCovariance(experiment: "a", arm: "1", metric: "effect")) {
            try data([[1, 0.5], [0.4, 1]])
        }
        #expect(throws: EstimationError.zeroNoise(experiment: "a", arm: "1")) { try data([[0, 0], [0, 1]]) }
        #expect(throws: EstimationError.singularCovariance(experiment: "a")) {
            try data([[1, 1], [1, 1]]).randomEffects(stream: Self.stream)
        }
        #expect(throws: EstimationError.indefiniteNoise(experiment: "a")) {
            try data([[1, 2], [2, 1]]).randomEffects(stream: Self.stream)
        }
        #expect(throws: EstimationError.wrongShape(experiment: "a", arm: "1", expected: 2, found: 1)) {
            try data([[1]])
        }
        #expect(throws: EstimationError.wholeCovariances) {
            try data([[1, 0.5], [0.5, 1]]).posterior(stream: Self.stream)
        }
        #expect(throws: EstimationError.tooFewExperiments(needed: 1, found: 0)) { try MetaAnalysisData(blocks: []) }
        Self.expectFinite(try data([[1, 0.5], [0.5, 1]]).randomEffects(stream: Self.stream))
    }

    @Test func partsHaveLimits() throws {
        let many = try Self.data((0..<2001).map(Double.init))
        #expect(throws: EstimationError.tooManyExperiments(limit: 2000, found: 2001)) {
            try many.randomEffects(.init(parts: .influence), stream: Self.stream)
        }
        let wide = try Self.data((0..<602).map(Double.init), control: 1, arms: 301)
        #expect(throws: EstimationError.tooManyArms(experiment: "0", limit: 300, found: 301)) {
            try wide.randomEffects(.init(parts: .robust), stream: Self.stream)
        }
        #expect(throws: EstimationError.tooFewExperiments(needed: 2, found: 1)) {
            try Self.data(Self.spread, arms: 8).randomEffects(.init(parts: .robust), stream: Self.stream)
        }
    }

    /// The spread of draws, the first of which is the fit's own; each is the fit with another stream's draw.
    @Test func repeatedDraws() throws {
        let data = try Self.data(Self.spread, control: 0.5, arms: 2)
        let options = RandomEffectsOptions(correlation: .onePerExperiment, repeats: 40)
        let fit = try data.randomEffects(options, stream: Self.stream)
        let repeats = try #require(fit.repeats)
        #expect(repeats.count == 40)
        #expect(repeats.mean.least <= fit.mean && fit.mean <= repeats.mean.greatest)
        #expect(repeats.tau.least <= fit.tau && fit.tau <= repeats.tau.greatest)
        // Each experiment's mean has its two effects at equal odds, so all draws lie between the two extreme fits and the
        // mean of draws is within four standard errors of a fit on the arms' average when τ̂ hardly weighs.
        #expect(repeats.mean.least < repeats.mean.mean && repeats.mean.mean < repeats.mean.greatest)
        let average = Self.spread.reduce(0, +) / Double(Self.spread.count)
        #expect(abs(repeats.mean.mean - average) < 4 * repeats.mean.standardDeviation / 40.0.squareRoot())
        #expect(throws: EstimationError.needsOnePerExperiment) {
            try data.randomEffects(.init(repeats: 10), stream: Self.stream)
        }
        #expect(throws: EstimationError.invalidRepeats(1)) {
            try data.randomEffects(.init(correlation: .onePerExperiment, repeats: 1), stream: Self.stream)
        }
    }

    @Test func newErrorsHaveSentences() {
        let errors: [EstimationError] = [
            .dependentEffects(estimator: "sj"), .needsLikelihood(estimator: "dl"), .oneArmEach, .noResidualVariance,
            .constantModerator("x"), .collinearModerator("x"), .singularCovariance(experiment: "e"), .wholeCovariances,
            .tooManyExperiments(limit: 1, found: 2), .tooManyArms(experiment: "e", limit: 1, found: 2),
            .needsOnePerExperiment, .invalidRepeats(1), .dependentOnExperiment("e"),
        ]
        for error in errors { #expect(!error.message.isEmpty && !error.message.hasSuffix(".")) }
    }
}
