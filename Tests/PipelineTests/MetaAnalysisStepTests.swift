import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// The directive `meta-analysis` by point methods: values, tables, and what is said beside them.
@Suite struct MetaAnalysisStepTests {
    private static let bcg = MetaAnalysisProject.bcg
    private static let columns = MetaAnalysisProject.bcgColumns

    /// metafor 4's `rma(yi, vi, data = dat.bcg, method = …)`: μ̂, its standard error, τ̂².
    @Test(arguments: [
        ("reml", -0.714532348365101, 0.179781531780361, 0.313243325980895),
        ("ml", -0.711199139190283, 0.171896817022674, 0.280028171049595),
        ("fixed", -0.430285163654091, 0.0404987517108638, 0),
        ("dl", -0.714117222073227, 0.178742089535403, 0.308760262862376),
        ("pm", -0.714970405632446, 0.180897984125838, 0.318093711863015),
        ("eb", -0.714968159161362, 0.180892206115034, 0.318068515771305),
        ("he", -0.715878588758735, 0.183279985988782, 0.328563857995769),
        ("sj", -0.717248592557584, 0.187059458416427, 0.345515701598595),
        ("hs", -0.704535373916257, 0.158652093056656, 0.228362863676907),
    ])
    func everyMethodGivesMetaforsNumbers(method: String, mean: Double, error: Double, tauSquared: Double) throws {
        let made = MetaAnalysisProject("\(Self.columns)\nmethod: \(method)", of: Self.bcg)
        #expect(made.errors == "")
        let values = made.values
        #expect(values["method"].string == method)
        // metafor stops its iterations (reml, ml, pm, eb) at changes of 1e-5 to 1e-4 of τ².
        let tolerance = ["reml", "ml", "pm", "eb"].contains(method) ? 4e-5 : 1e-9
        #expect(abs(try #require(values["mu"]["estimate"].number) - mean) < tolerance)
        #expect(abs(try #require(values["mu"]["se"].number) - error) < tolerance)
        #expect(abs(try #require(values["tauSquared"]["estimate"].number) - tauSquared) < 2 * tolerance)
        // QE of the same fits.
        #expect(abs(try #require(values["q"]["statistic"].number) - 152.233008082373) < 1e-8)
        #expect(values["q"]["df"].number == 12)
        #expect(values["effects"].count == 13)
        let weights = (0..<13).compactMap { values["effects"][$0]["weight"].number }
        #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
    }

