import Markup

/// What the head of a page tells those who list, find and show pages elsewhere.
func headTags(of page: SitePage, in site: Site) -> MarkupNode {
    guard let base = site.settings.baseURL, page.kind != .notFound else { return .nothing }
    return .tag("link", ["rel": "canonical", "href": base + SitePath.encoded(page.path)])
}
