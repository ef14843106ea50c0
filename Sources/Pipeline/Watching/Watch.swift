package import Diagnostics
package import Workspace

/// Builds again whenever a file changes that may matter, until it is told to end: `report watch`.
package struct Watch {
    /// How long nothing happens between two looks, and how long after a change before it is taken for whole: editors and
    /// programs that make data write in pieces.
    package static let interval = Duration.milliseconds(150)
    package static let settling = Duration.milliseconds(50)

    /// One build.
    package struct Round {
        /// What led to it; nothing at the start.
        package var changes: [WatchedFiles.Change]
        package var general: [Diagnostic]
        package var outcomes: [Build.Outcome]
        /// Files of the outcomes that were written in this round.
        package var written: Set<String>
    }

    private let workspace: WorkspaceContext
    private let paths: [String]
    private var watched: WatchedFiles

    /// - Parameters:
    ///   - paths: As a person typed them.
    ///   - options: Of the build; what it reads and writes outside projects.
    package init(_ paths: [String], _ options: BuildOptions, in workspace: WorkspaceContext) {
        self.workspace = workspace
        self.paths = paths
        let output = options.output.map { workspace.absolute($0) }
        watched = WatchedFiles(
            workspace.files, others: options.paramsFile.map { [workspace.absolute($0)] } ?? [],
            outputs: output.map { [workspace.files.realPath(of: $0) ?? Paths.normalised($0), $0] } ?? [])
    }

    /// Builds at the start and after each change.
    ///
    /// - Parameters:
    ///   - pause: Waits; false to end.
    ///   - onChange: What changed, before it is built.
    ///   - build: Builds what the paths name.
    ///   - onRound: Shows a build.
    package mutating func run(
        pause: (Duration) -> Bool, onChange: ([WatchedFiles.Change]) -> Void,
        build: () throws -> (general: [Diagnostic], outcomes: [Build.Outcome]), onRound: (Round) -> Void
    ) rethrows {
        var changes: [WatchedFiles.Change] = []
        var stamps: [String: FileStatus] = [:]
        findRoots()
        // Before the build, so that a change while it runs is seen.
        var last = watched.look()
        while true {
            let (general, outcomes) = try build()
            var written: Set<String> = []
            for file in outcomes.flatMap(\.files) {
                let status = workspace.files.linkStatus(of: file)
                if status != stamps[file] { written.insert(file) }
                stamps[file] = status
            }
            onRound(Round(changes: changes, general: general, outcomes: outcomes, written: written))
            // Paths that lead to no project give nothing to wait for.
            if roots.isEmpty { return }
            guard let next = change(since: last, pause) else { return }
            changes = WatchedFiles.changes(from: last, to: next)
            onChange(changes)
            findRoots()
            // A root that is new holds what nobody has looked at.
            last = watched.look().merging(next) { $1 }
        }
    }

    /// The first look that differs from the last and stays; nil to end.
    private func change(since last: WatchedFiles.Look, _ pause: (Duration) -> Bool) -> WatchedFiles.Look? {
        var next = last
        while next == last {
            guard pause(Watch.interval) else { return nil }
            next = watched.look()
        }
        // What is written without end is taken as it is after a second.
        for _ in 0..<20 {
            guard pause(Watch.settling) else { return nil }
            let again = watched.look()
            if again == next { break }
            next = again
        }
        return next
    }

    /// The projects of the paths; one that was found stays, though its files be gone for a moment.
    private mutating func findRoots() {
        for typed in paths {
            let path = workspace.existingPath(typed) ?? workspace.absolute(typed)
            let real = workspace.files.realPath(of: path)
            let isFolder = real.flatMap { workspace.files.status(of: $0) }?.kind == .folder
            let inside = real.map { isFolder ? Paths.joined($0, "report.yaml") : $0 } ?? path
            guard workspace.files.status(of: Paths.parent(of: inside))?.kind == .folder else { continue }
            if case .success(let project) = Project.containing(inside, in: workspace) {
                watched.add(root: project.root)
            }
        }
    }

    /// The roots of the projects that are watched.
    package var roots: [String] { watched.roots }

    /// A path as people call it: from the working folder.
    package func shown(_ path: String) -> String { Paths.relative(path, to: workspace.workingFolder) }
}
