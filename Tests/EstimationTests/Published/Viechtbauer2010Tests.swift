import Estimation
import Probability
import Testing

/// W. Viechtbauer, "Conducting Meta-Analyses in R with the metafor Package", Journal of Statistical Software 36(3), 2010,
/// and metafor's manual: thirteen trials of the BCG vaccine (`dat.bcg`), log risk ratios, REML.
///
/// Tolerance: half a unit of the last printed digit.
@Suite struct Viechtbauer2010Tests {
    /// Vaccinated with and without tuberculosis, controls with and without.
    static let trials: [[Double]] = [
        [4, 119, 11, 128], [6, 300, 29, 274], [3, 228, 11, 209], [62, 13536, 248, 12619], [33, 5036, 47, 5761],
        [180, 1361, 372, 1079], [8, 2537, 10, 619], [505, 87886, 499, 87892], [29, 7470, 45, 7232],
        [17, 1699, 65, 1600], [186, 50448, 141, 27197], [5, 2493, 3, 2338], [27, 16886, 29, 17825],
    ]

    static func data() throws -> MetaAnalysisData {
        let estimates = trials.enumerated().map { index, row in
            let (treated, control) = (row[0] + row[1], row[2] + row[3])
            return EffectEstimate(
                experiment: "\(index + 1)", arm: "vaccinated",
                effect: Elementary.log(row[0] / treated) - Elementary.log(row[2] / control),
                treatmentVariance: 1 / row[0] - 1 / treated, controlVariance: 1 / row[2] - 1 / control)
        }
        return try MetaAnalysisData(estimates: estimates)
    }

    @Test func restrictedMaximumLikelihood() throws {
        let fit = try Self.data().randomEffects(.reml, stream: RandomStream(seed: 1, identifier: "test"))
        #expect(abs(fit.mean - -0.7145) < 5e-5)
        #expect(abs(fit.meanStandardError - 0.1798) < 5e-5)
        #expect(abs(fit.meanInterval.lower - -1.0669) < 5e-5)
        #expect(abs(fit.meanInterval.upper - -0.3622) < 5e-5)
        #expect(abs(fit.tauSquared - 0.3132) < 5e-5)
        #expect(abs(try #require(fit.tauSquaredStandardError) - 0.1664) < 5e-5)
        #expect(abs(fit.iSquared - 0.9222) < 5e-5)
        #expect(abs(fit.q - 152.2330) < 5e-5)
        #expect(fit.qDegreesOfFreedom == 12)
        #expect(fit.qPValue < 1e-4)
        let interval = try #require(fit.tauSquaredInterval)
        #expect(abs(interval.lower - 0.1197) < 5e-5)
        #expect(abs(interval.upper - 1.1115) < 5e-5)
    }

    /// One fit of `bcg.json`, made by `random-effects.R` with metafor; met within 1e-6 of each number or of 1.
    struct Reference: Decodable {
        struct Influence: Decodable {
            let studentised, dffits, cook, tauSquared, q, hat, contribution, shift: [Double]
            let influential: [Bool]
        }
        struct Fit: Decodable {
            let method: String
            let moderated, knappHartung: Bool
            let estimate, se, statistic, p, lower, upper: OneOrMore
            let tauSquared, iSquared, hSquared, q, qP, logLikelihood: Double
            let tauSquaredSE, moderatorTest, moderatorP, rSquared: Double?
            let prediction, qProfile, profileLikelihood, shrunken, shrunkenSE, shrunkenLower, weights: [Double]?
            let influence: Influence?
        }
        let effects, variances, ablat: [Double]
        let fits: [Fit]
    }

