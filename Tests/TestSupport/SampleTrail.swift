import Digests
package import Ledger
import Values
package import Workspace

/// Entries, keys and trails that tests have in common.
package enum SampleTrail {
    /// The key of the documentation of Go's `golang.org/x/mod/sumdb/note`, which is no secret.
    package static let keyText =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    package static let key = SigningKey(keyText)

    /// Seven reports take turns.
    package static func entry(
        _ number: Int, report: String? = nil, files: [LedgerEntry.File] = []
    ) -> LedgerEntry {
        let report = report ?? "report-\(number % 7)"
        return LedgerEntry(
            analysis: "Analyses/\(report).md", report: report, time: "2026-11-28T23:01:07Z",
            note: number % 3 == 0 ? "build \(number)" : nil, author: "Ann <ann@example.com>",
            source: .init(path: "Analyses/\(report).md", bytes: 10 + number, sha256: digest(number)),
            data: [.init(path: "data/a.csv", bytes: 100, sha256: digest(-1))], parameters: ["level": 0.95], seed: 42,
            tool: .init(version: "1.0.0", build: digest(-2)),
            commit: .init(revision: "0123456789abcdef0123456789abcdef01234567", isDirty: number % 2 == 0),
            results: digest(number + 1), record: "", files: files,
            claims: [.init(path: "mu.estimate", text: "above 0", holds: number % 5 != 0)],
            notices: [.init(code: "E0606", severity: "warning", message: "few experiments", place: nil)])
    }

    package static func record(_ number: Int) -> EntryRecord {
        EntryRecord(numbers: [
            .init(
                path: "mu", value: 0.1 * Double(number), error: 0.25, interval: .init(lower: -0.5, upper: nil),
                isKey: true),
            .init(path: "n", value: Double(number), isKey: false),
        ])
    }

    package static func batch(_ numbers: Range<Int>) -> [(entry: LedgerEntry, record: EntryRecord)] {
        numbers.map { (entry($0), record($0)) }
    }

    /// The SHA-256 of a text.
    package static func digest(of text: String) -> String { sha256(text.utf8) }

    /// The SHA-256 of some bytes.
    package static func digest(of bytes: [UInt8]) -> String { sha256(bytes) }

    private static func digest(_ number: Int) -> String { Value(number).digest }

    /// A trail of so many entries in the folder `/trail`, appended in batches of a size.
    package static func ledger(
        _ count: Int, batch size: Int = 64, signer: SigningKey? = key, files: any FileSystem = MemoryFileSystem()
    ) throws -> TransparencyLog {
        let ledger = TransparencyLog(at: "/trail", files: files)
        for start in stride(from: 0, to: count, by: size) {
            try ledger.append(batch(start..<min(start + size, count)), signer: signer)
        }
        return ledger
    }

    /// A project's output folder `/output` with the trail of so many entries in `audit`, and what the entries speak of: a
    /// page and a results file for each report, as its last entry has them.
    package static func outputs(_ count: Int, signer: SigningKey? = key) throws -> MemoryFileSystem {
        let files = MemoryFileSystem()
        let ledger = TransparencyLog(at: "/output/audit", files: files)
        var batch: [(entry: LedgerEntry, record: EntryRecord)] = []
        for number in 0..<count {
            let name = "report-\(number % 7)"
            let outputs = [
                ("\(name).html", "<p>Build \(number) of \(name)."), ("sub/\(name).json", "{\"n\":\(number)}\n"),
            ]
            for (path, text) in outputs { files.add("/output/\(path)", Array(text.utf8)) }
            let listed = outputs.map { path, text in
                LedgerEntry.File(path: path, bytes: text.utf8.count, sha256: sha256(text.utf8))
            }
            batch.append((entry(number, files: listed), record(number % 50)))
        }
        try ledger.append(batch, signer: signer)
        return files
    }
}
