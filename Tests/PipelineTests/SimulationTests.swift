import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

@Suite struct SimulationTests {
    static let own = """
        design:
          metrics: [y, s1, s2]
          experiments: 30
          arms: 2
          effects: [[1, 0.3, 0.2], [0.3, 0.5, 0], [0.2, 0, 0.8]]
          units: {sd: [4, 3, 2], correlation: 0.2}
        """

    private func build(_ options: String) throws -> (outcome: Build.Outcome, project: TestProject) {
        let analysis = "---\ntitle: A test\nseed: 3\n---\n\n```simulation\nid: study\n\(options)\n```\n"
        let project = TestProject(["Analyses/a.md": analysis])
        return (try #require(project.build()), project)
    }

    private func values(_ options: String) throws -> JSON {
        let (outcome, project) = try build(options)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        return JSON(project.text("output/a.json"))["results"]["study"]["values"]
    }

    @Test func aPublishedDesignBringsItsGrid() throws {
        let values = try values(
            """
            design: bibaut2024-figure-3
            estimators: [naive, tc, {estimator: liml, intercept: false}]
            draws: 200
            """)
        let rows = values["rows"]
        #expect(rows.count == 84)
        #expect(rows[0].keys.contains("directEffects") && rows[0]["n"].number == 5000)
        #expect(rows[5]["estimator"].string == "liml" && rows[5]["parameter"].string == "s2")
        #expect(values["design"]["coefficients"]["s1"].number.map { abs($0 + 0.4) < 1e-12 } == true)
        // The figure's naive bias at n = 5000, 0.3403 with a standard error of 0.0055/√200.
        let bias = try #require(rows[0]["bias"].number)
        #expect(abs(bias - 0.3403) < 5 * 0.0055 / 14)
    }

    @Test func sameSeedSameValues() throws {
        let options = "\(Self.own)\nestimators: [tc, {estimator: fuller, alpha: 4}]\nomega: estimated\ndraws: 30\n"
        let (first, one) = try build(options + "grid: {n: [500, 900], directEffects: [false, true]}")
        let (_, two) = try build(options + "grid: {directEffects: [false, true], n: [500, 900]}")
        #expect(first.succeeded, "\(first.diagnostics.map(\.message))")
        let rows = JSON(one.text("output/a.json"))["results"]["study"]
        #expect(rows["digest"].string == JSON(two.text("output/a.json"))["results"]["study"]["digest"].string)
        #expect(rows["values"]["rows"].count == 16)
        // A cell alone is the same cell.
        let alone = try values(options + "grid: {n: 900, directEffects: true}")
        #expect(alone["rows"][0]["sd"].number == rows["values"]["rows"][12]["sd"].number)
        #expect(one.text("output/a.md")?.contains("Fuller (4)") == true)
    }

    @Test func coverageIsCounted() throws {
        let values = try values("\(Self.own)\ngrid: {n: 2000}\ndraws: 24\nestimators: tc\nintervals: [jackknife, ar]")
        let rows = values["rows"]
        let rate = try #require(rows[0]["coverage"]["jackknife"].number)
        #expect(rate > 0.6 && rows[0]["covered"]["jackknife"]["draws"].number == 24)
        #expect(rows.count == 3 && rows[2]["estimator"].string == "ar" && rows[2]["parameter"].string == "joint")
        #expect(rows[2]["coverage"]["ar"].number != nil && !rows[2].keys.contains("bias"))
    }

    @Test(arguments: [
        ("design: bibaut2024-figur-3", "error unknown-choice 8:9"),
        ("design: bibaut2024-figure-3\ndraws: 1", "error out-of-range 9:8"),
        ("design: bibaut2024-figure-3\nestimators: [limll]", "error unknown-choice 9:14"),
        ("design: bibaut2024-figure-3\nestimators: [k-class]", "error missing-key 9:14"),
        ("design: bibaut2024-figure-3\nestimators: [{estimator: tc, alpha: 4}]", "error key-conflict 9:30"),
        ("design: bibaut2024-figure-3\nestimators: [tc, tc]", "error bad-design 9:18"),
        ("design: bibaut2024-figure-3\ngrid: {n: [5, 5]}", "error bad-design 9:15"),
        ("design: bibaut2024-figure-3\ngrid: {n: 1}", "error out-of-range 9:11"),
        ("design: bibaut2024-figure-3\ngrid: {m: 1}", "error unknown-key 9:8"),
        ("design: bibaut2024-figure-3\ngrid: {experiments: [100, 1]}", "error bad-design 9:21"),
        (
            "design: bibaut2024-figure-3\ngrid: {experiments: 2, arms: 2}\nintervals: jackknife",
            "error bad-design 10:12"
        ),
        (own.replacing("0.3, 0.5, 0]", with: "0.3, 0.5]") + "\ngrid: {n: 100}", "error bad-design 12:12"),
        (own.replacing("0.3, 0.5, 0]", with: "0.3, 0.01, 0]") + "\ngrid: {n: 100}", "error bad-design 12:12"),
        (own.replacing("correlation: 0.2", with: "correlation: -0.9") + "\ngrid: {n: 100}", "error bad-design 13:10"),
        (own.replacing("[4, 3, 2]", with: "[4, 3]") + "\ngrid: {n: 100}", "error bad-design 13:10"),
        (own.replacing("[y, s1, s2]", with: "[y, s1, s1]") + "\ngrid: {n: 100}", "error bad-design 9:12"),
        (own, "error missing-option 9:3"),
        ("draws: 10", "error missing-key 7:1"),
    ])
    func badInput(options: String, expected: String) throws {
        let (outcome, project) = try build(options)
        #expect(!outcome.succeeded)
        #expect(outcome.diagnostics.filter { $0.severity == .error }.first.map { [$0].summary } == expected)
        #expect(project.text("output/a.html") == nil)
    }
}
