import Markup

/// The reports by folder, with those around the present one: at the side of wide pages, behind a button on narrow ones.
///
/// A small site is listed whole. Of a large one a page lists what lies beside it, so that a site grows by its pages and not
/// by their number squared.
struct SiteNavigation {
    let tree: SiteTree
    let page: SitePage
    let links: SiteLinks
    /// Pages of the site's own, for narrow pages, where the bar has no room for them.
    let tools: [(path: String, title: String)]

    /// Up to so many reports a site is listed whole.
    static let whole = 60
    /// How many neighbours a list shows before the present entry, and behind it.
    static let reach = 15

    func node(isWhole: Bool) -> MarkupNode {
        let chain = Set(tree.folders(to: page).map(\.path))
        var items = tree.root.landingPages.isEmpty ? [] : [item(tree.root.landing, tree.root.title)]
        items += entries(of: tree.root, chain, isWhole)
        return .tag(
            "nav", ["class": "menu", "id": "menu", "popover": "", "aria-label": "Reports"],
            [
                .tag(
                    "ul", ["class": "own"],
                    tools.map { .tag("li", [:], [links.node($0.path, text: $0.title)]) }),
                .tag("ul", [:], items),
            ])
    }

    private func entries(of folder: SiteTree.Folder, _ chain: Set<String>, _ isWhole: Bool) -> [MarkupNode] {
        let pages = folder.pages.map { ($0.path, item($0.path, $0.title)) }
        let folders = folder.folders.map { below in
            (below.landing, self.folder(below, chain, isWhole))
        }
        let current = tree.folders(to: page).first { folder.folders.map(\.path).contains($0.path) }?.landing
        return window(pages, around: page.path, of: folder, isWhole)
            + window(folders, around: current ?? page.path, of: folder, isWhole)
    }

    private func folder(_ folder: SiteTree.Folder, _ chain: Set<String>, _ isWhole: Bool) -> MarkupNode {
        let isOpen = chain.contains(folder.path)
        guard isOpen || isWhole else { return item(folder.landing, folder.title) }
        return .tag(
            "li", [:],
            [
                .tag(
                    "details", ["open": isOpen ? "" : nil],
                    [
                        .tag("summary", [:], text: folder.title),
                        .tag(
                            "ul", [:],
                            [item(folder.landing, folder.landingPages.isEmpty ? "All of them" : "Overview")]
                                + entries(of: folder, chain, isWhole)),
                    ])
            ])
    }

    /// Entries around the present one, and what leads to the others.
    private func window(
        _ entries: [(path: String, node: MarkupNode)], around current: String, of folder: SiteTree.Folder,
        _ isWhole: Bool
    ) -> [MarkupNode] {
        guard !isWhole, entries.count > 2 * SiteNavigation.reach + 1 else { return entries.map(\.node) }
        let place = entries.firstIndex { $0.path == current } ?? 0
        let lower = max(0, min(place - SiteNavigation.reach, entries.count - 2 * SiteNavigation.reach - 1))
        let shown = entries[lower..<lower + 2 * SiteNavigation.reach + 1]
        return shown.map(\.node) + [item(folder.landing, "All \(entries.count)", kind: "all")]
    }

    private func item(_ path: String, _ title: String, kind: String? = nil) -> MarkupNode {
        .tag("li", ["class": kind], [links.node(path, text: title)])
    }
}
