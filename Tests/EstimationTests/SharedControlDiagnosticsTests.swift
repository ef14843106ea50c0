import Estimation
import Probability
import Testing

/// The post's diagnostics against dense matrices (Fixtures/shared-control-diagnostics.py); tolerance 1e-6, which is how
/// well its optimiser knows τ̂².
@Suite struct SharedControlDiagnosticsTests {
    struct Reference: Decodable {
        struct Experiment: Decodable {
            let experiment: String
            let arms: Int
            let correlated, independent, bound: Double
            let least, greatest, z: Double?
        }
        struct Verdict: Decodable { let estimate, stated, actual: Double }
        struct Diagnostics: Decodable {
            let tauSquared: Double
            let experiments: [Experiment]
            let verdict: Verdict
        }
        let data: [Row]?
        let diagnostics: Diagnostics
    }

    /// experiment, effect, s²_t, s²_c.
    struct Row: Decodable {
        let experiment: String
        let effect, own, control: Double

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            experiment = try values.decode(String.self)
            (effect, own) = (try values.decode(Double.self), try values.decode(Double.self))
            control = try values.decode(Double.self)
        }
    }

    static func drawn() throws -> (data: MetaAnalysisData, reference: Reference.Diagnostics) {
        let all = try FixtureFiles.decode([String: Reference].self, "shared-control-diagnostics.json")
        let reference = try #require(all["drawn"])
        let estimates = try #require(reference.data).enumerated().map { index, row in
            EffectEstimate(
                experiment: row.experiment, arm: "\(index)", effect: row.effect, treatmentVariance: row.own,
                controlVariance: row.control)
        }
        return (try MetaAnalysisData(estimates: estimates), reference.diagnostics)
    }

    @Test(arguments: ["drawn", "baseline", "many-variants", "control-outlier", "high-correlation"])
    func againstDenseMatrices(name: String) throws {
        let all = try FixtureFiles.decode([String: Reference].self, "shared-control-diagnostics.json")
        let expected = try #require(all[name]).diagnostics
        let data = name == "drawn" ? try Self.drawn().data : try Pananos2026Tests.data(name)
        let found = try data.sharedControlDiagnostics()
        func near(_ a: Double?, _ b: Double?) -> Bool {
            guard let a, let b else { return a == nil && b == nil }
            return abs(a - b) <= 1e-6 * max(1, abs(b))
        }
        #expect(near(found.tauSquared, expected.tauSquared))
        for (one, other) in zip(found.experiments, expected.experiments) {
            #expect(one.experiment == other.experiment && one.armCount == other.arms)
            #expect(near(one.correlatedInformation, other.correlated))
            #expect(near(one.independentInformation, other.independent))
            #expect(near(one.informationBound, other.bound) && one.correlatedInformation < other.bound)
            #expect(near(one.correlations?.lowerBound, other.least))
            #expect(near(one.correlations?.upperBound, other.greatest))
            #expect(near(one.outlyingControl, other.z), "\(one.experiment)")
        }
        #expect(near(found.verdict.ignoringMean, expected.verdict.estimate))
        #expect(near(found.verdict.stated, expected.verdict.stated))
        #expect(near(found.verdict.actual, expected.verdict.actual))
    }

    /// One control six standard errors low is the only one flagged; nine controls tested take the bound 3.
    @Test func theOutlyingControlIsFlagged() throws {
        let found = try Self.drawn().data.sharedControlDiagnostics()
        #expect(found.outlierThreshold == 3)
        #expect(found.outlying.map(\.experiment) == ["4"])
        #expect(found.inflated.allSatisfy { $0.informationInflation > 1.5 } && !found.inflated.isEmpty)
        let standing = found.standing.map(\.informationInflation)
        #expect(standing == standing.sorted(by: >) && standing.count >= found.inflated.count)
        #expect(found.standing.contains { $0.experiment == "4" })
        let many = try Pananos2026Tests.data("control-outlier").sharedControlDiagnostics()
        #expect(many.outlying.map(\.experiment) == ["1"] && many.verdict.direction == .tooSmall)
        #expect(try Pananos2026Tests.data("many-variants").sharedControlDiagnostics().outlying.isEmpty)
        let baseline = try Pananos2026Tests.data("baseline").sharedControlDiagnostics()
        #expect(!baseline.isShared && baseline.verdict.direction == .equal)
    }

    /// Two alike arms far out read as one low control, or as two large effects: the model that ignores the control then
    /// finds more heterogeneity than there is, and is less sure than it should be.
    @Test func theVerdictIsSigned() throws {
        let alone = (0..<20).map { k in
            EffectEstimate(
                experiment: "\(k)", arm: "1", effect: Normal.standardQuantile((Double(k) + 0.5) / 20),
                treatmentVariance: 0.01, controlVariance: 1)
        }
        let pair = [5.0, 5.1].map { effect in
            EffectEstimate(
                experiment: "out", arm: "\(effect)", effect: effect, treatmentVariance: 0.01, controlVariance: 1)
        }
        let found = try MetaAnalysisData(estimates: alone + pair).sharedControlDiagnostics()
        #expect(found.verdict.direction == .tooLarge && found.outlying.map(\.experiment) == ["out"])
        #expect(try Self.drawn().data.sharedControlDiagnostics().verdict.direction == .tooSmall)
    }

    /// Bounds of ρ on a scale with multipliers of both signs, against all pairs; tolerance 1e-15.
    @Test func correlationsWithMultipliers() throws {
        let multipliers = [0.5, -1.5, 2, -0.25, 1]
        let estimates = multipliers.enumerated().map { index, multiplier in
            EffectEstimate(
                experiment: "a", arm: "\(index)", effect: Double(index), treatmentVariance: 0.5 + Double(index),
                controlVariance: 2, multiplier: multiplier)
        }
        let data = try MetaAnalysisData(estimates: estimates)
        var pairs: [Double] = []
        for i in 0..<5 {
            for j in 0..<i {
                pairs.append(2 * multipliers[i] * multipliers[j] / (data.standardError(i) * data.standardError(j)))
            }
        }
        let found = try #require(try data.sharedControlDiagnostics().experiments[0].correlations)
        #expect(abs(found.lowerBound - (pairs.min() ?? 0)) < 1e-15)
        #expect(abs(found.upperBound - (pairs.max() ?? 0)) < 1e-15)
    }
}
