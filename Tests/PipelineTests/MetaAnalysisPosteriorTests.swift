import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// The directive `meta-analysis` by exact and sampled posteriors.
@Suite struct MetaAnalysisPosteriorTests {
    /// Rubin's eight schools, unrounded, with Röver's results by bayesmeta (Journal of Statistical Software 93(6), 2020)
    /// under μ ~ Normal(0, 50²) and τ ~ half-Cauchy(25).
    private static let schools = """
        school,effect,se
        A,28.39,14.9
        B,7.94,10.2
        C,-2.75,16.3
        D,6.82,11.0
        E,-0.64,9.4
        F,0.63,11.4
        G,18.01,10.4
        H,12.16,17.6

        """

    private static let columns =
        "effect: effect\nse: se\nexperiment: school\nprior:\n  mu: normal(0, 50)\n  tau: half-cauchy(25)"

    @Test func exactPosteriors() throws {
        let made = MetaAnalysisProject(
            "\(Self.columns)\nmethod: bayes\nthreshold: 5\nsensitivity: true", of: Self.schools,
            more: "```table\nid: priors\nof: pooled.sensitivity\n```\n")
        #expect(made.errors == "")
        let values = made.values
        for (path, expected) in [
            (["mu", "median"], 7.9635), (["mu", "mean"], 7.9860), (["mu", "sd"], 4.9956),
            (["tau", "median"], 4.7585), (["tau", "mean"], 5.8845), (["tau", "sd"], 4.8699),
        ] {
            #expect(abs(try #require(path.reduce(values) { $0[$1] }.number) - expected) < 5.1e-5, "\(path)")
        }
        #expect(values["threshold"].number == 5)
        for part in [values["mu"], values["prediction"], values["effects"][0]["shrunken"]] {
            let (zero, above) = (part["probabilityAboveZero"].number, part["probabilityAbove"].number)
            #expect(try #require(zero) > #require(above))
            let (interval, shortest) = (part["interval"], part["shortestInterval"])
            let width = try #require(interval[1].number) - #require(interval[0].number)
            #expect(try #require(shortest[1].number) - #require(shortest[0].number) <= width)
        }
        for part in ["mu", "tau"] {
            let density = values[part]["density"]
            #expect(density["x"].count == density["y"].count && density["x"].count == density["prior"].count)
        }
        // Their logarithms have the same sign as what they favour.
        for name in ["tauZero", "muZero"] {
            let factor = values["bayesFactor"][name]
            #expect((try #require(factor["log"].number) > 0) == (factor["favours"].string == "null"))
        }
        #expect(values["sensitivity"].count >= 4)
        #expect(values["sensitivity"][0]["mu"]["median"].number == values["mu"]["median"].number)
        #expect(values["sensitivity"][0]["prior"]["tau"].string == "half-Cauchy(25)")
        #expect(made.markdown.contains("Prior, τ") && made.markdown.contains("half-Cauchy(12.5)"))
        #expect(made.markdown.contains("Probability that μ"))
    }

    @Test func priorsToTryAreWritten() throws {
        let list = "sensitivity:\n  - {mu: flat}\n  - {tau: exponential(0.2)}"
        let made = MetaAnalysisProject("\(Self.columns)\nmethod: bayes\n\(list)", of: Self.schools)
        #expect(made.errors == "")
        let rows = made.values["sensitivity"]
        #expect(rows.count == 3)
        #expect(rows[1]["prior"]["mu"].string == "flat")
        #expect(rows[2]["prior"]["tau"].string == "Exponential(0.2)")
        let wrong = MetaAnalysisProject(
            "\(Self.columns)\nmethod: bayes\n\(list.replacing("0.2", with: "-1"))", of: Self.schools)
        #expect(wrong.errors == "error not-estimable \(MetaAnalysisProject.firstLine + 9):5")
    }

    @Test func decisionsOfAnExperiment() throws {
        let made = MetaAnalysisProject(
            "\(MetaAnalysisProject.sharedColumns)\nmethod: bayes\ndecisions: true", of: MetaAnalysisProject.shared,
            more: "```table\nid: ship\nof: pooled.decisions\nsort: -probabilityBest\n```\n")
        #expect(made.errors == "")
        let rows = made.values["decisions"]
        #expect(rows.count == 9)
        // The three arms of experiment a share one certainty of being best.
        let shares = (0..<3).compactMap { rows[$0]["probabilityBest"].number }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
        #expect(rows[2]["isBest"].value as? Bool == true)
        for index in 0..<9 {
            #expect(try #require(rows[index]["expectedLoss"].number) >= 0)
            #expect(
                try #require(rows[index]["probabilityBestAmongAll"].number) <= #require(
                    rows[index]["probabilityBest"].number) + 1e-9)
        }
        #expect(made.values["controls"].count == 5)
        #expect(try #require(made.values["winners"]["exaggeration"].number) > 1)
        #expect(made.markdown.contains("Probability best among all") && made.markdown.contains("Expected loss"))
    }

    @Test(arguments: ["integrated", "non-centred"]) func sampledPosteriors(parameterisation: String) throws {
        let made = MetaAnalysisProject(
            "\(Self.columns)\nmethod: nuts\nparameterisation: \(parameterisation)\ndraws: 500\ndecisions: true",
            of: Self.schools)
        #expect(made.errors == "")
        let values = made.values
        // Within four Monte Carlo standard errors of bayesmeta's means.
        for (part, mean) in [("mu", 7.9860), ("tau", 5.8845)] {
            let error = try #require(values[part]["mcse"].number)
            #expect(abs(try #require(values[part]["mean"].number) - mean) < 4 * error, "\(part)")
            #expect(try #require(values[part]["rhat"].number) < 1.02)
            #expect(values[part]["essBulk"].number != nil && values[part]["essTail"].number != nil)
        }
        #expect(values["sampler"]["parameterisation"].string == parameterisation)
        #expect(values["sampler"]["chains"].number == 4)
        #expect(values["sampler"]["ebfmi"].count == 4)
        #expect(values["chains"]["mu"].count == 4 && values["chains"]["mu"][0].count <= 250)
        #expect(values["ranks"]["logTau"][0].count == 20)
        #expect(values["pairs"]["divergent"].count == values["pairs"]["mu"].count)
        #expect(values["effects"][0]["rhat"].number != nil)
        #expect(values["decisions"].count == 8)
        #expect(made.markdown.contains("Bulk ESS") && made.markdown.contains("No-U-Turn sampler: 4 chains"))
    }

    @Test func aFailingChainIsSaid() throws {
        let made = MetaAnalysisProject(
            "\(Self.columns)\nmethod: nuts\nchains: 2\nwarmup: 20\ndraws: 20", of: Self.schools)
        #expect(made.errors == "")
        #expect(made.markdown.contains("R̂ of τ is") && made.markdown.contains("independent ones"))
    }

    @Test func severalCorrelationsAreSaidOnce() throws {
        let made = MetaAnalysisProject(
            "\(MetaAnalysisProject.sharedColumns)\nmethod: nuts\ncorrelation: [shared-control, ignore]\ndraws: 200",
            of: MetaAnalysisProject.shared)
        #expect(made.errors == "")
        #expect(made.values["ignore"]["mu"]["rhat"].number != nil)
        #expect(made.markdown.contains("R̂ of τ"))
    }
}
