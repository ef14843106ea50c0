import Markup

/// What stands on the page that only searches, below its title: the place that the script fills, and what leads on without it.
///
/// `search.html?q=words` shows what is found for them.
func searchPageBody(_ pages: [SitePage], _ links: SiteLinks) -> MarkupNode {
    let lists = pages.filter { $0.kind == .home || $0.kind == .listing && $0.path.hasSuffix("index.html") }
    let others = lists.map { MarkupNode.tag("li", [:], [links.node($0.path, text: $0.title)]) }
    return .tag(
        "div", ["data-search-page": "", "role": "search"],
        [
            .tag(
                "p", [:], text: "Search runs in your browser, and needs its scripts. Without them, these pages lead on:"
            ),
            .tag("ul", [:], others),
        ])
}
