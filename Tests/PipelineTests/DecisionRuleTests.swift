import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// `decision-rule` from the file to the results.
@Suite struct DecisionRuleTests {
    private static let head = "---\ntitle: A test\n---\n\n"

    /// Four experiments of 100 units an arm with unit variance, so every effect has standard error √0.02 ≈ 0.1414; one has
    /// two arms.
    private static let arms = """
        test,arm,metric,n,mean,variance
        a,C,y,100,5,1
        a,T,y,100,5.1,1
        a,C,s,100,2,1
        a,T,s,100,2.4,1
        b,C,y,100,5,1
        b,T,y,100,4.8,1
        b,C,s,100,2,1
        b,T,s,100,2.3,1
        c,C,y,100,5,1
        c,T,y,100,5.5,1
        c,U,y,100,5.7,1
        c,C,s,100,2,1
        c,T,s,100,2.6,1
        c,U,s,100,2.5,1
        d,C,y,100,5,1
        d,T,y,100,5.3,1
        d,C,s,100,2,1
        d,T,s,100,2.1,1

        """

    private static let effects = """
        ```data
        id: moments
        source: arms.csv
        ```

        ```effects
        id: lifts
        data: moments
        layout: arms
        experiment: test
        variant: arm
        control: C
        metric: metric
        count: n
        mean: mean
        variance: variance
        noise-correlation: NOISE
        ```


        """

    private static func rule(_ body: String) -> String { "```decision-rule\nid: rules\neffects: lifts\n\(body)\n```\n" }

    private func build(
        _ body: String, noise: String = "0.5", arms: String = DecisionRuleTests.arms, more: String = ""
    ) throws -> (outcome: Build.Outcome, json: JSON, text: String, markdown: String) {
        let analysis =
            DecisionRuleTests.head + DecisionRuleTests.effects.replacing("NOISE", with: noise) + more
            + DecisionRuleTests.rule(body)
        let project = TestProject(["Analyses/a.md": analysis, "Analyses/arms.csv": arms])
        let outcome = try #require(project.build())
        let text = project.text("output/a.json") ?? ""
        return (outcome, JSON(text)["results"]["rules"]["values"], text, project.text("output/a.md") ?? "")
    }

    private static let body = """
        reward: y
        rule:
          s: {metric: s, threshold: 1.96}
          y: {metric: y, level: 0.95, direction: one-sided}
          index: {weights: {y: 1, s: 1}, minimum: 0.6}
          always: always
          none: never
        repeats: 20
        grid: {rule: y, snr: [0.5, 1], threshold: [0, 1.96]}
        """

    /// By hand: s above 1.96 × 0.1414 ships a (0.1), b (−0.2) and of c the arm T (0.5): 0.4/4. y above 1.645 × 0.1414 ships
    /// c's U (0.7) and d (0.3): 1/4. y + s above 0.6 ships only c's U (1.2 > 1.1): 0.7/4. Always: 0.1 − 0.2 + 0.7 + 0.3.
    @Test func values() throws {
        let (outcome, json, text, markdown) = try build(Self.body)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
        let expected: [(String, Double, Double)] = [
            ("s", 0.1, 0.75), ("y", 0.25, 0.5), ("index", 0.175, 0.25), ("always", 0.225, 1), ("none", 0, 0),
        ]
        for (rule, mean, shipped) in expected {
            let naive = json["rules"][rule]["naive"]
            let estimate = try #require(naive["perExperiment"]["estimate"].number)
            #expect(abs(estimate - mean) < 1e-12)
            #expect(abs(try #require(naive["cumulative"]["estimate"].number) - 4 * mean) < 1e-12)
            #expect(naive["shipped"].number == shipped)
            #expect(naive["perExperiment"]["interval"].count == 2)
            #expect(json["rules"][rule]["cross-validation"]["perExperiment"]["se"].number != nil)
            let forms = json["rules"][rule]["closedForm"]
            for key in ["expected", "naive", "cross-validation"] {
                #expect(forms[key]["perExperiment"].number != nil)
            }
            let optimism = try #require(json["rules"][rule]["optimism"]["perExperiment"]["estimate"].number)
            let crossed = try #require(
                json["rules"][rule]["cross-validation"]["perExperiment"]["estimate"].number)
            #expect(abs(optimism - (estimate - crossed)) < 1e-12)
        }
        let difference = try #require(json["differences"]["y"]["naive"]["perExperiment"]["estimate"].number)
        #expect(abs(difference - 0.15) < 1e-12)
        #expect(json["differences"].keys == ["always", "index", "none", "y"])
        #expect(json["experiments"].number == 4 && json["arms"].number == 5 && json["folds"].number == 5)
        #expect(json["splits"].string == "moments" && json["baseline"].string == "s")
        #expect(json["grid"]["rows"].count == 8)
        let last = json["grid"]["rows"][7]
        #expect(last["estimator"].string == "cross-validation")
        #expect(last["snr"].number == 1 && last["threshold"].number == 1.96)
        let (mean, truth) = (try #require(last["mean"].number), try #require(last["expected"].number))
        #expect(abs(try #require(last["ratio"].number) - mean / truth) < 1e-12)
        #expect(try #require(json["grid"]["snr"].number) > 0)
        #expect(!text.contains("NaN") && !text.contains("nan"))
        #expect(markdown.contains("Cross-validation, 95% interval"))
        #expect(markdown.contains("Folds are drawn from the arms' moments"))
    }

