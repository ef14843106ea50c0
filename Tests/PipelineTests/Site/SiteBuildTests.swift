import Diagnostics
import Execution
import Publishing
import TestSupport
import Testing
import Workspace

@testable import Pipeline

@Suite struct SiteBuildTests {
    @Test func aSiteIsBuiltOfAProject() throws {
        let project = SiteProject()
        let (reports, outcome) = project.build(ledger: true)
        #expect(reports.isWhole && outcome.diagnostics.isEmpty, "\(reports.diagnostics) \(outcome.diagnostics)")
        let files = project.site.keys.filter { !$0.hasPrefix("assets/") }.sorted()
        #expect(
            files == [
                ".nojekyll", ".report-site.json", "404.html", "audit/history/plain.html", "audit/history/sub/mean.html",
                "claims.html",
                "files/Analyses/data/rows.csv", "gallery.html", "index.html", "llms.txt", "objects.json",
                "objects.schema.json", "old/mean.html", "plain.html", "plain.json", "plain.md", "reference.html",
                "robots.txt", "search.html", "sub/index.html", "sub/mean.html",
                "sub/mean.json", "sub/mean.md", "sub/mean_files/forest.svg", "tags/index.html", "tags/one.html",
                "tags/two.html",
            ])
        let page = try #require(project.page("sub/mean.html"))
        #expect(page.contains("<a href=\"../plain.html\">the other</a>"))
        #expect(page.contains("href=\"../audit/history/sub/mean.html\""))
        #expect(project.page("plain.html")?.contains("<a href=\"files/Analyses/data/rows.csv\">data</a>") == true)
        #expect(project.page("audit/history/sub/mean.html")?.contains("1 entry in the audit trail") == true)
        #expect(project.page("claims.html")?.contains("The one claim, in one report, holds.") == true)
        #expect(project.page("reference.html")?.contains("id=\"front-matter\"") == true)
    }

    /// What search, feeds and other sites know of a report.
    @Test func aReportIsGathered() throws {
        let project = SiteProject()
        let reports = project.build().reports
        let record = try #require(
            reports.outcomes.first { $0.analysis.outputName == "sub/mean" }?.site?.record(in: nil))
        let page = record.page
        #expect(page.title == "A mean" && page.summary == "It is 0.020." && page.tags == ["one", "two"])
        #expect(page.passages.map(\.heading) == ["", "Effects"])
        #expect(page.passages[1].text == "It is above zero. It is small. A mean. All are alike. Three effects.")
        #expect(page.labels.map(\.name) == ["tbl-pooled", "fig-forest", "sec-effects"])
        #expect(page.labels[1].title == "All are alike." && page.labels[1].text == "Figure 1")
        #expect(page.claims.map(\.anchor) == ["effects"] && page.claims[0].holds)
        #expect(page.numbers.contains { $0.path == "pooled.mu.estimate" && $0.text == "0.020" && $0.anchor == nil })
        #expect(page.highlights == [SiteHighlight(value: "0.02", text: "mean", link: "#effects")])
        #expect(page.cover?.hasPrefix("<svg") == true && page.figures.map(\.path) == ["sub/mean_files/forest.svg"])
        #expect(SiteRecord(record.value)?.value == record.value)
    }

    @Test func theSameProjectMakesTheSameSite() {
        let one = SiteProject()
        one.build()
        let two = SiteProject()
        two.build(cached: false) { $0.build.jobs = 2 }
        two.build { $0.output = "elsewhere/docs" }
        #expect(!one.site.isEmpty && one.site == two.site && two.folder("elsewhere/docs") == one.site)
    }

    @Test func whatIsUnchangedIsNotWrittenAgain() throws {
        let project = SiteProject()
        project.build(ledger: true)
        let again = project.build(ledger: true)
        #expect(again.outcome.written.isEmpty && again.outcome.removed.isEmpty && again.outcome.folder != nil)
        #expect(again.reports.outcomes.allSatisfy { $0.isUnchanged })
        // The data are linked to and read: both reports, and the file itself.
        project.project.add("Analyses/data/rows.csv", "effect,se\n0.01,0.02\n0.02,0.02\n0.06,0.02\n")
        let changed = project.build().outcome.written
        #expect(changed.contains("sub/mean.html") && changed.contains("files/Analyses/data/rows.csv"))
        #expect(!changed.contains("plain.html") && !changed.contains("reference.html"))
    }

    /// A file that was lost or edited comes back.
    @Test func aDamagedSiteIsMended() throws {
        let project = SiteProject()
        project.build()
        let before = project.site
        project.project.add("output/site/plain.html", "other")
        try project.project.files.remove(TestProject.root + "/output/site/index.html")
        #expect(project.build().outcome.written == ["index.html", "plain.html"])
        #expect(project.site == before)
    }

    /// The cache of reports that were built without a site has no pages: they are made of it.
    @Test func reportsThatWereBuiltBeforeAreReused() {
        let project = SiteProject()
        _ = project.project.run(["Analyses"])
        let (reports, outcome) = project.build()
        #expect(outcome.folder != nil && project.page("plain.html") != nil)
        #expect(reports.outcomes.flatMap(\.explanations).allSatisfy { $0.isReused })
        // And pages that were lost are made again.
        for path in project.project.files.paths where path.contains("/.report/sites/") {
            try? project.project.files.remove(path)
        }
        #expect(project.build().outcome.written.isEmpty)
    }

    @Test func aFailingAnalysisLeavesTheSiteAsItWas() {
        let project = SiteProject()
        project.build()
        let before = project.site
        project.project.add("Analyses/plain.md", SiteProject.plain + "`{nothing.there}`\n")
        let (reports, outcome) = project.build()
        #expect(!reports.isWhole && outcome.folder == nil && project.site == before)
    }

    @Test func aRemovedAnalysisTakesItsPagesAlong() throws {
        let project = SiteProject()
        project.build()
        project.project.add("output/site/mine.txt", "not the site's")
        try project.project.files.remove(TestProject.root + "/Analyses/sub/mean.md")
        let outcome = project.build().outcome
        #expect(outcome.removed.contains("sub/mean.html") && outcome.removed.contains("old/mean.html"))
        #expect(outcome.removed.contains("sub/mean_files/forest.svg") && outcome.removed.contains("gallery.html"))
        #expect(project.page("mine.txt") != nil && project.page("sub/index.html") == nil)
    }

    @Test func draftsAreLeftOutUnlessAskedFor() {
        let project = SiteProject(["Analyses/draft.md": "---\ntitle: Not yet\ndraft: true\n---\n\nSoon.\n"])
        project.build()
        #expect(project.page("draft.html") == nil && project.page("index.html")?.contains("Not yet") == false)
        project.build { $0.includesDrafts = true }
        #expect(project.page("draft.html") != nil && project.page("index.html")?.contains(" Draft") == true)
    }

    @Test func aSweepIsAFolderUnderItsIndex() throws {
        let project = SiteProject([
            "Analyses/lift.md": """
            ---
            title: Lift
            params: {level: 0.9}
            sweep: {level: [0.8, 0.9]}
            ---

            At `{params.level}`.

            """
        ])
        let (_, outcome) = project.build()
        #expect(outcome.diagnostics.isEmpty)
        let index = try #require(project.page("lift.html"))
        let member = try #require(project.site.keys.sorted().first { $0.hasPrefix("lift/") && $0.hasSuffix(".html") })
        #expect(index.contains("<details open=\"\"><summary>Lift</summary>"))
        #expect(project.page(member)?.contains("<a href=\"../lift.html\">Lift</a>") == true)
        #expect(project.page(member)?.contains("<title>Lift (level=0.8) · ") == true)
        #expect(project.page("lift/index.html") == nil)
    }

    @Test func settingsAreUsed() throws {
        let project = SiteProject([
            "report.yaml": """
            site:
              title: Our tests
              description: What we tried.
              url: https://example.com/tests
              language: en-GB
              folders: [Notes]
              repository: https://example.com/code

            """, "Notes/n.md": "---\ntitle: Note\n---\n\nWords.\n",
        ])
        let (reports, outcome) = project.build()
        #expect(reports.diagnostics.isEmpty && outcome.diagnostics.isEmpty)
        let home = try #require(project.page("index.html"))
        #expect(home.contains("<html lang=\"en-GB\">") && home.contains("<title>Our tests</title>"))
        #expect(home.contains("href=\"https://example.com/tests/\"") && home.contains("What we tried."))
        #expect(home.contains("<a href=\"https://example.com/code\">Sources</a>"))
        #expect(project.page("Notes/n.html") != nil && project.page("plain.html") == nil)
        project.build { $0.baseURL = "https://other.example/x" }
        #expect(project.page("Notes/n.html")?.contains("https://other.example/x/Notes/n.html") == true)
    }
}
