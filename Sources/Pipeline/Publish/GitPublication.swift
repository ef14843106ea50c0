import Diagnostics
import Digests
import Publishing
import Values
import Workspace

/// A site as a commit of a branch in another repository.
///
/// The commit is made in a repository of its own, so that the project's work tree, index, settings and hooks have no part in it.
/// It continues the branch as it is there, keeps the files of others in it, and is not made where the branch has the same tree. A
/// branch is never replaced, unless that is forced: then only while it is what was looked at.
struct GitPublication {
    let branch: Publication.GitBranch
    /// As git takes it.
    let address: String
    let site: PublishedSite
    let publication: Publication

    init(to branch: Publication.GitBranch, _ site: PublishedSite, _ publication: Publication) throws(Diagnostic) {
        self.branch = branch
        self.site = site
        self.publication = publication
        address = try publication.address(of: branch.remote)
    }

    /// What people call the target.
    private var shown: String { "\(branch.branch) of \(GitAddress.shown(branch.remote))" }

    func run() throws(Diagnostic) -> Delivered {
        let scratch = try publishing { () throws(FileError) in
            try ScratchFolder(of: publication.project, in: publication.workspace)
        }
        defer { scratch.remove() }
        let result: Result<Delivered, Diagnostic>
        do throws(GitRepository.Failure) {
            result = try run(in: scratch)
        } catch {
            throw .publication("\(shown): \(error.reason)")
        }
        return try result.get()
    }

    /// A commit of the branch, with what is known of it.
    private struct Before {
        var commit: String?
        var tree: String?
        var files: [String: GitRepository.File] = [:]
        var manifest: PublicationManifest?
        var isDamaged = false
    }

    private func run(in scratch: ScratchFolder) throws(GitRepository.Failure) -> Result<Delivered, Diagnostic> {
        let probe = try store(.sha1, in: scratch)
        guard probe.isBranch(branch.branch) else {
            return .failure(
                .error(
                    .unsafeAddress, "A branch has a name that git takes", at: nil,
                    notes: [.init("'\(branch.branch)' is none")]))
        }
        let head = try probe.head(of: branch.branch, at: address)
        let store = head?.count == 64 ? try store(.sha256, in: scratch) : probe
        let before = try head == nil ? Before() : read(store)
        if before.isDamaged { return .failure(PublicationPlace.damaged(shown)) }
        let isForced = publication.options.isForced
        guard before.manifest != nil || before.files.isEmpty || isForced else {
            return .failure(PublicationPlace.foreign(shown))
        }
        let paths = site.digests.keys.sortedByBytes()
        let objects = Dictionary(uniqueKeysWithValues: zip(paths, try store.add(paths, in: site.folder)))
        let plan = PublicationPlan(
            site.digests, manifest: before.manifest, held: try held(before, objects, store), isForced: isForced)
        if let conflict = Diagnostic.publication(plan.conflicts, in: shown) { return .failure(conflict) }
        var delivered = Delivered(plan: plan, place: shown, count: site.digests.count)
        let list = try store.add(Array(site.publicationManifest.text.utf8))
        let tree = try store.tree(
            of: before.commit, without: plan.removed,
            with: paths.map { ($0, objects[$0] ?? "") } + [(PublicationManifest.path, list)])
        if publication.options.isDry || tree == before.tree { return .success(delivered) }
        if !branch.keepsHistory, before.commit != nil, !isForced { return .failure(diverged("it has other commits")) }
        guard let identity = try identity(store) else {
            return .failure(
                .publication("git does not know who you are: git config user.name and user.email say it"))
        }
        let commit = try store.commit(
            tree, after: branch.keepsHistory ? before.commit : nil, message, by: identity,
            at: publication.workspace.now())
        let isReplaced = !branch.keepsHistory && isForced
        switch try store.push(commit, to: branch.branch, of: address, replacing: isReplaced ? before.commit : nil) {
        case .accepted: delivered.more = ["commit \(commit)"]
        case .diverged(let words): return .failure(diverged(words))
        case .refused(let words): return .failure(.publication("\(shown): \(words)"))
        }
        return .success(delivered)
    }

    private func store(_ format: GitObjectFormat, in scratch: ScratchFolder) throws(GitRepository.Failure) -> GitStore {
        try GitStore(
            at: Paths.joined(scratch.path, format.rawValue), format, of: publication.project, in: publication.workspace)
    }

    private func read(_ store: GitStore) throws(GitRepository.Failure) -> Before {
        let commit = try store.fetch(branch.branch, from: address)
        var before = Before(commit: commit, tree: try store.tree(of: commit))
        for file in try store.files(of: commit) { before.files[file.path] = file }
        if let list = before.files[PublicationManifest.path] {
            let value = list.kind == .file ? Value(json: try store.contents(of: list.name), named: list.path) : nil
            before.manifest = value.flatMap { PublicationManifest($0) }
            before.isDamaged = before.manifest == nil
        }
        return before
    }

    /// What the branch has at the paths that matter.
    private func held(
        _ before: Before, _ objects: [String: String], _ store: GitStore
    ) throws(GitRepository.Failure) -> [String: PublicationPlan.Held] {
        let folders = Set(before.files.keys.flatMap { PublishedPath.parents(of: $0) })
        var held: [String: PublicationPlan.Held] = [:]
        for path in PublicationPlan.questions(site.digests, before.manifest) {
            let isBlocked = PublicationPlan.isBlocked(
                path, manifest: before.manifest, isFile: { before.files[$0] != nil }, isAbove: folders.contains)
            guard !isBlocked, let file = before.files[path] else {
                held[path] = isBlocked ? .obstacle : nil
                continue
            }
            if file.kind != .file {
                held[path] = .obstacle
            } else if let own = site.digests[path], file.name == objects[path] {
                held[path] = .file(sha256: own)
            } else {
                held[path] = .file(sha256: sha256(try store.contents(of: file.name)))
            }
        }
        return held
    }

    private func identity(_ store: GitStore) throws(GitRepository.Failure) -> GitStore.Identity? {
        let environment = publication.workspace.environment
        if let name = environment["GIT_AUTHOR_NAME"], let address = environment["GIT_AUTHOR_EMAIL"], !name.isEmpty {
            return GitStore.Identity(name: name, address: address)
        }
        let repository = GitRepository(of: publication.project, in: publication.workspace)
        if let own = (try? repository?.identity()) ?? nil { return own }
        return try store.identity()
    }

    /// The same for the same site.
    private var message: String {
        let reports = site.list.reports.count
        return """
            Publish \(site.list.title ?? "the site")

            \(site.digests.count) files, \(reports) \(reports == 1 ? "report" : "reports"), by report \(ToolVersion.current)

            Site-Digest: sha256:\(site.digest)

            """
    }

    private func diverged(_ words: String) -> Diagnostic {
        .error(
            .divergedBranch, "A branch is continued and not replaced", at: nil,
            notes: [
                .init("\(shown): \(words)"),
                .init(
                    branch.keepsHistory
                        ? "publish again: the commit is then made on top of what is there now"
                        : "--force replaces the branch by one commit, or --history continues it"),
            ])
    }
}
