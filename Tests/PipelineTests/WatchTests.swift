import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// `report watch`: what counts as a change, and that each change is built once.
@Suite struct WatchTests {
    private static let analysis = "---\ntitle: A\n---\n\n# A\n"

    @Test func whatEditorsLeaveIsNoChange() {
        for name in [".git", ".report", ".a.md.swp", ".#a.md", "#a.md#", "a.md~", "4913", "a.swp", "x.csv.part"] {
            #expect(WatchedFiles.isIgnored(name), "\(name)")
        }
        for name in ["a.md", "data.csv", "report.yaml", "Templates", "a#b.md"] {
            #expect(!WatchedFiles.isIgnored(name), "\(name)")
        }
    }

    @Test func looksTellWhatChanged() {
        let project = TestProject(["Analyses/a.md": "a", "data/x.csv": "1", "output/a.html": "x", "pub/a.html": "x"])
        var watched = WatchedFiles(project.files, others: ["/home/ann/p.yaml"], outputs: [TestProject.root + "/pub"])
        watched.add(root: TestProject.root)
        watched.add(root: TestProject.root + "/Analyses")
        #expect(watched.roots == [TestProject.root])
        let first = watched.look()
        #expect(first.keys.sorted() == ["/Analyses/a.md", "/data/x.csv"].map { TestProject.root + $0 })
        project.add("Analyses/a.md", "ab")
        project.add("Analyses/new/b.md", "b")
        project.add("output/a.html", "xy")
        project.files.add("/home/ann/p.yaml", [])
        try? project.files.remove(TestProject.root + "/data/x.csv")
        let changes = WatchedFiles.changes(from: first, to: watched.look())
        #expect(
            changes == [
                .added("/home/ann/p.yaml"), .changed(TestProject.root + "/Analyses/a.md"),
                .added(TestProject.root + "/Analyses/new/b.md"), .removed(TestProject.root + "/data/x.csv"),
            ])
    }

    /// A script of what happens at each pause; nil ends.
    @Test func eachChangeIsBuiltOnceItStays() throws {
        let project = TestProject(["Analyses/a.md": Self.analysis, "Analyses/b.md": Self.analysis])
        let options = BuildOptions()
        let build = Build(
            options, in: project.workspace, trust: Trust(project.workspace, configurationHome: nil), cache: nil)
        var watch = Watch(["Analyses"], options, in: project.workspace)
        var script: [() -> Void] = [
            {}, {},
            { project.add("Analyses/a.md", Self.analysis + "ha") },
            { project.add("Analyses/a.md", Self.analysis + "half") },
            { project.add("Analyses/a.md", Self.analysis + "half, whole") },
            {},
            { project.add("Analyses/a.md", "---\ntitle: [\n---\n") }, {},
            { try? project.files.remove(TestProject.root + "/Analyses/a.md") }, {},
            { project.add("Analyses/a.md", Self.analysis + "again") }, {},
        ]
        var rounds: [Watch.Round] = []
        var told: [[WatchedFiles.Change]] = []
        watch.run(
            pause: { _ in
                if script.isEmpty { return false }
                script.removeFirst()()
                return true
            },
            onChange: { told.append($0) }, build: { build.run(["Analyses"]) }, onRound: { rounds.append($0) })
        let path = TestProject.root + "/Analyses/a.md"
        #expect(told == [[.changed(path)], [.changed(path)], [.removed(path)], [.added(path)]])
        #expect(rounds.map(\.changes) == [[]] + told)
        #expect(
            rounds.map { $0.outcomes.map(\.succeeded) } == [
                [true, true], [true, true], [false, true], [true], [true, true],
            ])
        #expect(rounds[0].written.count == 6)
        // Files in memory have no times: what keeps its size seems the same.
        #expect(rounds[1].written.contains(TestProject.root + "/output/a.html"))
        #expect(!rounds[1].written.contains(TestProject.root + "/output/b.html"))
    }

    @Test func aFileAloneIsWatchedWithItsProject() {
        let project = TestProject(["Analyses/a.md": Self.analysis, "data/x.csv": "1"])
        let build = Build(
            BuildOptions(), in: project.workspace, trust: Trust(project.workspace, configurationHome: nil), cache: nil)
        var watch = Watch(["analyses/a.md", "missing.md"], BuildOptions(), in: project.workspace)
        var pauses = 0
        var changes: [WatchedFiles.Change] = []
        watch.run(
            pause: { _ in
                pauses += 1
                if pauses == 1 { project.add("data/x.csv", "12") }
                return pauses < 4
            },
            onChange: { changes = $0 }, build: { build.run(["analyses/a.md"]) }, onRound: { _ in })
        #expect(watch.roots == [TestProject.root])
        #expect(changes == [.changed(TestProject.root + "/data/x.csv")])
    }
}
