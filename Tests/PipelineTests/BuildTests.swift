import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

@Suite struct BuildTests {
    static let analysis = """
        ---
        title: A test
        params: {low: 2, name: x}
        ---

        `{params.low}` and `{params.name}`.

        """

    @Test func parametersKeepTheirTypes() throws {
        let project = TestProject(["Analyses/a.md": Self.analysis])
        let good = try #require(project.build { $0.params = [("low", "3"), ("name", "7")] })
        #expect(good.succeeded, "\(good.diagnostics.summary)")
        #expect(project.text("output/a.json")?.contains("\"low\": 3,\n    \"name\": \"7\"") == true)
        let bad = try #require(project.build { $0.params = [("low", "much"), ("nam", "x")] })
        #expect(bad.diagnostics.map(\.code.name) == ["unknown-parameter", "wrong-type"])
    }

    @Test func outputsThatMeetAreErrors() {
        let project = TestProject([
            "Analyses/x/a.md": Self.analysis, "x/a.md": Self.analysis, "Analyses/site/b.md": Self.analysis,
        ])
        let build = Build(
            BuildOptions(), in: project.workspace, trust: Trust(project.workspace, configurationHome: nil))
        let (general, outcomes) = build.run(["."])
        #expect(general.map(\.code.name) == ["output-conflict", "output-conflict"])
        #expect(outcomes.isEmpty)
    }

    @Test func aLinkedOutputFolderIsRefused() throws {
        let project = TestProject(["Analyses/a.md": Self.analysis, "elsewhere/x": ""])
        project.files.link(TestProject.root + "/output", to: "/home/ann/project/elsewhere")
        let outcome = try #require(project.build())
        #expect(!outcome.succeeded)
        #expect(outcome.diagnostics.map(\.code.name) == ["unwritable-output"])
        #expect(project.text("elsewhere/a.html") == nil)
    }

    @Test func ownTemplatesNeedTrust() throws {
        let project = TestProject(["Analyses/a.md": Self.analysis, "Templates/page.mustache": "OWN"])
        let first = try #require(project.build())
        #expect(first.diagnostics.map(\.code.name) == ["untrusted-templates"])
        #expect(project.text("output/a.html") != "OWN")
        let trusting = try #require(project.build { $0.trustsTemplates = true })
        #expect(trusting.diagnostics.isEmpty)
        #expect(project.text("output/a.html") == "OWN")
        let trust = Trust(project.workspace, configurationHome: "/home/ann/.config")
        #expect(try trust.trust(Project(root: TestProject.root)) == ["Templates/page.mustache"])
        #expect(try #require(project.build()).diagnostics.isEmpty)
        project.files.add(TestProject.root + "/Templates/page.mustache", Array("CHANGED".utf8))
        #expect(try #require(project.build()).diagnostics.map(\.code.name) == ["untrusted-templates"])
    }

    /// A brand file works once it is trusted, and is held to its rules then; the places of its faults are in it.
    @Test func brandsNeedTrust() throws {
        let brand = ":root{--accent:#7a1fa2}@media(prefers-color-scheme:dark){:root{--accent:#cf9ae6}}"
        let project = TestProject(["Analyses/a.md": Self.analysis, "Templates/brand.css": brand])
        #expect(try #require(project.build()).diagnostics.map(\.code.name) == ["untrusted-templates"])
        #expect(project.text("output/a.html")?.contains("#7a1fa2") == false)
        #expect(try #require(project.build { $0.trustsTemplates = true }).diagnostics.isEmpty)
        #expect(project.text("output/a.html")?.contains("--accent:#7a1fa2") == true)
        project.files.add(TestProject.root + "/Templates/brand.css", Array(":root{--acent:red}\np{}".utf8))
        #expect(try #require(project.build()).diagnostics.map(\.code.name) == ["untrusted-templates"])
        let outcome = try #require(project.build { $0.trustsTemplates = true })
        #expect(!outcome.succeeded)
        #expect(outcome.diagnostics.map(\.code.name) == ["unused-brand-variable", "malformed-brand"])
        #expect(outcome.diagnostics.compactMap { $0.range?.start.line } == [1, 2])
        #expect(outcome.diagnostics.first?.range?.file.path == "Templates/brand.css")
        // A build that fails leaves the report as it was.
        #expect(project.text("output/a.html")?.contains("--accent:#7a1fa2") == false)
    }

    @Test func strictFailsOnWarnings() throws {
        let project = TestProject(["Analyses/a.md": Self.analysis + "<b>raw</b>\n"])
        #expect(try #require(project.build()).succeeded)
        #expect(!(try #require(project.build { $0.isStrict = true })).succeeded)
    }

    @Test func aFolderMeansItsAnalyses() {
        let project = TestProject([
            "Analyses/a.md": Self.analysis, "Analyses/data/README.md": "# no analysis",
            "Analyses/b/c.md": Self.analysis,
        ])
        let build = Build(
            BuildOptions(), in: project.workspace, trust: Trust(project.workspace, configurationHome: nil))
        #expect(build.run(["analyses"]).outcomes.map(\.analysis.shown) == ["Analyses/a.md", "Analyses/b/c.md"])
    }
}
