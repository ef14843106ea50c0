import Diagnostics
import Publishing
import Workspace

extension Publication {
    /// The address of a repository as git takes it.
    ///
    /// - Parameter remote: As typed.
    func address(of remote: String) throws(Diagnostic) -> String {
        switch GitAddress(remote) {
        case nil: throw unsafe(remote, "is none of them")
        case .folder(let typed):
            guard let path = folder(typed, from: workspace.workingFolder) else { throw unsafe(typed, "is not there") }
            return path
        case .remote(let address): return address
        case .named(let name):
            let repository = GitRepository(of: project, in: workspace)
            guard let found = (try? repository?.address(ofRemote: name)) ?? nil else {
                throw unsafe(name, "is no remote of the project's repository")
            }
            switch GitAddress(found) {
            case .remote(let address): return address
            case .folder(let path):
                guard let path = folder(path, from: project.root) else { throw unsafe(found, "is not there") }
                return path
            default: throw unsafe(found, "which the remote \(name) is, is none of them")
            }
        }
    }

    private func unsafe(_ text: String, _ reason: String) -> Diagnostic {
        .error(
            .unsafeAddress,
            "A repository is a folder of this machine, an https:// or ssh:// address, HOST:PATH, or a remote of the project",
            at: nil, notes: [.init("'\(GitAddress.shown(text))' \(reason)")])
    }

    private func folder(_ typed: String, from working: String) -> String? {
        guard let path = workspace.files.realPath(of: Paths.joined(working, typed)),
            workspace.files.status(of: path)?.kind == .folder
        else { return nil }
        return path
    }
}
