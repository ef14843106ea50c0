import Diagnostics
import Publishing
import Workspace

/// A tree that takes the place of another, whole: at every moment, and whenever it is interrupted, a reader finds all of the one
/// or all of the other.
///
/// The new tree is made beside the old one, with what others have put there, and reaches the disk before it is named. Then the
/// two names are exchanged in one step of the file system, or the symbolic link that the target is leads to the new one. What
/// an interrupted publication left beside the target has names of its own, and goes with the next.
struct FolderSwitch {
    private let site: PublishedSite
    private let place: PublicationPlace
    private let plan: PublicationPlan
    /// What the target had when the plan was made.
    private let listing: TreeListing
    private let files: any FileSystem

    init(
        _ site: PublishedSite, _ place: PublicationPlace, _ plan: PublicationPlan, _ listing: TreeListing,
        _ files: any FileSystem
    ) {
        self.site = site
        self.place = place
        self.plan = plan
        self.listing = listing
        self.files = files
    }

    /// The target's name, where it is one of its own, and a name beside it.
    private var target: String { place.link ?? place.folder }
    private func beside(_ word: String) -> String {
        Paths.joined(Paths.parent(of: target), ".\(Paths.lastComponent(of: target)).\(word)")
    }
    private var scratch: String { beside("publishing") }
    private var former: String { beside("published") }

    /// Takes away what publications left that were interrupted while they made a tree or removed one.
    func tidy() throws(FileError) {
        try files.removeTree(former)
        // The name is taken away first: a publication of another project that makes a tree there now must not put half of it in
        // place.
        for path in [scratch] + (try releases()) where files.linkStatus(of: path) != nil {
            try files.move(path, to: former)
            try files.removeTree(former)
        }
    }

    /// - Returns: What of the old tree could not be removed.
    func run() throws(FileError) -> [Diagnostic] {
        try fill()
        try settle()
        guard try TreeListing(of: place.folder, files).entries == listing.entries else {
            throw FileError(path: place.shown, reason: "somebody else writes to it, too")
        }
        let isLed = try change()
        do throws(FileError) {
            // What the link led to is known as the one before only if this is asked anew.
            try isLed ? FolderSwitch(site, place.again(files), plan, listing, files).tidy() : tidy()
        } catch {
            return [
                .warning(
                    .failedPublication, "The former site is removed; what is left of it goes with the next publication",
                    at: nil,
                    notes: [.init("\(error.path): \(error.reason)")])
            ]
        }
        return []
    }

    /// The new tree: files that are the same and files of others are those of the old tree under another name.
    private func fill() throws(FileError) {
        let rewritten = Set(plan.added + plan.changed)
        let removed = Set(plan.removed)
        for path in site.digests.keys.sortedByBytes() {
            if !rewritten.contains(path), (try? share(path)) != nil { continue }
            try write(path, try site.bytes(of: path))
        }
        for path in listing.paths
        where site.digests[path] == nil && !removed.contains(path) && path != PublicationManifest.path {
            if (try? share(path)) != nil { continue }
            // A file system without second names has copies.
            try write(path, try files.contents(of: Paths.joined(place.folder, path), limit: PublishedSite.sizeLimit))
        }
        try write(PublicationManifest.path, Array(site.publicationManifest.text.utf8))
    }

    private func share(_ path: String) throws(FileError) {
        try files.share(Paths.joined(place.folder, path), as: Paths.joined(scratch, path))
    }

    private func write(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        try files.replace([FileContent(path: Paths.joined(scratch, path), bytes: bytes, isDurable: false)])
    }

    private func settle() throws(FileError) {
        let written = (plan.added + plan.changed + [PublicationManifest.path]).map { Paths.joined(scratch, $0) }
        try files.settle(written, in: scratch)
    }

    /// The one step. Returns whether a symbolic link leads to another tree now.
    private func change() throws(FileError) -> Bool {
        if let link = place.link {
            try lead(link)
            return true
        }
        guard files.linkStatus(of: place.folder) != nil else {
            try files.move(scratch, to: place.folder)
            return false
        }
        do throws(FileError) {
            try files.exchange(scratch, place.folder)
        } catch {
            throw FileError(
                path: place.shown,
                reason: "\(error.reason): its file system cannot let two folders change places; where the target is a "
                    + "symbolic link to a folder, the link is changed")
        }
        try? files.settle([place.folder], in: Paths.parent(of: place.folder))
        return false
    }

    /// How trees are called that a symbolic link leads to.
    private func prefix(_ link: String) -> String { Paths.lastComponent(of: link) + ".release-" }

    private func lead(_ link: String) throws(FileError) {
        let parent = Paths.parent(of: link)
        // That of the same site may be the one that is read.
        let names = ["", "-2"].map { prefix(link) + site.digest.prefix(12) + $0 }
        let name = names.first { Paths.joined(parent, $0) != place.folder } ?? names[1]
        try files.removeTree(Paths.joined(parent, name))
        try files.move(scratch, to: Paths.joined(parent, name))
        try files.point(link, to: name)
        try? files.settle([Paths.joined(parent, name)], in: parent)
    }

    /// Trees of publications that the link does not lead to. What it led to before the first of them is somebody's.
    private func releases() throws(FileError) -> [String] {
        guard let link = place.link else { return [] }
        let parent = Paths.parent(of: link)
        return try files.names(in: parent).map { Paths.joined(parent, $0) }.filter { path in
            Paths.lastComponent(of: path).hasPrefix(prefix(link)) && path != place.folder
                && files.linkStatus(of: Paths.joined(path, PublicationManifest.path))?.kind == .file
        }
    }
}
