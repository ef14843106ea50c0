import Testing

@testable import Service

/// What a served page has beside the report's own bytes.
@Suite struct LivePageTests {
    private let live = LivePage(kind: .page, path: "a&b/c.html", version: "12ab")

    @Test func theScriptComesLastAndThePolicyLetsItRun() {
        let page = """
            <html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-x='; \
            img-src data:; base-uri 'none'"></head><body><code>&lt;/body></code></body>
            </html>
            """
        #expect(
            live.html(page) == """
                <html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
                style-src 'sha256-x=' 'self'; img-src data:; base-uri 'none'; script-src 'self'; connect-src 'self'">\
                </head><body><code>&lt;/body></code><script src="/-/preview.js" data-kind="page" \
                data-page="a&amp;b/c.html" data-version="12ab"></script>
                </body>
                </html>
                """)
    }

    @Test(arguments: [
        // Where a script has a digest, it keeps it.
        (
            "default-src 'none'; script-src 'sha256-y='",
            "default-src 'none'; script-src 'sha256-y=' 'self'; style-src 'self'; connect-src 'self'"
        ),
        (
            "default-src 'none'; script-src 'none'",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
        ),
        // Without a default nothing else is forbidden, and naming it would forbid the rest of it.
        ("img-src data:", "img-src data:"), ("", ""),
    ])
    func policies(old: String, new: String) { #expect(LivePage.policy(old) == new) }

    /// A project's template may be anything.
    @Test func strangePagesGetTheScriptToo() {
        let script =
            "<script src=\"/-/preview.js\" data-kind=\"page\" data-page=\"a&amp;b/c.html\" data-version=\"12ab\"></script>"
        #expect(live.html("") == script)
        #expect(live.html("<p>¶") == "<p>¶" + script)
        #expect(live.html("<meta http-equiv=\"Content-Security-Policy\" content=\"x").hasSuffix(script))
    }

    @Test func titlesAreReadFromPages() {
        #expect(PreviewFiles.title(in: "<head><title>A &amp;lt; B &lt; “C”</title>") == "A &lt; B < “C”")
        #expect(PreviewFiles.title(in: "<title> </title>") == nil)
        #expect(PreviewFiles.title(in: "<title>never ends") == nil)
    }
}
