import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// A partial form is there while its report fails, and no longer.
@Suite struct FailedReportTests {
    private let plain = "---\ntitle: A\nparams: {x: 1}\n---\n\n`{params.x}`\n"
    private let bad = "---\ntitle: A\nparams: {x: 1}\n---\n\n`{params.y}`\n"

    private func partial(_ project: TestProject) -> [String] {
        project.files.paths.filter { $0.hasPrefix(TestProject.root + "/.report/failed/") }
            .map { String($0.dropFirst(TestProject.root.utf8.count + "/.report/failed/".utf8.count)) }
    }

    @Test func itGoesOnceTheReportIsBuilt() {
        let project = TestProject(["Analyses/deep/a.md": bad, "Analyses/b.md": bad])
        #expect(project.run(["Analyses"]).outcomes.map(\.succeeded) == [false, false])
        #expect(partial(project) == ["b.html", "b.json", "b.md", "deep/a.html", "deep/a.json", "deep/a.md"])
        project.add(".report/failed/deep/notes.txt", "mine")
        project.add("Analyses/deep/a.md", plain)
        #expect(project.run(["Analyses"]).outcomes.count { $0.succeeded } == 1)
        #expect(partial(project) == ["b.html", "b.json", "b.md", "deep/notes.txt"])
        project.add(".report/failed/b_files/fig.svg", "<svg/>")
        project.add("Analyses/b.md", plain)
        #expect(project.run(["Analyses"]).outcomes.allSatisfy { $0.succeeded })
        #expect(partial(project) == ["deep/notes.txt"])
    }

    /// A report that is as it was before it failed is told from its former build, and not made again.
    @Test func itGoesWhereTheMistakeIsTakenBack() {
        let project = TestProject(["Analyses/a.md": plain])
        #expect(project.build(cached: true)?.succeeded == true)
        project.add("Analyses/a.md", bad)
        #expect(project.build(cached: true)?.succeeded == false)
        #expect(!partial(project).isEmpty)
        project.add("Analyses/a.md", plain)
        #expect(project.build(cached: true)?.succeeded == true)
        #expect(partial(project) == [])
    }

    @Test func aCheckTakesNothingAway() {
        let project = TestProject(["Analyses/a.md": bad])
        _ = project.build()
        project.add("Analyses/a.md", plain)
        #expect(project.build { $0.writesReports = false }?.succeeded == true)
        #expect(!partial(project).isEmpty)
    }

    /// A project may come with a link by that name.
    @Test func linksAreNotFollowed() {
        let project = TestProject(["Analyses/a.md": plain])
        project.files.add("/elsewhere/a.html", [])
        project.files.link(TestProject.root + "/.report/failed", to: "/elsewhere")
        #expect(project.build()?.succeeded == true)
        #expect(project.files.bytes(at: "/elsewhere/a.html") == [])
        let other = TestProject(["Analyses/deep/a.md": plain, ".report/failed/x": ""])
        other.files.add("/elsewhere/a.html", [])
        other.files.link(TestProject.root + "/.report/failed/deep", to: "/elsewhere")
        #expect(other.build("Analyses/deep/a.md")?.succeeded == true)
        #expect(other.files.bytes(at: "/elsewhere/a.html") == [])
    }
}
