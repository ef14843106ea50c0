import Ledger
import Testing

@testable import Pipeline

/// What entries changed, how often data were looked at while they grew, and from when conclusions stand.
@Suite struct ReportHistoryTests {
    private func file(_ path: String, _ bytes: Int, _ sha256: String) -> LedgerEntry.File {
        LedgerEntry.File(path: path, bytes: bytes, sha256: sha256)
    }

    private func entry(
        _ data: [LedgerEntry.File], source: String = "s", claims: [LedgerEntry.Claim] = []
    ) -> LedgerEntry {
        LedgerEntry(
            analysis: "Analyses/a.md", report: "a", time: "2026-03-01T12:00:00Z",
            source: file("Analyses/a.md", 1, source),
            data: data, seed: 1, tool: LedgerEntry.Tool(version: "1", build: nil), results: "r", record: "", files: [],
            claims: claims)
    }

    private func record(_ numbers: EntryRecord.Number...) -> EntryRecord { EntryRecord(numbers: numbers) }

    private func number(_ value: Double, _ lower: Double, _ upper: Double, isKey: Bool = true) -> EntryRecord.Number {
        EntryRecord.Number(
            path: "mu", value: value, error: 0.5, interval: EntryRecord.Interval(lower: lower, upper: upper),
            isKey: isKey)
    }

    private func changes(_ old: [LedgerEntry.File], _ new: [LedgerEntry.File]) -> EntryChanges.Data {
        EntryChanges(from: entry(old), record(), to: entry(new), record()).data
    }

    @Test func dataGrowWhereNothingIsSmallerOrGone() {
        let one = file("one", 10, "x")
        #expect(changes([one], [one]) == .same)
        #expect(changes([one], [file("one", 11, "y")]) == .grew)
        #expect(changes([one], [one, file("two", 1, "z")]) == .grew)
        // Corrected, cut, gone, renamed, or never there before.
        #expect(changes([one], [file("one", 10, "y")]) == .changed)
        #expect(changes([one], [file("one", 9, "y")]) == .changed)
        #expect(changes([one, file("two", 1, "z")], [file("one", 11, "y")]) == .changed)
        #expect(changes([one], [file("other", 11, "x")]) == .changed)
        #expect(changes([], [one]) == .changed)
        // One that grew makes no correction of another good.
        #expect(changes([one, file("two", 9, "z")], [file("one", 99, "y"), file("two", 8, "w")]) == .changed)
    }

    @Test func peeksAreCountedAndNotForgotten() {
        let sizes = [10, 20, 20, 15, 30, 40]
        let sources = ["s", "s", "s", "s", "t", "t"]
        let entries = zip(sizes, sources).enumerated().map { index, pair in
            (number: index * 3, entry: entry([file("one", pair.0, "\(pair.0)")], source: pair.1), record: record())
        }
        let steps = ReportHistory(of: "a", entries).steps
        #expect(steps.map(\.peeks.count) == [0, 1, 1, 1, 2, 3])
        #expect(steps.map(\.peeks.withSameSource) == [0, 1, 1, 1, 1, 2])
    }

    @Test func conclusionsChangeWithSignsAndSignificanceOfKeyNumbersAlone() {
        let records = [
            record(number(1, 0.5, 1.5)), record(number(1.2, 0.1, 2)),  // as before
            record(number(1.2, -0.1, 2)),  // 0 is inside now
            record(number(-1, -2, 0.5)),  // the sign
            record(number(-1, -2, -0.5, isKey: false)),  // it was a key number before
            record(number(1, 0.5, 2, isKey: false)),  // in neither build
        ]
        let entries = records.enumerated().map { (number: $0, entry: entry([]), record: $1) }
        let steps = ReportHistory(of: "a", entries).steps
        #expect(steps.map(\.conclusionsSince) == [0, 0, 2, 3, 4, 4])
        #expect(steps[2].changes?.numbers.first?.flips == ["significance"])
        #expect(steps[3].changes?.numbers.first?.flips == ["sign"])
        #expect(abs((steps[1].changes?.numbers.first?.errors ?? 0) - 0.4) < 1e-12)
    }

    @Test func claims() {
        func claim(_ text: String, _ condition: String? = nil, _ path: String = "mu") -> LedgerEntry.Claim {
            LedgerEntry.Claim(path: path, text: text, condition: condition, holds: true)
        }
        func kinds(_ old: [LedgerEntry.Claim], _ new: [LedgerEntry.Claim]) -> [String] {
            EntryChanges(from: entry([], claims: old), record(), to: entry([], claims: new), record()).claims
                .map(\.kind.rawValue)
        }
        #expect(kinds([claim("3.1")], [claim("3.1")]) == [])
        #expect(kinds([claim("3.1")], [claim("3.2")]) == ["rewritten"])
        #expect(kinds([claim("a gain", "> 0")], [claim("no gain", "< 0")]) == ["restated"])
        #expect(kinds([claim("3.1")], [claim("3.1"), claim("a gain", "> 0")]) == ["added"])
        #expect(kinds([claim("3.1"), claim("a gain", "> 0")], [claim("a gain", "> 0")]) == ["withdrawn"])
        #expect(kinds([claim("3.1")], [claim("3.1", nil, "tau")]) == ["added", "withdrawn"])
        var broken = claim("3.1")
        broken.holds = false
        #expect(kinds([claim("3.1")], [broken]) == ["flipped"])
    }

    @Test func rewrittenNumbersAreNoNewConclusion() {
        let claims = ["3.1", "3.2"].map { LedgerEntry.Claim(path: "mu", text: $0, holds: true) }
        let entries = claims.enumerated().map { (number: $0, entry: entry([], claims: [$1]), record: record()) }
        #expect(ReportHistory(of: "a", entries).steps.map(\.conclusionsSince) == [0, 0])
    }
}
