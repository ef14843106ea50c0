import Diagnostics
import TestSupport
import Testing

@testable import Execution
@testable import Pipeline

/// Figures of the hierarchical model, of its sampler and of its calibration, out of results written by hand.
@Suite struct ModelFigureTests {
    /// One object in a list, since a parameter is a scalar or a list: three effects of two experiments, with everything
    /// that a fit, a sampler and a simulation leave in the results.
    private static let head = """
        ---
        title: Figures
        params:
          fit:
            - level: 0.9
              mu: {estimate: 0.3, se: 0.1, interval: [0.1, 0.5]}
              tau: {estimate: 0.2, interval: [0, 0.6]}
              tauSquared: {estimate: 0.04, interval: [0.01, 0.3]}
              prediction: {estimate: 0.3, interval: [-0.2, 0.8]}
              effects:
                - {experiment: a, variant: B, estimate: 0.1, se: 0.2, weight: 0.5, shrunken: {estimate: 0.2, sd: 0.1, interval: [0, 0.4]}}
                - {experiment: b, variant: B, estimate: 0.4, se: 0.1, weight: 0.25, shrunken: {estimate: 0.35, sd: 0.1, interval: [0.1, 0.6]}}
                - {experiment: a, variant: C, estimate: 0.9, se: 0.4, weight: 0.25, shrunken: {estimate: 0.5, sd: 0.1, interval: [0.3, 0.7]}}
              influence:
                - {experiment: a, contribution: 3, shift: 0.5, influential: true}
                - {experiment: b, contribution: 1, shift: 0.1, influential: false}
              qProfile: {tauSquared: [0, 0.1, 0.2, 0.4], q: [9, 4, 2, 0.5], lower: 1, upper: 7, df: 2}
          posterior:
            - mu: {estimate: 0.5, median: 0.5, interval: [0.1, 0.9], density: {x: [0, 0.5, 1], y: [0, 2, 0.0], prior: [0.9, 1, 0.9]}}
              tau: {estimate: 1, median: 1, interval: [0.1, 1.9], density: {x: [0, 1, 2], y: [0, 1, 0.5], prior: [1, 0.5, 0.2]}}
              prediction: {estimate: 0.5, median: 0.5, interval: [0, 1], density: {x: [0, 0.5, 1], y: [0, 1, 0]}}
          chains:
            - chains: {mu: [[1, 2, 3], [2, 3, 4]], logTau: [[0, -1, 0], [1, 0, -1]]}
              ranks: {mu: [[3, 1], [1, 3]], logTau: [[2, 2], [2, 2]]}
              pairs: {mu: [1, 2, 3], logTau: [0, -1, -2], divergent: [false, false, true]}
              sampler: {draws: 30}
          nested:
            - {ignore: {chains: {mu: [[1, 2], [2, 1]]}}}
          study:
            - calibration:
                rows:
                  - {parameter: mu, method: bayes, bins: 4, counts: [250, 260, 240, 250], expected: 250, p: 0.85}
                  - {parameter: tau, method: bayes, bins: 4, counts: [300, 250, 250, 200], expected: 250, p: 0.0001}
        ---


        """

    private func build(_ figure: String) throws -> (figure: JSON, outcome: Build.Outcome) {
        let project = TestProject(["Analyses/a.md": Self.head + "```figure\nid: drawn\n" + figure + "\n```\n"])
        let outcome = try #require(project.build())
        return (JSON(project.text("output/a.json"))["results"]["drawn"]["values"], outcome)
    }

    private func drawn(_ figure: String) throws -> JSON {
        let (figure, outcome) = try build(figure)
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        return figure
    }

    private func names(_ panel: JSON) -> [String] {
        (0..<panel["marks"].count).compactMap { panel["marks"][$0]["mark"].string }
    }

    private func numbers(_ list: JSON) -> [Double] { (0..<list.count).compactMap { list[$0].number } }

    private func texts(_ list: JSON) -> [String] { (0..<list.count).compactMap { list[$0].string } }

    // MARK: Forests

