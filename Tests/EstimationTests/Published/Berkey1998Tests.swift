import Estimation
import LinearAlgebra
import Testing

/// C. Berkey, D. Hoaglin, A. Antczak-Bouckoms, F. Mosteller, G. Colditz, "Meta-analysis of multiple outcomes by regression
/// with random effects", Statistics in Medicine 17(22), 1998: five trials of treatments for periodontal disease, probing
/// depth (PD) and attachment level (AL). Data and rounded results as in metafor's page on the analysis (tolerance half a
/// unit of the last printed digit); full digits from metafor, `Fixtures/berkey1998.json` (tolerance
/// 2e-5 of the largest variance or of a standard error: metafor's search stops some 1e-9 of log-likelihood short).
@Suite struct Berkey1998Tests {
    /// PD, AL, and their sampling variances and covariance.
    static let trials: [[Double]] = [
        [0.47, -0.32, 0.0075, 0.0077, 0.0030], [0.20, -0.60, 0.0057, 0.0008, 0.0009],
        [0.40, -0.12, 0.0021, 0.0014, 0.0007], [0.26, -0.31, 0.0029, 0.0015, 0.0009],
        [0.56, -0.39, 0.0148, 0.0304, 0.0072],
    ]

    static func effects() throws -> TreatmentEffects {
        try TreatmentEffects(
            metrics: ["PD", "AL"],
            estimates: trials.enumerated().map { index, row in
                EffectEstimate(
                    experiment: "\(index + 1)", arm: "surgical", effect: [row[0], row[1]],
                    own: Matrix([[row[2], row[4]], [row[4], row[3]]]))
            })
    }

    struct Fit: Decodable {
        let covariance: [Double]
        let mean: [Double]
        let meanStandardErrors: [Double]
        let logLikelihood: Double

        func expect(_ fit: CovarianceREML, tolerance: Double) throws {
            let largest = covariance.reduce(0) { max($0, abs($1)) }
            for (made, expected) in zip(fit.covariance.elements, covariance) {
                #expect(abs(made - expected) < tolerance * largest)
            }
            #expect(abs(fit.logLikelihood - logLikelihood) < tolerance)
            let errors = try #require(fit.meanCovariance).diagonal.map { $0.squareRoot() }
            for m in mean.indices {
                #expect(abs(fit.mean[m] - mean[m]) < tolerance * meanStandardErrors[m])
                #expect(abs(errors[m] - meanStandardErrors[m]) < tolerance * meanStandardErrors[m])
            }
        }
    }

    private struct Fits: Decodable {
        let reml: Fit
        let ml: Fit
    }

    @Test func printedValues() throws {
        let fit = try CovarianceREML(Self.effects())
        #expect(abs(fit.mean[0] - 0.3534) < 5e-5)
        #expect(abs(fit.mean[1] - -0.3392) < 5e-5)
        let errors = try #require(fit.meanCovariance).diagonal.map { $0.squareRoot() }
        #expect(abs(errors[0] - 0.0588) < 5e-5)
        #expect(abs(errors[1] - 0.0879) < 5e-5)
        #expect(abs(fit.covariance[0, 0] - 0.0117) < 5e-5)
        #expect(abs(fit.covariance[1, 1] - 0.0327) < 5e-5)
        #expect(abs(try #require(fit.correlation(0, 1)) - 0.6088) < 5e-5)
        #expect(!fit.isBoundary)
    }

    @Test func metafor() throws {
        let fits = try FixtureFiles.decode(Fits.self, "berkey1998.json")
        let restricted = try CovarianceREML(Self.effects())
        try fits.reml.expect(restricted, tolerance: 2e-5)
        #expect(restricted.logLikelihood > fits.reml.logLikelihood)
        // Given metafor's μ̂ of ML, the likelihood without intercept is ML's.
        let shifted = try TreatmentEffects(
            metrics: ["PD", "AL"],
            estimates: Self.trials.enumerated().map { index, row in
                EffectEstimate(
                    experiment: "\(index + 1)", arm: "surgical",
                    effect: [row[0] - fits.ml.mean[0], row[1] - fits.ml.mean[1]],
                    own: Matrix([[row[2], row[4]], [row[4], row[3]]]))
            })
        let fit = try CovarianceREML(shifted, intercept: false)
        for (made, expected) in zip(fit.covariance.elements, fits.ml.covariance) {
            #expect(abs(made - expected) < 1e-7)
        }
        #expect(abs(fit.logLikelihood - fits.ml.logLikelihood) < 1e-8)
    }
}
