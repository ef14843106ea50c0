import Publishing

/// A small site by hand: a home page, two reports in a folder, one of them a draft's neighbour, and a report without a date.
enum ReferredSite {
    static let base = "https://example.org/docs/"

    static func site(_ base: String? = base) -> Site {
        Site(
            settings: SiteSettings(title: "Growth & co", description: "What we\nlearned.", baseURL: base),
            pages: [home, proxy, draft, plain, SitePage(.search, path: "search.html", title: "Search")],
            generator: "report 0.1.0")
    }

    static var home: SitePage { SitePage(.home, path: "index.html", title: "Growth & co") }

    static var proxy: SitePage {
        var page = SitePage(.report, path: "experiments/proxy metric.html", title: "Proxies [for] <revenue>")
        page.summary = "Clicks stand for revenue. Sí."
        page.date = "2026-05-31"
        page.authors = ["Ann Lee", "Bo & Cy"]
        page.tags = ["proxies"]
        page.section = ["Experiments"]
        page.downloads = ["experiments/proxy metric.json", "experiments/proxy metric.md"]
        page.passages = [
            SitePassage(anchor: nil, level: 1, heading: "", text: "It costs 1,234.5 and \u{2212}0.83 in Zürich."),
            SitePassage(
                anchor: "method", level: 2, heading: "Method of moments", text: "Student’s t, τ² and S2_treatment."),
        ]
        page.numbers = [
            SiteNumber(path: "liml.k", text: "1.07", anchor: "method"),
            SiteNumber(path: "liml.k", text: "1.1", anchor: nil),
        ]
        page.labels = [
            SiteLabel(kind: .figure, name: "fig-slopes", text: "Figure 1", title: "Slopes agree.", anchor: "slopes")
        ]
        page.claims = [
            SiteClaim(text: "+3%", path: "lift.mu", condition: nil, current: "+3%", holds: true, anchor: "method"),
            SiteClaim(text: "a gain", path: "lift.mu", condition: "> 0", current: "-1", holds: false, anchor: nil),
        ]
        page.highlights = [SiteHighlight(value: "1.07", text: "of LIML", link: "#method")]
        return page
    }

    static var draft: SitePage {
        var page = SitePage(.report, path: "experiments/draft.html", title: "Unready")
        page.date = "2026-06-01"
        page.isDraft = true
        return page
    }

    static var plain: SitePage { SitePage(.report, path: "plain.html", title: "Plain") }
}
