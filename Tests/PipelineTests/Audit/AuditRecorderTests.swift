import Diagnostics
import Digests
import Execution
import Ledger
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// Which builds leave entries, and what is in them.
@Suite struct AuditRecorderTests {
    @Test func anEntryHoldsWhatDecidedTheReport() throws {
        let audit = AuditProject(AuditProject.analysis, ["report.yaml": "environment: [RELEASE]\n"])
        let built = audit.build(note: "the first")
        #expect(built.diagnostics.isEmpty)
        let entry = try audit.trail().ledger.entry(0)
        #expect(entry.analysis == "Analyses/a.md" && entry.report == "a")
        #expect(entry.time == "2026-03-02T12:00:00Z" && entry.note == "the first")
        #expect(entry.author == "Ann <ann@example.com>" && entry.previous == nil && entry.commit == nil)
        for file in [entry.source] + entry.includes + entry.data {
            let text = try #require(audit.project.text(file.path))
            #expect(file.bytes == text.utf8.count && file.sha256 == sha256(text.utf8), "\(file.path)")
        }
        #expect(entry.includes.map(\.path) == ["report.yaml"] && entry.data.map(\.path) == ["Analyses/data.csv"])
        #expect(entry.files.map(\.path) == ["a.html", "a.json", "a.md"])
        for file in entry.files {
            let text = try #require(audit.project.text("output/" + file.path))
            #expect(file.bytes == text.utf8.count && file.sha256 == sha256(text.utf8), "\(file.path)")
        }
        // What the page prints.
        #expect(audit.project.text("output/a.html")?.contains("sha256 \(entry.results) · seed 1") == true)
        #expect(entry.seed == 1 && entry.tool.version == ToolVersion.current)
        let claim = LedgerEntry.Claim(path: "pooled.mu", text: "above zero", condition: "> 0", holds: true)
        #expect(entry.claims == [claim])
    }

    @Test func figuresAreFilesOfTheReport() throws {
        let figure = "\n```figure\nid: effects\nkind: forest\nof: pooled\ncaption: Effects.\nalt: Effects.\n```\n"
        let audit = AuditProject(AuditProject.analysis + figure)
        #expect(audit.build().diagnostics.isEmpty)
        let files = try audit.trail().ledger.entry(0).files
        #expect(files.map(\.path) == ["a.html", "a.json", "a.md", "a_files/effects.svg"])
        let drawing = try #require(audit.project.text("output/a_files/effects.svg"))
        #expect(files.last?.sha256 == sha256(drawing.utf8) && files.last?.bytes == drawing.utf8.count)
    }

    /// The mean of 0.01, 0.02, 0.03 with equal weights is 0.02, with standard error 0.02/√3.
    @Test func numbersAreKeptWithTheirErrorsAndWithoutRows() throws {
        let audit = AuditProject()
        audit.build()
        let ledger = try audit.trail().ledger
        let record = try ledger.record(try ledger.entry(0).record)
        let mu = try #require(record.numbers.first { $0.path == "pooled.mu" })
        #expect(abs(mu.value - 0.02) < 1e-12 && abs((mu.error ?? 0) - 0.02 / 3.0.squareRoot()) < 1e-9)
        #expect(mu.isKey && mu.interval?.lower != nil)
        #expect(record.numbers.filter(\.isKey).map(\.path) == ["pooled.mu"])
        #expect(record.numbers.contains { $0.path == "rows.rows" && $0.value == 3 })
        #expect(!record.numbers.contains { $0.path.contains("[") || $0.path.hasSuffix(".estimate") })
    }

    @Test func aRowThatIsQuotedIsKept() throws {
        let row = "\nThe second is `{pooled.effects[1].shrunken.estimate | .3f}`.\n"
        let audit = AuditProject(AuditProject.analysis + row)
        #expect(audit.build().diagnostics.isEmpty)
        let ledger = try audit.trail().ledger
        let record = try ledger.record(try ledger.entry(0).record)
        #expect(record.numbers.filter(\.isKey).map(\.path) == ["pooled.mu", "pooled.effects[1].shrunken"])
    }

    @Test func onlyChangesLeaveEntries() throws {
        let audit = AuditProject()
        #expect(audit.build().recordings.map(\.entries) == [0..<1])
        // Nothing changed: neither with the cache nor without it.
        #expect(audit.build().recordings.isEmpty)
        #expect(audit.build { $0.ignoresCache = true }.recordings.isEmpty)
        let checkpoint = audit.project.text("output/audit/checkpoint")
        audit.project.add("Analyses/a.md", AuditProject.analysis.replacing("The mean is", with: "It is"))
        #expect(audit.build().recordings.map(\.entries) == [1..<2])
        audit.data(rows: 4)
        #expect(audit.build().recordings.map(\.entries) == [2..<3])
        #expect(audit.build(note: "again").recordings.map(\.entries) == [3..<4])
        #expect(audit.build().recordings.isEmpty)
        #expect(audit.project.text("output/audit/checkpoint") != checkpoint)
        let entries = try audit.trail().ledger.entries(0..<4)
        #expect(entries.map(\.previous) == [nil, 0, 1, 2] && entries.map(\.note) == [nil, nil, nil, "again"])
    }

