import Diagnostics
import Ledger
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// `report audit mirror`.
@Suite struct TrailMirrorTests {
    private static let folder = "/home/ann/mirror"

    private func mirror(_ audit: AuditProject) throws -> TrailMirror.Outcome {
        try TrailMirror(audit.trail(), in: audit.workspace).write(to: TrailMirrorTests.folder)
    }

    private func copy(_ audit: AuditProject) -> [String: [UInt8]] {
        let prefix = TrailMirrorTests.folder + "/"
        return Dictionary(
            uniqueKeysWithValues: audit.project.files.paths.filter { $0.hasPrefix(prefix) }.map {
                (String($0.dropFirst(prefix.count)), audit.project.files.bytes(at: $0) ?? [])
            })
    }

    private func trail(_ audit: AuditProject) -> [String: [UInt8]] {
        audit.files(below: "output/audit").filter { !$0.key.hasPrefix("history/") && $0.key != "lock" }
    }

    private func code(_ body: () throws -> TrailMirror.Outcome) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return (error as? Diagnostic)?.code.name }
    }

    @Test func followsTheTrail() throws {
        let audit = AuditProject()
        audit.build()
        #expect(try mirror(audit) == TrailMirror.Outcome(old: 0, new: 1, written: 3))
        #expect(copy(audit) == trail(audit))
        audit.data(rows: 4)
        audit.build()
        audit.build(note: "again")
        #expect(try mirror(audit).new == 3)
        #expect(copy(audit) == trail(audit))
        #expect(try mirror(audit) == TrailMirror.Outcome(old: 3, new: 3, written: 0))
    }

    @Test func refusesHistoryThatWasRewritten() throws {
        let audit = AuditProject()
        audit.build()
        audit.build(note: "an honest word")
        _ = try mirror(audit)
        let before = copy(audit)
        // The same project, with another past, and longer.
        for path in audit.files(below: "output/audit").keys {
            try audit.project.files.remove(TestProject.root + "/output/audit/" + path)
        }
        for note in ["one", "two", "three"] { audit.build(note: note) }
        #expect(code { try mirror(audit) } == "refused-mirror")
        #expect(copy(audit) == before)
    }

    @Test func refusesATrailThatGotShorter() throws {
        let audit = AuditProject()
        audit.build()
        let short = audit.files(below: "output/audit")
        audit.build(note: "again")
        _ = try mirror(audit)
        for path in audit.files(below: "output/audit").keys {
            try audit.project.files.remove(TestProject.root + "/output/audit/" + path)
        }
        for (path, bytes) in short { audit.project.files.add(TestProject.root + "/output/audit/" + path, bytes) }
        #expect(code { try mirror(audit) } == "refused-mirror")
    }

    @Test func copiesNothingThatIsDamaged() throws {
        let audit = AuditProject()
        audit.build()
        let record = try audit.trail().ledger.entry(0).record
        let path = "output/audit/" + EntryRecord.path(record)
        audit.project.add(path, (audit.project.text(path) ?? "").replacing("0.02", with: "0.03"))
        #expect(code { try mirror(audit) } == "damaged-trail")
        #expect(copy(audit).isEmpty)
    }

    @Test func liesApartFromTheTrail() throws {
        let audit = AuditProject()
        #expect(code { try mirror(audit) } == "refused-mirror")
        audit.build()
        for folder in ["output/audit", "output/audit/x", "output"] {
            #expect(code { try TrailMirror(audit.trail(), in: audit.workspace).write(to: folder) } == "refused-mirror")
        }
    }
}
