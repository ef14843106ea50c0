import BuiltInTemplates
import Diagnostics
import Digests
import Documents
import Execution
import Ledger
import Parallelism
import Publishing
import Rendering
import Values
import Workspace

/// What a site is made of, from what builds left.
struct GatheredSite {
    /// A site with the files that its reports bring.
    struct Found {
        var site: Site
        var records: [SiteRecord]
        /// Those that the records are of, in the same order.
        var outcomes: [Build.Outcome]
    }

    private let reports: SiteBuild.Reports
    private let project: Project
    private let build: SiteBuild
    private let digests: FileDigests
    private let cache: BuildCache?
    private let histories: SiteHistories
    private let style: SiteStyle

    init(_ reports: SiteBuild.Reports, _ project: Project, _ build: SiteBuild, digests: FileDigests) {
        self.reports = reports
        self.project = project
        self.build = build
        self.digests = digests
        cache = build.options.build.ignoresCache ? nil : build.cache?.open(project)
        histories = SiteHistories(of: project, build)
        style = GatheredSite.style(of: project, build)
    }

    /// The digest of everything that decides what the site is: a site of the same is the same.
    var ground: String {
        let pages = reports.outcomes.map { outcome -> Value in
            let linked = (outcome.site?.linked ?? []).map { path -> Value in
                let digest = try? digests.digest(of: Paths.joined(project.root, path)).sha256
                return [.string(path), digest.map { .string($0) } ?? .null]
            }
            return [
                .string(outcome.analysis.outputName), .string(outcome.site?.digest ?? ""), .list(linked),
                .list(zip(outcome.files, outcome.digests).map { [.string(project.shown($0)), .string($1)] }),
            ]
        }
        let tool = cache.map { build.build(makesAll: false).tool($0) } ?? ToolVersion.current
        let value: Value = [
            "tool": .string(tool), "settings": settings.value, "drafts": .boolean(build.options.includesDrafts),
            "theme": .string(style.theme), "brand": .string(style.brand), "trail": histories.ground,
            "pages": .list(pages),
        ]
        return value.digest
    }

    /// Those of `report.yaml`, and what was asked for.
    private var settings: SiteSettings {
        let written = reports.settings
        var settings = SiteSettings(
            title: written.title,
            description: written.description,
            baseURL: build.options.baseURL.flatMap(WebsiteSettings.baseURL) ?? written.url)
        settings.language = written.language
        settings.repository = written.repository
        return settings
    }

    /// The site, with the pages of reports, their histories and the reference; what is wrong in it is diagnosed.
    func site(_ diagnostics: inout [Diagnostic]) -> Found {
        var found = Found(
            site: Site(settings: settings, pages: [], generator: "report \(ToolVersion.current)"), records: [],
            outcomes: [])
        found.site.style = style
        for (outcome, record) in zip(reports.outcomes, records(&diagnostics)) {
            guard let record, build.options.includesDrafts || !record.page.isDraft else { continue }
            found.records.append(record)
            found.outcomes.append(outcome)
        }
        let names = found.outcomes.map(\.analysis.outputName)
        let told = histories.parts(of: Set(names), &diagnostics)
        for (index, name) in names.enumerated() {
            guard let parts = told[name] else { continue }
            let path = HistoryPage.path(of: name)
            var page = SitePage(.history, path: path, title: "History of \(found.records[index].page.title)")
            page.content = parts
            found.records[index].page.history = path
            found.site.pages.append(page)
        }
        found.site.pages = found.records.map(\.page) + found.site.pages
        if !found.site.pages.contains(where: { $0.path == Site.referencePath }),
            let page = SiteReference.page(build, cache: cache)
        {
            found.site.pages.append(page)
        }
        check(&found, &diagnostics)
        cache?.close(limit: ProjectCache.limit)
        return found
    }

    /// A record for each outcome. One whose kept page is gone is made again; nil where that fails, too.
    private func records(_ diagnostics: inout [Diagnostic]) -> [SiteRecord?] {
        var records = concurrentMap(reports.outcomes.count) { reports.outcomes[$0].site?.record(in: cache) }
        let lost = Set(records.indices.filter { records[$0] == nil }.map { reports.outcomes[$0].analysis.path })
        if lost.isEmpty { return records }
        let (general, again) = build.build(makesAll: true).run(lost.sorted())
        diagnostics += general
        for index in records.indices where records[index] == nil {
            let analysis = reports.outcomes[index].analysis
            let made = again.first {
                $0.analysis.path == analysis.path && $0.analysis.outputName == analysis.outputName
            }
            records[index] = made?.site?.record(in: cache)
            if records[index] == nil {
                diagnostics.append(
                    .error(
                        .unwritableSite, "The page of \(analysis.label) cannot be made for the site", at: nil))
            }
        }
        return records
    }

    /// Files that lie beside the pages: the reports' own in other formats, drawings, and what is linked to.
    func copies(of found: Found) throws(FileError) -> [SiteManifest.File] {
        var files: [SiteManifest.File] = []
        var linked: Set<String> = []
        let output = Paths.joined(project.root, "output")
        for (record, outcome) in zip(found.records, found.outcomes) {
            for (path, digest) in zip(outcome.files, outcome.digests) where !path.hasSuffix(".html") {
                files.append(SiteManifest.File(path: Paths.relative(path, to: output), copyOf: path, sha256: digest))
            }
            files += record.drawings.map { SiteManifest.File(path: $0.path, bytes: $0.bytes) }
            for path in record.linked where linked.insert(path).inserted {
                let full = Paths.joined(project.root, path)
                let digest = try digests.digest(of: full).sha256
                files.append(SiteManifest.File(path: LinkedFiles.path(of: path), copyOf: full, sha256: digest))
            }
        }
        return files
    }

    /// The theme of the project's pages, with its own templates where they are trusted.
    private static func style(of project: Project, _ build: SiteBuild) -> SiteStyle {
        let isTrusted = build.options.build.trustsTemplates || build.trust.isTrusted(project)
        let own = isTrusted ? (try? build.trust.templates(of: project)) ?? [:] : [:]
        var style = SiteStyle()
        (style.theme, style.brand) = sharedStyle(templates: own)
        return style
    }
}

extension SiteSettings {
    /// Everything that pages tell of them.
    fileprivate var value: Value {
        [
            "title": .string(title), "description": .string(description ?? ""), "url": .string(baseURL ?? ""),
            "language": .string(language), "repository": .string(repository ?? ""),
        ]
    }
}
