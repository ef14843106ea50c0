import Diagnostics
import Ledger
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// The page of a report's history.
@Suite struct HistoryPageTests {
    private func page(_ audit: AuditProject) -> String? { audit.project.text("output/audit/history/a.html") }

    @Test func isMadeOfTheTrailAlone() throws {
        let audit = AuditProject()
        audit.build()
        audit.data(rows: 4)
        audit.build(note: "more <b>data</b>")
        let page = try #require(self.page(audit))
        let trail = try audit.trail()
        let pages = HistoryPages(trail.ledger, in: trail.location, audit.workspace)
        #expect(try pages.bytes(of: "a") == Array(page.utf8))
        #expect(try pages.reports() == ["a"])
        #expect(try pages.bytes(of: "b") == nil)
        let entries = try (0..<2).map { number in
            let entry = try trail.ledger.entry(number)
            return (number: number, entry: entry, record: try trail.ledger.record(entry.record))
        }
        let all = try pages.all([(report: "a", entries: entries)])
        #expect(all.map(\.path) == [TestProject.root + "/output/audit/history/a.html"])
        #expect(all.map(\.bytes) == [Array(page.utf8)])
        #expect(page.contains("Built on growing data once before"))
        // Notes are text; nothing of the machine is in it.
        #expect(page.contains("more &lt;b") && !page.contains("<b>"))
        #expect(!page.contains("/home/ann"))
        // Where it is gone it is made again, with the same bytes.
        try audit.project.files.remove(TestProject.root + "/output/audit/history/a.html")
        #expect(audit.build().recordings.map(\.entries) == [0..<0])
        #expect(self.page(audit) == page)
    }

    /// As a build leaves it that is killed while it writes a page.
    @Test func whatAKilledBuildWasWritingGoes() throws {
        let audit = AuditProject()
        audit.build()
        let left = TestProject.root + "/output/audit/history/.writing-4tGh2k"
        audit.project.files.add(left, [1])
        let faults = VerifyRequest().verify(try audit.trail(), in: audit.workspace).diagnostics
        #expect(faults.map(\.code) == [.interruptedAppend] && !faults.hasErrors)
        audit.build(note: "again")
        #expect(!audit.project.files.paths.contains(left))
        #expect(VerifyRequest().verify(try audit.trail(), in: audit.workspace).diagnostics == [])
    }

    /// What another report's build adds to the tree changes nothing of it.
    @Test func staysAsItIsWhenOthersAreBuilt() throws {
        let audit = AuditProject()
        audit.build()
        let before = page(audit)
        audit.project.add("Analyses/b.md", "---\ntitle: B\n---\nNothing.\n")
        audit.build()
        #expect(try audit.trail().ledger.size == 2)
        let trail = try audit.trail()
        #expect(
            try HistoryPages(trail.ledger, in: trail.location, audit.workspace).bytes(of: "a")
                == before.map { Array($0.utf8) })
        #expect(page(audit) == before)
    }

    /// The checkpoint on it is one of the trail.
    @Test func holdsACheckpoint() throws {
        let audit = AuditProject()
        audit.build()
        let checkpoint = try #require(try audit.trail().ledger.checkpoint())
        #expect(page(audit)?.contains(checkpoint.checkpoint.text.replacing("\n", with: "\n").dropLast()) == true)
    }

    @Test func linksBetweenReportAndHistory() throws {
        let audit = AuditProject(AuditProject.analysis, ["Analyses/deep/b c.md": "---\ntitle: B\n---\nNothing.\n"])
        audit.build()
        #expect(audit.project.text("output/a.html")?.contains("href=\"audit/history/a.html\"") == true)
        #expect(page(audit)?.contains("href=\"../../a.html\"") == true)
        #expect(
            audit.project.text("output/deep/b c.html")?.contains("href=\"../audit/history/deep/b%20c.html\"") == true)
        let other = audit.project.text("output/audit/history/deep/b c.html")
        #expect(other?.contains("href=\"../../../deep/b%20c.html\"") == true)
    }

    /// A report is the same whether it leaves an entry or not.
    @Test func reportsKnowNothingOfEntries() throws {
        let audit = AuditProject()
        audit.build()
        let first = ["a.html", "a.md", "a.json"].map { audit.project.text("output/\($0)") }
        let other = AuditProject()
        other.day = 99
        other.build(note: "later")
        #expect(["a.html", "a.md", "a.json"].map { other.project.text("output/\($0)") } == first)
    }
}
