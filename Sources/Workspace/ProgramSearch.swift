/// Programs of the machine.
extension WorkspaceContext {
    /// A program as the search path has it: in a folder given as absolute, outside the project. A project that brings a `git`
    /// of its own is not asked to run it.
    package func program(_ name: String, outside project: Project) -> String? {
        searchPath(outside: project).lazy.map { Paths.joined($0, name) }.first { path in
            guard let real = files.realPath(of: path), files.status(of: real)?.kind == .file else { return false }
            return !Paths.isInside(real, project.root)
        }
    }

    /// The search path's folders that are given as absolute and lie outside the project.
    package func searchPath(outside project: Project) -> [String] {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init).filter { folder in
            guard folder.hasPrefix("/"), !Paths.isInside(Paths.normalised(folder), project.root) else { return false }
            return files.realPath(of: folder).map { !Paths.isInside($0, project.root) } ?? false
        }
    }
}
