import Diagnostics
import Parallelism
import Publishing
import Workspace

/// What is wrong with the links of a site, told where they are written.
struct SiteLinkCheck {
    /// So many are told: a mistyped name of a much-linked page must not make thousands.
    static let limit = 100

    private let found: GatheredSite.Found
    private let workspace: WorkspaceContext
    private let pages: [String: PageLinks]
    private let files: Set<String>

    /// - Parameter files: All of the site's.
    init(_ found: GatheredSite.Found, files: [SiteManifest.File], in workspace: WorkspaceContext) {
        self.found = found
        self.workspace = workspace
        self.files = Set(files.map(\.path))
        let texts = files.compactMap { file -> (String, [UInt8])? in
            guard file.path.hasSuffix(".html"), case .bytes(let bytes) = file.content else { return nil }
            return (file.path, bytes)
        }
        let links = concurrentMap(texts.count) { PageLinks(texts[$0].1) }
        pages = Dictionary(zip(texts.map(\.0), links), uniquingKeysWith: { first, _ in first })
    }

    /// Links of the site that lead nowhere in it: errors.
    func broken() -> [Diagnostic] {
        let broken = brokenLinks(of: pages, files: files, settings: found.site.settings)
        var reader = LinkPlaces(found, workspace)
        let placed = broken.prefix(SiteLinkCheck.limit).flatMap { link in
            reader.places(of: link.link, on: link.page).map { (link: link, place: $0) }
        }
        // Other pages repeat links of reports: where one is written they need not be told.
        let written = Set(placed.filter { $0.place != nil }.map(\.link.reason))
        return placed.filter { $0.place != nil || !written.contains($0.link.reason) }
            .map { diagnostic(of: $0.link, at: $0.place) }
    }

    /// Addresses of other sites at which nothing was found: warnings.
    func unreachable(_ check: ExternalLinkCheck) -> [Diagnostic] {
        var uses: [String: [String]] = [:]
        for page in pages.keys.sorted() {
            for link in pages[page]?.external(besides: found.site.settings.baseURL) ?? [] {
                uses[link, default: []].append(page)
            }
        }
        var reader = LinkPlaces(found, workspace)
        return check.faults(of: uses.keys.sorted()).prefix(SiteLinkCheck.limit).flatMap { fault in
            (uses[fault.address] ?? []).prefix(1).flatMap { page in
                reader.places(of: fault.address, on: page).map { place in
                    .warning(
                        .unreachableLink, "A link to another site leads to a page that is there", at: place?.range,
                        notes: [.init("\(fault.address): \(fault.reason)")] + note(of: page, place))
                }
            }
        }
    }

    private func diagnostic(of link: BrokenLink, at place: WrittenLinks.Place?) -> Diagnostic {
        var notes = note(of: link.page, place)
        let better = link.better
        var fixes: [Diagnostic.FixIt] = []
        if let place, place.isExact, let better, let replacement = replacement(for: place.destination, link, better) {
            fixes = [Diagnostic.FixIt("did you mean \(replacement)?", replacing: place.range, with: replacement)]
        } else if let better {
            notes.insert(.init("did you mean \(better)?"), at: 0)
        }
        switch link.reason {
        case .noAnchor(let page, let anchor, _):
            return .error(
                .unknownAnchor, "A link leads to a heading or an id of its page", at: place?.range,
                notes: [.init("\(page) has no #\(anchor)")] + notes, fixIts: fixes)
        case .noFile(let path, _):
            return .error(
                .brokenSiteLink, "A link of a site leads to a page or a file of it", at: place?.range,
                notes: [.init("the site has no \(path)")] + notes, fixIts: fixes)
        case .outside:
            return .error(
                .brokenSiteLink, "A link of a site leads to a page or a file of it", at: place?.range,
                notes: [.init("\(link.link) leads out of the site")] + notes)
        }
    }

    /// The better link as the analysis would write it: where the page has the link as written, or its anchor is wrong.
    private func replacement(for destination: String, _ link: BrokenLink, _ better: String) -> String? {
        if destination == link.link { return better }
        guard case .noAnchor = link.reason, let place = destination.firstIndex(of: "#"),
            let anchor = better.firstIndex(of: "#")
        else { return nil }
        return String(destination[..<place]) + better[anchor...]
    }

    /// The page, where no place of an analysis says it.
    private func note(of page: String, _ place: WrittenLinks.Place?) -> [Diagnostic.Note] {
        place == nil ? [.init("on the page \(page)")] : []
    }
}

/// Where links of pages are written; each analysis is read once.
private struct LinkPlaces {
    private let workspace: WorkspaceContext
    private let analyses: [String: Analysis]
    private var known: [String: WrittenLinks?] = [:]

    init(_ found: GatheredSite.Found, _ workspace: WorkspaceContext) {
        self.workspace = workspace
        analyses = Dictionary(
            zip(found.records, found.outcomes).map { ($0.page.path, $1.analysis) },
            uniquingKeysWith: { first, _ in first })
    }

    /// One nil where it is written nowhere: the program made it.
    mutating func places(of link: String, on page: String) -> [WrittenLinks.Place?] {
        guard let analysis = analyses[page] else { return [nil] }
        if known[page] == nil { known[page] = .some(WrittenLinks(of: analysis, in: workspace)) }
        let places = (known[page] ?? nil)?.places[link] ?? []
        return places.isEmpty ? [nil] : places
    }
}
