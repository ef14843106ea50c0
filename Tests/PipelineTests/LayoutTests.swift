import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Four layouts that tell the same experiments make the same effects and the same estimates.
@Suite struct LayoutTests {
    /// Units of four experiments with two or three arms, from a small congruential generator.
    private struct Units {
        var rows: [(test: String, arm: String, clicks: Double, orders: Double)] = []

        init() {
            var state: UInt64 = 12345
            func next() -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Double(state >> 40) / 16_777_216
            }
            for test in 0..<6 {
                for arm in 0..<(test % 2 == 0 ? 2 : 3) {
                    let lift = arm == 0 ? 0 : 2 * next() - 0.7
                    for _ in 0..<(30 + 5 * arm) {
                        let clicks = 5 + 2 * next() + lift
                        rows.append(("t\(test)", arm == 0 ? "C" : "T\(arm)", clicks, 2 + 0.4 * clicks + next()))
                    }
                }
            }
        }

        struct Moments {
            var count = 0.0
            var mean = [0.0, 0.0]
            var covariance = [0.0, 0.0, 0.0]
        }

        func moments(_ test: String, _ arm: String) -> Moments {
            let own = rows.filter { $0.test == test && $0.arm == arm }
            var made = Moments()
            made.count = Double(own.count)
            made.mean = [own.map(\.clicks).reduce(0, +) / made.count, own.map(\.orders).reduce(0, +) / made.count]
            for row in own {
                let (a, b) = (row.clicks - made.mean[0], row.orders - made.mean[1])
                made.covariance[0] += a * a / (made.count - 1)
                made.covariance[1] += a * b / (made.count - 1)
                made.covariance[2] += b * b / (made.count - 1)
            }
            return made
        }