    /// metafor 4's `confint(rma(yi, vi, data = dat.bcg))` and `predict`, at their printed digits.
    @Test func intervalsStandBesideEstimates() throws {
        let values = MetaAnalysisProject(Self.columns, of: Self.bcg).values
        for (path, lower, upper) in [
            (["tauSquared", "interval"], 0.1197, 1.1115), (["tau", "interval"], 0.3460, 1.0543),
            (["tauSquared", "by", "q-profile"], 0.1197, 1.1115), (["mu", "interval"], -1.0669, -0.3622),
            (["prediction", "interval"], -1.8667, 0.4376),
        ] {
            let interval = path.reduce(values) { $0[$1] }
            #expect(abs(try #require(interval[0].number) - lower) < 6e-5, "\(path)")
            #expect(abs(try #require(interval[1].number) - upper) < 6e-5, "\(path)")
        }
        #expect(abs(try #require(values["i2"].number) - 0.922214) < 1e-5)
        #expect(abs(try #require(values["h2"].number) - 12.8558) < 1e-3)
        #expect(values["qProfile"]["q"].count == values["qProfile"]["tauSquared"].count)
        #expect(values["qProfile"]["q"].count > 50)
        let other = MetaAnalysisProject("\(Self.columns)\ninterval: profile-likelihood", of: Self.bcg).values
        #expect(
            other["tauSquared"]["interval"][0].number == values["tauSquared"]["by"]["profile-likelihood"][0].number)
        #expect(other["tauSquared"]["interval"][0].number != values["tauSquared"]["interval"][0].number)
    }

    /// metafor 4's `rma(yi, vi, data = dat.bcg, test = "knha")`.
    @Test func knappAndHartungsTest() throws {
        let values = MetaAnalysisProject("\(Self.columns)\ntest: knapp-hartung", of: Self.bcg).values
        #expect(values["test"].string == "knapp-hartung")
        #expect(values["mu"]["df"].number == 12)
        for (path, expected) in [
            (["mu", "se"], 0.180791745519100), (["mu", "interval", "0"], -1.108443723000050),
            (["mu", "interval", "1"], -0.320620973730153),
        ] {
            let found = path.reduce(values) { part, key in Int(key).map { part[$0] } ?? part[key] }
            #expect(abs(try #require(found.number) - expected) < 1e-4, "\(path)")
        }
    }

    /// metafor 4's `rma(yi, vi, mods = ~ ablat, data = dat.bcg)`.
    @Test func moderatorsHaveCoefficientsAndATest() throws {
        let made = MetaAnalysisProject("\(Self.columns)\nmoderators: ablat\nrobust: true", of: Self.bcg)
        let values = made.values
        for (path, expected) in [
            (["coefficients", "intercept", "estimate"], 0.25146429437428502),
            (["coefficients", "ablat", "estimate"], -0.02910166092801484),
            (["coefficients", "ablat", "se"], 0.00719555475708091), (["moderators", "statistic"], 16.35712557215939),
            (["tauSquared", "estimate"], 0.07635469470565982), (["moderators", "r2"], 0.7562447836149052),
            (["moderators", "df"], 1), (["q", "df"], 11), (["robust", "clusters"], 13),
        ] {
            let found = try #require(path.reduce(values) { $0[$1] }.number, "\(path)")
            #expect(abs(found - expected) < 2e-4 * max(1, abs(expected)), "\(path): \(found)")
        }
        #expect(values["mu"].value == nil)
        #expect(values["prediction"].value == nil)
        #expect(values["robust"]["coefficients"]["ablat"]["df"].number != nil)
        for label in ["Intercept", "ablat", "ablat, robust within experiments", "All moderators", "R²"] {
            #expect(made.markdown.contains("| \(label)"), "\(label)")
        }
    }

    @Test func effectsWithoutAModeratorAreLeftOutAloud() throws {
        let made = MetaAnalysisProject(
            "\(Self.columns)\nmoderators: ablat", of: Self.bcg.replacing("0.32558476500396133,44", with: "0.3255,"))
        #expect(made.outcome?.succeeded == true)
        #expect(made.values["count"].number == 12)
        let warnings = (made.outcome?.diagnostics ?? []).map(\.message)
        #expect(warnings.contains { $0.contains("(Aronson 1948)") }, "\(warnings)")
    }

    /// metafor 4's `influence(rma(yi, vi, data = dat.bcg))`, row 4: printed digits.
    @Test func everyExperimentIsLeftOut() throws {
        let made = MetaAnalysisProject(
            "\(Self.columns)\ninfluence: true", of: Self.bcg,
            more: "```table\nid: top\nof: pooled.influence\nsort: -cook\nlimit: 3\n```\n")
        let row = made.values["influence"][3]
        #expect(row["experiment"].string == "Hart & Sutherland 1977")
        for (key, expected) in [
            ("studentised", -1.4512), ("dffits", -0.5201), ("cook", 0.2295), ("q", 96.5626), ("hat", 0.0970),
        ] {
            #expect(abs(try #require(row[key].number) - expected) < 2e-4, "\(key)")
        }
        #expect(abs(try #require(row["tau"].number) - 0.2628.squareRoot()) < 2e-4)
        #expect(made.results["top"]["values"]["rows"].count == 3)
        #expect(made.markdown.contains("Cook’s distance") && made.markdown.contains("DFFITS"))
    }

    // MARK: Shared controls

    private func shared(_ options: String, more: String = "") -> MetaAnalysisProject {
        MetaAnalysisProject(
            "\(MetaAnalysisProject.sharedColumns)\n\(options)", of: MetaAnalysisProject.shared, more: more)
    }

    @Test func correlationsAreCompared() throws {
        let made = shared("correlation: [shared-control, ignore, one-per-experiment]\nrepeats: 40\nmethod: dl")
        #expect(made.errors == "")
        for (name, count) in [("shared-control", 9.0), ("ignore", 9), ("one-per-experiment", 5)] {
            #expect(made.values[name]["count"].number == count)
            #expect(made.values[name]["mu"]["estimate"].number != nil)
        }
        let repeats = made.values["one-per-experiment"]["repeats"]
        #expect(repeats["count"].number == 40)
        let (least, greatest) = (repeats["mu"]["min"].number, repeats["mu"]["max"].number)
        let mean = try #require(repeats["mu"]["mean"].number)
        #expect(try #require(least) < mean && mean < #require(greatest))
        #expect(made.values["ignore"]["repeats"].value == nil)
        #expect(made.markdown.contains("| shared control"))
    }

    /// Three arms of one experiment as one covariance matrix in columns.
    @Test func aCovarianceMatrixInColumnsIsTheSharedControlsOwn() throws {
        let lines = MetaAnalysisProject.shared.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        var table = "test,arm,effect,v1,v2,v3\n"
        for line in lines {
            let peers = lines.filter { $0[0] == line[0] }
            let row = (0..<3).map { index -> String in
                guard index < peers.count else { return "" }
                let control = Double(line[4]) ?? 0
                return peers[index] == line ? String((Double(line[3]) ?? 0) + control) : String(control)
            }
            table += "\(line[0]),\(line[1]),\(line[2]),\(row.joined(separator: ","))\n"
        }
        let columns = "effect: effect\ncovariance: [v1, v2, v3]\nexperiment: test\nvariant: arm"
        for method in ["reml", "ml", "dl", "pm", "he", "fixed"] {
            let expected = shared("method: \(method)").values
            let made = MetaAnalysisProject("\(columns)\nmethod: \(method)", of: table)
            #expect(made.errors == "")
            for path in [["mu", "estimate"], ["mu", "se"], ["tauSquared", "estimate"], ["q", "statistic"]] {
                let (a, b) = (path.reduce(expected) { $0[$1] }.number, path.reduce(made.values) { $0[$1] }.number)
                #expect(abs(try #require(a) - #require(b)) < 1e-9, "\(method) \(path)")
            }
        }
        let lopsided = MetaAnalysisProject(
            columns, of: table.replacing("a,1,0.10,0.014,0.004", with: "a,1,0.10,0.014,0.003"))
        #expect(lopsided.errors == "error unclear-effects \(MetaAnalysisProject.firstLine + 1):13")
        for (options, column) in [("method: bayes", 9), ("diagnostics: true", 14), ("effects-law: student-t", 14)] {
            let refused = MetaAnalysisProject("\(columns)\n\(options)", of: table)
            #expect(refused.errors == "error not-estimable \(MetaAnalysisProject.firstLine + 4):\(column)")
        }
        let narrow = MetaAnalysisProject(columns.replacing(", v3", with: ""), of: table)
        #expect(narrow.errors == "error unclear-effects \(MetaAnalysisProject.firstLine + 1):13")
    }

    @Test func threeLevels() throws {
        let made = shared("heterogeneity: [experiment, arm]\nrobust: true")
        #expect(made.errors == "")
        let parts = made.values["heterogeneity"]
        let total = try #require(made.values["tauSquared"]["estimate"].number)
        let sum = try #require(parts["experiment"]["tauSquared"].number) + #require(parts["arm"]["tauSquared"].number)
        #expect(abs(total - sum) < 1e-12)
        #expect(made.values["robust"]["clusters"].number == 5)
        #expect(made.markdown.contains("τ between experiments"))
        #expect(made.markdown.contains("share its deviation from μ"))
    }

    @Test func diagnosticsOfTheSharedControl() throws {
        let made = shared(
            "diagnostics: true", more: "```table\nid: arms\nof: pooled.sharedControl.experiments\n```\n")
        #expect(made.errors == "")
        let found = made.values["sharedControl"]
        #expect(found["experiments"].count == 5)
        let sentence = try #require(found["verdict"]["sentence"].string)
        #expect(made.markdown.contains(sentence))
        #expect(made.markdown.contains("Correlation, greatest") && made.markdown.contains("Information, bound"))
    }

    // MARK: Other laws

    @Test(arguments: ["student-t", "spike-normal"]) func heavierTails(law: String) throws {
        let made = shared("effects-law: \(law)\ndecisions: true\nthreshold: 0.2")
        #expect(made.errors == "")
        #expect(made.values["law"]["name"].string == law)
        #expect(made.values["law"]["comparison"].count == 3)
        #expect(made.values["effects"].count == 9)
        #expect(made.values["effects"][2]["shrunken"]["probabilityAbove"].number != nil)
        let zero = try #require(made.values["effects"][0]["shrunken"]["probabilityZero"].number)
        #expect(law == "student-t" ? zero == 0 : (0...1).contains(zero))
        #expect(made.values["decisions"].count == 9)
        #expect(made.markdown.contains("AIC, normal"))
    }
}
