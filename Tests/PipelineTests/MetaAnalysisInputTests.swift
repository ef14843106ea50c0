import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Bad and extreme effects through the whole program, by every method: a diagnostic with its place, or right numbers.
@Suite struct MetaAnalysisInputTests {
    /// One of each family and all that differ in how they find τ².
    static let methods = [
        "reml", "ml", "fixed", "dl", "pm", "eb", "he", "sj", "hs", "bayes", "nuts", "student-t", "spike-normal",
    ]

    private static func options(_ method: String) -> String {
        switch method {
        case "student-t", "spike-normal": "effects-law: \(method)"
        // Short chains: what is held here is that they end, not where.
        case "nuts": "method: nuts\nwarmup: 300\ndraws: 300\nchains: 2"
        default: "method: \(method)"
        }
    }

    private static let columns = "effect: effect\nse: se"

    private func build(_ table: String, _ method: String, columns: String = columns) -> MetaAnalysisProject {
        MetaAnalysisProject("\(columns)\n\(Self.options(method))", of: table)
    }

    /// No number is missing where the build succeeded, and no fault lacks its place where it failed.
    private func isSound(_ made: MetaAnalysisProject) -> Bool {
        guard let outcome = made.outcome else { return false }
        if outcome.succeeded {
            let values = made.values
            let mean = values["mu"]["estimate"].number ?? values["law"]["logLikelihood"].number
            return mean != nil && values["effects"].count > 0
                && (0..<values["effects"].count).allSatisfy { index in
                    let shrunken = values["effects"][index]["shrunken"]
                    return shrunken["estimate"].number != nil && shrunken["interval"][0].number != nil
                }
        }
        return outcome.diagnostics.contains { $0.severity == .error }
            && outcome.diagnostics.allSatisfy { $0.range != nil && !$0.message.isEmpty }
    }

    @Test(arguments: methods) func oneEffect(method: String) {
        let made = build("effect,se\n0.3,0.1\n", method)
        #expect(isSound(made))
        #expect(made.errors.isEmpty == ["spike-normal"].contains(method), "\(made.errors)")
    }

    @Test(arguments: methods) func equalEffects(method: String) throws {
        let made = build("effect,se\n0.3,0.1\n0.3,0.2\n0.3,0.1\n", method)
        #expect(isSound(made))
        if ["bayes", "nuts"].contains(method) {
            // The default prior has no scale.
            #expect(made.errors == "error not-estimable \(MetaAnalysisProject.firstLine + 2):9")
            let told = build(
                "effect,se\n0.3,0.1\n0.3,0.2\n0.3,0.1\n", method,
                columns: Self.columns + "\nprior:\n  mu: normal(0, 1)\n  tau: half-normal(1)")
            #expect(told.errors == "")
        } else if made.values["mu"]["estimate"].number != nil {
            #expect(abs(try #require(made.values["mu"]["estimate"].number) - 0.3) < 1e-12)
            #expect(made.values["tau"]["estimate"].number == 0 || method == "sj")
        }
    }

    @Test(arguments: methods) func aNegativeVariance(method: String) {
        let made = build(
            "effect,v\n0.3,0.1\n0.1,-0.2\n0.2,0.1\n", method, columns: "effect: effect\nvariance: v")
        #expect(made.errors == "error bad-data 12:7")
    }

    @Test(arguments: methods) func aMissingVariance(method: String) {
        let made = build("effect,se\n0.3,0.1\n0.1,\n0.2,0.1\n0.5,0.2\n", method)
        #expect(isSound(made))
        #expect(made.values["count"].number == 3)
        let warnings = made.outcome?.diagnostics.summary ?? ""
        #expect(warnings.contains("warning unreported 12:7"), "\(warnings)")
    }

    @Test(arguments: methods) func aZeroVariance(method: String) {
        let made = build("effect,se\n0.3,0.1\n0.1,0\n0.2,0.1\n", method)
        #expect(made.errors == "error not-estimable 10:4")
    }

