import Diagnostics
import Markup
import Publishing
import Reports
import Workspace

/// Files of the project that a report links to, and the links as they are in its page and are to be in a site.
///
/// What is hidden, no regular file, or what a build writes is left where it is.
struct LinkedFiles {
    /// From the project's root, each once.
    private(set) var files: [String] = []
    /// Attributes as HTML has them.
    private(set) var moves: [(old: String, new: String)] = []

    /// No larger file is taken into a site: 256 MiB.
    static let limit = 256 << 20

    init(_ links: [SourceRange: LinkTarget], of analysis: Analysis, in workspace: WorkspaceContext) {
        var known: Set<String> = []
        var targets: [(path: String, old: String, new: String)] = []
        for target in links.values {
            guard case .file(let path) = target.place, LinkedFiles.mayBeShown(path) else { continue }
            let full = Paths.joined(analysis.project.root, path)
            guard let status = workspace.files.status(of: full), status.kind == .file, status.size <= LinkedFiles.limit
            else { continue }
            let old = target.link(from: analysis.outputName).page
            let new = SitePath.link(from: analysis.outputName, to: LinkedFiles.path(of: path)) + target.suffix
            if known.insert(old).inserted { targets.append((path, old, new)) }
        }
        for target in targets.sorted(by: { $0.old < $1.old }) {
            if !files.contains(target.path) { files.append(target.path) }
            moves.append((LinkedFiles.attribute(target.old), LinkedFiles.attribute(target.new)))
        }
    }

    /// Where a site has a file of the project.
    static func path(of file: String) -> String { "files/\(file)" }

    private static func mayBeShown(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.first != "output" && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
    }

    /// ` href="…"`.
    private static func attribute(_ link: String) -> String {
        String(MarkupNode.tag("a", ["href": link]).serialised.dropFirst(2).dropLast("></a>".count))
    }
}
