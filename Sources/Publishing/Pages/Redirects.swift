import Markup

/// A page for each former address, which leads to where its report is now.
func redirectFiles(of site: Site) -> [SiteFile] {
    site.pages.flatMap { page in
        page.aliases.map { alias in
            let link = SitePath.link(from: alias, to: page.path)
            let head: [MarkupNode] = [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["http-equiv": "refresh", "content": "0; url=\(link)"]),
                .tag(
                    "link",
                    [
                        "rel": "canonical",
                        "href": site.settings.baseURL.map { $0 + SitePath.encoded(page.path) } ?? link,
                    ]),
                .tag("meta", ["name": "robots", "content": "noindex"]),
                .tag("link", ["rel": "icon", "href": "data:,"]),
                .tag("title", [:], text: page.title),
            ]
            let html: MarkupNode = .tag(
                "html", ["lang": site.settings.language],
                [
                    .tag("head", [:], head),
                    .tag(
                        "body", [:],
                        [
                            .tag(
                                "main", [:],
                                [
                                    .tag(
                                        "p", [:],
                                        [
                                            .text("This page is now "), .tag("a", ["href": link], text: page.title),
                                            .text("."),
                                        ])
                                ])
                        ]),
                ])
            return SiteFile(path: alias, text: "<!doctype html>\n" + html.serialised + "\n")
        }
    }
}
