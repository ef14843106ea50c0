/// What tells other programs of the site: feed, sitemap, rules for crawlers, lists for readers that are programs, and a card
/// for each report where the site's address is known.
///
/// Drafts are in none of them.
///
/// - Parameter site: With all its pages.
package func feedFiles(_ site: Site) -> [SiteFile] {
    var site = site
    site.pages.removeAll(where: \.isDraft)
    return [atomFeed(site)].compactMap(\.self) + sitemapFiles(site) + [robotsFile(site), llmsFile(site)]
        + objectFiles(site)
        + socialCards(site)
}

extension SiteSettings {
    /// Where a file of the site will stand; nil where that is not known. The home page is the folder itself.
    func address(of path: String) -> String? {
        baseURL.map { $0 + (path == "index.html" ? "" : SitePath.encoded(path)) }
    }
}

extension SitePage {
    /// Its Markdown, from the site's root; nil where there is none.
    var markdown: String? { downloads.first { $0.hasSuffix(".md") } }

    /// The date, where it is one of the calendar as feeds have it: `2026-05-31`.
    var publicationDate: String? {
        guard let date, date.utf8.count == 10 else { return nil }
        let isDate = date.utf8.enumerated().allSatisfy { index, byte in
            [4, 7].contains(index)
                ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return isDate ? date : nil
    }

    /// How its claims stand, in words; nil where it makes none.
    var claimsSentence: String? {
        guard !claims.isEmpty else { return nil }
        let broken = claims.filter { !$0.holds }.count
        if claims.count == 1 { return broken == 0 ? "Its claim holds." : "Its claim no longer holds." }
        if broken == 0 { return "All \(claims.count) claims hold." }
        return "\(broken) of \(claims.count) claims no longer hold\(broken == 1 ? "s" : "")."
    }
}
