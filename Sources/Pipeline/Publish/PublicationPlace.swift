import Diagnostics
import Publishing
import Values
import Workspace

/// A folder that is published to.
struct PublicationPlace {
    /// Absolute and real, where it is or will be.
    private(set) var folder: String
    /// The symbolic link that leads there, where the target is one.
    let link: String?
    let shown: String

    /// - Parameters:
    ///   - typed: From the working folder.
    ///   - site: The folder that is published; nil where that is none.
    init(
        _ typed: String, for project: Project, apartFrom site: String?, in workspace: WorkspaceContext
    ) throws(Diagnostic) {
        let files = workspace.files
        shown = typed
        var path = workspace.absolute(typed)
        while path.hasSuffix("/"), path != "/" { path.removeLast() }
        if path.utf8.contains(0) || typed.isEmpty { throw PublicationPlace.unsafe(typed, "it is no path") }
        let isLink = files.linkStatus(of: path)?.kind == .link
        link = isLink ? PublicationPlace.real(path, files, followsLast: false) : nil
        folder = PublicationPlace.real(path, files, followsLast: true)
        switch files.status(of: path)?.kind {
        case .folder: break
        case nil where !isLink: break
        case nil: throw PublicationPlace.unsafe(typed, "it is a symbolic link that leads nowhere")
        default: throw PublicationPlace.unsafe(typed, "it is not a folder")
        }
        if let reason = PublicationPlace.fault(folder, project, site, workspace)
            ?? link.flatMap({ PublicationPlace.fault($0, project, site, workspace) })
        {
            throw PublicationPlace.unsafe(typed, reason)
        }
    }

    /// The same place once the symbolic link was changed.
    func again(_ files: any FileSystem) -> PublicationPlace {
        var place = self
        if let link, let real = files.realPath(of: link) { place.folder = real }
        return place
    }

    private static func unsafe(_ typed: String, _ reason: String) -> Diagnostic {
        .error(
            .unsafeTarget, "A publication goes into a folder of its own; \(typed) cannot be it", at: nil,
            notes: [.init(reason)])
    }

    /// A path with links followed as far as it is there.
    private static func real(_ path: String, _ files: any FileSystem, followsLast: Bool) -> String {
        if followsLast, let real = files.realPath(of: path) { return real }
        let parent = Paths.parent(of: path)
        if parent == path { return path }
        let name = String(path.dropFirst(parent == "/" ? 1 : parent.count + 1))
        // What is not there has no links: `..` leads back.
        return Paths.normalised(Paths.joined(real(parent, files, followsLast: true), name))
    }

    private static func fault(
        _ folder: String, _ project: Project, _ site: String?, _ workspace: WorkspaceContext
    ) -> String? {
        let files = workspace.files
        if Paths.isInside(project.root, folder) { return "the project lies in it" }
        if let home = workspace.home.flatMap({ files.realPath(of: $0) }), Paths.isInside(home, folder) {
            return "a home folder lies in it"
        }
        for part in folder.split(separator: "/") where [".git", ".report"].contains(part) {
            return "\(part) is not a place for readers"
        }
        if let site, Paths.isInside(folder, site) { return "it lies in the site itself" }
        if let site, Paths.isInside(site, folder) { return "the site lies in it" }
        for name in ["output/audit", "output"] where folder == Paths.joined(project.root, name) {
            return "builds write there"
        }
        return nil
    }

    /// What the last publication left; a diagnostic where something else has its name.
    func manifest(_ files: any FileSystem) throws(Diagnostic) -> PublicationManifest? {
        let path = Paths.joined(folder, PublicationManifest.path)
        guard files.linkStatus(of: path) != nil else { return nil }
        if files.linkStatus(of: path)?.kind == .file, let bytes = try? files.contents(of: path, limit: 1 << 28),
            let manifest = Value(json: bytes, named: PublicationManifest.path).flatMap({ PublicationManifest($0) })
        {
            return manifest
        }
        throw PublicationPlace.damaged(shown)
    }

    /// A list of files that cannot be believed.
    static func damaged(_ shown: String) -> Diagnostic {
        .error(
            .foreignTarget,
            "A publication knows its files by \(PublicationManifest.path), and that of \(shown) is damaged",
            at: nil,
            notes: [.init("bring it back, or remove it: with --force the next publication takes the target over")])
    }

    /// A target without such a list, and with files.
    static func foreign(_ shown: String) -> Diagnostic {
        .error(
            .foreignTarget,
            "A publication goes where nothing is, or where one went before; \(shown) has files of others",
            at: nil,
            notes: [.init("--force publishes there, over files of the same names; all others stay")])
    }
}
