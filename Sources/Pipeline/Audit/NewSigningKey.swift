package import Diagnostics
import Ledger
package import Workspace

/// A new key to sign trails with: `report audit keygen`.
package struct NewSigningKey {
    /// Where the key is, absolute.
    package let path: String
    /// What others need to check signatures; no secret.
    package let verifyingKey: String
    /// Whether builds find it there without being told.
    package let isStandard: Bool

    /// Where builds look for a key, from the folder of the user's configuration.
    package static let standardName = "report/signing-key"

    /// Writes a new key. A file that is there is left as it is.
    /// - Parameters:
    ///   - file: As typed; nil for the standard place.
    ///   - name: The key's name, which signatures show; nil for one that follows from the key.
    ///   - configurationHome: Where the user's configuration lies.
    package init(
        _ file: String?, name: String?, in workspace: WorkspaceContext, configurationHome: String?
    ) throws(Diagnostic) {
        func fault(_ message: String, _ notes: [String] = []) -> Diagnostic {
            .error(.refusedKeyFile, message, at: nil, notes: notes.map { .init($0) })
        }
        let standard = configurationHome.map { Paths.normalised(Paths.joined($0, Self.standardName)) }
        guard let path = file.map({ Paths.normalised(workspace.absolute($0)) }) ?? standard else {
            throw fault("There is no home folder to keep a signing key in", ["give a file for it"])
        }
        if let project = SigningKeyFile.project(around: path, workspace) {
            throw fault(
                "A signing key lies outside of every project, and \(path) is in \(project)",
                ["who gets a copy of the project would get the key"])
        }
        guard workspace.files.linkStatus(of: path) == nil else {
            throw fault(
                "A signing key is never overwritten, and \(path) is there already",
                ["what it signed could no longer be continued in its name"])
        }
        guard let key = name.map({ SigningKey.generate(name: $0) }) ?? SigningKey.generate() else {
            throw fault("A key's name has no blanks and no plus signs, as example.com/experiments")
        }
        do throws(FileError) {
            try workspace.files.replace([
                FileContent(path: path, bytes: Array((key.text + "\n").utf8), isPrivate: true)
            ])
        } catch {
            throw fault("The signing key cannot be kept: \(error.path): \(error.reason)")
        }
        self.path = path
        verifyingKey = key.verifyingKey.description
        isStandard = path == standard
    }

    /// What is said of it.
    package var text: String {
        let use = isStandard ? "builds sign with it" : "builds sign with it where REPORT_SIGNING_KEY names that file"
        return "The signing key is in \(path); \(use). Keep a copy. Others check with this key, which is no secret:"
    }
}

extension DiagnosticCode {
    package static let refusedKeyFile = DiagnosticCode(804, "refused-key-file")
}
