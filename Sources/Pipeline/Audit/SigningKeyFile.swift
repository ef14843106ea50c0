package import Diagnostics
import Ledger
package import Workspace

/// Where the user's signing key is found: in `REPORT_SIGNING_KEY`, which holds its text or the path of its file, else in
/// `report/signing-key` of the user's configuration. Never in a project.
extension AuditRecorder.Options {
    /// Options of a user who signs if there is a key.
    ///
    /// A key that is there and cannot be used is an error: a trail that silently goes on unsigned would be a trap.
    package init(signedIn workspace: WorkspaceContext, configurationHome: String?) throws(Diagnostic) {
        self.init()
        let named = workspace.environment["REPORT_SIGNING_KEY"].flatMap { $0.isEmpty ? nil : $0 }
        if let named, let key = SigningKey(named) {
            signer = key
            return
        }
        let standard = configurationHome.map { Paths.joined($0, SigningKeyFile.name) }
        guard let path = named.map({ workspace.absolute($0) }) ?? standard else { return }
        // Without a word from the user there need be none.
        if named == nil, workspace.files.linkStatus(of: path) == nil { return }
        signer = try SigningKeyFile.read(path, in: workspace)
    }
}

enum SigningKeyFile {
    /// From the folder of the user's configuration.
    static let name = "report/signing-key"

    static func read(_ path: String, in workspace: WorkspaceContext) throws(Diagnostic) -> SigningKey {
        func fault(_ reason: String) -> Diagnostic {
            .error(
                .unusableKey, "A signing key is a file of the user's own, with mode 600", at: nil,
                notes: [.init("\(path): \(reason)")])
        }
        guard let status = workspace.files.status(of: path) else { throw fault("there is no such file") }
        guard status.kind == .file else { throw fault("it is not a regular file") }
        guard status.owner == workspace.user else { throw fault("it belongs to another user") }
        if let permissions = status.permissions, permissions & 0o077 != 0 {
            throw fault("others may read or write it: chmod 600")
        }
        if let project = project(around: workspace.files.realPath(of: path) ?? path, workspace) {
            throw fault("it lies in the project \(project)")
        }
        guard let bytes = try? workspace.files.contents(of: path, limit: 1 << 12),
            let key = SigningKey(String(decoding: bytes, as: UTF8.self))
        else { throw fault("it is not the text of an Ed25519 key, which begins with PRIVATE+KEY+") }
        return key
    }

    /// The project or checkout that a path lies in; the home folder and what is above it are none.
    static func project(around path: String, _ workspace: WorkspaceContext) -> String? {
        let files = workspace.files
        let home = workspace.home.map { files.realPath(of: $0) ?? $0 }
        var folder = Paths.parent(of: path)
        while folder != "/", files.status(of: folder) == nil { folder = Paths.parent(of: folder) }
        folder = files.realPath(of: folder) ?? folder
        while folder != "/", folder != home {
            for mark in ["report.yaml", "Analyses", ".git"]
            where files.linkStatus(of: Paths.joined(folder, mark)) != nil {
                return folder
            }
            folder = Paths.parent(of: folder)
        }
        return nil
    }
}
