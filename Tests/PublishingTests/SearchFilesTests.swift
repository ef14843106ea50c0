import Testing

@testable import Publishing

@Suite struct SearchFilesTests {
    /// The files name each other by their contents.
    @Test func filesOfASite() throws {
        let files = searchFiles(ReferredSite.site())
        let paths = files.map(\.path)
        #expect(paths.count == 6)
        #expect(paths.contains { $0.wholeMatch(of: /assets\/search-index\.[0-9a-f]{10}\.js/) != nil })
        let pointer = try #require(files.first { $0.path == "assets/search-index.js" })
        let index = try #require(files.first { $0.path.hasPrefix("assets/search-index.") && $0.path.count > 25 })
        #expect(
            String(decoding: pointer.bytes, as: UTF8.self)
                == "reportSearch.found(\"\(index.path.dropFirst("assets/".count))\");\n")
        let text = try #require(files.first { $0.path.hasPrefix("assets/text/experiments/proxy metric.html.") })
        let digest = text.path.dropLast(3).suffix(10)
        #expect(String(decoding: index.bytes, as: UTF8.self).contains("\"Experiments\",\"\(digest)\"]"))
        let passages = String(decoding: text.bytes, as: UTF8.self)
        #expect(passages.hasPrefix("reportSearch.text(\"experiments/proxy metric.html\",[[\"\",\"\",\"Clicks stand"))
        #expect(passages.contains("[\"method\",\"Method of moments\",\"liml.k = 1.07\"]"))
        #expect(passages.contains("[\"slopes\",\"Figure 1\",\"Slopes agree.\"]"))
    }

    /// A page that changes its words leaves the texts of others, and the file that all pages load.
    @Test func aChangeStaysWhereItIs() {
        var site = ReferredSite.site()
        let before = Set(searchFiles(site))
        site.pages[3].passages = [SitePassage(anchor: nil, level: 1, heading: "", text: "new")]
        let changed = Set(searchFiles(site)).subtracting(before).map(\.path)
        #expect(changed.count == 3)
        #expect(changed.allSatisfy { $0.hasPrefix("assets/search-index.") || $0.hasPrefix("assets/text/plain.html.") })
    }
}
