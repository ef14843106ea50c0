import BuiltInTemplates
import Markup
import Mustache
import Rendering

/// What every page of a site has around what it shows.
struct SiteShell {
    let site: Site
    let tree: SiteTree
    let tags: SiteTags
    let assets: SiteAssets
    private let template: MustacheTemplate
    /// The reports in the order of reading, and where each stands in it.
    private let reading: [SitePage]
    private let places: [String: Int]
    /// Where the report of each history stands in it.
    private let told: [String: Int]
    private let tools: [(path: String, title: String)]

    /// - Parameter site: With all its pages.
    init(_ site: Site) throws {
        self.site = site
        tree = SiteTree(site.pages)
        reading = tree.all
        places = Dictionary(reading.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        told = Dictionary(
            reading.enumerated().compactMap { place, page in page.history.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
        tags = SiteTags(reading)
        assets = SiteAssets(site)
        template = try MustacheTemplate(string: BuiltInTemplates.site)
        let named: [SitePage.Kind: String] = [
            .figures: "Figures", .claims: "Claims", .reference: "Reference", .search: "Search",
        ]
        tools = site.pages.compactMap { page in named[page.kind].map { (page.path, $0) } }
    }

    func file(for page: SitePage) -> SiteFile {
        let links = SiteLinks(page, in: site)
        let content = page.content ?? SitePageContent(page: page, shell: self, links: links).content
        var context: [String: String] = [
            "language": site.settings.language, "generator": site.generator, "kind": "is-\(page.kind)",
            "title": page.kind == .home ? page.title : "\(page.title) · \(site.settings.title)",
            "policy": policy(style: content.style), "early": SiteAssets.early,
            "stylesheet": links.to(assets.style.path), "script": links.to(assets.script.path),
            "icon": links.to(assets.icon.path),
            "search": links.to(assets.search.path),
            "bar": bar(links).serialised,
            "navigation": SiteNavigation(tree: tree, page: page, links: links, tools: tools)
                .node(isWhole: reading.count <= SiteNavigation.whole).serialised,
            "breadcrumbs": breadcrumbs(page, links).serialised, "header": content.header,
            "abstract": content.abstract, "highlights": content.highlights, "contents": content.contents,
            "body": content.body + more(page, links), "footnotes": content.footnotes,
            "provenance": about(page, links).serialised + content.provenance,
            "neighbours": neighbours(page, links).serialised, "colophon": colophon(links).serialised,
            "head": headTags(of: page, in: site).serialised,
        ]
        if let summary = page.summary, !summary.isEmpty { context["description"] = summary }
        if !content.style.isEmpty { context["style"] = content.style }
        return SiteFile(path: page.path, text: template.render(context))
    }

    /// Nothing but what lies beside the page, and what the page itself has by its digest.
    private func policy(style: String) -> String {
        let own = style.isEmpty ? "" : " " + policySource(style)
        return "default-src 'none'; style-src 'self'\(own); script-src 'self' \(policySource(SiteAssets.early)); "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
    }

    /// A folder's own report is followed by what lies in the folder.
    private func more(_ page: SitePage, _ links: SiteLinks) -> String {
        guard page.content != nil, page.isRead else { return "" }
        let folder = page.kind == .home ? tree.root : tree.folders(to: page).last { $0.landing == page.path }
        guard let folder, !folder.all.isEmpty, page.source != nil else { return "" }
        // The index of a sweep has a table of its reports already.
        guard SitePath.name(of: page.path) == "index.html" else { return "" }
        return MarkupNode.fragment([
            .tag("h2", ["id": "site:reports"], text: "Reports"),
            SiteListing(links: links, tags: tags).table(folder.all, of: "Reports"),
        ]).serialised
    }

    // MARK: Around the text

    private func bar(_ links: SiteLinks) -> MarkupNode {
        .tag(
            "header", ["class": "bar"],
            [
                .tag("button", ["type": "button", "class": "menu-button", "popovertarget": "menu"], text: "Menu"),
                .tag("a", ["class": "name", "href": links.to("index.html")], text: site.settings.title),
                .tag(
                    "nav", ["aria-label": "Site", "class": "places"],
                    [.tag("ul", [:], tools.map { .tag("li", [:], [links.tool($0.path, text: $0.title)]) })]),
                .tag("button", ["type": "button", "class": "scheme", "hidden": ""], text: "Light or dark"),
            ])
    }

    private func breadcrumbs(_ page: SitePage, _ links: SiteLinks) -> MarkupNode {
        if page.kind == .home || page.kind == .notFound { return .nothing }
        var items = [(path: "index.html", title: "Home")]
        for folder in tree.folders(to: page).dropFirst() where folder.landing != page.path {
            items.append((folder.landing, folder.title))
        }
        if page.path.hasPrefix("tags/"), page.path != Site.tagsPath { items.append((Site.tagsPath, "Tags")) }
        if page.kind == .history, let place = told[page.path] {
            let report = reading[place]
            for folder in tree.folders(to: report).dropFirst() where folder.landing != report.path {
                items.append((folder.landing, folder.title))
            }
            items.append((report.path, report.title))
        }
        return .tag(
            "nav", ["class": "crumbs", "aria-label": "Breadcrumb"],
            [
                .tag(
                    "ol", [:],
                    items.map { .tag("li", [:], [links.node($0.path, text: $0.title)]) }
                        + [.tag("li", ["aria-current": "page"], text: page.kind == .history ? "History" : page.title)])
            ])
    }

    /// Tags, the history, and the report in other forms.
    private func about(_ page: SitePage, _ links: SiteLinks) -> MarkupNode {
        var rows: [MarkupNode] = []
        func add(_ name: String, _ items: [MarkupNode]) {
            guard !items.isEmpty else { return }
            rows.append(.tag("dt", [:], text: name))
            rows.append(
                .tag(
                    "dd", [:], items.enumerated().flatMap { index, item in index > 0 ? [.text(" · "), item] : [item] }))
        }
        add(
            "Tags",
            page.tags.compactMap { tag in
                tags.path(of: tag).map { .tag("a", ["href": links.to($0), "rel": "tag"], text: tag) }
            })
        let forms = ["json": "results as JSON", "md": "Markdown", "ipynb": "notebook"]
        add(
            "Also as",
            page.downloads.compactMap { path in
                let type = path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? ""
                return forms[type].map { .tag("a", ["href": links.to(path)], text: $0) }
            })
        add(
            "History",
            page.history.map { [.tag("a", ["href": links.to($0)], text: "every build of this report")] } ?? [])
        return rows.isEmpty ? .nothing : .tag("dl", ["class": "about"], rows)
    }

    private func neighbours(_ page: SitePage, _ links: SiteLinks) -> MarkupNode {
        guard let place = places[page.path] else { return .nothing }
        func link(_ index: Int, _ word: String, _ relation: String) -> MarkupNode {
            guard reading.indices.contains(index) else { return .nothing }
            return .tag(
                "a", ["class": relation, "rel": relation, "href": links.to(reading[index].path)],
                [.tag("span", [:], text: word), .text(" "), .tag("strong", [:], text: reading[index].title)])
        }
        let both: [MarkupNode] = [link(place - 1, "Previous", "prev"), link(place + 1, "Next", "next")]
        if both.allSatisfy(\.isEmpty) { return .nothing }
        return .tag("nav", ["class": "neighbours", "aria-label": "Previous and next"], both)
    }

    private func colophon(_ links: SiteLinks) -> MarkupNode {
        let repository = site.settings.repository.map { address -> [MarkupNode] in
            [.text(" · "), .tag("a", ["href": address], text: "Sources")]
        }
        return .tag(
            "footer", ["class": "colophon"],
            [.tag("p", [:], [.text("\(site.settings.title) · made by \(site.generator)")] + (repository ?? []))])
    }
}
