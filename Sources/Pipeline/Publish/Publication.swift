package import Diagnostics
import Documents
import Publishing
package import Workspace

/// `report publish`: a site, or pages for a documentation tool, brought to where readers find them.
///
/// What is published is looked at first: drafts, claims that fail, reports with errors or older than what they are made of, and an
/// audit trail with faults keep it where it is, unless they are allowed by name.
package struct Publication {
    /// Where to.
    package enum Target: Sendable, Hashable {
        /// A folder, as typed.
        case folder(String)
        /// A branch of a repository.
        case git(GitBranch)
        /// What rsync writes to, as typed.
        case rsync(String)
        /// A folder in the documents of a tool, as typed.
        case tree(DocumentationTool, String)
    }

    /// A branch of a repository that is named as typed.
    package struct GitBranch: Sendable, Hashable {
        package var remote: String
        package var branch: String
        /// Whether each publication is a commit after those before, or the only one.
        package var keepsHistory: Bool

        package init(remote: String, branch: String = "gh-pages", keepsHistory: Bool = true) {
            self.remote = remote
            self.branch = branch
            self.keepsHistory = keepsHistory
        }
    }

    package struct Options: Sendable {
        /// The site's folder as typed; nil for `output/site` of the project.
        package var site: String?
        /// The analyses of pages for a tool, as typed; empty for those of the project.
        package var analyses: [String] = []
        package var allowed: Set<PublicationFault> = []
        /// Files that are others' are overwritten, and branches that are not continued replaced.
        package var isForced = false
        /// Nothing is written.
        package var isDry = false
        /// Of builds that look whether reports are current.
        package var build = BuildOptions()

        package init() {}
    }

    /// What came of it.
    package struct Outcome: Sendable {
        /// For standard output.
        package var lines: [String] = []
        package var diagnostics: [Diagnostic] = []
    }

    let options: Options
    let project: Project
    let workspace: WorkspaceContext
    let trust: Trust
    let cache: ProjectCache?

    /// - Parameter cache: nil to compute what is looked at.
    package init(
        _ options: Options, of project: Project, in workspace: WorkspaceContext, trust: Trust,
        cache: ProjectCache? = nil
    ) {
        self.options = options
        self.project = project
        self.workspace = workspace
        self.trust = trust
        self.cache = cache
    }

    /// Publishes to targets, one after the other; nothing is written to any of them while there is a fault in what is published.
    package func run(_ targets: [Target]) -> Outcome {
        var outcome = Outcome()
        do throws(Diagnostic) {
            let held = try lock()
            defer { held?.release() }
            try run(targets, &outcome)
        } catch {
            outcome.diagnostics.append(error)
        }
        return outcome
    }

    private func run(_ targets: [Target], _ outcome: inout Outcome) throws(Diagnostic) {
        var site: PublishedSite?
        if targets.contains(where: { !$0.isTree }) {
            let found = try PublishedSite.read(options.site, of: project, in: workspace, &outcome.diagnostics)
            outcome.diagnostics += check(found)
            site = found
        }
        var pages: [DocumentationTool: PublishedPages] = [:]
        for case .tree(let tool, _) in targets where pages[tool] == nil {
            let (made, diagnostics) = PublishedPages.make(for: tool, self)
            outcome.diagnostics += diagnostics + (pages.isEmpty ? check(made) : [])
            pages[tool] = made
        }
        if outcome.diagnostics.hasErrors { return }
        for target in targets {
            let result: Delivered
            switch target {
            case .folder(let typed):
                guard let site else { continue }
                result = try FolderPublication(to: typed, site, self).run()
            case .git(let branch):
                guard let site else { continue }
                result = try GitPublication(to: branch, site, self).run()
            case .rsync(let typed):
                guard let site else { continue }
                result = try RsyncPublication(to: typed, site, self).run()
            case .tree(let tool, let typed):
                guard let made = pages[tool] else { continue }
                result = try TreePublication(to: typed, made, self).run()
            }
            outcome.lines += result.lines(isDry: options.isDry)
            outcome.diagnostics += result.diagnostics
        }
    }

    /// Holds the project's publications against others, which would write the same places.
    private func lock() throws(Diagnostic) -> (any FileLock)? {
        if options.isDry { return nil }
        do throws(FileError) {
            let folder = try OutputFolder(in: project, ".report", workspace: workspace)
            if let lock = try workspace.files.lock(Paths.joined(folder.root, "publish.lock"), waiting: .zero) {
                return lock
            }
        } catch {
            throw .publication(error)
        }
        throw .error(
            .publicationUnderWay, "A project is published once at a time, and another publication of it is under way",
            at: nil)
    }
}

extension Publication.Target {
    var isTree: Bool { if case .tree = self { true } else { false } }
}

/// What a publication to one target came to.
struct Delivered {
    var plan: PublicationPlan
    /// The target, as people call it.
    var place: String
    /// How many files are published.
    var count: Int
    /// What is printed besides.
    var more: [String] = []
    var diagnostics: [Diagnostic] = []

    func lines(isDry: Bool) -> [String] {
        let files = count == 1 ? "1 file" : "\(count) files"
        guard let counts = plan.counts else { return ["\(place) is up to date: \(files)."] + more }
        if isDry { return plan.lines + ["\(place) would have \(files): \(counts)."] + more }
        return ["\(place) has \(files): \(counts)."] + more
    }
}