    @Test func weightsAreRelativeToTheLargest() throws {
        let panel = try drawn("kind: forest\nof: params.fit[0]")["panels"][0]
        #expect(names(panel) == ["intervals", "diamond", "intervals"])
        let rows = panel["marks"][0]["rows"]
        #expect((0..<3).compactMap { rows[$0]["estimate"].number } == [0.9, 0.4, 0.1])
        #expect((0..<3).compactMap { rows[$0]["weight"].number } == [0.5, 0.5, 1])
        #expect(
            texts(panel["y"]["categories"]) == ["a · C", "b · B", "a · B", "Pooled mean", "A new effect"])
    }

    /// The mean of a's shrunken estimates, .35, is that of b: the first in the data comes first.
    @Test func groupsHoldTheirArms() throws {
        let figure = try drawn("kind: forest\nof: params.fit[0]\ngrouped: true\nshrunken: true")
        let panel = figure["panels"][0]
        #expect(texts(panel["y"]["categories"]) == ["C", "B", "B", "Pooled mean", "A new effect"])
        #expect(names(panel) == ["intervals", "intervals", "diamond", "intervals"])
        #expect(panel["marks"][1]["series"].string == "shrunken")
        #expect(numbers(panel["marks"][1]["rows"][0]["interval"]) == [0.3, 0.7])
        #expect(
            figure["summary"].string
                == "3 estimates with 90% intervals. a C 0.90 [0.12, 1.68]; a B 0.10 [−0.29, 0.49]; b B 0.40 [0.20, 0.60]. "
                + "The pooled mean is 0.30 [0.10, 0.50]. A new effect is expected within [−0.20, 0.80].")
    }

    // MARK: Shrinkage

    @Test func identityHoldsRawAgainstShrunken() throws {
        let panel = try drawn("kind: shrinkage\nof: params.fit[0]\nlayout: identity")["panels"][0]
        #expect(names(panel) == ["slope", "rule-y", "points"])
        #expect(panel["marks"][0]["slope"].number == 1 && panel["marks"][1]["at"].number == 0.3)
        let point = panel["marks"][2]["points"][2]
        #expect(point["x"].number == 0.9 && point["y"].number == 0.5 && point["callout"].string == "a · C")
        #expect(numbers(point["yInterval"]) == [0.3, 0.7])
    }

    // MARK: Influence and heterogeneity

    /// The widest region is μ ± 2.576 s, and the dashed line μ ± 1.96 √(s² + τ²), at the largest error and 6% more.
    @Test func funnelIsAboutTheMean() throws {
        let panel = try drawn("kind: funnel\nof: params.fit[0]")["panels"][0]
        #expect(names(panel) == ["ribbon", "ribbon", "line", "line", "line", "trace", "points", "points"])
        #expect(panel["y"]["reversed"].value as? Bool == true)
        let foot = 0.4 * 1.06
        let region = numbers(panel["marks"][0]["x"])
        #expect(region.count == 3 && abs(region[2] - (0.3 + 2.5758293035489004 * foot)) < 1e-12)
        let spread = (numbers(panel["marks"][2]["x"]), numbers(panel["marks"][3]["x"]))
        let reach = 1.959963984540054 * (foot * foot + 0.04).squareRoot()
        #expect(abs((spread.0.last ?? 0) - (0.3 - reach)) < 1e-12 && abs((spread.1.last ?? 0) - (0.3 + reach)) < 1e-12)
        // The two arms of a hang together.
        #expect(numbers(panel["marks"][5]["x"]) == [0.1, 0.9])
    }

    @Test func baujatTellsTheInfluential() throws {
        let panel = try drawn("kind: baujat\nof: params.fit[0]")["panels"][0]
        #expect(panel["marks"][0]["series"].string == "experiments")
        let point = panel["marks"][1]["points"][0]
        #expect(point["x"].number == 3 && point["y"].number == 0.5 && point["callout"].string == "a")
    }

    @Test func qProfileMarksItsInterval() throws {
        let panel = try drawn("kind: q-profile\nof: params.fit[0]")["panels"][0]
        #expect(names(panel) == ["ribbon", "rule-y", "rule-y", "line", "rule-x", "rule-x", "rule-x"])
        #expect(numbers(panel["marks"][0]["x"]) == [0.01, 0.3])
        #expect(panel["marks"][1]["at"].number == 7 && panel["marks"][2]["at"].number == 1)
        #expect(panel["marks"][4]["at"].number == 0.04)
    }

    // MARK: Posteriors and chains

    /// By the trapezoid rule on three points the triangle over [0, 1] has half its area on each side of .5, spread evenly.
    @Test func densitiesHaveTheirPriors() throws {
        let panels = try drawn("kind: density\nof: params.posterior[0]")["panels"]
        #expect(panels.count == 2)
        #expect(names(panels[0]) == ["line", "density"] && names(panels[1]) == ["line", "density"])
        #expect(try drawn("kind: density\nof: params.posterior[0].prediction")["panels"].count == 1)
        #expect(panels[1]["marks"][0]["series"].string == "prior")
        let inner = numbers(panels[0]["marks"][1]["inner"])
        #expect(inner.count == 2 && abs(inner[0] - 0.17) < 1e-12 && abs(inner[1] - 0.83) < 1e-12)
        let bare = try drawn("kind: density\nof: params.posterior[0]\npriors: false\nparameter: tau")["panels"]
        #expect(bare.count == 1 && names(bare[0]) == ["density"])
    }

    @Test func chainsAreDrawnOverEachOther() throws {
        let panels = try drawn("kind: trace\nof: params.chains[0]")["panels"]
        #expect(panels.count == 2 && names(panels[0]) == ["trace", "trace"])
        // Three of thirty draws are kept.
        #expect(numbers(panels[0]["marks"][1]["x"]) == [10, 20, 30])
        #expect(numbers(panels[0]["marks"][1]["y"]) == [2, 3, 4])
    }

    @Test func ranksAreHeldAgainstTheUniform() throws {
        let panels = try drawn("kind: rank\nof: params.chains[0]")["panels"]
        #expect(panels.count == 4 && panels[1]["title"].string == "μ, chain 2")
        #expect(numbers(panels[1]["marks"][0]["heights"]) == [1, 3] && panels[1]["marks"][1]["at"].number == 2)
    }

    @Test func divergencesStandOut() throws {
        let panel = try drawn("kind: pairs\nof: params.chains[0]")["panels"][0]
        #expect(numbers(panel["marks"][0]["x"]) == [1, 2] && panel["marks"][1]["points"][0]["y"].number == -2)
    }

    /// R: `qbinom(c(.025, .975), 1000, 1/4)` is 223 and 277.
    @Test func calibrationHasItsBand() throws {
        let figure = try drawn("kind: rank-histogram\nof: params.study[0]")
        #expect(figure["panels"].count == 2 && figure["panels"][0]["title"].string == "μ, bayes: p = .85")
        let ribbon = figure["panels"][1]["marks"][1]
        #expect(ribbon["lower"][0].number == 223 && ribbon["upper"][0].number == 277)
        #expect(
            figure["summary"].string?.hasSuffix("μ, bayes: 0 of 4 bins outside it; τ, bayes: 2 of 4 bins outside it.")
                == true)
        let one = try drawn("kind: rank-histogram\nof: params.study[0]\nfilter: {parameter: tau}")
        #expect(one["panels"].count == 1)
    }

    /// R's `qbinom(c(.025, .975), n, p)`, exact.
    static let binomials: [(Int, Double, Double, Double)] = [
        (1000, 0.05, 37, 64), (999, 0.1, 82, 119), (37, 0.05, 0, 5), (5000, 0.02, 81, 120), (1, 0.5, 0, 1),
        (10, 0.5, 2, 8), (0, 0.5, 0, 0),
    ]

    @Test(arguments: binomials)
    func bandIsBinomial(trials: Int, probability: Double, lower: Double, upper: Double) {
        let ends = BinomialBand.ends(trials: trials, probability: probability)
        #expect(ends.lower == lower && ends.upper == upper)
    }

    // MARK: What cannot be drawn

    struct Fault: CustomTestStringConvertible, Sendable {
        var figure: String
        var message: String
        var note: String = ""

        var testDescription: String { message }
    }

    static let faults: [Fault] = [
        Fault(
            figure: "kind: baujat\nof: params.posterior[0]",
            message: "A Baujat plot is drawn of `influence`, which params.posterior[0] does not have",
            note: "add `influence: true` to the meta-analysis"),
        Fault(
            figure: "kind: q-profile\nof: params.posterior[0]",
            message: "A Q-profile is drawn of `qProfile`, which params.posterior[0] does not have",
            note: "a `meta-analysis` has it unless its method is `bayes` or `nuts`"),
        Fault(
            figure: "kind: trace\nof: params.fit[0]",
            message: "A trace plot is drawn of `chains`, which params.fit[0] does not have",
            note: "a `meta-analysis` with `method: nuts` has it"),
        Fault(
            figure: "kind: trace\nof: params.nested[0]",
            message: "A trace plot is drawn of `chains`, which params.nested[0] does not have",
            note: "it is in: params.nested[0].ignore"),
        Fault(
            figure: "kind: rank-histogram\nof: params.fit[0]",
            message: "A rank histogram is drawn of `calibration`, which params.fit[0] does not have",
            note: "a `simulation` has it whose design has priors and whose estimators include `bayes` or `nuts`"),
        Fault(
            figure: "kind: funnel\nof: params.posterior[0]",
            message: "A funnel is drawn of a meta-analysis: effects with errors, and their mean"),
        Fault(
            figure: "kind: funnel\nof: params.fit[0].effects",
            message: "A funnel is drawn of a meta-analysis: effects with errors, and their mean"),
        Fault(
            figure: "kind: trace\nof: params.chains[0]\ngrouped: true",
            message: "'grouped' is for the kind 'forest', not 'trace'"),
    ]

    @Test(arguments: faults) func missingPartsAreNamed(_ fault: Fault) throws {
        let error = try #require(try build(fault.figure).outcome.diagnostics.first { $0.severity == .error })
        #expect(error.message == fault.message)
        if !fault.note.isEmpty { #expect(error.notes.map(\.message) == [fault.note]) }
    }
}
