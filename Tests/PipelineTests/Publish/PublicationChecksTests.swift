import Diagnostics
import Publishing
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// What keeps a site where it is.
@Suite struct PublicationChecksTests {
    private func codes(_ project: PublishedProject, allowing allowed: Set<PublicationFault> = []) -> [String] {
        project.publish(.folder("/srv/www")) { $0.allowed = allowed }.codes
    }

    @Test func aDraft() {
        let project = PublishedProject(
            AuditProject.analysis.replacing("title: A mean", with: "title: A mean\ndraft: true"))
        #expect(codes(project) == ["error published-draft"])
        #expect(project.tree("/srv").isEmpty)
        #expect(codes(project, allowing: [.drafts]) == ["warning published-draft"])
        #expect(!project.tree("/srv/www").isEmpty)
    }

    /// The site is older than its data, too; which report that is, is told once.
    @Test func aClaimThatFailsNow() {
        let project = PublishedProject()
        project.audit.data(rows: 3, add: -1)
        let outcome = project.publish(.folder("/srv/www"))
        #expect(outcome.codes == ["error published-claim"])
        #expect(outcome.notes.first?.hasPrefix("Analyses/a.md:4:") == true)
        #expect(outcome.notes.last == "--allow claims publishes it all the same")
        // Looking writes nothing.
        #expect(project.audit.files(below: ".report/failed").isEmpty)
    }

    @Test func aReportWithErrorsNow() {
        let project = PublishedProject()
        try? project.files.remove(TestProject.root + "/Analyses/data.csv")
        #expect(codes(project) == ["error published-error"])
        #expect(codes(project, allowing: [.errors]) == ["warning published-error"])
    }

    @Test(arguments: ["prose", "data", "site", "gone"])
    func aReportThatIsOlderThanItsSources(what: String) {
        let project = PublishedProject()
        switch what {
        case "prose":
            let text = AuditProject.analysis.replacing("The mean is", with: "Their mean is")
            project.audit.project.add("Analyses/a.md", text)
        case "data": project.audit.data(rows: 5)
        case "site":
            // Built again since, and the site not.
            project.audit.data(rows: 5)
            project.audit.build()
        default: try? project.files.remove(TestProject.root + "/Analyses/a.md")
        }
        let before = project.files.paths
        #expect(codes(project) == ["error stale-report"])
        #expect(project.files.paths.filter { !$0.contains("/.report/") } == before.filter { !$0.contains("/.report/") })
        #expect(codes(project, allowing: [.stale]) == ["warning stale-report"])
    }

    @Test(arguments: ["tampered", "none"])
    func aTrailWithFaults(what: String) {
        let project = PublishedProject()
        for path in project.files.paths
        where path.hasPrefix(TestProject.root + "/output/audit/tile/entries") || what == "none" {
            if path.contains("/output/audit/") { try? project.files.remove(path) }
        }
        let outcome = project.publish(.folder("/srv/www"))
        #expect(outcome.codes == ["error unverified-publication"])
        #expect(outcome.notes.contains("report audit verify tells more"))
        #expect(codes(project, allowing: [.unverified]) == ["warning unverified-publication"])
    }

    /// A site as `report site build` makes it, drafts among its pages.
    @Test func aSiteThatWasBuilt() throws {
        let site = SiteProject(["Analyses/later.md": "---\ntitle: Later\ndraft: true\n---\n\nText.\n"])
        func publish(_ allowed: Set<PublicationFault> = []) -> Publication.Outcome {
            var options = Publication.Options()
            options.allowed = allowed
            let trust = Trust(site.project.workspace, configurationHome: SiteProject.home)
            let cache = ProjectCache(site.project.workspace, configurationHome: SiteProject.home)
            return Publication(
                options, of: Project(root: TestProject.root), in: site.project.workspace, trust: trust, cache: cache
            ).run([.folder("/srv/www")])
        }
        func pages() -> [String] {
            site.project.files.paths.filter { $0.hasPrefix("/srv/www/") }.map {
                String($0.dropFirst("/srv/www/".count))
            }
        }
        #expect(site.build(ledger: true).outcome.diagnostics == [])
        #expect(publish().codes == [])
        let list = [PublicationManifest.path, SiteList.path]
        #expect(pages().filter { !list.contains($0) } == site.site.keys.filter { !list.contains($0) }.sorted())
        #expect(pages().contains("index.html") && pages().contains("sub/mean.json") && !pages().contains("later.html"))
        // Built again it is the same, and there is nothing to publish.
        #expect(site.build(ledger: true).outcome.written == [])
        #expect(publish().lines.first?.hasPrefix("/srv/www is up to date") == true)
        #expect(site.build(ledger: true) { $0.includesDrafts = true }.outcome.diagnostics == [])
        #expect(publish().codes == ["error published-draft"])
        #expect(publish([.drafts]).codes == ["warning published-draft"])
        #expect(pages().contains("later.html"))
    }

    @Test func aPublicationWithoutASite() {
        let project = PublishedProject()
        try? project.files.remove(TestProject.root + "/output/site/.report-site.json")
        #expect(codes(project) == ["error no-site"])
        #expect(project.publish(.folder("/srv/www")) { $0.site = "Analyses" }.codes == ["error no-site"])
    }

    @Test func targetsOfAProjectAreUsedOnceItIsTrusted() throws {
        let project = PublishedProject()
        let own = Project(root: TestProject.root)
        let trust = Trust(project.audit.workspace, configurationHome: "/home/ann/.config")
        func targets() throws -> [Publication.Target] {
            try Publication.targets(of: own, in: project.audit.workspace, trust: trust)
        }
        func fault() -> Diagnostic? {
            do {
                _ = try targets()
                return nil
            } catch { return error as? Diagnostic }
        }
        #expect(fault()?.code == .noTarget)
        project.audit.project.add(
            "report.yaml",
            """
            publish:
              folder: ../www
              git: {remote: origin, branch: pages, history: false}
              rsync: ann@example.org:/srv/www
              mkdocs: docs/reports

            """)
        let untrusted = fault()
        #expect(untrusted?.code == .untrustedTarget && untrusted?.range?.start.line == 2)
        #expect(
            untrusted?.notes.map(\.message).contains(
                "report publish --git 'origin' --branch 'pages' --orphan is the same for once") == true)
        _ = try trust.trust(own)
        #expect(
            try targets() == [
                .folder(TestProject.root + "/../www"),
                .git(.init(remote: "origin", branch: "pages", keepsHistory: false)),
                .rsync("ann@example.org:/srv/www"), .tree(.mkdocs, TestProject.root + "/docs/reports"),
            ])
        project.audit.project.add("report.yaml", "publish: {git: ./pages, folder: 3}\n")
        #expect(fault()?.code == .untrustedTarget)
        project.audit.project.add("report.yaml", "publish: {git: {branch: x}}\n")
        #expect(fault()?.severity == .error && fault()?.code != .untrustedTarget)
    }
}
