import Ledger
import Testing
import Values

@testable import Pipeline

@Suite struct BuildComparisonTests {
    private typealias Number = EntryRecord.Number

    private func change(_ old: Double, _ new: Double, error: Double? = nil) -> NumberChange {
        NumberChange(
            old: Number(path: "a", value: old, error: error, isKey: false),
            new: Number(path: "a", value: new, error: error, isKey: false))
    }

    private func estimate(_ path: String, _ value: Double, _ error: Double, isKey: Bool = false) -> Number {
        Number(
            path: path, value: value, error: error,
            interval: EntryRecord.Interval(lower: value - 2 * error, upper: value + 2 * error), isKey: isKey)
    }

    @Test func tiers() {
        #expect(change(1, 1).tier == .equal)
        #expect(change(0, -0.0).tier == .rounding)
        #expect(change(0.1 + 0.2, 0.3).tier == .rounding)
        #expect(change(1, 1 + 9e-10).tier == .rounding)
        #expect(change(1, 1 + 3e-9).tier == .beyond)
        #expect(change(1, 1 + 3e-9, error: 1).tier == .tenth)
        // Of a number near zero the standard error says what rounding is.
        #expect(change(1e-17, -1e-17, error: 0.01).tier == .rounding)
        #expect(change(1e-17, -1e-17).tier == .beyond)
        #expect(change(1, 1.09, error: 1).tier == .tenth)
        #expect(change(1, 1.2, error: 1).tier == .one)
        #expect(change(1, 2, error: 1).tier == .one)
        #expect(change(1, 2.01, error: 1).tier == .beyond)
        // A standard error of zero measures nothing.
        #expect(change(1, 1.2, error: 0).inErrors == nil)
        #expect(change(1, -1, error: 1).inErrors == -2)
    }

    @Test func theOldStandardErrorIsTheUnit() {
        let both = NumberChange(
            old: Number(path: "a", value: 1, error: 0.5, isKey: false),
            new: Number(path: "a", value: 2, error: 5, isKey: false))
        #expect(both.inErrors == 2)
        let only = NumberChange(
            old: Number(path: "a", value: 1, isKey: false), new: Number(path: "a", value: 2, error: 5, isKey: false))
        #expect(only.inErrors == 0.2)
    }

    @Test func flips() {
        #expect(change(1, -1).flips == [.sign])
        #expect(change(1, 0).flips == [])
        #expect(change(.leastNonzeroMagnitude, -.leastNonzeroMagnitude).flips == [.sign])
        #expect(change(1e-17, -1e-17, error: 0.01).flips == [])
        // Without an interval nothing is said to be significant.
        #expect(change(1, 9, error: 1).flips == [])
        func interval(_ lower: Double?, _ upper: Double?) -> Number {
            Number(path: "a", value: 1, interval: EntryRecord.Interval(lower: lower, upper: upper), isKey: false)
        }
        func flips(_ old: Number, _ new: Number) -> [NumberChange.Flip] { NumberChange(old: old, new: new).flips }
        #expect(flips(interval(0.1, 2), interval(-0.1, 2)) == [.significance])
        #expect(flips(interval(0.1, nil), interval(nil, 2)) == [.significance])
        #expect(flips(interval(nil, nil), interval(nil, 2)) == [])
        // Zero on the edge is inside.
        #expect(flips(interval(0, 2), interval(-1, 2)) == [])
        #expect(flips(interval(1, 2), interval(-2, -1)) == [])
    }

    private func build(
        _ name: String, _ numbers: [Number], claims: [LedgerEntry.Claim] = [], seed: String = "1",
        data: [LedgerEntry.File] = [], parameters: Object = [:]
    ) -> ComparedBuild {
        ComparedBuild(
            name: name, report: "pool", numbers: numbers, claims: claims,
            source: LedgerEntry.File(path: "Analyses/pool.md", bytes: 10, sha256: "a"), data: data,
            parameters: parameters, seed: seed)
    }

