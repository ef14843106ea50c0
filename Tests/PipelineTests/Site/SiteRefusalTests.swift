import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// What a site is not made of, and where it is not written.
@Suite struct SiteRefusalTests {
    @Test(arguments: [
        ("url: ftp://example.com", "error wrong-type 2:8"), ("url: https://", "error wrong-type 2:8"),
        ("url: 'https://a.example/?x'", "error wrong-type 2:8"),
        ("language: english language", "error wrong-type 2:13"),
        ("folders: [../other]", "error wrong-type 2:13"), ("folders: [.git]", "error wrong-type 2:13"),
        ("folders: [output]", "error wrong-type 2:13"), ("repository: 'javascript:x'", "error wrong-type 2:15"),
        ("folders: [None]", "error missing-site-folder 2:13"), ("colour: red", "error unknown-key 2:3"),
    ])
    func settingsAreChecked(_ line: String, _ said: String) {
        let project = SiteProject(["report.yaml": "site:\n  \(line)\n"])
        let (reports, outcome) = project.build()
        #expect(reports.diagnostics.summary == said && outcome.folder == nil && project.site.isEmpty)
    }

    @Test(arguments: ["gallery", "claims", "search", "404", "tags/mine", "assets/x", "files/y", "social/z"])
    func namesOfTheSiteAreTaken(_ name: String) {
        let project = SiteProject(["Analyses/\(name).md": "---\ntitle: Mine\n---\n\nWords.\n"])
        let outcome = project.build().outcome
        #expect(outcome.diagnostics.summary == "error taken-page -" && project.site.isEmpty)
    }

    @Test(arguments: ["plain.html", "../x", "a/../b", ".hidden", "https://example.com", "claims.html", "Plain", "x?y"])
    func formerAddressesAreChecked(_ alias: String) {
        let project = SiteProject(["Analyses/n.md": "---\ntitle: N\naliases: ['\(alias)']\n---\n\nWords.\n"])
        let outcome = project.build().outcome
        #expect(outcome.diagnostics.summary == "error invalid-alias -", "\(outcome.diagnostics)")
    }

    @Test(arguments: [("old", "old.html"), ("/old/", "old/index.html"), ("a/b.htm", "a/b.htm")])
    func formsOfAddresses(_ written: String, _ path: String) {
        #expect(GatheredSite.address(written) == path)
    }

    @Test func filesOfOthersAreNotReplaced() {
        let project = SiteProject(["public/index.html": "<p>mine"])
        let outcome = project.build { $0.output = "public" }.outcome
        #expect(outcome.diagnostics.summary == "error foreign-folder -")
        #expect(project.project.text("public/index.html") == "<p>mine")
        // Once it is a site of this program, it may be replaced, whoever lost the list of its files.
        let other = SiteProject()
        other.build(cached: false)
        #expect(other.build(cached: false).outcome.diagnostics.isEmpty)
    }

    @Test(arguments: [".", "output", "output/audit", "output/audit/history", "/home/ann"])
    func theReportsOwnFoldersAreNoSites(_ folder: String) {
        let project = SiteProject()
        let outcome = project.build { $0.output = folder }.outcome
        #expect(outcome.diagnostics.summary == "error foreign-folder -")
        #expect(project.project.text("index.html") == nil && project.project.text("output/index.html") == nil)
    }

    /// A cloned project may hold a link by the name of the folder that leads elsewhere.
    @Test func aLinkIsNotFollowed() {
        let project = SiteProject()
        project.project.files.link(TestProject.root + "/output/site", to: "/home/ann/other")
        project.project.files.add("/home/ann/other/x", [])
        let outcome = project.build().outcome
        #expect(outcome.diagnostics.summary == "error unwritable-site -")
        #expect(project.project.files.paths.filter { $0.hasPrefix("/home/ann/other/") } == ["/home/ann/other/x"])
    }

    /// So links to them lead nowhere.
    @Test func hiddenFilesAreNotTakenAlong() {
        let text = "---\ntitle: N\n---\n\n[a](../.secret) [b](../.git/HEAD) [c](data/rows.csv)\n"
        let project = SiteProject(["Analyses/n.md": text, ".secret": "x"])
        let outcome = project.build().outcome
        #expect(outcome.diagnostics.summary == "error broken-site-link 5:5\nerror broken-site-link 5:21")
        #expect(project.site.isEmpty)
    }

    @Test func aBaseURLIsChecked() {
        let project = SiteProject()
        let reports = project.build { $0.baseURL = "example.com" }.reports
        #expect(reports.diagnostics.summary == "error invalid-address -")
    }

    @Test func twoProjectsAreTwoSites() {
        let project = SiteProject(["other/report.yaml": "", "other/x.md": "---\ntitle: X\n---\n\nWords.\n"])
        let reports = project.build(["Analyses", "other"]).reports
        #expect(reports.diagnostics.summary == "error several-sites -")
    }
}