    @Test func sameBytesTwice() throws {
        let first = try build(Self.body)
        #expect(try build(Self.body).text == first.text)
        let other = try build(Self.body.replacing("repeats: 20", with: "repeats: 21"))
        #expect(abs(try #require(other.json["rules"]["s"]["naive"]["perExperiment"]["estimate"].number) - 0.1) < 1e-12)
        #expect(other.text != first.text)
    }

    /// Naive and cross-validation do not hang on the law; each law makes closed forms, `none` none.
    @Test(arguments: ["jive", "tc", "reml", "none"]) func laws(name: String) throws {
        let (outcome, json, _, _) = try build("reward: y\nrule: {metric: s, threshold: 1.96}\nclosed-form: \(name)")
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
        #expect(json["law"]["covariance"].string == (name == "none" ? nil : name))
        #expect((json["rules"]["s"]["closedForm"]["expected"]["perExperiment"].number == nil) == (name == "none"))
        #expect(abs(try #require(json["rules"]["s"]["naive"]["perExperiment"]["estimate"].number) - 0.1) < 1e-12)
    }

    @Test func nestsByNoise() throws {
        let (outcome, json, _, _) = try build("reward: y\nrule: {metric: s}", noise: "[0, 0.5]")
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
        #expect(json.keys == ["0", "0.5"])
        let threshold = try #require(json["0.5"]["rules"]["s"]["threshold"].number)
        #expect(abs(threshold - 1.959963984540054) < 1e-12)
        #expect(json["0"]["rules"]["s"]["naive"].keys == ["cumulative", "perExperiment", "shipped"])
    }

    @Test func weightsOfAProxy() throws {
        let proxy =
            "```proxy\nid: slope\neffects: lifts\noutcome: y\nproxies: [s]\nestimators: [naive]\nintercept: false\n```\n\n"
        let (outcome, json, text, _) = try build(
            "reward: y\nrule: {scaled: {weights: \"{slope.naive.coefficients}\"}}\nestimators: naive\nclosed-form: none",
            more: proxy)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        let slope = JSON(text)["results"]["slope"]["values"]["naive"]["coefficients"]["s"]["estimate"].number
        #expect(json["rules"]["scaled"]["weights"]["s"].number == slope)
        // A positive multiple of s decides as s does.
        #expect(abs(try #require(json["rules"]["scaled"]["naive"]["perExperiment"]["estimate"].number) - 0.1) < 1e-12)
        #expect(json["rules"]["scaled"]["cross-validation"].value == nil && json["law"].value == nil)
    }

    private static let unitEffects = """
        ```data
        id: rows
        source: rows.csv
        ```

        ```effects
        id: lifts
        data: rows
        layout: units
        experiment: test
        variant: arm
        control: C
        metrics: [y, s, z]
        ```


        """

