import Ledger
import Values
import Workspace

/// Entries and keys that tests have in common.
enum Sample {
    /// The key of the documentation of Go's `golang.org/x/mod/sumdb/note`, which is no secret.
    static let keyText =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let key = SigningKey(keyText)

    static func entry(_ number: Int, report: String? = nil, files: [LedgerEntry.File] = []) -> LedgerEntry {
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

    static func record(_ number: Int) -> EntryRecord {
        EntryRecord(numbers: [
            .init(
                path: "mu", value: 0.1 * Double(number), error: 0.25, interval: .init(lower: -0.5, upper: nil),
                isKey: true),
            .init(path: "n", value: Double(number), isKey: false),
        ])
    }

    static func batch(_ numbers: Range<Int>) -> [(entry: LedgerEntry, record: EntryRecord)] {
        numbers.map { (entry($0), record($0)) }
    }

    private static func digest(_ number: Int) -> String { Value(number).digest }

    /// A trail in memory of so many entries, appended in batches of a size.
    static func ledger(
        _ count: Int, batch size: Int = 64, signer: SigningKey? = key, files: any FileSystem = MemoryFileSystem()
    ) throws -> Ledger {
        let ledger = Ledger(at: "/trail", files: files)
        for start in stride(from: 0, to: count, by: size) {
            try ledger.append(batch(start..<min(start + size, count)), signer: signer)
        }
        return ledger
    }
}