    @Test(arguments: methods) func aControlVarianceAboveTheTotal(method: String) {
        let made = build(
            "test,arm,effect,v,c\na,1,0.3,0.1,0.2\na,2,0.1,0.2,0.2\nb,1,0.2,0.1,0.05\n", method,
            columns: "effect: effect\nvariance: v\ncontrol-variance: c\nexperiment: test\nvariant: arm")
        #expect(made.errors == "error bad-data 12:7")
    }

    /// An arm that adds no noise of its own to the control's.
    @Test(arguments: methods) func anArmWithoutNoiseOfItsOwn(method: String) {
        let made = build(
            "test,arm,effect,v,c\na,1,0.3,0.2,0.2\na,2,0.1,0.3,0.2\nb,1,0.2,0.1,0.05\nc,1,0.6,0.1,0.05\n", method,
            columns: "effect: effect\nvariance: v\ncontrol-variance: c\nexperiment: test\nvariant: arm")
        #expect(isSound(made), "\(made.errors)")
    }

    private static let plain: [(effect: Double, se: Double)] = [
        (0.3, 0.1), (-0.2, 0.15), (0.9, 0.2), (0.1, 0.1), (0.45, 0.12),
    ]

    private static func table(_ scale: Double) -> String {
        "effect,se\n" + plain.map { "\($0.effect * scale),\($0.se * scale)\n" }.joined()
    }

    /// Estimates follow the scale of effects, from where variances are about 10⁻³⁰⁰ to where they are about 10³⁰⁰, or a
    /// method says that it cannot.
    @Test(arguments: methods, [1e-150, 1e-60, 1e60, 1e149]) func scales(method: String, scale: Double) throws {
        let expected = build(Self.table(1), method).values
        let made = build(Self.table(scale), method)
        #expect(isSound(made), "\(made.errors)")
        guard made.errors.isEmpty, let mean = expected["mu"]["estimate"].number else { return }
        // Draws follow the scale but for rounding, which a trajectory amplifies.
        let tolerance = method == "nuts" ? 0.2 : 1e-6
        #expect(abs(try #require(made.values["mu"]["estimate"].number) / scale - mean) < tolerance)
        let tau = try #require(expected["tau"]["estimate"].number)
        #expect(abs(try #require(made.values["tau"]["estimate"].number) / scale - tau) < tolerance)
    }

    /// Where variances are out of a double's range.
    @Test(arguments: methods, [1e-300, 1e300]) func scalesOutOfRange(method: String, scale: Double) {
        let made = build(Self.table(scale), method)
        #expect(!made.errors.isEmpty && isSound(made), "\(made.errors)")
    }

    @Test func optionsThatDoNotGoWithTheseEffectsAreNamed() {
        for (options, place) in [
            ("method: sj", "\(MetaAnalysisProject.firstLine + 5):9"),
            ("moderators: own", ""), ("moderators: none", "\(MetaAnalysisProject.firstLine + 5):13"),
            ("moderators: [own, own]", "\(MetaAnalysisProject.firstLine + 5):13"),
            ("moderators: arm\nheterogeneity: [experiment, arm]", ""),
        ] {
            let made = MetaAnalysisProject(
                "\(MetaAnalysisProject.sharedColumns)\n\(options)", of: MetaAnalysisProject.shared)
            let code = options.hasSuffix("none") ? "missing-column" : "not-estimable"
            #expect(made.errors == (place.isEmpty ? "" : "error \(code) \(place)"), "\(options)")
        }
        let alone = MetaAnalysisProject(
            "\(MetaAnalysisProject.bcgColumns)\nheterogeneity: [experiment, arm]", of: MetaAnalysisProject.bcg)
        #expect(alone.errors == "error not-estimable \(MetaAnalysisProject.firstLine + 3):16")
    }
}
