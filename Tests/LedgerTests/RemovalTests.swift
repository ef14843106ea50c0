import Digests
import Ledger
import TestSupport
import Testing
import Values

/// Entries that end a report.
@Suite struct RemovalTests {
    private let tool = LedgerEntry.Tool(version: "2.0.0", build: nil)

    @Test func anEntryThatEndsAReportIsReadAsItWasWritten() throws {
        for successor in [nil, "other"] {
            var ending = SampleTrail.entry(3).ending(.init(successor: successor), by: tool)
            ending.time = "2026-11-29T00:00:00Z"
            #expect(LedgerEntry(leaf: ending.leaf) == ending)
            #expect(ending.files.isEmpty && ending.data.isEmpty && ending.claims.isEmpty && ending.tool == tool)
            #expect(ending.results == sha256("{}".utf8))
            #expect(ending.record == EntryRecord(numbers: []).digest)
        }
    }

    /// The bytes of builds are those that programs wrote which knew of no removals.
    @Test func buildsHaveNoSuchMember() {
        #expect(SampleTrail.entry(3).value["removed"] == nil)
        // SHA-256 of the same entry in the form of before, as Python's json and hashlib have it.
        #expect(sha256(SampleTrail.entry(3).leaf) == "a0a860c8f390adeac93399654f50b2441fc5d68a3f6951153aa15b660357786c")
    }

    @Test func anEntryThatEndsAReportHasNoFilesAndOneForm() throws {
        let ending = SampleTrail.entry(3).ending(.init(), by: tool)
        let file = LedgerEntry.File(path: "a.html", bytes: 1, sha256: ending.results)
        for (key, value) in [
            ("removed", .null), ("removed", true), ("removed", [:]), ("removed", ["successor": 1]),
            ("removed", ["successor": nil, "more": nil]), ("files", [file.value]),
        ] as [(String, Value)] {
            var object = try #require(ending.value.object)
            object[key] = value
            #expect(LedgerEntry(leaf: Value.object(object).canonicalBytes) == nil, "\(key): \(value)")
        }
    }
}
