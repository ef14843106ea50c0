import Diagnostics
import Ledger
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// `report audit remove`, and what becomes of a removal elsewhere.
@Suite struct ReportRemovalTests {
    private static let other = "---\ntitle: B\n---\nNothing.\n"

    private func project() -> AuditProject {
        let audit = AuditProject(AuditProject.analysis, ["Analyses/b.md": Self.other])
        audit.build()
        return audit
    }

    @discardableResult
    private func remove(
        _ names: [String], _ audit: AuditProject, to successor: String? = nil, signer: SigningKey? = nil
    ) throws -> ReportRemoval.Outcome {
        audit.day += 1
        var options = AuditRecorder.Options()
        options.note = "of no use"
        options.signer = signer
        return try ReportRemoval(options, of: audit.trail(), in: audit.workspace).run(names, successor: successor)
    }

    private func verify(_ audit: AuditProject) throws -> [Diagnostic] {
        VerifyRequest().verify(try audit.trail(), in: audit.workspace).diagnostics
    }

    private func reports(_ audit: AuditProject) -> [String] {
        audit.files(below: "output").keys.filter { !$0.hasPrefix("audit/") }.sorted()
    }

    @Test func aReportThatIsGoneIsNoFaultOnceTheTrailSaysSo() throws {
        let audit = project()
        for path in ["a.html", "a.md", "a.json"] {
            try audit.project.files.remove(TestProject.root + "/output/" + path)
        }
        let gone = try verify(audit)
        #expect(gone.map(\.code) == Array(repeating: .alteredOutput, count: 3))
        #expect(gone.first?.notes.first?.message.contains("report audit remove a --note") == true)
        try audit.project.files.remove(TestProject.root + "/Analyses/a.md")
        let outcome = try remove(["Analyses/a.md"], audit)
        #expect(outcome.entries == 2..<3 && outcome.reports == ["a"] && outcome.diagnostics == [])
        #expect(outcome.removed == ["output/a.tlog-proof"])
        #expect(try verify(audit) == [])
        let entry = try audit.trail().ledger.entry(2)
        #expect(entry.removal == .init(successor: nil) && entry.previous == 0 && entry.note == "of no use")
        #expect(entry.author == "Ann <ann@example.com>" && entry.time == "2026-03-03T12:00:00Z")
        #expect(entry.files.isEmpty && entry.claims.isEmpty && entry.analysis == "Analyses/a.md")
        #expect(try audit.trail().ledger.record(entry.record).numbers.isEmpty)
    }

    @Test func filesAndProofsGo() throws {
        let audit = project()
        #expect(reports(audit).contains("a.tlog-proof"))
        let outcome = try remove(["a"], audit)
        #expect(outcome.removed == ["a.html", "a.json", "a.md", "a.tlog-proof"].map { "output/" + $0 })
        #expect(reports(audit) == ["b.html", "b.json", "b.md", "b.tlog-proof"])
        #expect(try verify(audit) == [])
        // Its analysis is still there.
        #expect(outcome.diagnostics.map(\.code) == [.leftReport])
        #expect(outcome.diagnostics.first?.message.contains("its next build makes the report again") == true)
    }

    /// What somebody wrote over it is theirs; verification goes on telling of it, as a warning.
    @Test func whatWasNotRecordedStays() throws {
        let audit = project()
        audit.project.add("output/a.md", "my own words\n")
        let outcome = try remove(["a"], audit)
        #expect(audit.project.text("output/a.md") == "my own words\n")
        #expect(outcome.diagnostics.first?.message == "output/a.md: it is not what was recorded, and stays")
        let left = try verify(audit)
        #expect(left.map(\.code) == [.leftReport] && !left.hasErrors)
        // Said twice, it is one entry; what is left by then goes.
        try audit.project.files.remove(TestProject.root + "/output/a.md")
        #expect(try remove(["a"], audit).entries.isEmpty)
        #expect(try audit.trail().ledger.size == 3)
        #expect(try verify(audit) == [])
    }

