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
}
