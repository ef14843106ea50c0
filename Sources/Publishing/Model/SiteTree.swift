/// The reports of a site by folder: what navigation, listings and the order of reading are made of.
package struct SiteTree: Sendable {
    package struct Folder: Sendable {
        /// From the site's root, without a slash at its end; empty for the site itself.
        package var path: String
        package var title: String
        /// The page that stands for the folder: a report of that name, else its listing.
        package var landing: String
        /// In the order of reading; without the landing.
        package var pages: [SitePage] = []
        package var folders: [Folder] = []

        /// All reports in it and below it, in the order of reading.
        package var all: [SitePage] { pages + folders.flatMap { $0.landingPages + $0.all } }

        /// The landing, where it is a report.
        var landingPages: [SitePage] = []
    }

    package var root: Folder

    /// - Parameter pages: Reports, and others, which are not in the tree.
    package init(_ pages: [SitePage]) {
        let members = pages.filter(\.isRead)
        var byFolder: [String: [SitePage]] = [:]
        var paths: Set<String> = []
        for page in members {
            var folder = SitePath.folder(of: page.path)
            byFolder[folder, default: []].append(page)
            while !folder.isEmpty, paths.insert(folder).inserted { folder = SitePath.folder(of: folder) }
        }
        var children: [String: [String]] = [:]
        for path in paths.sorted() { children[SitePath.folder(of: path), default: []].append(path) }
        let known = Dictionary(members.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        root = SiteTree.folder("", byFolder, children, known)
    }

    private static func folder(
        _ path: String, _ byFolder: [String: [SitePage]], _ children: [String: [String]], _ known: [String: SitePage]
    ) -> Folder {
        let prefix = path.isEmpty ? "" : path + "/"
        let below = children[path] ?? []
        // A report `x.html` beside a folder `x` stands for it, as does `x/index.html`.
        let beside = Set(below.map { "\($0).html" })
        let own = path.isEmpty ? ["index.html"] : ["\(path).html", "\(prefix)index.html"]
        let landing = own.lazy.compactMap { known[$0] }.first
        let landingPath = landing?.path ?? "\(prefix)index.html"
        var folder = Folder(path: path, title: landing?.title ?? SitePath.title(of: path), landing: landingPath)
        folder.pages = (byFolder[path] ?? []).filter { page in
            !beside.contains(page.path) && page.path != landingPath
        }.sorted(by: SiteTree.precedes)
        folder.landingPages = landing.map { [$0] } ?? []
        folder.folders = below.map { SiteTree.folder($0, byFolder, children, known) }.sorted { first, second in
            switch (first.landingPages.first, second.landingPages.first) {
            case (let a?, let b?): return precedes(a, b)
            case (nil, nil): return first.path.utf8.lexicographicallyPrecedes(second.path.utf8)
            case (let a, _): return a?.order != nil
            }
        }
        return folder
    }

    /// The folders from the root down to the one that a page lies in or stands for.
    package func folders(to page: SitePage) -> [Folder] {
        var found = [root]
        while let next = found[found.count - 1].folders.first(where: { folder in
            page.path == folder.landing || page.path.hasPrefix(folder.path + "/")
        }) { found.append(next) }
        return found
    }

    /// All reports, in the order of reading.
    package var all: [SitePage] { root.landingPages + root.all }

    /// All folders but the site itself, in the order of reading.
    package var allFolders: [Folder] {
        func below(_ folder: Folder) -> [Folder] { folder.folders.flatMap { [$0] + below($0) } }
        return below(root)
    }

    /// By the order that they ask for, then by title, then by path.
    private static func precedes(_ a: SitePage, _ b: SitePage) -> Bool {
        let (first, second) = (a.order ?? Int.max, b.order ?? Int.max)
        if first != second { return first < second }
        let titles = (a.title.lowercased(), b.title.lowercased())
        if titles.0 != titles.1 { return titles.0.utf8.lexicographicallyPrecedes(titles.1.utf8) }
        return a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
    }
}

extension SitePage {
    /// Whether people come to it by navigation, one after another.
    package var isRead: Bool { kind == .report || kind == .home && content != nil }
}