    /// As after a removal that was killed between its entry and the files.
    @Test func anInterruptedRemovalIsToldOfAndGoesOn() throws {
        let audit = project()
        let before = audit.files(below: "output").filter { !$0.key.hasPrefix("audit/") }
        try remove(["a"], audit)
        for (path, bytes) in before { audit.project.files.add(TestProject.root + "/output/" + path, bytes) }
        let left = try verify(audit)
        #expect(left.map(\.code) == Array(repeating: .leftReport, count: 4) && !left.hasErrors)
        let outcome = try remove(["a"], audit)
        #expect(outcome.entries.isEmpty && outcome.removed.count == 4)
        #expect(outcome.text == "a: removed before, and the trail says so.")
        #expect(try verify(audit) == [])
    }

    @Test func itsHistoryStaysAndSaysWhy() throws {
        let audit = project()
        try remove(["a"], audit, to: "b")
        let page = try #require(audit.project.text("output/audit/history/a.html"))
        #expect(page.contains("Removed with entry 2, of 2026-03-03; it goes on as b."))
        #expect(page.contains("of no use") && page.contains("href=\"b.html\"") && page.contains("At last"))
        let log = try AuditLog(of: "a", in: audit.trail(), limit: nil, workspace: audit.workspace)
        #expect(log.text().hasPrefix("a: 2 entries. Removed with entry 2, of 2026-03-03; it goes on as b. "))
        #expect(log.text().contains("    note: of no use\n    removed; it goes on as b\n"))
        #expect(log.value["reports"]?.list?.first?["removed"] == true)
        #expect(
            log.value["entries"]?.list?.map { $0["removed"] ?? "none" } == [["successor": "b"], .null])
        let shown = try EntryText(2, in: audit.trail())
        #expect(shown.text.contains("removed      it goes on as b\n"))
        #expect(shown.value["entry"]?["removed"] == ["successor": "b"])
    }

    @Test(arguments: [("b", "none"), ("b", "b"), ("Analyses", "a")])
    func aSuccessorIsAnotherReportOfTheTrail(name: String, successor: String) throws {
        let audit = project()
        let before = audit.files(below: "output")
        #expect(throws: Diagnostic.self) { try remove([name], audit, to: successor) }
        #expect(audit.files(below: "output") == before)
    }

    /// A removal makes nobody forget what was looked at, nor from when conclusions are.
    @Test func whatIsBuiltAgainGoesOnFromItsLastBuild() throws {
        let audit = project()
        try remove(["a"], audit)
        audit.data(rows: 4)
        #expect(audit.build().recordings.map(\.entries) == [3..<4])
        let history = try #require(try EntryReader(try audit.trail().ledger).history(of: "a"))
        #expect(history.steps.map(\.number) == [0, 2, 3] && history.removal == nil)
        #expect(history.steps.map(\.peeks.count) == [0, 0, 1])
        #expect(history.steps.map { $0.changes?.data } == [nil, nil, .grew])
        // Three rows: 0.02 ± 1.96 · 0.02/√3 holds 0; four: 0.025 ± 1.96 · 0.02/√4 does not.
        #expect(history.steps.map(\.conclusionsSince) == [0, 0, 3])
        #expect(try verify(audit) == [])
        #expect(reports(audit).contains("a.tlog-proof"))
    }

    @Test func whatIsNotABuildIsNotComparedMadeAgainOrExported() throws {
        let audit = project()
        try remove(["a"], audit)
        let trail = try audit.trail()
        let workspace = audit.workspace
        #expect(throws: Diagnostic.self) { try BuildComparison.reading("0", "2", in: trail, workspace) }
        #expect(throws: Diagnostic.self) {
            try trail.reproduce("a", BuildOptions(), in: workspace, trust: audit.trust, onEvent: { _ in })
        }
        let export = try AuditExport(of: trail, in: workspace)
        #expect(try export.entries([], onlyLatest: true).map(\.index) == [1])
        #expect(throws: Diagnostic.self) { try export.entries(["a"], onlyLatest: true) }
        let events = try export.lineage(of: ["2"]).split(separator: "\n").compactMap {
            Value(canonicalJSON: Array($0.utf8))
        }
        #expect(events.map { $0["inputs"] } == [[], []] && events.first?["outputs"] == [])
        let dropped = try #require(events.last?["outputs"]?.list)
        #expect(dropped.map { $0["name"] } == ["output/a.html", "output/a.json", "output/a.md"])
        #expect(
            dropped.allSatisfy { $0["facets"]?["lifecycleStateChange"]?["lifecycleStateChange"] == "DROP" })
    }

    /// What a sweep has no more is ended by the build that removes it.
    @Test func aSweepThatShrinksEndsItsReports() throws {
        func sweep(_ levels: String) -> String {
            AuditProject.analysis.replacing(
                "title: A mean", with: "title: A mean\nparams: {level: 0.9}\nsweep: {level: [\(levels)]}"
            )
            .replacing("se: se", with: "se: se\nlevel: \"{params.level}\"")
        }
        let audit = AuditProject(sweep("0.8, 0.9"))
        audit.build()
        audit.project.add("Analyses/a.md", sweep("0.9"))
        audit.build()
        let latest = try EntryReader(try audit.trail().ledger).latest()
        #expect(latest["a/level=0_8"]?.entry.removal == .init(successor: nil))
        #expect(latest["a/level=0_8"]?.entry.note == "the sweep has it no more")
        #expect(latest["a/level=0_9"]?.entry.removal == nil)
        #expect(try verify(audit) == [])
        #expect(audit.build().recordings.isEmpty)
    }

    /// A trail may be a stranger's, and its entries may name the trail itself or what lies elsewhere.
    @Test func nothingButReportsIsRemoved() throws {
        let audit = project()
        audit.project.files.link(TestProject.root + "/output/link", to: TestProject.root + "/Analyses")
        audit.project.add("secret", "x")
        let ledger = try audit.trail().ledger
        let checkpoint = try #require(audit.files(below: "output/audit")["tile/0/000.p/2"])
        let bytes = try #require(audit.project.text("Analyses/b.md"))
        let files: [(String, [UInt8])] = [
            ("../secret", Array("x".utf8)), ("link/b.md", Array(bytes.utf8)),
            ("b.html", audit.files(below: "output")["b.html"] ?? []),
            ("audit/tile/0/000.p/2", checkpoint),
        ]
        let entry = SampleTrail.entry(
            0, report: "c",
            files: files.map { .init(path: $0.0, bytes: $0.1.count, sha256: SampleTrail.digest(of: $0.1)) })
        try ledger.append([(entry, .none)], signer: nil)
        let outcome = try remove(["c"], audit)
        #expect(outcome.removed == [])
        for path in ["secret", "Analyses/b.md", "output/b.html"] { #expect(audit.project.text(path) != nil, "\(path)") }
        #expect(try audit.trail().ledger.size == 4)
    }

    @Test func aSignedTrailIsSigned() throws {
        let audit = AuditProject()
        let key = try #require(SigningKey.generate(name: "example.com/trail"))
        audit.build(signer: key)
        try remove(["a"], audit, signer: key)
        let checkpoint = try #require(try audit.trail().ledger.checkpoint())
        #expect(
            checkpoint.size == 2 && checkpoint.note.verdict(of: [key.verifyingKey]) == .signed(by: [key.verifyingKey]))
        #expect(reports(audit) == [])
    }

    @Test func whatIsNotThereCannotBeRemoved() throws {
        let audit = project()
        let before = audit.files(below: "output")
        #expect(throws: Diagnostic.self) { try remove(["a", "c"], audit) }
        #expect(audit.files(below: "output") == before)
    }
}