        var arms: [(test: String, arm: String)] {
            var seen: Set<String> = []
            return rows.filter { seen.insert($0.test + $0.arm).inserted }.map { ($0.test, $0.arm) }
        }
    }

    private let units = Units()

    private func results(_ table: String, _ effects: String, estimators: String = "") throws -> JSON {
        let analysis = """
            ---
            title: A test
            ---

            ```data
            id: rows
            source: rows.csv
            ```

            ```effects
            id: lifts
            data: rows
            experiment: test
            \(effects)
            ```

            ```proxy
            id: slope
            effects: lifts
            outcome: orders
            proxies: [clicks]
            \(estimators)
            ```

            """
        let project = TestProject(["Analyses/a.md": analysis, "Analyses/rows.csv": table])
        let outcome = try #require(project.build())
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        return JSON(project.text("output/a.json"))["results"]
    }

    private func compare(_ a: JSON, _ b: JSON, estimators: [String], tolerance: Double = 1e-9) throws {
        let (rowsA, rowsB) = (a["lifts"]["values"]["rows"], b["lifts"]["values"]["rows"])
        #expect(rowsA.count == 9)
        #expect(rowsA.count == rowsB.count)
        for index in 0..<rowsA.count {
            for metric in ["clicks", "orders"] {
                for key in ["estimate", "se"] {
                    let x = try #require(rowsA[index]["effects"][metric][key].number)
                    let y = try #require(rowsB[index]["effects"][metric][key].number)
                    #expect(abs(x - y) < tolerance)
                }
            }
        }
        for estimator in estimators {
            for key in ["estimate", "se"] {
                let x = try #require(a["slope"]["values"][estimator]["coefficients"]["clicks"][key].number)
                let y = try #require(b["slope"]["values"][estimator]["coefficients"]["clicks"][key].number)
                #expect(abs(x - y) < tolerance * max(1, abs(x)), "\(estimator) \(key)")
            }
        }
    }

    private func unitResults() throws -> JSON {
        let table =
            "test,arm,clicks,orders\n" + units.rows.map { "\($0.test),\($0.arm),\($0.clicks),\($0.orders)\n" }.joined()
        return try results(table, "layout: units\nvariant: arm\ncontrol: C\nmetrics: [clicks, orders]")
    }

    @Test func arms() throws {
        var table = "test,arm,metric,n,mean,variance,joint\n"
        for (test, arm) in units.arms {
            let m = units.moments(test, arm)
            table += "\(test),\(arm),clicks,\(m.count),\(m.mean[0]),\(m.covariance[0]),\(m.covariance[1])\n"
            table += "\(test),\(arm),orders,\(m.count),\(m.mean[1]),\(m.covariance[2]),\(m.covariance[1])\n"
        }
        let arms = try results(
            table,
            """
            layout: arms
            variant: arm
            control: C
            metric: metric
            count: n
            mean: mean
            variance: variance
            covariance: {"clicks:orders": joint}
            """)
        try compare(try unitResults(), arms, estimators: ["naive", "tsls", "tc", "jive", "liml"])
    }

    /// `pairs` has no covariance between metrics; with the right correlation assumed for every arm it must agree, so the
    /// tables here hold variances that make each arm's correlation the same.
    @Test func pairsAgreeWithArmsUnderOneCorrelation() throws {
        var arms = "test,arm,metric,n,mean,variance\n"
        var pairs = "test,arm,metric,day,n_c,mean_c,variance_c,n_t,mean_t,variance_t\n"
        for (test, arm) in units.arms {
            let (own, control) = (units.moments(test, arm), units.moments(test, "C"))
            for (m, metric) in ["clicks", "orders"].enumerated() {
                arms += "\(test),\(arm),\(metric),\(own.count),\(own.mean[m]),\(own.covariance[2 * m])\n"
                guard arm != "C" else { continue }
                let tail =
                    "\(control.count),\(control.mean[m]),\(control.covariance[2 * m]),\(own.count),\(own.mean[m])"
                pairs += "\(test),\(arm),\(metric),2,\(tail),\(own.covariance[2 * m])\n"
                // An earlier checkpoint, which must not count.
                pairs += "\(test),\(arm),\(metric),1,9,1,1,9,1,1\n"
            }
        }
        let one = try results(
            arms,
            "layout: arms\nvariant: arm\ncontrol: C\nmetric: metric\ncount: n\nmean: mean\nvariance: variance\nnoise-correlation: 0.6"
        )
        let other = try results(
            pairs,
            """
            layout: pairs
            variant: arm
            metric: metric
            control: {count: n_c, mean: mean_c, variance: variance_c}
            treatment: {count: n_t, mean: mean_t, variance: variance_t}
            at: {last: day}
            noise-correlation: 0.6
            """)
        try compare(one, other, estimators: ["naive", "tsls", "tc", "jive", "liml"])
    }

    /// Estimates carry no counts: jive, which needs none, must agree with what the units give, equal weights.
    @Test func estimatesAgreeWithUnitsWhereCountsAreNotNeeded() throws {
        var table = "test,arm,metric,effect,own,control,joint\n"
        for (test, arm) in units.arms where arm != "C" {
            let (own, control) = (units.moments(test, arm), units.moments(test, "C"))
            for (m, metric) in ["clicks", "orders"].enumerated() {
                let total = own.covariance[1] / own.count + control.covariance[1] / control.count
                table += "\(test),\(arm),\(metric),\(own.mean[m] - control.mean[m]),"
                table += "\(own.covariance[2 * m] / own.count),\(control.covariance[2 * m] / control.count),\(total)\n"
            }
        }
        let made = try results(
            table,
            """
            layout: estimates
            variant: arm
            metric: metric
            effect: effect
            treatment-variance: own
            control-variance: control
            covariance: {"clicks:orders": joint}
            """, estimators: "estimators: [naive, jive]\nweights: equal\nintercept: false")
        let unit = try results(
            "test,arm,clicks,orders\n" + units.rows.map { "\($0.test),\($0.arm),\($0.clicks),\($0.orders)\n" }.joined(),
            "layout: units\nvariant: arm\ncontrol: C\nmetrics: [clicks, orders]",
            estimators: "estimators: [naive, jive]\nweights: equal\nintercept: false")
        try compare(unit, made, estimators: ["naive", "jive"])
    }

    @Test func rowsThatDisagreeOnAControlAreADiagnostic() throws {
        let table = "test,arm,n_c,mean_c,variance_c,n_t,mean_t,variance_t\na,1,10,1,1,10,2,1\na,2,10,1.5,1,10,2,1\n"
        let analysis = """
            ---
            title: A test
            ---

            ```data
            id: rows
            source: rows.csv
            ```

            ```effects
            data: rows
            layout: pairs
            experiment: test
            variant: arm
            control: {count: n_c, mean: mean_c, variance: variance_c}
            treatment: {count: n_t, mean: mean_t, variance: variance_t}
            ```

            """
        let project = TestProject(["Analyses/a.md": analysis, "Analyses/rows.csv": table])
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "error unclear-effects 15:10")
        #expect(outcome.diagnostics.first?.notes.first?.message.contains("rows.csv:3") == true)
    }
}
