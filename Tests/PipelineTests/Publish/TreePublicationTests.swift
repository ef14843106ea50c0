import Diagnostics
import Publishing
import TestSupport
import Testing
import Values
import Workspace

@testable import Pipeline

/// Pages in the documents of MkDocs and Docusaurus; Python tests hold what MkDocs makes of them.
@Suite struct TreePublicationTests {
    private static let list = PublicationManifest.path

    /// Two analyses, of which one lies in a folder; the documents of a tool in the project.
    private func project(_ settings: [String: String] = ["mkdocs.yml": "site_name: Docs\n"]) -> PublishedProject {
        let project = PublishedProject()
        project.audit.project.add("Analyses/early-results/b.md", "---\ntitle: \"A & \\\"c\\\"\"\n---\n\nText.\n")
        for (path, text) in settings { project.audit.project.add(path, text) }
        project.audit.project.add("docs/index.md", "# Docs\n")
        return project
    }

    private func text(_ project: PublishedProject, _ path: String) -> String? { project.audit.project.text(path) }

    @Test func pagesFiguresAndNavigationOfMkDocs() throws {
        let project = project()
        let outcome = project.publish(.tree(.mkdocs, "docs/reports"))
        #expect(outcome.diagnostics == [])
        let found = project.audit.files(below: "docs/reports").keys.sorted()
        #expect(
            found == [
                Self.list, "a.json", "a.md", "early-results/b.json", "early-results/b.md", "report-nav.yml",
            ])
        #expect(text(project, "docs/reports/a.md")?.contains("The mean is 0.020") == true)
        #expect(
            text(project, "docs/reports/report-nav.yml")?.hasSuffix(
                """
                - "A mean": "reports/a.md"
                - "Early results":
                  - "A & \\"c\\"": "reports/early-results/b.md"

                """) == true)
        #expect(outcome.lines.first == "docs/reports has 5 files: 5 added.")
        #expect(outcome.lines.contains(#"  - "A mean": "reports/a.md""#))
        // Neither reports nor a cache of them.
        #expect(project.files.bytes(at: TestProject.root + "/output/early-results/b.md") == nil)
        #expect(project.publish(.tree(.mkdocs, "docs/reports")).lines.first == "docs/reports is up to date: 5 files.")
    }

    @Test func aMarkedNavIsKeptUpToDate() {
        let settings = """
            site_name: Docs
            docs_dir: 'docs'  # here
            nav:
              - Home: index.md
              # report: begin
              - Old: reports/old.md
              # report: end
              - More: more.md

            """
        let project = project(["mkdocs.yml": settings])
        let outcome = project.publish(.tree(.mkdocs, "docs"))
        #expect(outcome.lines.last == "The nav of mkdocs.yml has the pages.")
        let entries = [
            "  - \"A mean\": \"a.md\"", "  - \"Early results\":", "    - \"A & \\\"c\\\"\": \"early-results/b.md\"",
        ]
        let expected = settings.replacing("  - Old: reports/old.md", with: entries.joined(separator: "\n"))
        #expect(text(project, "mkdocs.yml") == expected)
        #expect(text(project, "docs/index.md") == "# Docs\n")
    }

    @Test(arguments: [
        "# report: begin\n", "# report: end\n# report: begin\n", "# report: begin\n# report: begin\n# report: end\n",
        "",
    ])
    func aNavWithoutItsTwoLinesIsLeftAlone(text: String) {
        #expect(MkDocsNavigation.updated(text, NavigationTree([])) == nil)
    }

    @Test func onlyFilesOfPublicationsGo() {
        let project = project()
        #expect(project.publish(.tree(.mkdocs, "docs/reports")).diagnostics == [])
        project.audit.project.add("docs/reports/early-results/theirs.md", "theirs")
        try? project.files.remove(TestProject.root + "/Analyses/early-results/b.md")
        let outcome = project.publish(.tree(.mkdocs, "docs/reports"))
        #expect(outcome.lines.first == "docs/reports has 3 files: 1 changed, 2 removed.")
        #expect(text(project, "docs/reports/early-results/b.md") == nil)
        #expect(text(project, "docs/reports/early-results/theirs.md") == "theirs")
        project.audit.project.add("docs/reports/a.md", "edited")
        #expect(project.publish(.tree(.mkdocs, "docs/reports")).codes == ["error changed-target"])
        #expect(text(project, "docs/reports/a.md") == "edited")
        #expect(project.publish(.tree(.mkdocs, "docs/reports")) { $0.isForced = true }.codes == [])
        #expect(text(project, "docs/reports/a.md")?.contains("The mean") == true)
    }

    @Test func aPageOfOthersIsRefusedAndALinkIsNotFollowed() {
        let project = project()
        project.audit.project.add("docs/reports/a.md", "theirs")
        #expect(project.publish(.tree(.mkdocs, "docs/reports")).codes == ["error changed-target"])
        #expect(project.audit.files(below: "docs/reports").count == 1)
        let linked = self.project()
        linked.files.add("/home/ann/elsewhere/keep.txt", [1])
        linked.files.link(TestProject.root + "/docs/reports/early-results", to: "/home/ann/elsewhere")
        #expect(linked.publish(.tree(.mkdocs, "docs/reports")) { $0.isForced = true }.codes == ["error changed-target"])
        #expect(linked.tree("/home/ann/elsewhere").count == 1)
    }

    /// Whatever change of a file fails, the next publication makes good without force.
    @Test func anInterruptedPublicationIsMadeGood() {
        var step = 0
        while step < 100 {
            let project = project()
            #expect(project.publish(.tree(.mkdocs, "docs/reports")).diagnostics == [])
            try? project.files.remove(TestProject.root + "/Analyses/early-results/b.md")
            project.audit.data(rows: 5)
            project.audit.project.add("Analyses/c.md", "---\ntitle: C\n---\n\nText.\n")
            let stopping = StoppingFiles(project.files, after: step) { $0.contains("/docs/") }
            let outcome = project.publish(.tree(.mkdocs, "docs/reports"), over: stopping)
            if outcome.diagnostics.isEmpty { break }
            #expect(project.publish(.tree(.mkdocs, "docs/reports")).codes == [], "after \(step) changes")
            let found = project.audit.files(below: "docs/reports").keys.sorted()
            #expect(found == [Self.list, "a.json", "a.md", "c.json", "c.md", "report-nav.yml"])
            #expect(text(project, "docs/reports/a.md")?.contains("The mean is 0.030") == true)
            #expect(text(project, "docs/reports/\(Self.list)")?.contains("pending") == false)
            step += 1
        }
        #expect((8..<100).contains(step))
    }

    @Test func sidebarsOfDocusaurus() throws {
        let project = project(["docusaurus.config.ts": "export default {}\n", "docs/reports/_category_.json": "{}"])
        let outcome = project.publish(.tree(.docusaurus, "docs/reports"))
        #expect(outcome.codes == [])
        let found = project.audit.files(below: "docs/reports").keys.sorted()
        #expect(
            found == [
                Self.list, "_category_.json", "a.json", "a.md", "early-results/_category_.json", "early-results/b.json",
                "early-results/b.md", "report-sidebar.json",
            ])
        // Theirs stays.
        #expect(text(project, "docs/reports/_category_.json") == "{}")
        #expect(text(project, "docs/reports/early-results/_category_.json") == "{\n  \"label\": \"Early results\"\n}\n")
        let bytes = try #require(project.audit.files(below: "docs/reports")["report-sidebar.json"])
        #expect(
            Value(json: bytes, named: "") == [
                ["type": "doc", "id": "reports/a", "label": "A mean"],
                [
                    "type": "category", "label": "Early results",
                    "items": [["type": "doc", "id": "reports/early-results/b", "label": "A & \"c\""]],
                ],
            ])
        try project.files.remove(TestProject.root + "/docs/reports/_category_.json")
        #expect(project.publish(.tree(.docusaurus, "docs/reports")).codes == [])
        #expect(text(project, "docs/reports/_category_.json") == "{\n  \"label\": \"Reports\"\n}\n")
    }

    @Test(arguments: [".", "Analyses/../.", "docs/../../project"])
    func pagesDoNotLieBesideTheSettings(target: String) {
        #expect(project().publish(.tree(.mkdocs, target)).codes == ["error unsafe-target"])
    }

    @Test func aToolsProjectElsewhereIsNamedByItsDocuments() {
        let project = project()
        project.files.add("/home/ann/handbook/mkdocs.yml", Array("site_name: x\ndocs_dir: pages\n".utf8))
        let outcome = project.publish(.tree(.mkdocs, "../handbook"))
        #expect(outcome.codes == ["error unsafe-target"] && outcome.notes == ["name a folder in ../handbook/pages"])
        #expect(project.publish(.tree(.mkdocs, "../handbook/pages/ab")).codes == [])
        let nav = project.files.bytes(at: "/home/ann/handbook/pages/ab/report-nav.yml") ?? []
        #expect(String(decoding: nav, as: UTF8.self).contains("\"A mean\": \"ab/a.md\""))
    }

    @Test func draftsFailingClaimsAndErrorsAreRefused() {
        let project = project()
        project.audit.project.add("Analyses/d.md", "---\ntitle: D\ndraft: true\n---\n\nText.\n")
        project.audit.project.add("Analyses/e.md", "---\ntitle: E\n---\n\n[9](#params.x)\n")
        project.audit.data(rows: 3, add: -1)
        let outcome = project.publish(.tree(.mkdocs, "docs/reports"))
        #expect(
            outcome.codes == ["error published-draft", "error published-claim", "error published-error"], "\(outcome)")
        #expect(outcome.notes.contains("Analyses/d.md") && outcome.notes.contains { $0.hasPrefix("Analyses/a.md:4:") })
        #expect(project.audit.files(below: "docs/reports").isEmpty)
        let allowed = project.publish(.tree(.mkdocs, "docs/reports")) { $0.allowed = [.drafts, .claims, .errors] }
        #expect(allowed.codes == ["warning published-draft", "warning published-claim", "warning published-error"])
        // The one with errors is left out, the one whose claims fail says so.
        let pages = project.audit.files(below: "docs/reports").keys.filter { $0.hasSuffix(".md") }.sorted()
        #expect(pages == ["a.md", "d.md", "early-results/b.md"])
    }
}