    /// dat.bcg by every method, with and without the moderator, under both tests.
    @Test(arguments: HeterogeneityEstimator.allCases, [CoefficientTest.z, .knappHartung])
    func everyMethod(estimator: HeterogeneityEstimator, test: CoefficientTest) throws {
        let reference = try FixtureFiles.decode(Reference.self, "bcg.json")
        let data = try Self.data()
        let chosen = reference.fits.filter {
            $0.method == estimator.rawValue && $0.knappHartung == (test == .knappHartung)
        }
        try #require(chosen.count == 2)
        for expected in chosen {
            let moderators = expected.moderated ? [Moderator(name: "ablat", values: reference.ablat)] : []
            let fit = try data.randomEffects(
                .init(
                    estimator, test: test, moderators: moderators, parts: [.intervals, .effects, .influence, .profile]),
                stream: RandomStream(seed: 1, identifier: "test"))
            for (a, coefficient) in fit.coefficients.enumerated() {
                expectClose(coefficient.estimate, expected.estimate.values[a])
                expectClose(coefficient.standardError, expected.se.values[a])
                expectClose(coefficient.statistic, expected.statistic.values[a])
                expectClose(coefficient.pValue, expected.p.values[a])
                expectClose(coefficient.interval.lower, expected.lower.values[a])
                expectClose(coefficient.interval.upper, expected.upper.values[a])
            }
            #expect(fit.coefficients.count == (expected.moderated ? 2 : 1))
            expectClose(fit.tauSquared, expected.tauSquared)
            expectClose(fit.tauSquaredStandardError, estimator == .fixed ? nil : expected.tauSquaredSE)
            expectClose(fit.iSquared, expected.iSquared)
            expectClose(fit.hSquared, expected.hSquared)
            expectClose(fit.q, expected.q)
            expectClose(fit.qPValue, expected.qP)
            expectClose(fit.logLikelihood, expected.logLikelihood)
            expectClose(fit.moderatorTest?.statistic, expected.moderatorTest)
            expectClose(fit.moderatorTest?.pValue, expected.moderatorP)
            expectClose(fit.moderatorTest?.rSquared, expected.rSquared)
            expectClose(fit.predictionInterval, expected.prediction)
            if test == .z {
                expectClose(fit.tauSquaredInterval, expected.qProfile)
                expectClose(fit.profileLikelihoodInterval, expected.profileLikelihood)
            }
            if let shrunken = expected.shrunken { expectClose(fit.effects.map(\.mean), shrunken) }
            if let errors = expected.shrunkenSE { expectClose(fit.effects.map(\.standardDeviation), errors) }
            if let lower = expected.shrunkenLower { expectClose(fit.effects.map(\.interval.lower), lower) }
            if let weights = expected.weights { expectClose(fit.effects.map(\.weight), weights) }
            if let influence = expected.influence { try compare(#require(fit.influence), influence) }
        }
    }

    private func compare(_ found: [ExperimentInfluence], _ expected: Reference.Influence) {
        expectClose(found.map(\.studentised), expected.studentised)
        expectClose(found.map(\.dffits), expected.dffits)
        expectClose(found.map(\.cook), expected.cook)
        expectClose(found.map { $0.tau * $0.tau }, expected.tauSquared)
        expectClose(found.map(\.q), expected.q)
        expectClose(found.map(\.hat), expected.hat)
        expectClose(found.map(\.contribution), expected.contribution)
        expectClose(found.map(\.shift), expected.shift)
        #expect(found.map(\.isInfluential) == expected.influential)
    }

    /// The curve falls and crosses the critical values at the ends of the interval, between neighbouring points.
    @Test func qProfileShowsItsInterval() throws {
        let fit = try Self.data().randomEffects(
            .init(.dl, parts: [.intervals, .profile]), stream: RandomStream(seed: 1, identifier: "test"))
        let (profile, interval) = (try #require(fit.qProfile), try #require(fit.tauSquaredInterval))
        #expect(zip(profile.q, profile.q.dropFirst()).allSatisfy { $0 > $1 })
        for (end, critical) in [(interval.lower, profile.upper), (interval.upper, profile.lower)] {
            let after = try #require(profile.tauSquared.firstIndex { $0 > end })
            #expect(profile.q[after] < critical && profile.q[after - 1] > critical)
        }
        #expect(profile.tauSquared.count == 100 && profile.tauSquared[0] == 0 && profile.degreesOfFreedom == 12)
        #expect(profile.q[0] == fit.q)
    }
}
