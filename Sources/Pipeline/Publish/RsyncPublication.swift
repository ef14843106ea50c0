import Diagnostics
import Publishing
import Values
import Workspace

/// A site brought to a folder by rsync: over SSH, to a daemon, or on this machine.
///
/// Files are compared by their digests, put in place at the end all at once, and those of earlier publications removed last. A
/// reader may see old and new pages beside each other for the moment that this takes.
struct RsyncPublication {
    let site: PublishedSite
    let publication: Publication
    /// The target as people call it.
    let shown: String
    /// As rsync takes it, without a slash at its end.
    let address: String
    private let program: RsyncProgram

    init(to typed: String, _ site: PublishedSite, _ publication: Publication) throws(Diagnostic) {
        self.site = site
        self.publication = publication
        shown = typed
        switch RsyncAddress(typed) {
        case .remote(let text): address = text
        case .folder(let path):
            // Rules for a folder of this machine hold for rsync, too.
            address = try PublicationPlace(
                path, for: publication.project, apartFrom: site.folder, in: publication.workspace
            )
            .folder
        case nil:
            throw .error(
                .unsafeAddress,
                "rsync writes to [USER@]HOST:FOLDER, [USER@]HOST::MODULE/FOLDER, rsync://HOST/MODULE/FOLDER or a folder",
                at: nil,
                notes: [.init("'\(typed)' is none of them")])
        }
        guard let program = RsyncProgram(of: publication.project, in: publication.workspace) else {
            throw .publication("there is no rsync on the search path")
        }
        self.program = program
    }

    func run() throws(Diagnostic) -> Delivered {
        let scratch = try publishing { () throws(FileError) in
            try ScratchFolder(of: publication.project, in: publication.workspace)
        }
        defer { scratch.remove() }
        let result: Result<Delivered, Diagnostic>
        do throws(RsyncProgram.Failure) {
            result = try run(in: scratch)
        } catch {
            throw .publication("\(shown): \(error.reason)")
        }
        return try result.get()
    }

    private func run(in scratch: ScratchFolder) throws(RsyncProgram.Failure) -> Result<Delivered, Diagnostic> {
        if let failure = stage(in: scratch) { return .failure(failure) }
        let there = try program.files(below: address)
        var manifest: PublicationManifest?
        if there.contains(PublicationManifest.path) {
            let copy = Paths.joined(scratch.path, "before")
            try program.fetch(address + "/" + PublicationManifest.path, to: copy)
            let bytes = try? publication.workspace.files.contents(
                of: Paths.joined(copy, PublicationManifest.path), limit: 1 << 28)
            manifest = bytes.flatMap { Value(json: $0, named: PublicationManifest.path) }
                .flatMap { PublicationManifest($0) }
            if manifest == nil { return .failure(PublicationPlace.damaged(shown)) }
        }
        let isForced = publication.options.isForced
        guard manifest != nil || there.isEmpty || isForced else { return .failure(PublicationPlace.foreign(shown)) }
        let foreign = site.digests.keys.filter { there.contains($0) && manifest?.knows($0) != true }.sortedByBytes()
        if !isForced,
            let conflict = Diagnostic.publication(foreign.map { .init(path: $0, reason: .foreign) }, in: shown)
        {
            return .failure(conflict)
        }
        let gone = (manifest?.paths ?? []).filter { site.digests[$0] == nil }
        let changes = try program.transfer(
            Paths.joined(scratch.path, "tree"), to: address, removing: gone, isDry: publication.options.isDry)
        let plan = PublicationPlan(
            added: changes.added, changed: changes.changed, removed: changes.removed,
            unchanged: site.digests.count - changes.added.count - changes.changed.count)
        return .success(Delivered(plan: plan, place: shown, count: site.digests.count))
    }

    /// The files that are sent, and the list of them.
    private func stage(in scratch: ScratchFolder) -> Diagnostic? {
        do throws(FileError) {
            for path in site.digests.keys.sortedByBytes() {
                try scratch.add("tree/" + path, sharing: Paths.joined(site.folder, path)) { () throws(FileError) in
                    try site.bytes(of: path)
                }
            }
            try scratch.write("tree/" + PublicationManifest.path, Array(site.publicationManifest.text.utf8))
            return nil
        } catch {
            return .publication(error)
        }
    }
}
