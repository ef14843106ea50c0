import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Where a trail may lie.
@Suite struct TrailLocationTests {
    @Test func elsewhereInTheProject() throws {
        let audit = AuditProject(
            AuditProject.analysis, ["report.yaml": "audit: {path: kept/trail, origin: example.com/x}\n"])
        #expect(audit.build().diagnostics.isEmpty)
        #expect(audit.project.text("kept/trail/checkpoint")?.hasPrefix("example.com/x\n1\n") == true)
        #expect(audit.files(below: "output/audit").keys.sorted() == ["history/a.html"])
        // With --output the trail lies with the reports.
        #expect(audit.build(output: "other").recordings.count == 1)
        #expect(audit.files(below: "other/audit").keys.contains("checkpoint"))
    }

    @Test func outsideTheProjectWithTrustAlone() throws {
        let audit = AuditProject(AuditProject.analysis, ["report.yaml": "audit: {path: ../trail}\n"])
        #expect(audit.build().diagnostics.map(\.code.name) == ["untrusted-trail"])
        #expect(!audit.project.files.paths.contains { $0.hasPrefix("/home/ann/trail/") })
        _ = try audit.trust.trust(Project(root: TestProject.root))
        #expect(audit.build().diagnostics.isEmpty)
        #expect(audit.project.files.paths.contains("/home/ann/trail/checkpoint"))
    }

    /// A cloned project may hold a link where the trail should be.
    @Test(arguments: ["output/audit", "kept"]) func linksAreNotFollowed(path: String) throws {
        let settings = path == "kept" ? "audit: {path: kept}\n" : "environment: [A]\n"
        let audit = AuditProject(AuditProject.analysis, ["report.yaml": settings])
        audit.project.files.add("/home/ann/other/file", [])
        audit.project.files.link(TestProject.root + "/" + path, to: "/home/ann/other")
        #expect(audit.build().diagnostics.map(\.code.name) == ["unusable-trail"])
        #expect(audit.project.files.paths.filter { $0.hasPrefix("/home/ann/other/") } == ["/home/ann/other/file"])
    }

    @Test(arguments: ["''", ".", ".git/x", "a/.hidden", "\"a\\u001b\""]) func foldersThatCannotBe(path: String) {
        let audit = AuditProject(AuditProject.analysis, ["report.yaml": "audit: {path: \(path)}\n"])
        #expect(audit.build().diagnostics.map(\.code.name) == ["wrong-type"])
    }
}
