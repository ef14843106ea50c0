import Markup
import Rendering

/// What a page that is made of other pages shows.
struct SitePageContent {
    let page: SitePage
    let shell: SiteShell
    let links: SiteLinks

    var content: PageParts {
        var content = PageParts()
        content.header = MarkupNode.tag("h1", [:], text: page.title).serialised
        if let summary = page.summary { content.abstract = lead(summary) }
        switch page.kind {
        case .home: HomePage(shell: shell, links: links).fill(&content)
        case .listing: content.body = listing.serialised
        case .figures: content.body = GalleryPage(links: links).node(shell.tree.all).serialised
        case .claims: fillClaims(&content)
        case .notFound: fillNotFound(&content)
        case .search: content.body = searchPageBody(shell.site.pages, links).serialised
        case .report, .history, .reference: break
        }
        return content
    }

    private func lead(_ text: String) -> String {
        MarkupNode.tag(
            "section", ["class": "abstract", "aria-label": "Abstract"], [.tag("p", [:], text: text)]
        ).serialised
    }

    private var listing: MarkupNode {
        let table = SiteListing(links: links, tags: shell.tags)
        if page.path == Site.tagsPath { return table.list(of: shell.tags.all, isFiltered: true) }
        if let tag = shell.tags.all.first(where: { $0.path == page.path }) {
            return table.table(tag.pages, of: "Reports about \(tag.name)")
        }
        let folder = shell.tree.allFolders.first { $0.landing == page.path }
        return table.table(folder?.all ?? [], of: "Reports in \(page.title)")
    }

    private func fillClaims(_ content: inout PageParts) {
        let page = ClaimsPage(links: links, pages: shell.tree.all)
        content.abstract = lead(page.summary)
        content.body = page.node.serialised
    }

    private func fillNotFound(_ content: inout PageParts) {
        content.abstract = lead("The address may be mistyped, or the page may have gone.")
        let home = MarkupNode.tag("a", ["href": links.to("index.html")], text: "The home page")
        let search = MarkupNode.tag("a", ["href": links.to(Site.searchPath)], text: "search")
        content.body =
            MarkupNode.tag("p", [:], [home, .text(" lists all reports; "), search, .text(" finds what they say.")])
            .serialised
    }
}