    @Test func failedReportsLeaveNone() throws {
        let audit = AuditProject()
        audit.build()
        audit.data(rows: 3, add: -1)
        let built = audit.build()
        #expect(built.outcomes.map(\.succeeded) == [false] && built.recordings.isEmpty)
        #expect(try audit.trail().ledger.size == 1)
    }

    /// One analysis fails; of the other two one is new and one is as it was.
    @Test func oneBuildIsOneBatch() throws {
        let audit = AuditProject(AuditProject.analysis, ["Analyses/b.md": "---\ntitle: B\n---\nNothing.\n"])
        #expect(audit.build().recordings.map(\.reports) == [["a", "b"]])
        audit.project.add("Analyses/c.md", "---\ntitle: C\n---\nNothing.\n")
        audit.project.add("Analyses/a.md", AuditProject.analysis + "`{pooled.nothing}`\n")
        let built = audit.build()
        #expect(built.recordings.map(\.reports) == [["c"]] && built.recordings.map(\.entries) == [2..<3])
    }

    /// A sweep has an entry for each report, with its own parameters, and one for the index.
    @Test func sweeps() throws {
        let sweep = AuditProject.analysis.replacing(
            "title: A mean", with: "title: A mean\nparams: {level: 0.9}\nsweep: {level: [0.8, 0.9]}"
        )
        .replacing("se: se", with: "se: se\nlevel: \"{params.level}\"")
        let audit = AuditProject(sweep)
        let built = audit.build()
        #expect(built.diagnostics.isEmpty && built.outcomes.allSatisfy(\.succeeded))
        let entries = try audit.trail().ledger.entries(0..<3)
        #expect(entries.map(\.report) == ["a/level=0_8", "a/level=0_9", "a"])
        #expect(entries.map { $0.parameters["level"]?.number } == [0.8, 0.9, nil])
        #expect(
            audit.files(below: "output/audit/history").keys.sorted() == [
                "a.html", "a/level=0_8.html", "a/level=0_9.html",
            ])
        #expect(audit.build().recordings.isEmpty)
    }

    /// What an earlier build left is known from the trail where the cache knows nothing, and where the trail is another.
    @Test func theTrailItselfIsAskedWhereTheCacheIsNot() throws {
        let audit = AuditProject()
        audit.build()
        let first = audit.files(below: "output/audit")
        for path in audit.project.files.paths where path.contains("/.report/") { try audit.project.files.remove(path) }
        #expect(audit.build().recordings.isEmpty)
        audit.data(rows: 4)
        audit.build()
        // A trail that went back, as with another branch: the report is not what its latest entry says.
        for path in audit.files(below: "output/audit").keys where first[path] == nil {
            try audit.project.files.remove(TestProject.root + "/output/audit/" + path)
        }
        for (path, bytes) in first { audit.project.files.add(TestProject.root + "/output/audit/" + path, bytes) }
        #expect(audit.build().recordings.map(\.entries) == [1..<2])
    }

    @Test func signedBuildsReadNoCache() throws {
        let audit = AuditProject()
        let key = try #require(SigningKey.generate(name: "example.com/trail"))
        audit.build()
        let explained = audit.build(signer: key).outcomes.flatMap(\.explanations)
        #expect(!explained.isEmpty && explained.allSatisfy { !$0.isReused })
        // It keeps what it computed, for builds that are not signed.
        for path in audit.project.files.paths where path.contains("/.report/") { try audit.project.files.remove(path) }
        audit.build(note: "signed", signer: key)
        let again = audit.build()
        #expect(again.outcomes.allSatisfy { $0.isUnchanged })
        let checkpoint = try #require(try audit.trail().ledger.checkpoint())
        #expect(checkpoint.note.verdict(of: [key.verifyingKey]) == .signed(by: [key.verifyingKey]))
    }

    @Test func aTrailThatCannotBeUsedIsAnError() throws {
        let audit = AuditProject()
        audit.build()
        audit.project.add("output/audit/checkpoint", "no note\n")
        audit.data(rows: 4)
        let built = audit.build()
        #expect(built.outcomes.map(\.succeeded) == [true])
        #expect(built.diagnostics.map(\.code.name) == ["damaged-trail"])
    }
}
