import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// The directive `proxy`: intervals, sets, contrasts, predictions and quality, and what it refuses.
@Suite struct ProxyStepTests {
    /// Outcome y ≈ 0.5 s + 0.1 r in 24 experiments of one or two arms, from a small congruential generator.
    private static func arms(experiments: Int, lift: Double = 3, copies: Bool = false) -> String {
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 16_777_216 - 0.5
        }
        var table = "test,arm,metric,n,mean,variance\n"
        for k in 0..<experiments {
            for arm in ["C", "T", "U"] where arm != "U" || k % 3 == 1 {
                let s = arm == "C" ? 0 : lift * next()
                let r = arm == "C" ? 0 : lift * next()
                let y = 0.5 * s + 0.1 * r + 0.02 * next()
                let size = 200 + 10 * k
                table += "t\(k),\(arm),y,\(size),\(4 + y + 0.02 * next()),4\n"
                let second = 5 + s + 0.05 * next()
                table += "t\(k),\(arm),s,\(size),\(second),9\n"
                table += "t\(k),\(arm),r,\(size),\(copies ? second : 6 + r + 0.05 * next()),9\n"
            }
        }
        return table
    }

    private func build(_ options: String, table: String = arms(experiments: 24)) -> (JSON, Build.Outcome?) {
        let project = TestProject([
            "Analyses/a.md": """
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
            noise-correlation: 0.3
            ```

            ```proxy
            id: slopes
            effects: lifts
            outcome: y
            \(options)
            ```

            """,
            "Analyses/arms.csv": table,
        ])
        let outcome = project.build()
        return (JSON(project.text("output/a.json"))["results"]["slopes"]["values"], outcome)
    }

    @Test func everyEstimatorHasCoefficientsAndAnInterval() throws {
        let (values, outcome) = build(
            "proxies: [s, r]\nestimators: [naive, tsls, tc, jive, liml, fuller, hliml, hfuller, reml]\n"
                + "interval: [bekker, sandwich, jackknife, percentile, bca, bayesian]\nbootstrap: 200")
        #expect(outcome?.succeeded == true, "\(outcome?.diagnostics.summary ?? "")")
        for estimator in ["naive", "tsls", "tc", "jive", "liml", "fuller", "hliml", "hfuller", "reml"] {
            let made = values[estimator]["coefficients"]["s"]
            let estimate = try #require(made["estimate"].number, "\(estimator)")
            #expect(abs(estimate - 0.5) < 0.1, "\(estimator) \(estimate)")
            let lower = try #require(made["interval"][0].number)
            let upper = try #require(made["interval"][1].number)
            #expect(lower < estimate && estimate < upper)
        }
        #expect(values["liml"]["intervalBy"].string == "bekker")
        #expect(values["jive"]["intervalBy"].string == "sandwich")
        #expect(values["hliml"]["intervalBy"].string == "jackknife")
        #expect(values["reml"]["intervalBy"].string == "information")
        let kinds = values["jive"]["coefficients"]["s"]["by"].keys
        #expect(kinds == ["bayesian", "bca", "jackknife", "percentile", "sandwich"])
        #expect(values["jive"]["coefficients"]["s"]["by"]["bca"]["interval"].count == 2)
        #expect(values["strength"]["conditionalF"]["r"].number != nil)
        #expect(values["strength"]["weakest"]["direction"]["s"].number != nil)
        #expect(values["contrasts"]["liml-jive"]["s"]["interval"].count == 2)
        #expect(values["contrasts"]["tc-jive"]["r"]["estimate"].number != nil)
        #expect(values["balance"]["sizeRatios"]["median"].number == 1)
        #expect(try #require(values["effectiveArms"].number) <= (try #require(values["arms"].number)))
        #expect(values["andersonRubin"].value == nil)
    }

    @Test func oneProxyHasAnAndersonRubinSet() throws {
        let (values, _) = build("proxies: s\nestimators: [liml]")
        let set = values["andersonRubin"]
        #expect(["bounded", "empty", "two-rays", "ray", "unbounded", "union"].contains(set["kind"].string ?? ""))
        if set["kind"].string == "bounded" {
            let ends = set["intervals"][0]
            #expect(try #require(ends[0].number) < (try #require(ends[1].number)))
        }
    }

    @Test func useOfAProxy() throws {
        let (values, outcome) = build(
            "proxies: [s, r]\nestimators: [jive, liml, reml]\npredict: lifts\nsizes: [100, 1000, 1000000]\ninfluence: true"
        )
        #expect(outcome?.succeeded == true, "\(outcome?.diagnostics.summary ?? "")")
        let explained = try #require(values["jive"]["rSquared"]["estimate"].number)
        #expect(explained > 0.8 && explained < 1.5)
        #expect(values["jive"]["rSquared"]["se"].number != nil)
        // Shares explained and quality are never read off LIML.
        #expect(values["liml"]["rSquared"].value == nil && values["liml"]["quality"].value == nil)
        let rows = values["jive"]["quality"]["rows"]
        #expect(rows.count == 3)
        let qualities = try (0..<3).map { try #require(rows[$0]["index"].number) }
        #expect(qualities == qualities.sorted() && qualities[0] > 0)
        #expect(rows[2]["weights"]["s"].number != nil && rows[2]["single"]["r"].number != nil)
        let prediction = values["jive"]["prediction"]["rows"][0]
        #expect(prediction["experiment"].string == "t0")
        #expect(try #require(prediction["se"].number) > 0)
        #expect(values["liml"]["prediction"]["rows"][0]["residualSe"].number == 0)
        #expect(values["reml"]["prediction"]["rows"].count == 32)
        #expect(values["jive"]["influence"]["rows"].count == 24)
        #expect(values["jive"]["influence"]["mostInfluential"].count == 10)
        let agreement = try #require(values["jive"]["signAgreement"]["expected"].number)
        #expect(agreement > 0.7 && agreement <= 1)
    }

    /// Fewer experiments than proxies, proxies that are one, a proxy's effects that are missing, and no draws.
    @Test func badInput() throws {
        let few = build("proxies: [s, r]", table: Self.arms(experiments: 2)).1
        #expect(few?.succeeded == false && few?.diagnostics.contains { $0.code.name == "not-estimable" } == true)
        let (values, collinear) = build("proxies: [s, r]", table: Self.arms(experiments: 24, copies: true))
        #expect(values.value == nil && collinear?.succeeded == false)
        #expect(collinear?.diagnostics.contains { $0.code.name == "not-estimable" } == true)
        #expect(
            build("proxies: s\npredict: moments").1?.diagnostics.contains { $0.code.name == "wrong-reference" } == true)
        #expect(build("proxies: s\ninterval: bca\nbootstrap: 0").1?.succeeded == false)
        #expect(build("proxies: s\nsizes: [1]").1?.succeeded == false)
        #expect(build("proxies: s\ninterval: bootstrap").1?.diagnostics.first?.severity == .error)
    }
}
