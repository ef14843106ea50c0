import Diagnostics
import Execution
import Ledger
import Workspace

/// The files of reports against the latest entries of those: what was overwritten since by a later build is that one's.
struct VerifiedOutputs: Sendable {
    /// The output folder, absolute.
    let folder: String
    let files: any FileSystem
    let shown: @Sendable (String) -> String

    /// Faults of one report's files.
    func faults(of entry: LedgerEntry, index: Int) -> [Diagnostic] {
        entry.files.compactMap { file in
            func fault(_ message: String, byte: Int? = nil, notes: [String] = []) -> Diagnostic {
                .trail(.alteredOutput, shown(Paths.joined(folder, file.path)), message, byte: byte, notes: notes)
            }
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            // A trail may be a stranger's, and its entries may name what is none of its business.
            guard parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
                return .trail(.alteredOutput, file.path, "entry \(index) names a file outside the output folder")
            }
            var path = folder
            for part in parts.dropLast() {
                path = Paths.joined(path, String(part))
                if files.linkStatus(of: path)?.kind == .link { return fault("a link stands in its way") }
            }
            path = Paths.joined(folder, file.path)
            guard let status = files.linkStatus(of: path) else {
                return fault(
                    "entry \(index) speaks of it, and it is gone",
                    notes: ["if it was to go: report audit remove \(entry.report) --note WHY"])
            }
            guard status.kind == .file else { return fault("it is not a regular file, as it was for entry \(index)") }
            if status.size != file.bytes {
                return fault(
                    "it has \(status.size) bytes, and had \(file.bytes) for entry \(index)",
                    byte: min(status.size, file.bytes))
            }
            guard let digest = (try? FileDigests(files).digest(of: path))?.sha256 else {
                return fault("it cannot be read")
            }
            return digest == file.sha256 ? nil : fault("it is not what entry \(index) has the digest of")
        }
    }
}
