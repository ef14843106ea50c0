import Rendering

@testable import Publishing

/// A site made by hand: two reports in a folder, one at the root, a draft's worth of everything.
enum SampleSite {
    static func report(_ path: String, _ title: String, _ change: (inout SitePage) -> Void = { _ in }) -> SitePage {
        var page = SitePage(.report, path: path, title: title)
        page.source = "Analyses/" + path.replacing(".html", with: ".md")
        var content = PageParts()
        content.header = "<h1>\(title)</h1>"
        content.body = "<p>Text of \(title)."
        page.content = content
        change(&page)
        return page
    }

    static func site(_ pages: [SitePage], base: String? = nil) -> Site {
        var settings = SiteSettings(title: "Experiments", description: "What we tried.", baseURL: base)
        settings.repository = "https://example.com/project"
        return Site(settings: settings, pages: pages, generator: "report 0.0.0")
    }

    static var usual: Site {
        site([
            report("proxy.html", "Proxies") { page in
                page.summary = "Which metric stands in."
                page.date = "2026-11-20"
                page.tags = ["proxy", "A & B"]
                page.claims = [
                    SiteClaim(
                        text: "above <zero>", path: "a.mu.estimate", condition: "> 0", current: "0.5", holds: true,
                        anchor: "effects"),
                    SiteClaim(
                        text: "0.40", path: "a.tau.estimate", condition: nil, current: "0.41", holds: false, anchor: nil
                    ),
                ]
                page.figures = [
                    SiteFigure(
                        anchor: "slopes", name: "Figure 1", caption: "Slopes rise.", description: "Two lines.",
                        path: "proxy_files/slopes.svg", width: 640, height: 320)
                ]
                page.highlights = [SiteHighlight(value: "0.40", text: "slope", link: "#effects")]
                page.downloads = ["proxy.json", "proxy.md"]
                page.history = "audit/history/proxy.html"
                page.aliases = ["old/proxy.html"]
            },
            report("shop/b.html", "B comes first") { $0.order = 1 },
            report("shop/a.html", "A comes second") { $0.tags = ["proxy"] },
        ])
    }

    static func files(_ site: Site) throws -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: try siteFiles(site).map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }
}
