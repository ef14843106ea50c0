import Markup
import Testing
import Values

@testable import Publishing

/// What tells others of a site. That feed and sitemap are valid, `Tests/Python` sees with other people's readers.
@Suite struct FeedTests {
    private func text(_ path: String, _ base: String? = ReferredSite.base) -> String? {
        feedFiles(ReferredSite.site(base)).first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func feed() {
        #expect(
            text("feed.xml") == """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Growth &amp; co</title>\
                <subtitle>What we
                learned.</subtitle><id>https://example.org/docs/</id><updated>2026-05-31T00:00:00Z</updated>\
                <link rel="self" type="application/atom+xml" href="https://example.org/docs/feed.xml"/>\
                <link rel="alternate" type="text/html" href="https://example.org/docs/"/>\
                <generator>report 0.1.0</generator><author><name>Growth &amp; co</name></author>\
                <entry><title>Proxies [for] &lt;revenue&gt;</title>\
                <id>https://example.org/docs/experiments/proxy%20metric.html</id>\
                <link rel="alternate" type="text/html" href="https://example.org/docs/experiments/proxy%20metric.html"/>\
                <link rel="alternate" type="text/markdown" href="https://example.org/docs/experiments/proxy%20metric.md"/>\
                <published>2026-05-31T00:00:00Z</published><updated>2026-05-31T00:00:00Z</updated>\
                <author><name>Ann Lee</name></author><author><name>Bo &amp; Cy</name></author>\
                <category term="proxies"/><category term="claims-broken" label="1 of 2 claims no longer holds."/>\
                <summary>Clicks stand for revenue. Sí. 1 of 2 claims no longer holds.</summary></entry></feed>

                """)
    }

    @Test func whereTheAddressIsUnknown() {
        let paths = feedFiles(ReferredSite.site(nil)).map(\.path)
        #expect(paths == ["robots.txt", "llms.txt", "objects.json", "objects.schema.json"])
        #expect(text("robots.txt", nil) == "User-agent: *\nAllow: /\n")
    }

    /// Only reports of a date are entries: the clock knows nothing of them.
    @Test func withoutDatesThereIsNoFeed() {
        var site = ReferredSite.site()
        site.pages[1].date = "31 May 2026"
        #expect(!feedFiles(site).map(\.path).contains("feed.xml"))
        #expect(!headTags(of: site.pages[1], in: site).serialised.contains("atom"))
    }

    @Test func sitemap() {
        #expect(
            text("sitemap.xml") == """
                <?xml version="1.0" encoding="utf-8"?>
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\
                <url><loc>https://example.org/docs/</loc></url>\
                <url><loc>https://example.org/docs/experiments/proxy%20metric.html</loc><lastmod>2026-05-31</lastmod></url>\
                <url><loc>https://example.org/docs/plain.html</loc></url></urlset>

                """)
        #expect(text("robots.txt")?.hasSuffix("\nSitemap: https://example.org/docs/sitemap.xml\n") == true)
        let parts = sitemapFiles(ReferredSite.site(), limit: 2)
        #expect(parts.map(\.path) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"])
        #expect(
            String(decoding: parts[0].bytes, as: UTF8.self).contains(
                "<loc>https://example.org/docs/sitemap-2.xml</loc>"))
    }

    @Test func llms() {
        #expect(
            text("llms.txt") == #"""
                # Growth & co

                > What we learned.

                Each report is computed from its data; numbers, tables and claims come with the analysis that made them.

                ## Experiments

                - [Proxies \[for\] <revenue>](https://example.org/docs/experiments/proxy%20metric.md): Clicks stand for revenue. Sí. 1 of 2 claims no longer holds.

                ## Reports

                - [Plain](https://example.org/docs/plain.html)

                """#)
        #expect(text("llms.txt", nil)?.contains("](experiments/proxy%20metric.md):") == true)
    }

    @Test func objects() throws {
        let list = try #require(text("objects.json"))
        #expect(
            list.hasPrefix(
                #"{"$schema":"objects.schema.json","schema":1,"generator":"report 0.1.0","title":"Growth & co""#))
        for part in [
            #"{"id":"experiments/proxy metric#fig-slopes","kind":"figure","page":"experiments/proxy metric.html","anchor":"slopes","text":"Figure 1","title":"Slopes agree."}"#,
            #"{"id":"experiments/proxy metric#liml.k","kind":"value","page":"experiments/proxy metric.html","anchor":"method","text":"1.07"}"#,
            #""kind":"claim","page":"experiments/proxy metric.html","anchor":null,"text":"a gain","title":"lift.mu","holds":false}"#,
            #"{"id":"plain","kind":"page","page":"plain.html","anchor":null,"text":"Plain"}"#,
        ] { #expect(list.contains(part)) }
        #expect(list.matches(of: /"kind":"value"/).count == 1)
        #expect(!list.contains("Unready"))
    }

    @Test func tagsOfAHead() {
        let site = ReferredSite.site()
        #expect(
            headTags(of: site.pages[1], in: site).serialised == """
                <link rel="canonical" href="https://example.org/docs/experiments/proxy%20metric.html">\
                <link rel="alternate" type="application/atom+xml" title="Growth &amp; co" href="../feed.xml">\
                <link rel="alternate" type="text/markdown" href="proxy%20metric.md">\
                <meta property="og:type" content="article"><meta property="og:site_name" content="Growth &amp; co">\
                <meta property="og:title" content="Proxies [for] &lt;revenue&gt;">\
                <meta property="og:description" content="Clicks stand for revenue. Sí.">\
                <meta property="og:url" content="https://example.org/docs/experiments/proxy%20metric.html">\
                <meta property="og:locale" content="en">\
                <meta property="og:image" content="https://example.org/docs/social/experiments/proxy%20metric.svg">\
                <meta property="og:image:type" content="image/svg+xml"><meta property="og:image:width" content="1200">\
                <meta property="og:image:height" content="630">\
                <meta property="og:image:alt" content="Proxies [for] &lt;revenue&gt;">\
                <meta property="article:published_time" content="2026-05-31">\
                <meta property="article:author" content="Ann Lee"><meta property="article:author" content="Bo &amp; Cy">\
                <meta property="article:tag" content="proxies"><meta name="twitter:card" content="summary_large_image">
                """)
        #expect(
            headTags(of: ReferredSite.draft, in: site).serialised.hasPrefix(
                "<meta name=\"robots\" content=\"noindex\">"))
        let unknown = headTags(of: ReferredSite.proxy, in: ReferredSite.site(nil)).serialised
        #expect(!unknown.contains("https://") && !unknown.contains("canonical") && unknown.contains("og:title"))
    }

    @Test func cards() throws {
        let card = try #require(text("social/experiments/proxy metric.svg"))
        #expect(card.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\""))
        #expect(card.contains(">Proxies [for] &lt;revenue&gt;</text>") && card.contains(">1.07</text>"))
        var site = ReferredSite.site()
        site.pages[1].cover = "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>"
        let drawn = try #require(socialCards(site).first { $0.path.hasPrefix("social/experiments") })
        #expect(
            String(decoding: drawn.bytes, as: UTF8.self)
                .contains("href=\"data:image/svg+xml,%3Csvg%20viewBox=%220%200%201%201%22%3E"))
    }

    @Test(arguments: [
        ("one two three", 7, 2, ["one two", "three"]), ("one two three four", 7, 2, ["one two", "three…"]),
        ("abcdefghij", 5, 2, ["abcd…"]), ("", 5, 2, []),
    ])
    func lines(text: String, width: Int, limit: Int, expected: [String]) {
        #expect(wrapped(text, width: width, limit: limit) == expected)
    }
}
