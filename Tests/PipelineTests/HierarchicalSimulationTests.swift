import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// `simulation` of the hierarchical normal-normal model, from the analysis to its results and pages.
@Suite struct HierarchicalSimulationTests {
    static let design = """
        design:
          model: normal-normal
          experiments: 8
          mu: 1
          tau: 0.5
          control-variance: 1
          treatment-variance: [0.5, 1]
        """
    static let laws = """
        design:
          model: normal-normal
          experiments: 6
          variants: {from: 2, to: 4}
          mu: normal(0, 1)
          tau: half-normal(1)
          control-variance: 2
          treatment-variance: {from: 0.1, to: 0.3}
        """

    private func build(_ options: String) throws -> (outcome: Build.Outcome, project: TestProject) {
        let analysis = "---\ntitle: A test\nseed: 3\n---\n\n```simulation\nid: study\n\(options)\n```\n"
        let project = TestProject(["Analyses/a.md": analysis])
        return (try #require(project.build()), project)
    }

    @Test func rowsTellSpreadAndCoverage() throws {
        let (outcome, project) = try build(
            """
            \(Self.design)
            grid: {variants: [1, [6, 1]], outlier: [0, 4]}
            estimators: [{estimator: reml, correlation: [shared-control, ignore]}, {estimator: dl, test: knapp-hartung}]
            draws: 200
            """)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        let values = JSON(project.text("output/a.json"))["results"]["study"]["values"]
        let rows = values["rows"]
        // Cells by estimators by parameters.
        #expect(rows.count == 4 * 3 * 3)
        #expect(rows[0]["parameter"].string == "mu" && rows[0]["truth"].number == 1 && rows[0]["variants"].number == 1)
        // One arm each: there is nothing to ignore.
        #expect(rows[0]["bias"].number == rows[3]["bias"].number && rows[3]["correlation"].string == "ignore")
        let last = rows[27]
        #expect(last["variants"].count == 2 && last["outlier"].number == 4 && last["estimator"].string == "reml")
        // The low control lifts the ignoring model's mean the more.
        let (honest, ignoring) = (try #require(last["bias"].number), try #require(rows[30]["bias"].number))
        #expect(honest > 0.2 && ignoring > honest + 0.3)
        #expect((try #require(rows[30]["coverage"]["z"].number)) < (try #require(last["coverage"]["z"].number)))
        #expect(rows[33]["coverage"]["knapp-hartung"].number != nil && rows[33]["test"].string == "knapp-hartung")
        #expect(
            rows[28]["coverage"]["q-profile"].number != nil && rows[29]["covered"]["shrunken"]["draws"].number == 2600)
        #expect(values["design"]["controlVariance"].number == 1 && values["grid"]["outlier"].count == 2)
        let page = try #require(project.text("output/a.md"))
        #expect(page.contains("| 6, 1 | 4 | REML | μ |") && page.contains("| DL, Knapp–Hartung | μ |"))
        #expect(page.contains("| REML, control ignored | μ |"))
    }

    /// The exact posterior's probabilities are uniform, those of the one that ignores the control are not; fixed seed.
    @Test func posteriorsAreCalibrated() throws {
        let (outcome, project) = try build(
            "\(Self.laws)\nestimators: [{estimator: bayes, correlation: [shared-control, ignore]}]\ndraws: 400\nbins: 10"
        )
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let values = JSON(project.text("output/a.json"))["results"]["study"]["values"]
        let rows = values["calibration"]["rows"]
        #expect(rows.count == 6 && values["rows"][0].keys.contains("truth") && values["rows"][0]["truth"].number == nil)
        for index in 0..<3 {
            #expect(rows[index]["method"].string == "bayes" && rows[index]["counts"].count == 10)
            #expect(rows[index]["expected"].number == 40 && rows[index]["df"].number == 9)
            #expect((try #require(rows[index]["p"].number)) > 0.01)
        }
        #expect(rows[3]["method"].string == "bayes-ignore" && rows[3]["parameter"].string == "mu")
        #expect((try #require(rows[3]["p"].number)) < 1e-6)
        let page = try #require(project.text("output/a.md"))
        #expect(page.contains("Bayes, control ignored is not calibrated: the true μ"))
        #expect(!page.contains("Bayes is not calibrated"))
    }

    /// Bits do not depend on what else the study holds; without laws or with too few draws there is no calibration.
    @Test func sameSeedSameValues() throws {
        let (_, one) = try build("\(Self.laws)\nestimators: [bayes, reml]\ndraws: 9")
        let (_, two) = try build("\(Self.laws)\nestimators: reml\ndraws: 9\nlevel: 0.95")
        let (first, second) = (JSON(one.text("output/a.json")), JSON(two.text("output/a.json")))
        let (a, b) = (first["results"]["study"]["values"], second["results"]["study"]["values"])
        #expect(a["rows"][4]["sd"].number == b["rows"][1]["sd"].number && b["rows"][1]["sd"].number != nil)
        #expect(!a.keys.contains("calibration"))
    }

    @Test(arguments: [
        ("\(design)\nestimators: [tc]", "error key-conflict 15:14"),
        ("\(design)\nestimators: [{estimator: bayes, test: knapp-hartung}]", "error key-conflict 15:33"),
        ("\(design)\nestimators: [{estimator: reml, alpha: 4}]", "error key-conflict 15:32"),
        ("\(design)\nestimators: [reml, reml]", "error bad-design 15:20"),
        ("\(design)\nomega: known", "error key-conflict 15:1"),
        ("\(design)\ngrid: {n: 10}", "error key-conflict 15:8"),
        ("\(design)\ngrid: {tau: [0, 1]}", "error bad-design 12:8"),
        ("\(design)\ngrid: {outlier: [1, 1]}", "error bad-design 15:21"),
        ("\(design)\nprior: {mu: flat, tau: nonsense}", "error bad-prior 15:8"),
        (design.replacing("experiments: 8", with: "experiments: 1"), "error out-of-range 10:16"),
        (design.replacing("tau: 0.5", with: "tau: -1"), "error bad-design 12:8"),
        (design.replacing("tau: 0.5", with: "tau: flat"), "error bad-design 12:8"),
        (design.replacing("mu: 1", with: "mu: half"), "error bad-prior 11:7"),
        (design.replacing("tau: 0.5", with: "variants: 2"), "error missing-option 9:3"),
        (design.replacing("[0.5, 1]", with: "0"), "error bad-design 14:23"),
        (design.replacing("[0.5, 1]", with: "{from: 2, to: 1}"), "error bad-design 14:23"),
        (design.replacing("[0.5, 1]", with: "{from: 2}"), "error missing-key 14:23"),
        (design + "\n  variants: 1.5", "error wrong-type 15:13"),
        (design + "\n  variants: 2\nestimators: sj", "error not-estimable 6:4"),
        ("\(laws)\nestimators: bayes\ndraws: 20\nbins: 20", "error not-estimable 18:7"),
        ("design: bibaut2024-figure-3\nestimators: [reml]", "error key-conflict 9:14"),
        ("design: bibaut2024-figure-3\nbins: 4", "error key-conflict 9:1"),
    ])
    func badInput(options: String, expected: String) throws {
        let (outcome, project) = try build(options)
        #expect(!outcome.succeeded)
        #expect(outcome.diagnostics.filter { $0.severity == .error }.first.map { [$0].summary } == expected)
        #expect(project.text("output/a.html") == nil)
    }
}
