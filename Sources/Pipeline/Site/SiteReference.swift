import Digests
import Documents
import Execution
import Publishing
import Rendering
import Workspace

/// The page of the language's reference: the same for every project, and kept between builds.
enum SiteReference {
    /// nil where it cannot be made, which the program's own tests rule out.
    static func page(_ build: SiteBuild, cache: BuildCache?) -> SitePage? {
        let name = sha256("site reference \(cache.map { build.build(makesAll: false).tool($0) } ?? "")".utf8)
        if let kept = cache?.value(name).flatMap({ SiteRecord($0) }) { return kept.page }
        guard let page = made(build) else { return nil }
        cache?.store(SiteRecord(page: page).value, name)
        return page
    }

    /// Built as an analysis is, of a project in memory that holds nothing else.
    private static func made(_ build: SiteBuild) -> SitePage? {
        let files = MemoryFileSystem(["/site/Analyses/reference.md": ReferencePage.text])
        let workspace = WorkspaceContext(files: files, workingFolder: "/site", home: nil, user: build.workspace.user)
        var options = BuildOptions()
        options.formats = [.html]
        options.keepsSitePages = true
        let outcomes = Build(options, in: workspace, trust: Trust(workspace, configurationHome: nil)).run([
            "Analyses/reference.md"
        ]).outcomes
        guard var page = outcomes.first?.site?.record(in: nil)?.page else { return nil }
        page.kind = .reference
        page.source = nil
        page.downloads = []
        page.content?.provenance = ""
        return page
    }
}
