import Estimation
import LinearAlgebra
import Probability
import Testing

/// Random effects with correlated noise against `random-effects.json`, made by `random-effects.R` from dense matrices with
/// metafor and clubSandwich.
@Suite struct CorrelatedEffectsTests {
    struct Reference: Decodable {
        struct Row: Decodable {
            let experiment, arm: Int
            let y, x, own, control, u: Double
        }
        struct Case: Decodable {
            let kind: String
            let effects: [Row]
            let covariances: [[[Double]]]
            let fits: [MultilevelReference]
        }
        let cases: [Case]
    }

    static let stream = RandomStream(seed: 1, identifier: "test")

    static func cases() throws -> [Reference.Case] {
        try FixtureFiles.decode(Reference.self, "random-effects.json").cases
    }

    static func structured(_ chosen: Reference.Case) throws -> MetaAnalysisData {
        try MetaAnalysisData(
            estimates: chosen.effects.map {
                EffectEstimate(
                    experiment: "\($0.experiment)", arm: "\($0.arm)", effect: $0.y, treatmentVariance: $0.own,
                    controlVariance: $0.control, multiplier: chosen.kind == "relative" ? $0.u : nil)
            })
    }

    static func whole(_ chosen: Reference.Case) throws -> MetaAnalysisData {
        var start = 0
        return try MetaAnalysisData(
            blocks: chosen.covariances.enumerated().map { k, covariance in
                let rows = chosen.effects[start..<start + covariance.count]
                start += covariance.count
                return EffectBlock(
                    experiment: "\(k + 1)", arms: rows.map { "\($0.arm)" }, effects: rows.map(\.y),
                    covariance: Matrix(covariance))
            })
    }

    /// Shared controls, shared controls with multipliers, whole covariances, and no heterogeneity; the first two given whole
    /// as well.
    @Test(arguments: 0..<4)
    func agreesWithDenseMatrices(number: Int) throws {
        let chosen = try Self.cases()[number]
        let moderator = Moderator(name: "x", values: chosen.effects.map(\.x))
        try #require(chosen.fits.count == 8)
        for expected in chosen.fits {
            if chosen.kind != "whole" { try expected.compare(Self.structured(chosen), moderator: moderator) }
            try expected.compare(Self.whole(chosen), moderator: moderator)
        }
    }

    /// The standardised scale's noise has two shared parts; given whole it is the same model. Tolerance 1e-9.
    @Test func standardisedScale() throws {
        var moments = try ArmMoments(metrics: ["y"])
        for k in 0..<8 {
            let arms = (0...(k % 3)).map { i in
                Arm(
                    name: "\(i)", count: 60 + 10 * i,
                    mean: [0.3 * Double(i + 1) + 0.4 * Self.stream.normal(10 * k + i)],
                    covariance: Matrix([[1 + 0.1 * Double(i)]]))
            }
            try moments.append(
                experiment: "\(k)", control: Arm(name: "c", count: 70, mean: [0], covariance: Matrix([[1.2]])),
                treatments: arms)
        }
        let effects = try TreatmentEffects(of: moments, scale: .standardised)
        let data = try MetaAnalysisData(effects, metric: "y")
        let whole = try MetaAnalysisData(
            blocks: (0..<data.experimentCount).map { k in
                let range = Array(data.offsets[k]..<data.offsets[k + 1])
                return EffectBlock(
                    experiment: data.experiments[k], arms: range.map { data.arms[$0] },
                    effects: range.map { data.effects[$0] },
                    covariance: Matrix(range.map { i in range.map { j in effects.covariance(i, j)[0, 0] } }))
            })
        for levels in [HeterogeneityLevels.effects, .experimentsAndArms] {
            let options = RandomEffectsOptions(
                .reml, levels: levels, parts: [.intervals, .effects, .robust, .influence])
            let (one, other) = (
                try data.randomEffects(options, stream: Self.stream),
                try whole.randomEffects(options, stream: Self.stream)
            )
            expectClose(one.mean, other.mean, tolerance: 1e-9)
            expectClose(one.tauSquared, other.tauSquared, tolerance: 1e-9)
            expectClose(one.logLikelihood, other.logLikelihood, tolerance: 1e-9)
            expectClose(one.effects.map(\.mean), other.effects.map(\.mean), tolerance: 1e-9)
            expectClose(one.effects.map(\.standardDeviation), other.effects.map(\.standardDeviation), tolerance: 1e-9)
            expectClose(
                one.robust?.coefficients[0].degreesOfFreedom, other.robust?.coefficients[0].degreesOfFreedom,
                tolerance: 1e-8)
            expectClose(
                one.influence?.map(\.studentised) ?? [], other.influence?.map(\.studentised) ?? [], tolerance: 1e-7)
        }
    }

    /// An experiment's mean residual in leave-one-out fits is the outlying control of the post's diagnostics.
    @Test func studentisedResidualsFlagControls() throws {
        let data = try Self.structured(Self.cases()[0])
        let influence = try #require(
            try data.randomEffects(.init(parts: [.influence]), stream: Self.stream).influence)
        let diagnostics = try data.sharedControlDiagnostics()
        for (one, other) in zip(influence, diagnostics.experiments) {
            guard let outlying = other.outlyingControl else { continue }
            expectClose(one.studentised, outlying)
        }
    }
}
