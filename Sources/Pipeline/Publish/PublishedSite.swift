import Diagnostics
import Digests
import Documents
import Publishing
import Values
import Workspace

/// A site as its build left it: each file was read and is what the build says of it.
struct PublishedSite {
    /// Larger files are not taken into memory.
    static let sizeLimit = 2 << 30

    /// Absolute and real.
    let folder: String
    let list: SiteList
    /// What is published of it, by SHA-256.
    let digests: [String: String]
    let files: any FileSystem

    /// - Parameter typed: nil for the project's own.
    static func read(
        _ typed: String?, of project: Project, in workspace: WorkspaceContext, _ diagnostics: inout [Diagnostic]
    ) throws(Diagnostic) -> PublishedSite {
        let files = workspace.files
        let shown = typed ?? "output/site"
        let path = typed.map { workspace.absolute($0) } ?? Paths.joined(project.root, shown)
        guard let folder = files.realPath(of: path), files.status(of: folder)?.kind == .folder,
            typed != nil || Paths.isInside(folder, project.root)
        else { throw noSite(shown, "there is no such folder") }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try files.contents(of: Paths.joined(folder, SiteList.path), limit: 1 << 28)
        } catch {
            throw noSite(shown, "\(SiteList.path) cannot be read: \(error.reason)")
        }
        guard let value = Value(json: bytes, named: SiteList.path), var list = SiteList(value) else {
            throw noSite(shown, "\(SiteList.path) is not what a build of a site writes")
        }
        // Neither what the build keeps for itself nor what a publication does.
        for own in [SiteList.path, PublicationManifest.path] { list.files[own] = nil }
        let site = PublishedSite(folder: folder, list: list, digests: list.files, files: files)
        try site.verify(shown, &diagnostics)
        return site
    }

    private static func noSite(_ shown: String, _ reason: String) -> Diagnostic {
        .error(
            .noSite, "What is published is a site, and there is none in \(shown)", at: nil,
            notes: [.init(reason), .init("report site build makes it")])
    }

    /// Reads every file.
    private func verify(_ shown: String, _ diagnostics: inout [Diagnostic]) throws(Diagnostic) {
        var faults: [String] = []
        for path in digests.keys.sortedByBytes() {
            do throws(FileError) {
                _ = try bytes(of: path)
            } catch {
                faults.append("\(path): \(error.reason)")
            }
        }
        if !faults.isEmpty {
            throw .error(
                .changedSite, "A site is published as it was built, and \(shown) was changed since", at: nil,
                notes: faults.prefix(20).map { .init($0) } + [.init("report site build makes it again")])
        }
        let own = [SiteList.path, PublicationManifest.path]
        let others = ((try? TreeListing(of: folder, files)) ?? TreeListing()).paths.filter {
            digests[$0] == nil && !own.contains($0)
        }
        if !others.isEmpty {
            diagnostics.append(
                .warning(
                    .changedSite, "A site is published as it was built: other files in \(shown) are left out", at: nil,
                    notes: others.prefix(20).map { .init($0) }))
        }
    }

    /// A file, as long as it is what was built.
    func bytes(of path: String) throws(FileError) -> [UInt8] {
        let full = Paths.joined(folder, path)
        var place = folder
        for part in path.split(separator: "/") {
            place = Paths.joined(place, String(part))
            if files.linkStatus(of: place)?.kind == .link {
                throw FileError(path: full, reason: "a symbolic link is not what was built")
            }
        }
        let bytes = try files.contents(of: full, limit: PublishedSite.sizeLimit)
        guard sha256(bytes) == digests[path] else { throw FileError(path: full, reason: "it is not what was built") }
        return bytes
    }

    /// The digest of all that is published.
    var digest: String { Value.object(Object(digests: digests)).digest }

    var publicationManifest: PublicationManifest { PublicationManifest(files: digests) }
}

extension Value {
    /// JSON of any form; nil for what is none.
    init?(json bytes: [UInt8], named name: String) {
        guard let text = String(validating: bytes, as: UTF8.self),
            let node = try? JSONReader.read(SourceFile(path: name, text: text))
        else { return nil }
        self = node.value
    }
}
