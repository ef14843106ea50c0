import Diagnostics
import Documents
import Markup
import Publishing
import Rendering
import Reports
import Values
import Workspace

/// What a site shows of a report, as it is kept between builds.
struct SiteRecord: Sendable {
    var page: SitePage
    /// Drawings that the report's own files do not hold.
    var drawings: [SiteFile] = []
    /// Files of the project that the page links to, from the project's root: a site has them below `files/`.
    var linked: [String] = []

    init(page: SitePage) { self.page = page }

    /// - Parameter files: What was written of the report, by its path in the output folder.
    init(
        _ report: Report, _ parts: PageParts, of analysis: Analysis, links: [SourceRange: LinkTarget],
        files: [(path: String, bytes: [UInt8])], in workspace: WorkspaceContext
    ) {
        let name = Paths.lastComponent(of: analysis.outputName)
        let prefix = String(analysis.outputName.dropLast(name.count))
        var drawn = files.filter { $0.path.hasSuffix(".svg") }.map { SiteFile(path: $0.path, bytes: $0.bytes) }
        if !report.document.frontMatter.formats.contains(.md) || drawn.isEmpty {
            let known = Set(drawn.map(\.path))
            drawings = figureFiles(of: report, name: name).map { SiteFile(path: prefix + $0.path, bytes: $0.bytes) }
                .filter { !known.contains($0.path) }
            drawn += drawings
        }
        page = SitePage(report, of: analysis, drawings: drawn)
        page.downloads = ["json", "md", "ipynb"].map { "\(analysis.outputName).\($0)" }.filter { path in
            files.contains { $0.path == path }
        }
        var content = parts
        let moved = LinkedFiles(links, of: analysis, in: workspace)
        content.move(moved)
        linked = moved.files
        page.content = content
    }
}

extension PageParts {
    /// Lets links lead to where the site has files of the project.
    fileprivate mutating func move(_ files: LinkedFiles) {
        for (old, new) in files.moves {
            for part in [\PageParts.abstract, \.highlights, \.body, \.footnotes]
                as [WritableKeyPath<PageParts, String>]
            where self[keyPath: part].contains(old) {
                self[keyPath: part] = self[keyPath: part].replacing(old, with: new)
            }
        }
    }
}
