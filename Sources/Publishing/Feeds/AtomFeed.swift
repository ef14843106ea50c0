import Markup

/// The newest reports as an Atom feed (RFC 4287): those that have a date, the latest first; nil where there is none, or where
/// the site's address is not known, which every entry is named by.
///
/// An entry changed when its front matter says so: the clock is not asked, so that the same analyses make the same feed.
func atomFeed(_ site: Site) -> SiteFile? {
    guard let home = site.settings.address(of: "index.html"), let own = site.settings.address(of: "feed.xml") else {
        return nil
    }
    let dated = site.pages.filter(\.isRead).compactMap { page in page.publicationDate.map { (page, $0) } }
    let newest = dated.sorted { a, b in a.1 != b.1 ? a.1 > b.1 : a.0.path < b.0.path }.prefix(100)
    guard let latest = newest.first else { return nil }
    let settings = site.settings
    let feed = MarkupNode.tag(
        "feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": settings.language],
        [
            .tag("title", [:], text: settings.title),
            settings.description.map { .tag("subtitle", [:], text: $0) } ?? .nothing,
            .tag("id", [:], text: home), .tag("updated", [:], text: timestamp(latest.1)),
            emptyElement("link", [("rel", "self"), ("type", "application/atom+xml"), ("href", own)]),
            emptyElement("link", [("rel", "alternate"), ("type", "text/html"), ("href", home)]),
            .tag("generator", [:], text: site.generator),
            .tag("author", [:], [.tag("name", [:], text: settings.title)]),
        ] + newest.map { page, date in entry(page, date, settings) })
    return SiteFile(path: "feed.xml", text: xmlText(feed))
}

private func entry(_ page: SitePage, _ date: String, _ settings: SiteSettings) -> MarkupNode {
    let address = settings.address(of: page.path) ?? ""
    let summary = [page.summary, page.claimsSentence].compactMap(\.self).joined(separator: " ")
    let markdown = page.markdown.flatMap(settings.address)
    return .tag(
        "entry", [:],
        [
            .tag("title", [:], text: page.title), .tag("id", [:], text: address),
            emptyElement("link", [("rel", "alternate"), ("type", "text/html"), ("href", address)]),
            markdown.map { emptyElement("link", [("rel", "alternate"), ("type", "text/markdown"), ("href", $0)]) }
                ?? .nothing,
            .tag("published", [:], text: timestamp(date)), .tag("updated", [:], text: timestamp(date)),
        ] + page.authors.map { .tag("author", [:], [.tag("name", [:], text: $0)]) }
            + page.tags.map { emptyElement("category", [("term", $0)]) } + claims(page)
            + (summary.isEmpty ? [] : [.tag("summary", [:], text: summary)]))
}

/// Whether what the report says still holds, for readers that sort by it.
private func claims(_ page: SitePage) -> [MarkupNode] {
    guard !page.claims.isEmpty else { return [] }
    let holds = page.claims.allSatisfy(\.holds)
    return [
        emptyElement(
            "category", [("term", holds ? "claims-hold" : "claims-broken"), ("label", page.claimsSentence ?? "")])
    ]
}

/// A date as RFC 3339 has times: its day's beginning, UTC.
private func timestamp(_ date: String) -> String { date + "T00:00:00Z" }

/// An element without content, as XML closes it.
func emptyElement(_ name: String, _ attributes: [(String, String)]) -> MarkupNode {
    .serialised("<\(name)" + attributes.map { " \($0.0)=\"\(escapedAttribute($0.1))\"" }.joined() + "/>")
}

func xmlText(_ node: MarkupNode) -> String { "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + node.serialised + "\n" }
