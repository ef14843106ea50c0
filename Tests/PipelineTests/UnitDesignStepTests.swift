import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Unit-level designs of `effects`: what options mean, checked unit by unit here, and what is said of units.
@Suite struct UnitDesignStepTests {
    struct Unit {
        var name: String
        var test: String
        var arm: String
        var shop: String
        var orders: Double
        var before: Double
        var clicks: Double
        var views: Double
        var weight: Double
    }

    /// 40 units in each arm of two tests, in five shops an arm, from a small congruential generator.
    static let units: [Unit] = {
        var state: UInt64 = 4321
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Double(state >> 40) / 16_777_216 * 1000).rounded() / 1000
        }
        var units: [Unit] = []
        for test in 0..<2 {
            for arm in 0..<3 where test == 0 || arm < 2 {
                for i in 0..<40 {
                    let before = 10 + 5 * next()
                    let views = 1 + (8 * next()).rounded()
                    units.append(
                        Unit(
                            name: "u\(units.count)", test: "t\(test)", arm: ["C", "A", "B"][arm],
                            shop: "s\(arm)\(i % 5)",
                            orders: before + 2 * next() + Double(arm), before: before,
                            clicks: (views * next()).rounded(), views: views, weight: 0.5 + (2 * next()).rounded()))
                }
            }
        }
        return units
    }()

    static func table(_ units: [Unit]) -> String {
        "unit,test,arm,shop,orders,before,clicks,views,weight\n"
            + units.map {
                "\($0.name),\($0.test),\($0.arm),\($0.shop),\($0.orders),\($0.before),\($0.clicks),\($0.views),\($0.weight)\n"
            }.joined()
    }

    static func outcome(_ keys: String, metrics: String = "orders", table: String, more: String = "") -> (
        outcome: Build.Outcome?, json: JSON
    ) {
        let analysis = """
            ---
            title: A test
            params: {top: 2}
            ---

            ```data
            id: rows
            source: rows.csv
            ```

            ```effects
            id: lift
            data: rows
            layout: units
            experiment: test
            variant: arm
            control: C
            show: table
            metrics: [\(metrics)]
            \(keys)
            ```
            \(more)
            """
        let project = TestProject(["Analyses/a.md": analysis, "Analyses/rows.csv": table])
        let outcome = project.build()
        return (outcome, JSON(project.text("output/a.json"))["results"])
    }

    static func values(_ keys: String, metrics: String = "orders", units: [Unit] = units) throws -> JSON {
        let (outcome, json) = outcome(keys, metrics: metrics, table: table(units))
        let made = try #require(outcome)
        #expect(made.succeeded, "\(made.diagnostics.summary) \(made.diagnostics.map(\.message))")
        return json["lift"]["values"]
    }

    /// A ratio of totals and its influences, by arm of the first test.
    static func ratio(
        _ arm: String, clustered: Bool = false, _ z: (Unit) -> Double, _ d: (Unit) -> Double
    ) -> (value: Double, influences: [Double]) {
        let own = units.filter { $0.test == "t0" && $0.arm == arm }
        var rows = own.map { (z($0), d($0)) }
        if clustered {
            rows = Set(own.map(\.shop)).sorted().map { shop in
                let members = own.filter { $0.shop == shop }
                return (members.map(z).reduce(0, +), members.map(d).reduce(0, +))
            }
        }
        let (sum, total) = (rows.map(\.0).reduce(0, +), rows.map(\.1).reduce(0, +))
        let mean = total / Double(rows.count)
        return (sum / total, rows.map { ($0.0 - sum / total * $0.1) / mean })
    }

    static func variance(_ influences: [Double]) -> Double {
        let n = Double(influences.count)
        return influences.map { $0 * $0 }.reduce(0, +) / (n * (n - 1))
    }

    func check(
        _ values: JSON, metric: String, clustered: Bool = false, _ z: (Unit) -> Double, _ d: (Unit) -> Double
    ) throws {
        for (index, arm) in ["A", "B"].enumerated() {
            let (control, own) = (
                Self.ratio("C", clustered: clustered, z, d), Self.ratio(arm, clustered: clustered, z, d)
            )
            let told = values["rows"][index]["effects"][metric]
            #expect(values["rows"][index]["variant"].string == arm)
            #expect(abs(try #require(told["estimate"].number) - (own.value - control.value)) < 1e-12)
            let variance = Self.variance(own.influences) + Self.variance(control.influences)
            #expect(abs(try #require(told["se"].number) / variance.squareRoot() - 1) < 1e-12)
        }
    }

    @Test func ratios() throws {
        let values = try Self.values(
            "ratios: {ctr: {numerator: clicks, denominator: views}}", metrics: "orders, ctr")
        try check(values, metric: "ctr", { $0.clicks }, { $0.views })
        try check(values, metric: "orders", { $0.orders }, { _ in 1 })
        #expect(values["units"]["analysed"].number == 200 && values["units"]["leftOut"].number == 0)
    }

    @Test func weights() throws {
        let values = try Self.values(
            "weight: weight\nratios: {ctr: {numerator: clicks, denominator: views}}", metrics: "orders, ctr")
        try check(values, metric: "orders", { $0.weight * $0.orders }, { $0.weight })
        try check(values, metric: "ctr", { $0.weight * $0.clicks }, { $0.weight * $0.views })
    }

    @Test func clusters() throws {
        let values = try Self.values("cluster: shop")
        try check(values, metric: "orders", clustered: true, { $0.orders }, { _ in 1 })
        #expect(values["units"]["clusters"].number == 25)
        // Clusters were assigned, so they are what is split.
        #expect(values["sampleRatio"][0]["arms"][0]["units"].number == 5)
    }

    /// θ and the adjusted values by hand; what adjustment takes away is told.
    @Test func covariates() throws {
        let values = try Self.values("covariates: before")
        let first = Self.units.filter { $0.test == "t0" }
        let arms = ["C", "A", "B"].map { arm in first.filter { $0.arm == arm } }
        var (xx, xy) = (0.0, 0.0)
        for arm in arms {
            let x = arm.map(\.before).reduce(0, +) / 40
            let y = arm.map(\.orders).reduce(0, +) / 40
            for unit in arm {
                xx += (unit.before - x) * (unit.before - x)
                xy += (unit.before - x) * (unit.orders - y)
            }
        }
        let theta = xy / xx
        #expect(abs(try #require(values["adjustments"][0]["coefficients"]["orders"]["before"].number) - theta) < 1e-12)
        try check(values, metric: "orders", { $0.orders - theta * $0.before }, { _ in 1 })
        let told = values["rows"][0]["effects"]["orders"]
        let (se, before) = (try #require(told["se"].number), try #require(told["unadjusted"]["se"].number))
        #expect(abs(try #require(told["varianceReduction"].number) - (1 - se * se / (before * before))) < 1e-12)
        #expect(se < before / 2)
        #expect(try #require(values["balance"][0]["p"].number) > 0.001)
        // By metric: only where it is asked for.
        let some = try Self.values("covariates: {orders: [before]}", metrics: "orders, clicks")
        #expect(some["rows"][0]["effects"]["clicks"]["unadjusted"].value == nil)
        #expect(some["rows"][0]["effects"]["orders"]["se"].number == told["se"].number)
    }

    /// numpy.quantile is type 7; here by sorting.
    @Test func winsorising() throws {
        let values = try Self.values("winsorise: {orders: {lower: 11, upper-quantile: 0.9}}")
        let sorted = Self.units.filter { $0.test == "t0" }.map(\.orders).sorted()
        let position = 0.9 * 119
        let index = Int(position)
        let upper = sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
        let told = values["winsorised"][0]
        #expect(told["column"].string == "orders" && told["lower"].number == 11)
        #expect(abs(try #require(told["upper"].number) - upper) < 1e-12)
        #expect(told["raised"].number == Double(sorted.count { $0 < 11 }))
        #expect(told["lowered"].number == Double(sorted.count { $0 > upper }))
        try check(values, metric: "orders", { min(max($0.orders, 11), upper) }, { _ in 1 })
    }

    @Test func splits() throws {
        // Of A's units every fourth is there.
        let few = Self.units.enumerated().filter { $0.element.arm != "A" || $0.offset % 4 == 0 }.map(\.element)
        let (outcome, json) = Self.outcome("", table: Self.table(few))
        let made = try #require(outcome)
        #expect(made.succeeded)
        let warning = try #require(made.diagnostics.first { $0.code.name == "sample-ratio-mismatch" })
        #expect(warning.severity == .warning && warning.message.contains("2 of 2 experiments (t0, t1)"))
        #expect(warning.notes.first?.message.contains("A 10 of 30") == true)
        let test = json["lift"]["values"]["sampleRatio"][0]
        // Counts 40, 10, 40 of 30 each: 100/30 + 400/30 + 100/30.
        #expect(abs(try #require(test["statistic"].number) - 20) < 1e-12)
        #expect(abs(try #require(test["p"].number) / 4.5399929762484854e-05 - 1) < 1e-10)
        // As meant, nothing is said.
        let meant = Self.outcome("allocation: {C: 4, A: 1, B: 4}", table: Self.table(few))
        #expect(meant.outcome?.diagnostics.contains { $0.code.name == "sample-ratio-mismatch" } == false)
        #expect(try #require(meant.json["lift"]["values"]["sampleRatio"][0]["statistic"].number) < 1e-12)
    }

    /// Squares that no number holds are told, whatever a design makes of them.
    @Test(arguments: ["", "cluster: shop", "covariates: before", "covariates: before\nweight: weight"])
    func numbersTooLarge(keys: String) throws {
        var units = Self.units
        units[5].orders = 1e200
        let errors = try #require(Self.outcome(keys, table: Self.table(units)).outcome).diagnostics
            .filter { $0.severity == .error }
        #expect(errors.map(\.code.name) == ["not-estimable"])
        #expect(errors.first?.notes.first?.message == "experiment t0, arm C, metric orders")
        units[5] = Self.units[5]
        units[130].before = 1e200
        let other = try #require(Self.outcome(keys, table: Self.table(units)).outcome).diagnostics
            .filter { $0.severity == .error }
        #expect(
            other.map { $0.notes.first?.message }
                == (keys.contains("before") ? ["experiment t1, arm C, metric before"] : []))
    }

    /// An arm whose first unit is far off costs the others none of their digits: orders of 10⁹ and the same less 10⁹, both
    /// without rounding.
    @Test(arguments: ["", "weight: weight", "cluster: shop", "covariates: before\nweight: weight"])
    func oddFirstUnit(keys: String) throws {
        func rows(_ level: Double) throws -> JSON {
            var units = Self.units
            for index in units.indices {
                units[index].orders = level + (units[index].orders * 1024).rounded() / 1024
                units[index].before = level + (units[index].before * 1024).rounded() / 1024
            }
            let odd = try #require(units.firstIndex { $0.test == "t0" && $0.arm == "A" })
            (units[odd].orders, units[odd].before) = (level - 1e9, level - 1e9)
            units.swapAt(0, odd)
            return try Self.values(keys, units: units)["rows"]
        }
        let (large, small) = (try rows(1e9), try rows(0))
        for (row, precision) in [(0, 1e-6), (1, 1e-10), (2, 1e-10)] {
            for key in ["estimate", "se"] {
                let (a, b) = (large[row]["effects"]["orders"][key], small[row]["effects"]["orders"][key])
                #expect(abs(try #require(a.number) / #require(b.number) - 1) < precision, "\(row) \(key)")
            }
        }
    }

    @Test func allArmsAlike() throws {
        let (outcome, json) = Self.outcome("aa: true", table: Self.table(Self.units))
        #expect(json["lift"]["values"]["aa"].count == 2)
        // Effects of 1 and 2 with standard errors of 0.4 in the first test.
        let warning = try #require(outcome?.diagnostics.first { $0.code.name == "unlike-arms" })
        #expect(warning.message.contains("t0"))
        let none = Self.outcome("aa: t9", table: Self.table(Self.units))
        #expect(none.outcome?.succeeded == false)
    }

    /// All faults of units are told at once, each with its places.
    @Test func faultsOfUnits() throws {
        var units = Self.units
        units[3].weight = -1
        units[70].weight = -0.5
        units[10].shop = "s11"
        units[20].name = "u21"
        units[90].name = "u30"
        let (outcome, _) = Self.outcome("cluster: shop\nunit: unit\nweight: weight", table: Self.table(units))
        let made = try #require(outcome)
        #expect(!made.succeeded)
        let names = made.diagnostics.filter { $0.severity == .error }.map(\.code.name)
        #expect(names == ["split-cluster", "duplicate-unit", "bad-data"])
        #expect(made.diagnostics[2].notes.map(\.message) == ["at Analyses/rows.csv:5", "at Analyses/rows.csv:72"])
        let notes = made.diagnostics[1].notes.map(\.message)
        #expect(notes[0] == "2 units stand more than once, 1 of them in two arms, in 2 rows too many")
        #expect(notes[1] == "u21 of experiment t0: C at Analyses/rows.csv:22, C at Analyses/rows.csv:23")
        #expect(notes[2] == "u30 of experiment t0: C at Analyses/rows.csv:32, B at Analyses/rows.csv:92")
    }

    @Test(arguments: [
        ("covariates: [befor, bevore]\nweight: wight", "missing-column missing-column missing-column"),
        ("covariates: orders", "key-conflict"),
        ("covariates: {order: before}", "key-conflict"),
        ("covariates: [before, before]", "key-conflict"),
        ("winsorise: {orders: {lower: 3, lower-quantile: 0.1}}", "key-conflict"),
        ("winsorise: {orders: {lower: 3, upper: 2}}", "out-of-range"),
        ("winsorise: {orders: {}}", "missing-key"),
        ("winsorise: {order: {upper: 2}}", "bad-bounds"),
        ("winsorise: {orders: {lower: 90, upper-quantile: 0.5}}", "bad-bounds"),
        ("winsorise: {orders: {lower: 3, upper: '{params.top}'}}", "out-of-range"),
        ("ratios: {ctr: {numerator: clicks, denominator: views}}", "key-conflict"),
        ("unit: shop\ncluster: shop", "key-conflict"),
        ("allocation: {C: 1, A: 1}", "unclear-effects"),
        ("allocation: {C: 1, A: 1, B: 1, D: 1}", "unclear-effects"),
        ("allocation: {t0: {C: 1, A: 1, B: 0}}", "wrong-type"),
        ("allocation: {t0: {C: 1, A: 1, B: 1}, t7: {C: 1}}", "unclear-effects"),
        ("weight: shop", "bad-data"),
    ])
    func faultsOfOptions(keys: String, codes: String) throws {
        let (outcome, _) = Self.outcome(keys, table: Self.table(Self.units))
        let errors = try #require(outcome).diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.code.name).joined(separator: " ") == codes, "\(errors.map(\.message))")
        #expect(errors.allSatisfy { $0.range != nil })
    }

    /// What lacks a covariate is left out, or counts as the number that is written.
    @Test func missingCovariates() throws {
        let gaps = Self.table(Self.units).split(separator: "\n").enumerated().map { index, line in
            guard index == 7 else { return String(line) }
            var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells[5] = ""
            return cells.joined(separator: ",")
        }.joined(separator: "\n")
        let left = Self.outcome("covariates: before", table: gaps)
        #expect(left.json["lift"]["values"]["units"]["leftOut"].number == 1)
        #expect(left.outcome?.diagnostics.contains { $0.code.name == "unreported" } == true)
        // A unit without a metric was assigned all the same.
        #expect(left.json["lift"]["values"]["sampleRatio"][0]["arms"][0]["units"].number == 40)
        let filled = Self.outcome("covariates: before\nmissing-covariate: 12.5", table: gaps)
        #expect(filled.json["lift"]["values"]["units"]["leftOut"].number == 0)
    }

    /// Units themselves are dealt to folds where metrics are means of columns; else folds are drawn from moments.
    @Test func foldsOfDesignedUnits() throws {
        let rule = """

            ```decision-rule
            id: rule
            effects: lift
            rule: {all: always}
            reward: orders
            estimators: [cross-validation]
            folds: 2
            ```
            """
        for (keys, splits) in [
            ("unit: unit", "units"), ("covariates: before", "moments"), ("cluster: shop", "moments"),
        ] {
            let (outcome, json) = Self.outcome(keys, table: Self.table(Self.units), more: rule)
            #expect(outcome?.succeeded == true, "\(outcome?.diagnostics.map(\.message) ?? [])")
            #expect(json["rule"]["values"]["splits"].string == splits)
        }
    }

    /// The file is the same however it is read, and its truth is in the intervals of what it is analysed by.
    @Test func generatedUnits() throws {
        let project = TestProject([:])
        var options = UnitDataOptions(units: 3000)
        options.experiments = 3
        options.clusters = 30
        options.seed = 4
        let file = UnitDataFile(options, in: project.workspace)
        let paths = try file.write(to: "units.csv", replaces: false)
        #expect(paths.map { $0.hasSuffix("units.csv") || $0.hasSuffix("units.truth.json") } == [true, true])
        let text = try #require(project.text("units.csv"))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3001)
        #expect(
            lines[0]
                == "unit,experiment,variant,cluster,weight,metric1,metric1_before,sessions,clicks,spend,spend_before")
        let truth = JSON(project.text("units.truth.json"))
        #expect(truth["effects"].count == 3 && truth["design"]["units"].number == 3000)
        #expect(throws: Diagnostic.self) { try file.write(to: "units.csv", replaces: false) }
        #expect(throws: Diagnostic.self) { try file.write(to: "units.txt", replaces: false) }
        _ = try file.write(to: "units.csv", replaces: true)
        #expect(project.text("units.csv") == text)
    }
}
