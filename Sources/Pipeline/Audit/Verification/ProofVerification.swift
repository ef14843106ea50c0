package import Diagnostics
import Execution
package import Ledger
package import Workspace

/// One file held against a proof, without the trail: `report audit verify FILE --proof NAME.tlog-proof`.
package struct ProofVerification {
    /// As typed.
    package var file: String
    package var proof: String
    package var keys: [VerifyingKey]

    package init(file: String, proof: String, keys: [VerifyingKey]) {
        self.file = file
        self.proof = proof
        self.keys = keys
    }

    /// Either what is proven, in words, or all that is wrong.
    package func run(in workspace: WorkspaceContext) -> (text: String?, diagnostics: [Diagnostic]) {
        func failed(_ path: String, _ message: String, notes: [String] = []) -> (String?, [Diagnostic]) {
            (nil, [.trail(.unprovenFile, path, message, notes: notes)])
        }
        let files = workspace.files
        guard let bytes = try? files.contents(of: workspace.absolute(proof), limit: 512 << 20) else {
            return failed(proof, "the proof cannot be read")
        }
        guard let read = TlogProof(bytes) else {
            return failed(proof, "it is not a tlog-proof in the one form that it has")
        }
        var faults: [Diagnostic] = []
        var signatures = VerifiedCheckpoints()
        signatures.checkSignature(of: read.checkpoint, proof, keys: keys)
        faults += signatures.faults
        if !read.holds {
            faults.append(
                .trail(
                    .unprovenFile, proof,
                    "its leaf is not entry \(read.index) of the tree that its checkpoint speaks of"))
        }
        guard let entry = read.entry else {
            faults.append(.trail(.unprovenFile, proof, "its leaf is not an entry of a trail"))
            return (nil, faults)
        }
        guard let digest = (try? FileDigests(files).digest(of: workspace.absolute(file)))?.sha256 else {
            faults.append(.trail(.unprovenFile, file, "the file cannot be read"))
            return (nil, faults)
        }
        guard let (role, path) = Self.role(of: digest, in: entry) else {
            let name = Paths.lastComponent(of: file)
            let known = entry.files.first { Paths.lastComponent(of: $0.path) == name }
            let notes = known.map { ["\($0.path) of the entry has the digest \($0.sha256), this file has \(digest)"] }
            faults.append(
                .trail(.unprovenFile, file, "it is none of the files of entry \(read.index)", notes: notes ?? []))
            return (nil, faults)
        }
        guard faults.isEmpty else { return (nil, faults) }
        let checkpoint = read.checkpoint.checkpoint
        let what = "\(file) is \(role) \(path) of entry \(read.index), made of \(entry.analysis) at \(entry.time)"
        let trail = "the trail \(checkpoint.origin) with \(checkpoint.size) entries"
        return ("\(what), in \(trail).\n" + TrailText.signature(signatures.signers, read.checkpoint), [])
    }

    /// What a file of this digest was for an entry.
    private static func role(of digest: String, in entry: LedgerEntry) -> (role: String, path: String)? {
        let roles = [
            ("the output", entry.files), ("the source", [entry.source]), ("the data", entry.data),
            ("the included file", entry.includes),
        ]
        for (role, files) in roles {
            if let file = files.first(where: { $0.sha256 == digest }) { return (role, file.path) }
        }
        return nil
    }
}