    private var comparison: BuildComparison {
        let data = LedgerEntry.File(path: "Analyses/data/a.csv", bytes: 100, sha256: "d")
        let grown = LedgerEntry.File(path: "Analyses/data/a.csv", bytes: 150, sha256: "e")
        let claim = LedgerEntry.Claim(path: "mu.p", text: "p < .05", holds: true)
        var gone = claim
        gone.holds = false
        return BuildComparison(
            build(
                "entry 3",
                [
                    estimate("mu", 0.0123, 0.005, isKey: true), estimate("tau", 0.2, 0.01), estimate("big", 10, 1),
                    estimate("small", 1, 10), Number(path: "rows", value: 1000, isKey: false),
                    Number(path: "df", value: 3, isKey: false),
                    Number(path: "same", value: 0.5, isKey: false), Number(path: "old|er", value: 7, isKey: false),
                ], claims: [claim], data: [data], parameters: ["level": 0.95, "segment": "all"]),
            build(
                "entry 7",
                [
                    estimate("tau", 0.2 + 1e-12, 0.01), estimate("mu", 0.0023, 0.005, isKey: true),
                    estimate("big", 15.5, 1), estimate("small", 1.5, 10),
                    Number(path: "rows", value: 1200, isKey: false), Number(path: "df", value: 4, isKey: false),
                    Number(path: "same", value: 0.5, isKey: false),
                    Number(path: "new", value: 1.0 / 3, isKey: false),
                ], claims: [gone], seed: "2", data: [grown], parameters: ["level": 0.9, "segment": "all"]))
    }

    @Test func flipsComeFirstThenSize() {
        let made = comparison
        #expect(made.numbers.map(\.path) == ["mu", "big", "small", "tau", "df", "rows", "same"])
        #expect(made.changes(beyond: .rounding).map(\.path) == ["mu", "big", "small", "df", "rows"])
        #expect(made.changes(beyond: .tenth).map(\.path) == ["mu", "big", "df", "rows"])
        #expect(made.counts.map(\.count) == [1, 1, 1, 0, 4])
        #expect(made.onlyInOld.map(\.path) == ["old|er"])
        #expect(made.onlyInNew.map(\.path) == ["new"])
        #expect(!made.isSame(within: .one))
        #expect(BuildComparison(made.old, made.old).isSame(within: .equal))
    }

    @Test func textForPeople() {
        #expect(
            comparison.text(beyond: .rounding) == """
                pool: entry 3 → entry 7

                7 numbers in both: 1 equal to the bit, 1 within rounding, 1 within 0.1 se, 2 beyond 1 se, 2 changed without an se

                number     old     new   change  in se
                mu *    0.0123  0.0023  −0.0100  −2.00  no more significant
                big       10.0    15.5     +5.5  +5.50
                small     1.00    1.50    +0.50  +0.05
                df           3       4       +1
                rows      1000    1200     +200
                * quoted in the prose, or a claim stands on it

                only in entry 3
                  old|er  7

                only in entry 7
                  new  0.333333

                claims
                  the claim “p < .05” (mu.p) holds no more

                what went in
                  data Analyses/data/a.csv changed (100 bytes → 150 bytes)
                  parameter level: 0.95 → 0.9
                  seed: 1 → 2

                """)
        #expect(comparison.text(beyond: .rounding, isColored: true).contains("\u{1B}[31mmu *"))
    }

    @Test func markdownForReviews() {
        let text = comparison.markdown(beyond: .one)
        #expect(
            text.contains("| number | old | new | change | in se | flips |\n| --- | ---: | ---: | ---: | ---: | --- |"))
        #expect(text.contains("| mu \\* | 0.0123 | 0.0023 | −0.0100 | −2.00 | no more significant |"))
        // A name cannot end a cell or begin markup.
        #expect(text.contains("- old\\|er 7"))
        #expect(text.contains("- the claim “p \\< .05” \\(mu.p\\) holds no more"))
    }

    @Test func namesCannotWriteOverTheTerminal() {
        let number = Number(path: "a[\"\u{1B}[2J\"]", value: 1, isKey: false)
        let made = BuildComparison(build("old", []), build("new", [number]))
        #expect(!made.text(beyond: .equal).contains("\u{1B}"))
    }

    @Test func jsonForPrograms() throws {
        let value = comparison.value(beyond: .one)
        #expect(value["isSame"] == false)
        #expect(value["counts"] == ["equal": 1, "rounding": 1, "tenth": 1, "one": 0, "beyond": 4])
        let first = try #require(value["numbers"]?.list?.first)
        #expect(first["path"] == "mu")
        #expect(first["flips"] == ["significance"])
        #expect(first["inErrors"] == Value((0.0023 - 0.0123) / 0.005))
        #expect(value["numbers"]?.list?.count == 6)
        #expect(value["inputs"]?.list?.map { $0["kind"] } == ["data", "parameter", "seed"])
    }
}
