import Testing

@testable import Publishing

@Suite struct SiteFilesTests {
    @Test func aSiteHasThesePages() throws {
        let files = try SampleSite.files(SampleSite.usual)
        let pages = files.keys.filter { $0.hasSuffix(".html") }.sorted()
        #expect(
            pages == [
                "404.html", "claims.html", "gallery.html", "index.html", "old/proxy.html", "proxy.html", "search.html",
                "shop/a.html", "shop/b.html", "shop/index.html", "tags/a-b.html", "tags/index.html", "tags/proxy.html",
            ])
        #expect(files[".nojekyll"]?.isEmpty == true)
    }

    @Test func theSameSiteHasTheSameBytes() throws {
        let (first, second) = (try siteFiles(SampleSite.usual), try siteFiles(SampleSite.usual))
        #expect(first == second)
    }

    /// Assets are named by what they hold, and each page asks for them by a relative link.
    @Test func assetsAreNamedByTheirBytes() throws {
        let files = try SampleSite.files(SampleSite.usual)
        let style = try #require(files.keys.first { $0.hasPrefix("assets/site.") && $0.hasSuffix(".css") })
        #expect(style.utf8.count == "assets/site.0123456789.css".utf8.count)
        #expect(files["shop/a.html"]?.contains("<link rel=\"stylesheet\" href=\"../\(style)\">") == true)
        #expect(files["index.html"]?.contains("<link rel=\"stylesheet\" href=\"\(style)\">") == true)
        var other = SampleSite.usual
        other.style.brand = ":root{--accent:red}"
        #expect(try SampleSite.files(other)[style] == nil)
    }

    /// A page loads nothing from elsewhere and names no address but those that it was given.
    @Test func nothingIsAbsolute() throws {
        for (path, text) in try SampleSite.files(SampleSite.usual) where path.hasSuffix(".html") {
            let links = text.matches(of: /(?:href|src)="([^"]*)"/).map { String($0.1) }
            #expect(
                links.allSatisfy {
                    !$0.hasPrefix("/") && (!$0.contains(":") || ["https://example.com/project", "data:,"].contains($0))
                        || $0.hasPrefix("#page:")
                }, "\(path)")
        }
    }

    @Test func aReportHasItsPlace() throws {
        let page = try #require(try SampleSite.files(SampleSite.usual)["shop/b.html"])
        #expect(page.contains("<li><a href=\"../index.html\">Home</a></li><li><a href=\"index.html\">Shop</a></li>"))
        #expect(page.contains("<li aria-current=\"page\">B comes first</li>"))
        #expect(page.contains("rel=\"prev\" href=\"../proxy.html\"") && page.contains("rel=\"next\" href=\"a.html\""))
        #expect(page.contains("<a href=\"b.html\" aria-current=\"page\">B comes first</a>"))
        #expect(page.contains("<title>B comes first · Experiments</title>"))
    }

    @Test func claimsAreListedThoseThatFailFirst() throws {
        let page = try #require(try SampleSite.files(SampleSite.usual)["claims.html"])
        #expect(page.contains("1 of 2 claims of one report fails."))
        let failing = try #require(page.firstRange(of: "a.tau.estimate"))
        let holding = try #require(page.firstRange(of: "a.mu.estimate"))
        #expect(failing.lowerBound < holding.lowerBound)
        #expect(page.contains("<a href=\"proxy.html#effects\">above &lt;zero&gt;</a>"))
    }

    @Test func figuresLeadToTheirPlaces() throws {
        let page = try #require(try SampleSite.files(SampleSite.usual)["gallery.html"])
        #expect(page.contains("href=\"proxy.html#slopes\" aria-label=\"Figure 1 of Proxies\""))
        #expect(page.contains("<img src=\"proxy_files/slopes.svg\" alt=\"Two lines.\" loading=\"lazy\" width=\"640\""))
    }

    @Test func aFormerAddressLeadsOn() throws {
        let page = try #require(try SampleSite.files(SampleSite.usual)["old/proxy.html"])
        #expect(page.contains("content=\"0; url=../proxy.html\"") && page.contains("rel=\"canonical\""))
    }

    /// Where the address is known, links of the page that stands for others begin at its root.
    @Test func whatIsNotThereHasLinksThatWorkAnywhere() throws {
        let here = try SampleSite.files(SampleSite.usual)["404.html"]
        #expect(here?.contains("<a href=\"index.html\">The home page</a>") == true)
        var site = SampleSite.usual
        site.settings.baseURL = "https://example.com/docs/"
        let page = try #require(try SampleSite.files(site)["404.html"])
        #expect(page.contains("<a href=\"/docs/index.html\">The home page</a>"))
        #expect(page.contains("<link rel=\"stylesheet\" href=\"/docs/assets/site."))
    }

    @Test func aReportTakesThePlaceOfTheHomePage() throws {
        var site = SampleSite.usual
        site.pages.append(SampleSite.report("index.html", "Welcome"))
        let page = try #require(try SampleSite.files(site)["index.html"])
        #expect(page.contains("<p>Text of Welcome.") && page.contains("<title>Welcome</title>"))
        #expect(page.contains("<a href=\"shop/b.html\">B comes first</a>"))
    }

    /// Pages of a large site list their neighbours, and not all pages: what a site takes grows by its pages alone.
    @Test func aLargeSiteGrowsByItsPagesAlone() throws {
        func size(_ count: Int) throws -> Int {
            let pages = (0..<count).map { SampleSite.report("all/\(10_000 + $0).html", "Report \($0)") }
            return try #require(try SampleSite.files(SampleSite.site(pages))["all/10100.html"]).utf8.count
        }
        let (small, large) = (try size(200), try size(800))
        #expect(large - small < 100, "\(small) and \(large) bytes")
    }

    @Test func headTagsNameTheAddress() throws {
        var site = SampleSite.usual
        site.settings.baseURL = "https://example.com/docs/"
        let page = try SampleSite.files(site)["shop/a.html"]
        #expect(page?.contains("<link rel=\"canonical\" href=\"https://example.com/docs/shop/a.html\">") == true)
    }
}
