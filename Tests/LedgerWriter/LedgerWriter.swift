import Foundation
import Ledger
import Workspace

/// Appends made-up entries to a trail until it is killed or has appended so many: `LedgerWriter FOLDER COUNT [NAME]`.
///
/// Each entry's number is printed once the trail has it. NAME is in the reports' names, so that writers can be told apart.
/// With REPORT_SIGNING_KEY the key of that text signs; with LEDGER_WRITER_USER it becomes the user of that number first.
@main
enum LedgerWriter {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let count = Int(arguments[2]) else { exit(64) }
        if let user = ProcessInfo.processInfo.environment["LEDGER_WRITER_USER"].flatMap({ UInt32($0) }),
            setuid(user) != 0
        {
            exit(77)
        }
        let ledger = TransparencyLog(at: arguments[1], files: DiskFileSystem())
        let name = arguments.count > 3 ? arguments[3] : "writer"
        let signer = ProcessInfo.processInfo.environment["REPORT_SIGNING_KEY"].flatMap { SigningKey($0) }
        var written = 0
        while written < count {
            let batch = (0..<min(count - written, written % 3 + 1)).map { entry(written + $0, name) }
            do throws(LedgerError) {
                let range = try ledger.append(batch, signer: signer, waiting: .seconds(60))
                for (index, (entry, _)) in zip(range, batch) { print(index, entry.report, entry.note ?? "") }
                fflush(nil)
            } catch {
                FileHandle.standardError.write(Data("\(error.reason)\n".utf8))
                exit(1)
            }
            written += batch.count
        }
    }

    private static func entry(_ number: Int, _ name: String) -> (LedgerEntry, EntryRecord) {
        let digest = String(repeating: "0", count: 64)
        let report = "\(name)-\(number % 5)"
        let entry = LedgerEntry(
            analysis: "Analyses/\(report).md", report: report, time: "2026-11-28T23:01:07Z", note: "\(name) \(number)",
            source: .init(path: "Analyses/\(report).md", bytes: number, sha256: digest), seed: 1,
            tool: .init(version: "0", build: nil), results: digest, record: "", files: [],
            // Long enough that writing takes some time to be interrupted in.
            claims: (0..<40).map { .init(path: "mu\($0)", text: "above 0", holds: true) })
        let numbers = (0..<50).map { index in
            EntryRecord.Number(path: "n\(index)", value: Double(number * 50 + index), error: 0.1, isKey: false)
        }
        return (entry, EntryRecord(numbers: numbers))
    }
}
