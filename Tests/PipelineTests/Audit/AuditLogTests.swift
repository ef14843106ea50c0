import Ledger
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// `report audit log` and `show`.
@Suite struct AuditLogTests {
    /// Five builds: the first, more data, other prose, a claim restated with more data, a note.
    private func project() throws -> AuditProject {
        let audit = AuditProject()
        audit.build()
        audit.data(rows: 4)
        audit.build()
        audit.project.add("Analyses/a.md", AuditProject.analysis.replacing("The mean is", with: "It is"))
        audit.build()
        audit.data(rows: 5)
        audit.project.add(
            "Analyses/a.md",
            AuditProject.analysis.replacing("above zero](#pooled.mu \"> 0\")", with: "below one](#pooled.mu \"< 1\")"))
        audit.build()
        audit.build(note: "for the\nboard \u{1B}[31m")
        return audit
    }

    private func log(_ name: String?, _ audit: AuditProject, limit: Int? = nil) throws -> AuditLog {
        try AuditLog(of: name, in: audit.trail(), limit: limit, workspace: audit.workspace)
    }

    @Test func textTellsWhatChanged() throws {
        let text = try log("Analyses/a.md", project()).text()
        let expected = """
            a: 5 entries. Its conclusions last changed with entry 3, of 2026-03-05. Built on growing data twice before, once with the analysis as it was.

            4  a  2026-03-06 12:00 UTC  Ann <ann@example.com>
                note: for the board ␛[31m
                no number, claim or input changed

            3  a  2026-03-05 12:00 UTC  Ann <ann@example.com>
                the data grew, the analysis was edited
                ! claim “above zero” (> 0) became “below one” (< 1), of pooled.mu
                pooled.mu  0.02500 [0.005400, 0.04460] → 0.03000 [0.01247, 0.04753]; +0.5 se
            """
        #expect(text.hasPrefix(expected), "\(text)")
        #expect(text.contains("its first entry, with 1 claim and "))
    }

    @Test func reportsAreFoundByAnalysisAndByName() throws {
        let audit = try project()
        for name in ["Analyses/a.md", "a", "./Analyses/a.md", "analyses/a.md"] {
            #expect(try log(name, audit).steps.map(\.number) == [4, 3, 2, 1, 0], "\(name)")
        }
        #expect(throws: (any Error).self) { try log("b", audit) }
        #expect(try log(nil, audit, limit: 2).steps.map(\.number) == [4, 3])
        #expect(try log(nil, audit, limit: 2).text().contains("3 earlier ones are told with --limit 0."))
    }

    @Test func json() throws {
        let value = try log("a", project()).value
        #expect(value["reports"]?.list?.first?["peeks"] == ["count": 2, "withSameSource": 1])
        #expect(value["reports"]?.list?.first?["conclusionsSince"] == 3)
        let entries = try #require(value["entries"]?.list)
        #expect(entries.map { $0["changes"]?["data"]?.string } == ["same", "grew", "same", "grew", nil])
        #expect(entries[1]["changes"]?["claims"]?.list?.first?["kind"] == "restated")
    }

    @Test func anEntryIsShownWhole() throws {
        let audit = try project()
        let trail = try audit.trail()
        let shown = try EntryText(trail.number("latest~1"), in: trail)
        #expect(shown.value["number"] == 3)
        let entry = try trail.ledger.entry(3)
        #expect(shown.value["entry"]?.canonicalJSON == entry.value.canonicalJSON)
        for text in [
            entry.source.sha256, entry.results, "“below one” (< 1) of pooled.mu: holds", "* pooled.mu = 0.03000",
        ] {
            #expect(shown.text.contains(text), "\(text)")
        }
        for name in ["5", "-1", "latest~5", "latest~", "x", ""] {
            #expect(throws: (any Error).self) { try trail.number(name) }
        }
    }

    @Test func anEmptyTrail() throws {
        let audit = AuditProject()
        #expect(try log(nil, audit).text() == "The audit trail has no entries yet.\n")
    }
}
