import Markup
import Rendering

/// Reports as a table that its headings sort and a field filters, where scripts run.
struct SiteListing {
    let links: SiteLinks
    let tags: SiteTags

    func table(_ pages: [SitePage], of name: String) -> MarkupNode {
        let hasDates = pages.contains { $0.date != nil }
        let hasClaims = pages.contains { !$0.claims.isEmpty }
        let hasTags = pages.contains { !$0.tags.isEmpty }
        var heads: [(text: String, kind: String?)] = [("Report", nil)]
        if hasClaims { heads.append(("Claims", "right")) }
        if hasTags { heads.append(("Tags", nil)) }
        if hasDates { heads.append(("Date", "right")) }
        let rows = pages.map { page -> MarkupNode in
            var cells = [report(page)]
            if hasClaims { cells.append(claims(page)) }
            if hasTags { cells.append(tags(of: page)) }
            if hasDates { cells.append(date(page)) }
            return .tag("tr", [:], cells)
        }
        return .tag(
            "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": name],
            [
                .tag(
                    "table", ["class": "listing sortable", "data-filter": "report"],
                    [
                        .tag(
                            "thead", [:],
                            [
                                .tag(
                                    "tr", [:],
                                    heads.map { .tag("th", ["scope": "col", "class": $0.kind], text: $0.text) })
                            ]
                        ),
                        .tag("tbody", [:], rows),
                    ])
            ])
    }

    /// The tags, each with how many reports it has.
    ///
    /// - Parameter isFiltered: Whether a field above it filters it.
    func list(of tags: [SiteTags.Tag], isFiltered: Bool = false) -> MarkupNode {
        .tag(
            "ul", ["class": "tags", "data-filter": isFiltered ? "tag" : nil],
            tags.map { tag in
                .tag(
                    "li", [:],
                    [
                        .tag("a", ["href": links.to(tag.path), "rel": "tag"], text: tag.name), .text(" "),
                        .tag("span", ["class": "count"], text: "\(tag.pages.count)"),
                    ])
            })
    }

    private func report(_ page: SitePage) -> MarkupNode {
        var parts: [MarkupNode] = [.tag("a", ["href": links.to(page.path)], text: page.title)]
        if page.isDraft { parts += [.text(" "), .tag("strong", ["class": "draft"], text: "Draft")] }
        if let summary = page.summary { parts.append(.tag("p", [:], text: summary)) }
        return .tag("td", ["class": "report"], parts)
    }

    /// Sorted by their share that holds.
    private func claims(_ page: SitePage) -> MarkupNode {
        guard !page.claims.isEmpty else { return .tag("td", ["class": "right"]) }
        let failing = page.claims.count { !$0.holds }
        let text = failing == 0 ? "\(page.claims.count) hold" : "\(failing) of \(page.claims.count) fail"
        return .tag(
            "td", ["class": "right"],
            [
                .tag(
                    "data", ["value": "\(page.claims.count - failing)", "class": failing > 0 ? "fails" : nil],
                    text: text)
            ])
    }

    private func tags(of page: SitePage) -> MarkupNode {
        let items = page.tags.compactMap { tag in
            tags.path(of: tag).map { MarkupNode.tag("a", ["href": links.to($0), "rel": "tag"], text: tag) }
        }
        return .tag("td", [:], items.enumerated().flatMap { index, item in index > 0 ? [.text(", "), item] : [item] })
    }

    /// Sorted by its digits.
    private func date(_ page: SitePage) -> MarkupNode {
        guard let date = page.date else { return .tag("td", ["class": "right"]) }
        return .tag(
            "td", ["class": "right"],
            [
                .tag(
                    "data", ["value": date.filter(\.isNumber)],
                    [.tag("time", ["datetime": date], text: writtenDate(date))])
            ])
    }
}
