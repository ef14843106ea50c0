import Digests
import Values
package import Workspace

/// Which projects may bring HTML templates of their own.
///
/// A template decides what a page contains, so a cloned project's templates work only once its user has said so, or for
/// one build with `--trust`. The word is kept outside the project and bound to the digests of `report.yaml` and
/// `Templates/`: any change there withdraws it.
package struct Trust: Sendable {
    private let workspace: WorkspaceContext
    /// The file that lists trusted projects, a line each: digest, space, root.
    private let register: String?

    /// `configurationHome` is where the user's configuration lies (`$XDG_CONFIG_HOME`, else `~/.config`).
    package init(_ workspace: WorkspaceContext, configurationHome: String?) {
        self.workspace = workspace
        register = configurationHome.map { Paths.joined($0, "report/trusted") }
    }

    /// The same list, of projects whose files are seen in another way.
    func seen(through workspace: WorkspaceContext) -> Trust {
        Trust(workspace: workspace, register: register)
    }

    private init(workspace: WorkspaceContext, register: String?) {
        self.workspace = workspace
        self.register = register
    }

    /// The digest that trust in a project is bound to.
    package func digest(of project: Project) throws(FileError) -> String {
        var listing = Object()
        for (name, bytes) in try guarded(project) { listing[name] = .string(sha256(bytes)) }
        return Value.object(listing).digest
    }

    package func isTrusted(_ project: Project) -> Bool {
        guard let digest = try? digest(of: project) else { return false }
        return entries().contains { $0.root == project.root && $0.digest == digest }
    }

    /// Trusts the project as it is now. Returns the files that this covers.
    package func trust(_ project: Project) throws(FileError) -> [String] {
        guard let register else {
            throw FileError(
                path: "~/.config", reason: "there is no home folder to keep the list of trusted projects in")
        }
        let digest = try digest(of: project)
        let kept = entries().filter { $0.root != project.root } + [(digest, project.root)]
        let text = kept.map { "\($0.digest) \($0.root)\n" }.joined()
        try workspace.files.replace([FileContent(path: register, bytes: Array(text.utf8))])
        return try guarded(project).map(\.name)
    }

    /// The project's own templates by name.
    package func templates(of project: Project) throws(FileError) -> [String: String] {
        var templates: [String: String] = [:]
        for (name, bytes) in try guarded(project) where name.hasPrefix("Templates/") {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw FileError(path: Paths.joined(project.root, name), reason: "a template is UTF-8 text")
            }
            templates[String(name.dropFirst("Templates/".count))] = text
        }
        return templates
    }

    private func entries() -> [(digest: String, root: String)] {
        guard let register, let bytes = try? workspace.files.contents(of: register, limit: 4 << 20) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
    }

    /// `report.yaml` and every regular file of `Templates/`, sorted by name; links are passed over.
    private func guarded(_ project: Project) throws(FileError) -> [(name: String, bytes: [UInt8])] {
        var names = ["report.yaml"]
        let folder = Paths.joined(project.root, "Templates")
        if workspace.files.linkStatus(of: folder)?.kind == .folder {
            names += try workspace.files.names(in: folder).map { "Templates/" + $0 }
        }
        var found: [(name: String, bytes: [UInt8])] = []
        for name in names {
            let path = Paths.joined(project.root, name)
            guard workspace.files.linkStatus(of: path)?.kind == .file else { continue }
            found.append((name, try workspace.files.contents(of: path, limit: 4 << 20)))
        }
        return found
    }
}
