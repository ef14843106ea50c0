import Diagnostics
import Digests
import Publishing
import Workspace

/// Pages in the documents of a tool, beside those of others.
///
/// The list of the publication's files tells them from others' at every moment: it names what is about to be written before
/// anything is, so that a publication which was interrupted is made good by the next.
struct TreePublication {
    let pages: PublishedPages
    let place: PublicationPlace
    let isForced: Bool
    let isDry: Bool
    let files: any FileSystem

    init(to typed: String, _ pages: PublishedPages, _ publication: Publication) throws(Diagnostic) {
        self.pages = pages
        place = try PublicationPlace(typed, for: publication.project, apartFrom: nil, in: publication.workspace)
        isForced = publication.options.isForced
        isDry = publication.options.isDry
        files = publication.workspace.files
    }

    func run() throws(Diagnostic) -> Delivered {
        let manifest = try place.manifest(files)
        let documents = DocumentationProject(of: pages.tool, around: place.folder, files)
        if documents?.folder == place.folder, pages.tool == .mkdocs || documents?.documents != place.folder {
            throw .error(
                .unsafeTarget,
                "Pages go into the documents of \(pages.tool.rawValue), and \(place.shown) is its project",
                at: nil, notes: [.init("name a folder in \(documents.map { place.shown + "/" + $0.name } ?? "docs")")])
        }
        let navigation = pages.navigation(below: documents?.prefix(of: place.folder) ?? "")
        var wanted = pages.files
        for (path, text) in self.navigation(navigation, documents) where !isOthers(path, manifest) {
            wanted[path] = Array(text.utf8)
        }
        let digests = wanted.mapValues { sha256($0) }
        let held = try publishing { () throws(FileError) in try self.held(digests, manifest) }
        let plan = PublicationPlan(digests, manifest: manifest, held: held, isForced: isForced)
        if let conflict = Diagnostic.publication(plan.conflicts, in: place.shown) { throw conflict }
        let settings = pages.tool == .mkdocs ? documents?.updated(with: navigation, files) : nil
        if !isDry {
            let finished = PublicationManifest(files: digests)
            if !plan.isEmpty || manifest != finished {
                try publishing { () throws(FileError) in try write(plan, wanted, digests, after: manifest) }
            }
            if let settings {
                try publishing { () throws(FileError) in
                    try files.replace([FileContent(path: settings.path, bytes: Array(settings.text.utf8))])
                }
            }
        }
        var delivered = Delivered(plan: plan, place: place.shown, count: digests.count)
        delivered.more = more(navigation, documents, isKept: settings != nil)
        return delivered
    }

    /// Files for the tool's navigation.
    private func navigation(
        _ tree: NavigationTree, _ documents: DocumentationProject?
    ) -> [(path: String, text: String)] {
        switch pages.tool {
        case .mkdocs: [("report-nav.yml", MkDocsNavigation.text(tree))]
        case .docusaurus:
            DocusaurusNavigation.files(
                tree, prefix: documents?.prefix(of: place.folder) ?? Paths.lastComponent(of: place.folder) + "/")
        }
    }

    /// Whether somebody has named a folder already: that name stays.
    private func isOthers(_ path: String, _ manifest: PublicationManifest?) -> Bool {
        Paths.lastComponent(of: path) == "_category_.json" && manifest?.knows(path) != true
            && files.linkStatus(of: Paths.joined(place.folder, path)) != nil
    }

    private func held(
        _ digests: [String: String], _ manifest: PublicationManifest?
    ) throws(FileError) -> [String: PublicationPlan.Held] {
        var held: [String: PublicationPlan.Held] = [:]
        for path in PublicationPlan.questions(digests, manifest) {
            let isBlocked = PublishedPath.parents(of: path).contains { parent in
                files.linkStatus(of: Paths.joined(place.folder, parent)).map { $0.kind != .folder } ?? false
            }
            let full = Paths.joined(place.folder, path)
            switch isBlocked ? .link : files.linkStatus(of: full)?.kind {
            case nil: break
            case .file: held[path] = .file(sha256: try files.digest(of: full))
            default: held[path] = .obstacle
            }
        }
        return held
    }

    private func write(
        _ plan: PublicationPlan, _ wanted: [String: [UInt8]], _ digests: [String: String],
        after manifest: PublicationManifest?
    ) throws(FileError) {
        func content(_ path: String, _ bytes: [UInt8]) -> FileContent {
            FileContent(path: Paths.joined(place.folder, path), bytes: bytes)
        }
        func list(_ manifest: PublicationManifest) -> FileContent {
            content(PublicationManifest.path, Array(manifest.text.utf8))
        }
        // What an interrupted publication wrote stays known.
        let before = (manifest?.pending ?? [:]).merging(manifest?.files ?? [:]) { $1 }
        try files.replace([list(PublicationManifest(files: before, pending: digests))])
        try files.replace((plan.added + plan.changed).map { content($0, wanted[$0] ?? []) })
        for path in plan.removed {
            try files.remove(Paths.joined(place.folder, path))
            for parent in PublishedPath.parents(of: path).reversed() {
                // One that is not empty stays.
                let folder = Paths.joined(place.folder, parent)
                guard (try? files.names(in: folder))?.isEmpty == true, (try? files.remove(folder)) != nil else { break }
            }
        }
        try files.replace([list(PublicationManifest(files: digests))])
    }

    /// How the pages get into the navigation.
    private func more(_ tree: NavigationTree, _ documents: DocumentationProject?, isKept: Bool) -> [String] {
        guard pages.tool == .mkdocs else {
            return ["Items for a sidebar that is written by hand are in \(place.shown)/report-sidebar.json."]
        }
        if isKept { return ["The nav of \(documents?.settingsName ?? "mkdocs.yml") has the pages."] }
        return [
            "Where mkdocs.yml has a nav, it needs these entries; between the lines `\(MkDocsNavigation.begin)` and "
                + "`\(MkDocsNavigation.end)` in it they are kept up to date:"
        ] + MkDocsNavigation.lines(tree).map { "  " + $0 }
    }
}
