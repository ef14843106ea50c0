extension Site {
    /// The site with the pages that are made of others: home, listings, contact sheet, claims, search, and the one that
    /// stands for what is not there. A report that has the name of one of them takes its place.
    package var completed: Site {
        var site = self
        site.pages = pages.map { page in
            var page = page
            if page.kind == .report, page.path == "index.html" { page.kind = .home }
            if page.kind == .report, page.path == Site.referencePath { page.kind = .reference }
            return page
        }
        var taken = Set(site.pages.map(\.path))
        func add(_ kind: SitePage.Kind, _ path: String, _ title: String, _ summary: String? = nil) {
            guard taken.insert(path).inserted else { return }
            var page = SitePage(kind, path: path, title: title)
            page.summary = summary
            site.pages.append(page)
        }
        let tree = SiteTree(site.pages)
        let tags = SiteTags(tree.all)
        add(.home, "index.html", settings.title, settings.description)
        for folder in tree.allFolders where folder.landingPages.isEmpty {
            add(.listing, folder.landing, folder.title, "Reports in \(folder.title).")
        }
        if !tags.all.isEmpty { add(.listing, Site.tagsPath, "Tags", "What the reports are about.") }
        for tag in tags.all { add(.listing, tag.path, tag.name, "Reports about \(tag.name).") }
        if tree.all.contains(where: { !$0.figures.isEmpty }) {
            add(
                .figures, Site.galleryPath, "Figures", "Every figure of the reports, each linked to where it is argued."
            )
        }
        if tree.all.contains(where: { !$0.claims.isEmpty }) {
            add(.claims, Site.claimsPath, "Claims", "Every claim of the reports, and whether its number bears it out.")
        }
        add(.search, Site.searchPath, "Search", "Titles, headings, prose and numbers of all reports.")
        add(.notFound, Site.notFoundPath, "There is no such page")
        let sections = tree.sections
        for index in site.pages.indices { site.pages[index].section = sections[site.pages[index].path] ?? [] }
        return site
    }

    package static let galleryPath = "gallery.html"
    package static let claimsPath = "claims.html"
    package static let referencePath = "reference.html"
    package static let searchPath = "search.html"
    package static let notFoundPath = "404.html"
    package static let tagsPath = "tags/index.html"

    /// Names that no report of a site may have, below the output folder and without extension.
    package static func isReserved(_ path: String) -> Bool {
        let top = path.prefix { $0 != "/" }
        // The results of a report named `objects` would lie where the list of what can be referred to does.
        return [galleryPath, claimsPath, searchPath, notFoundPath, "objects.html"].contains(path)
            || ["assets", "tags", "social", "files"].contains(top) && path.contains("/")
    }
}

extension SiteTree {
    /// The titles of the folders that each report or listing lies in, by its path.
    fileprivate var sections: [String: [String]] {
        var sections: [String: [String]] = [:]
        func visit(_ folder: Folder, _ titles: [String]) {
            for page in folder.pages { sections[page.path] = titles }
            for below in folder.folders {
                sections[below.landing] = titles
                visit(below, titles + [below.title])
            }
        }
        visit(root, [])
        return sections
    }
}
