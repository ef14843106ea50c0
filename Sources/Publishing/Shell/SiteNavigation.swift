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
                    tools.map { .tag("li", [:], [links.tool($0.path, text: $0.title)]) }),
                .tag("ul", [:], items),
            ])
    }

    private func entries(of folder: SiteTree.Folder, _ chain: Set<String>, _ isWhole: Bool) -> [MarkupNode] {
        let pages = window(folder.pages.count, around: folder.pages.firstIndex { $0.path == page.path }, isWhole)
        let folders = window(
            folder.folders.count, around: folder.folders.firstIndex { chain.contains($0.path) }, isWhole)
        let isCut = pages.count < folder.pages.count || folders.count < folder.folders.count
        return folder.pages[pages].map { item($0.path, $0.title) }
            + folder.folders[folders].map { self.folder($0, chain, isWhole) }
            + (isCut ? [item(folder.landing, "All of them", kind: "all")] : [])
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

    /// Which of so many entries are shown: those around the present one.
    private func window(_ count: Int, around place: Int?, _ isWhole: Bool) -> Range<Int> {
        let most = 2 * SiteNavigation.reach + 1
        if isWhole || count <= most { return 0..<count }
        let lower = max(0, min((place ?? 0) - SiteNavigation.reach, count - most))
        return lower..<lower + most
    }

    private func item(_ path: String, _ title: String, kind: String? = nil) -> MarkupNode {
        .tag("li", ["class": kind], [links.node(path, text: title)])
    }
}
