import Markup

/// What a page's head tells crawlers and other sites: its address, how a link to it is shown, and where the feed and the
/// page's Markdown are. Title and description the shell has itself.
///
/// Addresses are absolute where the site's is known; without it there is no canonical one, and no image.
func headTags(of page: SitePage, in site: Site) -> MarkupNode {
    if page.kind == .notFound { return .nothing }
    let settings = site.settings
    let address = page.kind == .search ? nil : settings.address(of: page.path)
    let card = socialCardPath(of: page).flatMap(settings.address)
    var tags: [MarkupNode] = []
    if page.isDraft || page.kind == .search { tags.append(.tag("meta", ["name": "robots", "content": "noindex"])) }
    if let address { tags.append(.tag("link", ["rel": "canonical", "href": address])) }
    if site.hasFeed {
        tags.append(
            .tag(
                "link",
                [
                    "rel": "alternate", "type": "application/atom+xml", "title": settings.title,
                    "href": SitePath.link(from: page.path, to: "feed.xml"),
                ]))
    }
    if let markdown = page.markdown {
        tags.append(
            .tag(
                "link",
                ["rel": "alternate", "type": "text/markdown", "href": SitePath.link(from: page.path, to: markdown)]))
    }
    func open(_ name: String, _ content: String?) {
        if let content { tags.append(.tag("meta", ["property": name, "content": content])) }
    }
    open("og:type", page.isRead ? "article" : "website")
    open("og:site_name", settings.title)
    open("og:title", page.title)
    open("og:description", page.summary ?? (page.kind == .home ? settings.description : nil))
    open("og:url", address)
    open("og:locale", settings.language.replacing("-", with: "_"))
    open("og:image", card)
    open("og:image:type", card.map { _ in "image/svg+xml" })
    open("og:image:width", card.map { _ in "1200" })
    open("og:image:height", card.map { _ in "630" })
    open("og:image:alt", card.map { _ in page.title })
    if page.isRead {
        open("article:published_time", page.publicationDate)
        for author in page.authors { open("article:author", author) }
        for tag in page.tags { open("article:tag", tag) }
    }
    tags.append(.tag("meta", ["name": "twitter:card", "content": card == nil ? "summary" : "summary_large_image"]))
    return .fragment(tags)
}

extension Site {
    /// Whether there is a feed: the address is known, and a report that is no draft has a date.
    var hasFeed: Bool {
        settings.baseURL != nil && pages.contains { $0.isRead && !$0.isDraft && $0.publicationDate != nil }
    }
}
