import Estimation
import LinearAlgebra
import Probability
import Testing

@Suite struct DegenerateInputTests {
    static let stream = RandomStream(seed: 1, identifier: "test")

    static func arm(_ name: String, _ mean: [Double], variance: [Double], count: Int = 100) -> Arm {
        Arm(name: name, count: count, mean: mean, covariance: .diagonal(variance))
    }

    static func moments(
        control: [Double] = [1, 2], treatment: [Double] = [1.1, 2.2], variance: [Double] = [1, 1]
    ) throws -> ArmMoments {
        var moments = try ArmMoments(metrics: ["y", "s"])
        try moments.append(
            experiment: "e", control: arm("c", control, variance: variance),
            treatments: [arm("t", treatment, variance: variance)])
        return moments
    }

    @Test func armsAreChecked() throws {
        var moments = try ArmMoments(metrics: ["y", "s"])
        let good = Self.arm("c", [1, 2], variance: [1, 1])
        func reject(_ arm: Arm, _ error: EstimationError) {
            #expect(throws: error) { try moments.append(experiment: "e", control: good, treatments: [arm]) }
        }
        reject(
            Self.arm("t", [1, 2], variance: [1, 1], count: 1), .tooFewUnits(experiment: "e", arm: "t", count: 1))
        reject(
            Self.arm("t", [1, .nan], variance: [1, 1]), .notFinite(experiment: "e", arm: "t", metric: "s"))
        reject(
            Self.arm("t", [1], variance: [1]), .wrongShape(experiment: "e", arm: "t", expected: 2, found: 1))
        reject(
            Self.arm("t", [1, 2], variance: [-1, 1]), .invalidCovariance(experiment: "e", arm: "t", metric: "y"))
        #expect(throws: EstimationError.noTreatments(experiment: "e")) {
            try moments.append(experiment: "e", control: good, treatments: [])
        }
        #expect(moments.armCount == 0)
        try moments.append(experiment: "e", control: good, treatments: [good])
        #expect(throws: EstimationError.duplicateExperiment("e")) {
            try moments.append(experiment: "e", control: good, treatments: [good])
        }
        #expect(throws: EstimationError.noMetrics) { try ArmMoments(metrics: []) }
        #expect(throws: EstimationError.duplicateMetric("y")) { try ArmMoments(metrics: ["y", "y"]) }
        #expect(throws: EstimationError.unknownMetric("z", known: ["y", "s"])) {
            try moments.selecting(metrics: ["z"])
        }
    }

    @Test func scalesNeedTheirDenominators() throws {
        let near = try Self.moments(control: [0.2, 2])
        let error = EstimationError.controlMeanNearZero(
            experiment: "e", metric: "y", mean: 0.2, standardError: 0.1)
        #expect(throws: error) { try TreatmentEffects(of: near, scale: .relative) }
        #expect(throws: error) { try TreatmentEffects(of: near, scale: .logRatio) }
        #expect(throws: Never.self) { try TreatmentEffects(of: near, scale: .difference) }
        #expect(throws: EstimationError.ratioNotPositive(experiment: "e", arm: "t", metric: "s")) {
            try TreatmentEffects(of: Self.moments(treatment: [1, -2]), scale: .logRatio)
        }
        #expect(throws: EstimationError.zeroControlVariance(experiment: "e", metric: "s")) {
            try TreatmentEffects(of: Self.moments(variance: [1, 0]), scale: .standardised)
        }
        #expect(throws: EstimationError.tooFewExperiments(needed: 1, found: 0)) {
            try TreatmentEffects(of: ArmMoments(metrics: ["y"]))
        }
    }

    @Test func estimatesWithoutCountsCannotPool() throws {
        let estimates = (0..<5).map { k in
            EffectEstimate(
                experiment: "\(k)", arm: "t", effect: [Double(k), Double(2 * k % 5)], own: .diagonal([0.1, 0.1]))
        }
        let effects = try TreatmentEffects(metrics: ["y", "s"], estimates: estimates)
        let model = try ProxyModel(effects, outcome: "y", proxies: ["s"])
        for estimator in [ProxyEstimator.tc, .tsls, .liml] {
            #expect(throws: EstimationError.needsCounts(estimator: estimator.name)) { try model.estimate(estimator) }
        }
        #expect(throws: Never.self) { try model.estimate(.jive) }
        #expect(throws: EstimationError.needsCounts(estimator: "tc")) { try CovarianceModel(effects).estimate(.tc) }
    }

    @Test func controlsMustAgree() {
        let estimates = [1.0, 2].map {
            EffectEstimate(
                experiment: "e", arm: "\($0)", effect: 1, treatmentVariance: 1, controlVariance: $0)
        }
        #expect(throws: EstimationError.controlsDisagree(experiment: "e")) {
            try TreatmentEffects(metrics: ["y"], estimates: estimates)
        }
    }

    @Test func proxiesNeedEffectsThatVary() throws {
        let effects = try TreatmentEffects(of: Self.moments())
        #expect(throws: EstimationError.noProxies) { try ProxyModel(effects, outcome: "y", proxies: []) }
        #expect(throws: EstimationError.proxyIsOutcome("y")) { try ProxyModel(effects, outcome: "y", proxies: ["y"]) }
        #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
            try ProxyModel(effects, outcome: "y", proxies: ["s"])
        }
        // Equal effects have no covariance but noise, so nothing is left once noise is taken off.
        var moments = try ArmMoments(metrics: ["y", "s"])
        for k in 0..<4 {
            try moments.append(
                experiment: "\(k)", control: Self.arm("c", [1, 2], variance: [1, 1]),
                treatments: [Self.arm("t", [1.1, 2 + 0.01 * Double(k)], variance: [1, 1])])
        }
        let model = try ProxyModel(TreatmentEffects(of: moments), outcome: "y", proxies: ["s"])
        for estimator in [ProxyEstimator.tc, .jive] {
            let thrown = #expect(throws: EstimationError.self) { try model.estimate(estimator) }
            guard case .proxiesNotPositiveDefinite(let name, let metrics, let eigenvalue) = thrown else {
                Issue.record("another error: \(String(describing: thrown))")
                continue
            }
            #expect(name == estimator.name && metrics == ["s"] && eigenvalue < 0)
        }
    }

    @Test func metaAnalysesNeedEffectsAndNoise() throws {
        func data(_ effects: [Double], variance: Double = 1) throws -> MetaAnalysisData {
            try MetaAnalysisData(
                estimates: effects.enumerated().map {
                    EffectEstimate(experiment: "\($0)", arm: "t", effect: $1, treatmentVariance: variance)
                })
        }
        #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
            try data([1]).randomEffects(stream: Self.stream)
        }
        #expect(throws: EstimationError.tooFewEffects(needed: 2, found: 1)) {
            try data([1]).posterior(stream: Self.stream)
        }
        #expect(throws: EstimationError.equalEffects) { try data([1, 1]).posterior(stream: Self.stream) }
        #expect(throws: EstimationError.zeroNoise(experiment: "0", arm: "t")) { try data([1, 2], variance: 0) }
        #expect(throws: EstimationError.notFinite(experiment: "1", arm: "t", metric: "effect")) {
            try data([1, .infinity])
        }
        #expect(throws: EstimationError.invalidLevel(1)) {
            try data([1, 2]).randomEffects(stream: Self.stream, level: 1)
        }
        let flat = Prior(mean: .flat, heterogeneity: .flat)
        #expect(throws: EstimationError.improperPosterior(needed: 3, found: 2)) {
            try data([1, 2]).posterior(prior: flat, stream: Self.stream)
        }
        let three = try data([1, 2, 5]).posterior(prior: flat, stream: Self.stream)
        #expect(three.tau.mean == nil && three.tau.standardDeviation == nil)
        #expect(throws: Never.self) { try data([1, 1, 1]).randomEffects(stream: Self.stream) }
        #expect(try data([1, 1.01, 0.99]).randomEffects(stream: Self.stream).tauSquared == 0)
    }

    @Test func everyErrorHasASentence() {
        let errors: [EstimationError] = [
            .equalEffects, .noProxies, .controlMeanNearZero(experiment: "e", metric: "y", mean: 0, standardError: 1),
            .needsCounts(estimator: "tc"), .tooFewEffects(needed: 2, found: 1),
        ]
        for error in errors { #expect(!error.message.isEmpty && !error.message.hasSuffix(".")) }
    }
}
