import Estimation
import Probability
import Testing

/// S. Konstantopoulos, "Fixed effects and variance components estimation in three-level meta-analysis", Research Synthesis
/// Methods 2(1), 2011: 56 schools in 11 districts, tables 4 and 5, as on metafor's page `analyses:konstantopoulos2011`.
///
/// Tolerance of printed numbers: half a unit of the last digit; of `konstantopoulos2011.json`, made by `random-effects.R`
/// with metafor, 1e-6.
@Suite struct Konstantopoulos2011Tests {
    struct Reference: Decodable {
        struct Row: Decodable {
            let experiment, arm: Int
            let y, v, x: Double
        }
        let effects: [Row]
        let fits: [MultilevelReference]
    }

    static let stream = RandomStream(seed: 1, identifier: "test")

    static func data(_ reference: Reference) throws -> MetaAnalysisData {
        try MetaAnalysisData(
            estimates: reference.effects.map {
                EffectEstimate(
                    experiment: "\($0.experiment)", arm: "\($0.arm)", effect: $0.y, treatmentVariance: $0.v)
            })
    }

    @Test func twoLevels() throws {
        let data = try Self.data(FixtureFiles.decode(Reference.self, "konstantopoulos2011.json"))
        let fit = try data.randomEffects(stream: Self.stream)
        expectClose(fit.mean, 0.1279, tolerance: 5e-5)
        expectClose(fit.meanStandardError, 0.0439, tolerance: 5e-5)
        expectClose(fit.tauSquared, 0.0884, tolerance: 5e-5)
        expectClose(fit.tauSquaredStandardError, 0.0202, tolerance: 5e-5)
        // The page's 0.0564 is metafor's at its default root tolerance of 1e-4; at 1e-12 it gives these.
        expectClose(fit.tauSquaredInterval, [0.05646610269, 0.1388068905], tolerance: 1e-8)
    }

    @Test func threeLevels() throws {
        let data = try Self.data(FixtureFiles.decode(Reference.self, "konstantopoulos2011.json"))
        let fit = try data.randomEffects(.init(.ml, levels: .experimentsAndArms), stream: Self.stream)
        expectClose(fit.mean, 0.1845, tolerance: 5e-5)
        expectClose(fit.meanStandardError, 0.0805, tolerance: 5e-5)
        expectClose(fit.components?.experiment.tauSquared, 0.0577, tolerance: 5e-5)
        expectClose(fit.components?.arm.tauSquared, 0.0329, tolerance: 5e-5)
        expectClose(fit.predictionInterval, [-0.4262, 0.7951], tolerance: 5e-5)
    }

    @Test func fullDigits() throws {
        let reference = try FixtureFiles.decode(Reference.self, "konstantopoulos2011.json")
        let data = try Self.data(reference)
        let year = Moderator(name: "year", values: reference.effects.map(\.x))
        try #require(reference.fits.count == 4)
        for expected in reference.fits { try expected.compare(data, moderator: year) }
    }
}
