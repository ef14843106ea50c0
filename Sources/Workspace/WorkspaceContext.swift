/// The outside world as the program sees it: files, the working folder, who runs it.
///
/// Everything that is not a pure function takes one, so that a test can pass its own.
package struct WorkspaceContext: Sendable {
    package var files: any FileSystem
    /// Absolute and real.
    package var workingFolder: String
    /// The user's home folder, where the search for a project stops.
    package var home: String?
    /// The numeric id of the user.
    package var user: UInt32
    /// The environment's variables.
    package var environment: [String: String]
    /// What runs other programs; nil where none is to be run.
    package var processes: (any ProcessRunner)?
    /// The clock: seconds since 1970 began, UTC. The audit trail and commits of publications alone look at it, for no report
    /// depends on the time.
    package var now: @Sendable () -> Int64

    package init(
        files: any FileSystem, workingFolder: String, home: String?, user: UInt32, environment: [String: String] = [:],
        processes: (any ProcessRunner)? = nil, now: @escaping @Sendable () -> Int64 = { 0 }
    ) {
        self.files = files
        self.workingFolder = workingFolder
        self.home = home
        self.user = user
        self.environment = environment
        self.processes = processes
        self.now = now
    }

    /// An absolute path for what a person typed in the working folder.
    package func absolute(_ path: String) -> String { Paths.joined(workingFolder, path) }

    /// The path as typed or, where it does not exist and exactly one existing path equals it up to case, that one.
    ///
    /// The comparison goes part by part, so `analyses/proxy.md` finds `Analyses/proxy.md`.
    package func existingPath(_ typed: String) -> String? {
        let path = absolute(typed)
        if files.status(of: path) != nil { return path }
        var candidates = ["/"]
        for part in path.split(separator: "/") {
            if part == "." { continue }
            if part == ".." {
                candidates = candidates.map { Paths.parent(of: $0) }
                continue
            }
            candidates = candidates.flatMap { folder -> [String] in
                let exact = Paths.joined(folder, String(part))
                if files.status(of: exact) != nil { return [exact] }
                let names = (try? files.names(in: folder)) ?? []
                return names.filter { $0.lowercased() == part.lowercased() }.map { Paths.joined(folder, $0) }
            }
        }
        return candidates.count == 1 ? candidates[0] : nil
    }

    /// Names near a path that does not exist, for a diagnostic.
    package func neighbours(of path: String) -> [String] {
        (try? files.names(in: Paths.parent(of: absolute(path)))) ?? []
    }
}
