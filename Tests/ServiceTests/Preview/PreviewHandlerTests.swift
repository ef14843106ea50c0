import TestSupport
import Testing
import Workspace

@testable import Service

/// Which address has what, and who may have it.
@Suite struct PreviewHandlerTests {
    private let good = "---\ntitle: A & B\n---\n\nA.\n"
    private let bad = "---\ntitle: A & B\n---\n\nA `{params.x}`.\n"

    private func sample() -> PreviewSample {
        let sample = PreviewSample(["Analyses/in/a b.md": good, "output/in/a b.html": "kept", "secret.txt": "secret"])
        sample.build()
        return sample
    }

    @Test func pagesAreServedUnderTheirNames() {
        let sample = sample()
        let page = sample.get("/in/a b.html")
        #expect(page.status == 200 && page.values("content-type") == ["text/html; charset=utf-8"])
        #expect(sample.text("/in/a b.html").contains("<title>A &amp; B</title>"))
        #expect(sample.text("/in/a b.html").contains("<script src=\"/-/preview.js\""))
        #expect(sample.text("/").contains("href=\"/in/a%20b.html\""))
        #expect(sample.get("/-/preview.js").values("content-type") == ["text/javascript; charset=utf-8"])
        #expect(sample.get("/-/preview.css").values("content-type") == ["text/css; charset=utf-8"])
        #expect(sample.get("/-/index.css").values("content-type") == ["text/css; charset=utf-8"])
        #expect(sample.project.text("output/in/a b.html") == "kept", "outputs stay as they are")
        #expect(sample.project.files.paths.contains(TestProject.root + "/.report/preview/reports/in/a b.html"))
        #expect(!sample.project.files.paths.contains { $0.contains("/output/audit") })
    }

    /// Only what a build wrote, under the name that it gave it.
    @Test(arguments: [
        "/secret.txt", "/in/../../secret.txt", "/../secret.txt", "/.report/preview/reports/in/a b.html", "/in", "/in/",
        "/in/a b.html/", "//in/a b.html", "/in/A B.html", "/in\\a b.html", "/in/a b.html\0", "/-/drafts", "/-/",
        "/output/in/a b.html",
        "/home/ann/project/secret.txt", "/report.yaml", "/Analyses/in/a b.md",
    ])
    func nothingElseIs(path: String) {
        let sample = sample()
        let answer = sample.get(path)
        #expect(answer.status == 404)
        #expect(!sample.text(path).contains("secret<") && sample.text(path).contains("There is no such report"))
    }

    /// A link, or another file, in the place of what was built is not that.
    @Test func whatTookThePlaceOfAPageIsNotServed() throws {
        let sample = sample()
        let path = TestProject.root + "/.report/preview/reports/in/a b.html"
        try sample.project.files.remove(path)
        sample.project.files.link(path, to: TestProject.root + "/secret.txt")
        #expect(!sample.text("/in/a b.html").contains("secret<"))
        #expect(sample.text("/in/a b.html").contains("has not been built yet"))
    }

    @Test func everyAnswerIsKeptFromOtherSites() {
        let sample = sample()
        for path in ["/", "/in/a b.html", "/-/preview.js", "/-/preview.css", "/-/events", "/no"] {
            let answer = sample.get(path)
            #expect(answer.values("x-content-type-options") == ["nosniff"], "\(path)")
            #expect(answer.values("cross-origin-resource-policy") == ["same-origin"], "\(path)")
            #expect(answer.values("access-control-allow-origin") == [], "\(path)")
        }
        #expect(sample.get("/").values("content-security-policy") == ["frame-ancestors 'none'"])
        #expect(sample.text("/").contains("default-src 'none'"))
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"]) func aPreviewIsOnlyRead(method: String) {
        let answer = sample().get("/", method: method)
        #expect(answer.status == 405 && answer.values("allow") == ["GET, HEAD"])
    }

    /// Fetch metadata: https://www.w3.org/TR/fetch-metadata/
    @Test func onlyItsOwnPagesHearOfChanges() {
        let sample = sample()
        func status(_ headers: [(String, String)]) -> Int {
            sample.get("/-/events", [("host", "127.0.0.1:4747")] + headers).status
        }
        #expect(status([]) == 200)
        #expect(status([("sec-fetch-site", "same-origin")]) == 200)
        #expect(status([("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:4747")]) == 200)
        #expect(status([("sec-fetch-site", "cross-site")]) == 403)
        #expect(status([("sec-fetch-site", "same-site")]) == 403)
        #expect(status([("origin", "http://127.0.0.1:8080")]) == 403)
        #expect(status([("origin", "null")]) == 403)
        #expect(sample.get("/-/events").values("content-type") == ["text/event-stream"])
    }

    @Test func aFailureShowsTheLastGoodPageAndADraft() {
        let sample = sample()
        sample.project.add("Analyses/in/a b.md", bad)
        sample.build()
        #expect(sample.text("/in/a b.html").contains("<p>A."), "the last good page")
        #expect(sample.text("/-/drafts/in/a b.html").contains("it is a draft"))
        #expect(sample.text("/").contains("Not built; the page is the last good one"))
        #expect(sample.text("/").contains("1 error"))

        sample.project.add("Analyses/in/a b.md", good)
        sample.build()
        let answer = sample.get("/-/drafts/in/a b.html")
        #expect(answer.status == 302 && answer.values("location") == ["/in/a%20b.html"])
        #expect(
            !sample.project.files.paths.contains { $0.contains("/drafts/") }, "a draft goes once its report is built")
    }

    @Test func aReportThatNeverWasBuiltIsADraftOrAPromise() {
        let sample = PreviewSample(["Analyses/a.md": bad])
        sample.project.files.add(TestProject.root + "/Analyses/b.md", Array("---\ntitle: B\n---\n".utf8) + [0xFF])
        sample.build()
        #expect(sample.text("/a.html").contains("it is a draft"))
        #expect(sample.text("/b.html").contains("Nothing of this report could be computed"))
        #expect(sample.get("/b.html").status == 200)
    }

    /// A clone may bring pages of its own in the place where previews lie.
    @Test func pagesThatNoBuildWroteAreNotServed() {
        let sample = PreviewSample([
            "Analyses/a.md": bad, ".report/preview/reports/a.html": "<script>evil</script>",
            ".report/preview/reports/b.html": "<script>evil</script>",
        ])
        sample.build()
        #expect(!sample.text("/a.html").contains("evil") && !sample.text("/b.html").contains("evil"))
    }

    /// What a cloned project would bring of its own does nothing.
    @Test func templatesOfAProjectThatNobodyTrustsAreLeftOut() {
        let sample = PreviewSample(["Analyses/a.md": good, "Templates/page.mustache": "<script>evil</script>"])
        sample.build()
        #expect(!sample.text("/a.html").contains("evil"))
        #expect(sample.hub.board.reports["a.html"]?.warnings == 1)
    }
}
