import Markup

/// Links of one page to others. They are relative, so that the site works under any address and from files.
struct SiteLinks {
    /// From the site's root.
    let page: String
    /// The path of the site's address, where the page is shown in the place of any other: nothing relative would lead
    /// anywhere there.
    var base: String?

    /// The page that stands for others has links from the root of the address, where that is known.
    init(_ page: SitePage, in site: Site) {
        self.page = page.path
        if page.kind == .notFound { base = site.settings.basePath }
    }

    /// - Parameter anchor: On the page; nil for its beginning.
    func to(_ path: String, _ anchor: String? = nil) -> String {
        let link = base.map { $0 + SitePath.encoded(path) } ?? SitePath.link(from: page, to: path)
        return link + (anchor.map { "#" + SitePath.encoded($0).replacing("%3A", with: ":") } ?? "")
    }

    /// A link to a page of the site's own. That to search opens it in place, where scripts run.
    func tool(_ path: String, text: String) -> MarkupNode {
        guard path == Site.searchPath else { return node(path, text: text) }
        return .tag(
            "a",
            [
                "href": to(path), "aria-current": path == page ? "page" : nil, "data-search": "",
                "aria-keyshortcuts": "/",
            ],
            text: text)
    }

    /// A link to a page by its title, told as the present one where it is.
    func node(_ path: String, text: String) -> MarkupNode {
        .tag("a", ["href": to(path), "aria-current": path == page ? "page" : nil], text: text)
    }
}

extension SiteSettings {
    /// The path of the address, with slashes at both ends; nil where there is no address.
    package var basePath: String? {
        guard let baseURL, let scheme = baseURL.firstRange(of: "://") else { return nil }
        let rest = baseURL[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }
}
