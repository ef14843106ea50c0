import Markup
import Rendering

/// The first page: what the site is about, its latest numbers, and its reports by folder.
struct HomePage {
    let shell: SiteShell
    let links: SiteLinks

    /// How many reports of a folder it shows, and how many numbers at its top.
    static let mostReports = 12
    static let mostNumbers = 4

    func fill(_ content: inout PageParts) {
        content.highlights = numbers.serialised
        content.body = MarkupNode.fragment([state] + sections + [newest, tags]).serialised
    }

    private var reports: [SitePage] { shell.tree.all }

    /// What there is, in a line.
    private var state: MarkupNode {
        guard !reports.isEmpty else {
            return .tag(
                "p", [:], text: "There are no reports yet: an analysis is a Markdown file that begins with a title.")
        }
        let claims = reports.flatMap(\.claims)
        let failing = claims.count { !$0.holds }
        var parts: [MarkupNode] = [.text(HomePage.count(reports.count, "report"))]
        let figures = reports.reduce(0) { $0 + $1.figures.count }
        if figures > 0 {
            parts += [
                .text(", "), .tag("a", ["href": links.to(Site.galleryPath)], text: HomePage.count(figures, "figure")),
            ]
        }
        if !claims.isEmpty {
            let text = HomePage.count(claims.count, "claim")
            let word =
                failing > 0
                ? ", of which \(failing) \(failing == 1 ? "fails" : "fail")."
                : claims.count == 1 ? ", which holds." : ", which all hold."
            parts += [.text(", "), .tag("a", ["href": links.to(Site.claimsPath)], text: text), .text(word)]
        } else {
            parts.append(.text("."))
        }
        return .tag("p", ["class": "state"], parts)
    }

    /// Key numbers of the latest reports that have any, one of each.
    private var numbers: MarkupNode {
        let latest = reports.enumerated().filter { !$0.element.highlights.isEmpty }
            .sorted { ($1.element.date ?? "", $0.offset) < ($0.element.date ?? "", $1.offset) }
        let items = latest.prefix(HomePage.mostNumbers).compactMap { _, page -> MarkupNode? in
            guard let first = page.highlights.first else { return nil }
            let anchor = first.link.flatMap { $0.hasPrefix("#") ? String($0.dropFirst()) : nil }
            return .tag(
                "li", [:],
                [
                    .tag("strong", [:], text: first.value), .text(" "),
                    .tag("a", ["href": links.to(page.path, anchor)], text: first.text),
                ])
        }
        return items.isEmpty ? .nothing : .tag("ul", ["class": "highlights", "aria-label": "Key numbers"], items)
    }

    private var sections: [MarkupNode] {
        let root = shell.tree.root
        var sections: [MarkupNode] = []
        if !root.pages.isEmpty {
            let isLong = root.pages.count > 2 * HomePage.mostReports
            let table = SiteListing(links: links, tags: shell.tags)
            sections += [
                .tag("h2", ["id": "site:reports"], text: "Reports"),
                isLong ? table.table(root.pages, of: "Reports") : cards(root.pages, of: nil),
            ]
        }
        for folder in root.folders {
            sections += [
                .tag("h2", [:], [.tag("a", ["href": links.to(folder.landing)], text: folder.title)]),
                folder.landingPages.first?.summary.map { .tag("p", [:], text: $0) } ?? .nothing,
                cards(folder.all, of: folder),
            ]
        }
        return sections
    }

    private func cards(_ pages: [SitePage], of folder: SiteTree.Folder?) -> MarkupNode {
        let isCut = folder != nil && pages.count > HomePage.mostReports
        let shown = isCut ? Array(pages.prefix(HomePage.mostReports)) : pages
        let list: MarkupNode = .tag("ul", ["class": "cards"], shown.map(card))
        guard isCut, let folder else { return list }
        let all = MarkupNode.tag("a", ["href": links.to(folder.landing)], text: "All \(pages.count) reports")
        return .fragment([list, .tag("p", ["class": "all"], [all])])
    }

    private func card(_ page: SitePage) -> MarkupNode {
        .tag(
            "li", [:],
            [
                .tag("a", ["href": links.to(page.path)], text: page.title),
                page.isDraft ? .tag("strong", ["class": "draft"], text: " Draft") : .nothing,
                page.summary.map { .tag("p", [:], text: $0) } ?? .nothing,
                page.date.map {
                    .tag("p", ["class": "when"], [.tag("time", ["datetime": $0], text: writtenDate($0))])
                } ?? .nothing,
            ])
    }

    /// Those with the latest dates, where the lists above leave some out.
    private var newest: MarkupNode {
        guard reports.count > HomePage.mostReports else { return .nothing }
        let dated = reports.enumerated().filter { $0.element.date != nil }
            .sorted { ($1.element.date ?? "", $0.offset) < ($0.element.date ?? "", $1.offset) }
        guard !dated.isEmpty else { return .nothing }
        let items = dated.prefix(8).map { _, page -> MarkupNode in
            .tag(
                "li", [:],
                [
                    .tag("a", ["href": links.to(page.path)], text: page.title), .text(" "),
                    .tag("time", ["datetime": page.date], text: writtenDate(page.date ?? "")),
                ])
        }
        return .fragment([.tag("h2", ["id": "site:newest"], text: "Newest"), .tag("ul", ["class": "newest"], items)])
    }

    private var tags: MarkupNode {
        guard !shell.tags.all.isEmpty else { return .nothing }
        return .fragment([
            .tag("h2", ["id": "site:tags"], [.tag("a", ["href": links.to(Site.tagsPath)], text: "Tags")]),
            SiteListing(links: links, tags: shell.tags).list(of: Array(shell.tags.all.prefix(60))),
        ])
    }

    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
