import Markup

/// Pages that crawlers are told of, by the protocol of sitemaps.org; none where the site's address is not known.
///
/// A file holds at most 50,000 addresses: more stand in several, which `sitemap.xml` then lists.
func sitemapFiles(_ site: Site, limit: Int = 50_000) -> [SiteFile] {
    let entries = site.pages.filter { $0.kind != .search && $0.kind != .notFound }.compactMap { page in
        site.settings.address(of: page.path).map { address in
            MarkupNode.tag(
                "url", [:],
                [
                    .tag("loc", [:], text: address),
                    page.publicationDate.map { .tag("lastmod", [:], text: $0) } ?? .nothing,
                ])
        }
    }
    guard !entries.isEmpty else { return [] }
    let namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    let parts = stride(from: 0, to: entries.count, by: limit).map { start in
        xmlText(.tag("urlset", ["xmlns": namespace], Array(entries[start..<min(start + limit, entries.count)])))
    }
    guard parts.count > 1 else { return [SiteFile(path: "sitemap.xml", text: parts[0])] }
    let files = parts.enumerated().map { SiteFile(path: "sitemap-\($0 + 1).xml", text: $1) }
    let list = files.compactMap { site.settings.address(of: $0.path) }.map { address in
        MarkupNode.tag("sitemap", [:], [.tag("loc", [:], text: address)])
    }
    return [SiteFile(path: "sitemap.xml", text: xmlText(.tag("sitemapindex", ["xmlns": namespace], list)))] + files
}

/// Crawlers may read everything (RFC 9309). It is heeded only where the site is the root of its host.
func robotsFile(_ site: Site) -> SiteFile {
    let sitemap = site.settings.address(of: "sitemap.xml").map { "\nSitemap: \($0)\n" } ?? ""
    return SiteFile(path: "robots.txt", text: "User-agent: *\nAllow: /\n" + sitemap)
}
