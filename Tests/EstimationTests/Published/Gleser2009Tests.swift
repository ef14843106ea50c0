import Estimation
import LinearAlgebra
import Probability
import Testing

/// L. Gleser, I. Olkin, "Stochastically dependent effect sizes", in The Handbook of Research Synthesis and Meta-Analysis,
/// 2nd ed., 2009, pages 360–365: three studies of smoking cessation with one to three treatments against a shared control;
/// as on metafor's page `analyses:gleser2009` (there, one mean for each treatment and no heterogeneity).
///
/// Tolerance: half a unit of the last printed digit.
@Suite struct Gleser2009Tests {
    static let stream = RandomStream(seed: 1, identifier: "test")
    /// Study, treatment, events and units of the control, events and units of the treatment.
    static let rows: [[Double]] = [
        [1, 1, 40, 1000, 100, 4000], [1, 2, 40, 1000, 150, 4000], [2, 1, 10, 200, 15, 400],
        [3, 1, 150, 2000, 40, 1000], [3, 2, 150, 2000, 80, 1000], [3, 3, 150, 2000, 50, 1000],
    ]

    /// Control less treatment on a scale, with the two arms' variances.
    static func data(
        _ transform: (Double) -> Double, variance: (_ share: Double, _ units: Double) -> Double
    ) throws -> MetaAnalysisData {
        try MetaAnalysisData(
            estimates: rows.map { row in
                let (control, treated) = (row[2] / row[3], row[4] / row[5])
                return EffectEstimate(
                    experiment: "\(Int(row[0]))", arm: "\(Int(row[1]))",
                    effect: transform(control) - transform(treated), treatmentVariance: variance(treated, row[5]),
                    controlVariance: variance(control, row[3]))
            })
    }

    static func fit(_ data: MetaAnalysisData) throws -> MetaAnalysisFit {
        let moderators = [2.0, 3].map { treatment in
            Moderator(name: "treatment\(Int(treatment))", values: rows.map { $0[1] == treatment ? 1 : 0 })
        }
        return try data.randomEffects(.init(.fixed, moderators: moderators, parts: [.effects]), stream: stream)
    }

    /// Means of the treatments: the intercept is that of the first.
    func expect(_ fit: MetaAnalysisFit, means: [Double], variances: [Double], q: Double, meanTolerance: Double = 5e-5) {
        let intercept = fit.coefficients[0]
        expectClose(intercept.estimate, means[0], tolerance: meanTolerance)
        expectClose(intercept.standardError * intercept.standardError, variances[0], tolerance: variances[2])
        for treatment in 1...2 {
            let slope = fit.coefficients[treatment]
            expectClose(intercept.estimate + slope.estimate, means[treatment], tolerance: meanTolerance)
        }
        // Var(β₁ + β₂) from those of both and of the difference.
        let difference = fit.coefficients[1].standardError
        expectClose(difference * difference, variances[1], tolerance: 3 * variances[2])
        expectClose(fit.q, q, tolerance: 5e-5)
        #expect(fit.residualDegreesOfFreedom == 3)
    }

    /// Page 361, equations 19.6–19.8. Variances: of treatment 1, of treatment 2 less 1 (24.612 + 28.538 − 2 · 19.954),
    /// and half a unit of their last digit.
    @Test func riskDifferences() throws {
        let data = try Self.data({ $0 }, variance: { $0 * (1 - $0) / $1 })
        expectClose(data.effects, [0.0150, 0.0025, 0.0125, 0.0350, -0.0050, 0.0250], tolerance: 5e-5)
        expect(
            try Self.fit(data), means: [0.0200, 0.0043, 0.0211], variances: [24.612e-6, 13.242e-6, 5e-10], q: 7.1907)
    }

    /// Page 363.
    @Test func logOddsRatios() throws {
        let data = try Self.data(
            { Elementary.log($0 / (1 - $0)) }, variance: { 1 / ($1 * $0 * (1 - $0)) })
        expectClose(data.effects, [0.4855, 0.0671, 0.3008, 0.6657, -0.0700, 0.4321], tolerance: 5e-5)
        expect(
            try Self.fit(data), means: [0.5099, 0.0044, 0.4301], variances: [0.01412, 0.01166, 5e-6], q: 2.0563)
    }

    /// Page 364, and metafor's test of the page for what the chapter does not print.
    @Test func logRiskRatios() throws {
        let data = try Self.data(Elementary.log, variance: { (1 - $0) / ($1 * $0) })
        expectClose(data.effects, [0.4700, 0.0645, 0.2877, 0.6286, -0.0645, 0.4055], tolerance: 5e-5)
        expect(
            try Self.fit(data), means: [0.4875, 0.0006, 0.4047], variances: [0.01287, 0.01078, 5e-6], q: 1.8954)
    }
}