    private static func units(_ count: Int) -> String {
        var state: UInt64 = 12345
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 16_777_216
        }
        var text = "test,arm,y,s,z\n"
        for test in 0..<6 {
            let lift = next() - 0.3
            for unit in 0..<count {
                for arm in test % 2 == 0 ? ["C", "T"] : ["C", "T", "U"] {
                    let (a, b) = (next(), next())
                    let shift = arm == "C" ? 0 : arm == "T" ? lift : -lift
                    // One unit in fifty lacks a metric.
                    let z = unit % 50 == 49 ? "" : "\(next())"
                    text += "t\(test),\(arm),\(shift + a),\(shift + (a + b) / 2),\(z)\n"
                }
            }
        }
        return text
    }

    private func buildUnits(_ body: String, count: Int = 100) throws -> (
        outcome: Build.Outcome, json: JSON, text: String
    ) {
        let project = TestProject([
            "Analyses/a.md": Self.head + Self.unitEffects + Self.rule(body),
            "Analyses/rows.csv": Self.units(count),
        ])
        let outcome = try #require(project.build())
        let text = project.text("output/a.json") ?? ""
        return (outcome, JSON(text)["results"]["rules"]["values"], text)
    }

    /// Folds of the units themselves: with strong effects cross-validation is the mean of what folds of units observed,
    /// which for a rule that always ships the same arm is the naive estimate itself, folds being equal in size (98 units
    /// into 2 or 7).
    @Test(arguments: [2, 7]) func foldsOfUnits(folds: Int) throws {
        let (outcome, json, text) = try buildUnits(
            "reward: y\nrule: {s: {metric: s}, y: {metric: y}}\nfolds: \(folds)\nrepeats: 3")
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        #expect(json["splits"].string == "units")
        for rule in ["s", "y"] {
            let naive = try #require(json["rules"][rule]["naive"]["perExperiment"]["estimate"].number)
            let crossed = try #require(json["rules"][rule]["cross-validation"]["perExperiment"]["estimate"].number)
            #expect(abs(naive - crossed) < 0.02 && naive > 0.1)
        }
        #expect(!text.contains("Folds are drawn from the arms"))
        let again = try buildUnits("reward: y\nrule: {s: {metric: s}, y: {metric: y}}\nfolds: \(folds)\nrepeats: 3")
        #expect(again.text == text)
    }

    @Test func moreFoldsThanUnits() throws {
        let (outcome, _, _) = try buildUnits("reward: y\nrule: {metric: s}\nfolds: 30", count: 40)
        #expect(!outcome.succeeded)
        let error = try #require(outcome.diagnostics.first { $0.severity == .error })
        #expect(error.code.name == "not-estimable" && error.range?.text == "30")
        #expect(error.notes.first?.message == "experiment t0, arm control: 40 units for 30 folds")
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var body: String
        var arms = DecisionRuleTests.arms
        /// Code and what it points at.
        var expected: String
        var fixed: String?

        var testDescription: String { name }
    }

    private static let valid = "reward: y\nrule: {metric: s}"

    static let cases: [Case] = [
        Case(name: "missing reward", body: "rule: {metric: s}", expected: "missing-key"),
        Case(name: "missing rule", body: "reward: y", expected: "missing-key"),
        Case(
            name: "unknown reward", body: "reward: yy\nrule: {metric: s}", expected: "unknown-metric yy", fixed: "y"),
        Case(
            name: "unknown metric of a rule", body: "reward: y\nrule: {one: {metric: ss}}",
            expected: "unknown-metric ss", fixed: "s"),
        Case(
            name: "unknown metric of an index", body: "reward: y\nrule: {weights: {ss: 1}}",
            expected: "unknown-metric ss", fixed: "s"),
        Case(
            name: "weight that is no number", body: "reward: y\nrule: {weights: {s: much}}",
            expected: "wrong-weights much"),
        Case(name: "no weight", body: "reward: y\nrule: {weights: {s: 0}}", expected: "wrong-weights {s: 0}"),
        Case(
            name: "unknown key of a rule", body: "reward: y\nrule: {one: {metric: s, thresold: 2}}",
            expected: "unknown-key thresold", fixed: "threshold"),
        Case(name: "a word that is no rule", body: "reward: y\nrule: sometimes", expected: "unknown-choice sometimes"),
        Case(
            name: "a rule of nothing", body: "reward: y\nrule: {one: {level: 0.9}}",
            expected: "missing-key {level: 0.9}"),
        Case(
            name: "two ways to decide", body: "reward: y\nrule: {metric: s, weights: {y: 1}}",
            expected: "key-conflict weights"),
        Case(
            name: "level and threshold", body: "reward: y\nrule: {metric: s, threshold: 2, level: 0.9}",
            expected: "key-conflict level"),
        Case(
            name: "direction without level", body: "reward: y\nrule: {metric: s, threshold: 2, direction: one-sided}",
            expected: "key-conflict direction"),
        Case(name: "one fold", body: valid + "\nfolds: 1", expected: "out-of-range 1"),
        Case(
            name: "unknown estimator", body: valid + "\nestimators: [nave]", expected: "unknown-choice nave",
            fixed: "naive"),
        Case(
            name: "grid of another rule", body: valid + "\ngrid: {rule: t, snr: 1, threshold: 1}",
            expected: "unknown-rule t"),
        Case(name: "ratio of zero", body: valid + "\ngrid: {snr: 0, threshold: 1}", expected: "out-of-range 0"),
        Case(
            name: "more folds than units", body: valid, arms: arms.replacing(",100,", with: ",8,"),
            expected: "not-estimable decision-rule"),
        Case(
            name: "one experiment", body: valid,
            arms: arms.split(separator: "\n").prefix(5).joined(separator: "\n") + "\n",
            expected: "not-estimable decision-rule"),
    ]

    @Test(arguments: cases) func fails(_ item: Case) throws {
        let (outcome, _, text, _) = try build(item.body, arms: item.arms)
        #expect(!outcome.succeeded && text.isEmpty)
        let error = try #require(outcome.diagnostics.first { $0.severity == .error })
        let found = error.code.name + (error.range.map { $0.text.isEmpty ? "" : " " + $0.text } ?? "")
        #expect(found == item.expected)
        if let fixed = item.fixed { #expect(error.fixIts.first?.replacement == fixed) }
    }
}
