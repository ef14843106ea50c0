import Diagnostics
import Digests
import Execution
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Variables of the environment that `report.yaml` names: a change runs what depends on them, and their values stay
/// secret.
@Suite struct EnvironmentTests {
    private static let secret = "hunter2-Zürich"

    private func project(_ settings: String?) -> TestProject {
        let project = CacheTests.project()
        if let settings { project.add("report.yaml", settings) }
        return project
    }

    private func ran(_ project: TestProject, _ environment: [String: String]) -> [String] {
        let outcomes = project.run(["Analyses/a.md"], environment: environment).outcomes
        #expect(outcomes.first?.succeeded == true, "\(outcomes.flatMap(\.diagnostics).summary)")
        return (outcomes.first?.explanations ?? []).filter { !$0.isReused }.map(\.id).sorted()
    }

    private static let all = ["all", "more", "other", "pooled", "rows"]

    @Test func aChangeRunsEverything() {
        let project = project("environment: [RELEASE, REGION]\n")
        #expect(ran(project, ["RELEASE": "1", "OTHER": "a"]) == Self.all)
        #expect(ran(project, ["RELEASE": "1", "OTHER": "b"]) == [])
        #expect(ran(project, ["RELEASE": "2"]) == Self.all)
        // Results of an earlier value are still there.
        #expect(ran(project, ["RELEASE": "1"]) == [])
        // Nothing, not set, and another variable's value differ.
        #expect(ran(project, ["RELEASE": ""]) == Self.all)
        #expect(ran(project, [:]) == Self.all)
        #expect(ran(project, ["RELEASE": "is not set"]) == Self.all)
        #expect(ran(project, ["REGION": "1"]) == Self.all)
        // The order of the names does not matter, what is named does.
        project.add("report.yaml", "environment: [REGION, RELEASE]\n")
        #expect(ran(project, ["REGION": "1"]) == [])
        project.add("report.yaml", "environment: REGION\n")
        #expect(ran(project, ["REGION": "1"]) == Self.all)
    }

    /// A project without the file, or with one that names nothing, is as it was.
    @Test func unnamedVariablesDoNotMatter() {
        let project = project(nil)
        #expect(ran(project, ["RELEASE": "1"]) == Self.all)
        project.add("report.yaml", "")
        #expect(ran(project, ["RELEASE": "2"]) == [])
    }

    @Test func explanationsTellTheNameAlone() throws {
        let project = project("environment: [TOKEN]\n")
        _ = ran(project, ["TOKEN": "before"])
        let outcome = try #require(project.run(["Analyses/a.md"], environment: ["TOKEN": Self.secret]).outcomes.first)
        #expect(outcome.explanations.count == 5)
        for explanation in outcome.explanations {
            #expect(explanation.reasons.first == "environment variable TOKEN changed")
        }
        #expect(outcome.explanations.first?.text == "data more: ran, because environment variable TOKEN changed")
        project.add("report.yaml", "environment: [ZONE]\n")
        let named = try #require(project.run(["Analyses/a.md"], environment: ["ZONE": "1"]).outcomes.first)
        #expect(
            named.explanations.first?.reasons == [
                "environment variable ZONE is new", "environment variable TOKEN is gone",
            ])
    }

    /// Neither the value nor a digest that could be tried out is in any file.
    @Test func valuesAreNowhere() {
        let project = project("environment: [TOKEN]\n")
        _ = ran(project, ["TOKEN": Self.secret])
        let value = Array(Self.secret.utf8)
        var marks = [value, Array(sha256(value).utf8)]
        for prefix in ["TOKEN", "TOKEN=", "variable TOKEN is ", "TOKEN ", "is "] {
            marks.append(Array(sha256(Array(prefix.utf8) + value).utf8))
        }
        #expect(project.files.paths.contains { $0.contains("/.report/cache/") })
        for path in project.files.paths where !path.hasSuffix("cache-key") {
            let bytes = project.files.bytes(at: path) ?? []
            for mark in marks { #expect(bytes.firstRange(of: mark) == nil, "\(path)") }
        }
    }

    /// Under another user's key the same value has another digest, so none of them can be looked up in a list.
    @Test func digestsAreTheUsersOwn() {
        let files = MemoryFileSystem()
        let digests = [UInt8](0...1).map { key in
            BuildCache(files, folder: "/cache", key: Array(repeating: key, count: 32))
                .digests(of: ["A", "B"], in: ["A": "on", "B": "on"])
        }
        #expect(digests[0] != digests[1] && digests[0].digest != digests[1].digest)
        #expect(digests[0].variables[0].digest != digests[0].variables[1].digest)
        #expect(digests[0].variables.map(\.name) == ["A", "B"])
        #expect(digests[0].digest != EnvironmentDigests().digest)
    }

    @Test func faultsStopTheProject() {
        let project = project("enviroment: [RELEASE]\n")
        let (general, outcomes) = project.run(["Analyses/a.md"])
        #expect(outcomes.isEmpty && project.text("output/a.html") == nil)
        #expect(general.summary == "error unknown-key 1:1")
        #expect(general.first?.range?.file.path == "report.yaml")
        #expect(Check(in: project.workspace).run(["Analyses/a.md"]).general.summary == "error unknown-key 1:1")
    }

    /// Said once, however many analyses there are; other projects are built.
    @Test func faultsAreSaidOnce() {
        let project = project("environment: 7a\n")
        project.add("Analyses/b.md", "---\ntitle: B\n---\n")
        project.add("other/report.yaml", "environment: [A]\n")
        project.add("other/c.md", "---\ntitle: C\n---\n")
        let (general, outcomes) = project.run(["Analyses", "other"])
        #expect(general.summary == "error wrong-type 1:14")
        #expect(outcomes.map(\.analysis.outputName) == ["c"] && outcomes[0].succeeded)
    }

    @Test func theFileIsTheProjectsOwn() {
        let project = project(nil)
        project.files.add("/home/ann/secret.yaml", Array("environment: [A]\n".utf8))
        project.files.link(TestProject.root + "/report.yaml", to: "/home/ann/secret.yaml")
        #expect(project.run(["Analyses/a.md"]).general.summary == "error outside-project -")
        project.files.link(TestProject.root + "/report.yaml", to: "nowhere.yaml")
        #expect(project.run(["Analyses/a.md"]).general.summary == "error missing-file -")
        project.add("settings.yaml", "environment: [A]\n")
        project.files.link(TestProject.root + "/report.yaml", to: "settings.yaml")
        #expect(project.run(["Analyses/a.md"]).general.isEmpty)
    }
}
