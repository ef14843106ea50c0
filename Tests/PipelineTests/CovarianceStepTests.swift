import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// The directive `covariance`: its values, its table, what it says beside them, and what it refuses.
@Suite struct CovarianceStepTests {
    /// Two metrics; lift and noise from a small congruential generator.
    private static func arms(experiments: Int, lift: Double, variance: Double = 4) -> String {
        var state: UInt64 = 99
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 16_777_216 - 0.5
        }
        var table = "test,arm,metric,n,mean,variance\n"
        for k in 0..<experiments {
            for arm in ["C", "T", "U"] where arm != "U" || k % 2 == 1 {
                let common = arm == "C" ? 0 : lift * next()
                let clicks = 5 + common + 0.1 * next()
                table += "t\(k),\(arm),clicks,\(100 + 10 * k),\(clicks),\(variance)\n"
                let orders = 2 + 0.5 * common + 0.1 * next()
                table += "t\(k),\(arm),orders,\(100 + 10 * k),\(orders),\(variance / 4)\n"
            }
        }
        return table
    }

    private func analysis(_ options: String, noise: String = "noise-correlation: 0.5") -> String {
        """
        ---
        title: A test
        ---

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
        \(noise)
        ```

        ```covariance
        id: spread
        effects: lifts
        \(options)
        ```

        """
    }

    private func build(_ table: String, _ options: String, noise: String = "noise-correlation: 0.5") throws -> (
        Build.Outcome, TestProject
    ) {
        let project = TestProject(["Analyses/a.md": analysis(options, noise: noise), "Analyses/arms.csv": table])
        return (try #require(project.build()), project)
    }

    @Test func everyEntryHasAnInterval() throws {
        let (outcome, project) = try build(Self.arms(experiments: 9, lift: 3), "bootstrap: 50\nlevel: 0.9")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let values = JSON(project.text("output/a.json"))["results"]["spread"]["values"]
        #expect(values["level"].number == 0.9)
        for estimator in ["naive", "tc", "jive", "reml"] {
            let made = values[estimator]
            for i in 0..<2 {
                for j in 0..<2 {
                    let estimate = try #require(made["matrix"][i][j].number, "\(estimator)")
                    let lower = try #require(made["intervals"][i][j][0].number, "\(estimator)")
                    let upper = try #require(made["intervals"][i][j][1].number)
                    #expect(lower < estimate && estimate < upper)
                    let names = ["clicks", "orders"]
                    let entry = made["entries"][names[i]][names[j]]["covariance"]
                    #expect(entry["estimate"].number == estimate)
                    #expect(entry["interval"][0].number == lower)
                    #expect(try #require(made["standardErrors"][i][j].number) > 0)
                }
            }
            #expect(made["correlation"][0][0].number == 1)
            #expect(made["positiveSemidefinite"].value as? Bool != nil)
        }
        let correlation = try #require(values["naive"]["correlation"][0][1].number)
        let ends = values["naive"]["correlationIntervals"][0][1]
        #expect(try #require(ends[0].number) < correlation)
        #expect(try #require(ends[1].number) > correlation)
        #expect(try #require(ends[1].number) <= 1)
        #expect(values["naive"]["correlationIntervals"][0][0].isNull)
        #expect(values["reml"]["logLikelihood"].number != nil)
        #expect(try #require(values["reml"]["iterations"].number) > 0)
        #expect(values["reml"]["boundary"].value as? Bool != nil)
        #expect(values["tc"]["noise"][0][0].number != nil)
        let page = try #require(project.text("output/a.html"))
        #expect(page.contains("Covariance, 90% interval"))
    }

    @Test func anIndefiniteCovarianceIsRepairedAndNamed() throws {
        let (outcome, project) = try build(
            Self.arms(experiments: 9, lift: 0.3, variance: 40), "estimators: [tc, jive, reml]\nbootstrap: 40")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let values = JSON(project.text("output/a.json"))["results"]["spread"]["values"]
        #expect(values["jive"]["positiveSemidefinite"].value as? Bool == false)
        #expect(values["jive"]["repaired"][0][0].number != nil)
        #expect(values["reml"]["boundary"].value as? Bool == true)
        let page = try #require(project.text("output/a.html"))
        #expect(page.contains("JIVE covariance is not positive semi-definite"))
        #expect(page.contains("of bootstrap samples of experiments"))
        #expect(page.contains("REML’s covariance is on the boundary") || page.contains("REML's covariance is on"))
        #expect(page.contains("Covariance, repaired"))
    }

    @Test func severalAssumedNoisesStandOneLevelDown() throws {
        let (outcome, project) = try build(
            Self.arms(experiments: 7, lift: 3), "bootstrap: 0", noise: "noise-correlation: [0, 0.5]")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let values = JSON(project.text("output/a.json"))["results"]["spread"]["values"]
        #expect(values.keys == ["0", "0.5"])
        #expect(values["0.5"]["reml"]["matrix"][1][1].number != nil)
        #expect(values["0.5"]["tc"]["bootstrap"].value == nil)
    }

    /// Nothing is estimated from one experiment, one effect or noise that is zero; each says why, at its place.
    @Test func whatCannotBeEstimatedIsADiagnostic() throws {
        let table = Self.arms(experiments: 5, lift: 3)
        let one = table.split(separator: "\n").prefix(5).joined(separator: "\n") + "\n"
        #expect(try build(one, "bootstrap: 0").0.diagnostics.summary == "error not-estimable 24:4")
        let unit = table.replacing(",100,", with: ",1,")
        let (outcome, _) = try build(unit, "bootstrap: 0")
        #expect(!outcome.succeeded)
        #expect(outcome.diagnostics.first { $0.severity == .error } != nil)
        let still = table.split(separator: "\n").map { line in
            line.hasPrefix("test")
                ? String(line) : line.split(separator: ",").dropLast(2).joined(separator: ",") + ",1,0"
        }
        let (flat, project) = try build(still.joined(separator: "\n") + "\n", "bootstrap: 0\nestimators: reml")
        #expect(!flat.succeeded)
        #expect(flat.diagnostics.first { $0.severity == .error }?.code.name == "not-estimable")
        #expect(project.text("output/a.json") == nil)
    }

    /// Units whose metrics are one: Ω is singular, and what is reported has numbers or says that there are none.
    @Test func singularNoiseIsNoNaN() throws {
        // The covariance of units is that of a correlation of 1.
        let lines = Self.arms(experiments: 7, lift: 0.2, variance: 30).split(separator: "\n")
        let table = lines.map { $0.hasPrefix("test") ? $0 + ",joint" : $0 + ",15" }.joined(separator: "\n") + "\n"
        let (outcome, project) = try build(
            table, "bootstrap: 20", noise: "covariance: {\"clicks:orders\": joint}")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let text = try #require(project.text("output/a.json"))
        #expect(!text.lowercased().contains("nan"))
        let values = JSON(text)["results"]["spread"]["values"]
        for estimator in ["naive", "tc", "jive", "reml"] {
            #expect(values[estimator]["matrix"][0][1].number != nil, "\(estimator)")
        }
        #expect(values["jive"]["positiveSemidefinite"].value as? Bool == false)
        #expect(values["jive"]["repaired"].value == nil)
        #expect(try #require(project.text("output/a.html")).contains("it has no repair"))
    }

    @Test func estimatorsAndLevelAreChecked() throws {
        let table = Self.arms(experiments: 5, lift: 3)
        #expect(try build(table, "estimators: [rem]").0.diagnostics.first?.severity == .error)
        #expect(try build(table, "level: 1").0.diagnostics.first?.severity == .error)
    }
}
