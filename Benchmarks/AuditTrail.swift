import Foundation
import Ledger
import Pipeline
import Workspace

/// An audit trail of ten thousand entries on disk, as ten years of three builds a day leave one.
enum AuditTrailBench {
    static let count = 10_000

    /// Made once, in the folder for temporary files; removed by whoever made it.
    static let ledger: TransparencyLog = {
        let ledger = TransparencyLog(at: trail.folder, files: DiskFileSystem())
        do {
            for start in stride(from: 0, to: count, by: 250) {
                try ledger.append((start..<start + 250).map(entry), signer: key)
            }
        } catch {
            preconditionFailure("\(error)")
        }
        return ledger
    }()

    /// The verification that `report audit verify` makes, the pages of histories in it; reports, which it reads once and
    /// whose number does not grow with the trail, are left out.
    static var verification: TrailVerification {
        get throws {
            var verification = TrailVerification(of: ledger)
            verification.keys = [key?.verifyingKey].compactMap { $0 }
            let pages = HistoryPages(ledger, in: trail, workspace)
            try pages.write(pages.reports())
            verification.derived = { histories in try pages.all(histories) }
            return verification
        }
    }

    private static let folder = FileManager.default.temporaryDirectory.appending(path: "report-bench-\(getpid())")
    private static let workspace = WorkspaceContext(
        files: DiskFileSystem(), workingFolder: folder.path, home: folder.path, user: 0)
    static let key = SigningKey.generate(name: "example.com/bench")

    private static let trail: TrailLocation = {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let project = Project(root: folder.resolvingSymlinksInPath().path)
            return try TrailLocation(of: project, output: nil, trusts: { _ in false }, in: workspace)
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Twenty reports in turn; eight claims, five files and forty numbers each, as the shipped ones have.
    static func entry(_ number: Int) -> (entry: LedgerEntry, record: EntryRecord) {
        let digest = String(repeating: "0123456789abcdef", count: 4)
        let report = "reports/analysis-\(number % 20)"
        let file = LedgerEntry.File(path: "\(report).html", bytes: 120_000 + number, sha256: digest)
        let entry = LedgerEntry(
            analysis: "Analyses/\(report).md", report: report, time: "2026-11-28T23:01:07Z",
            author: "Ann <ann@example.com>", source: file, includes: [file], data: [file, file],
            seed: 42, tool: .init(version: "1.0.0", build: digest),
            commit: .init(revision: String(digest.prefix(40)), isDirty: false), results: digest, record: "",
            files: Array(repeating: file, count: 5),
            claims: (0..<8).map { .init(path: "pool.mu\($0).estimate", text: "above 0", holds: true) },
            notices: [.init(code: "E0606", severity: "warning", message: "few experiments", place: "\(report).md:3:1")])
        let numbers = (0..<40).map { index in
            let value = Double(number) * 0.001 + Double(index) / 7
            return EntryRecord.Number(
                path: "pool.effects.e\(index)", value: value, error: 0.25,
                interval: .init(lower: value - 0.5, upper: value + 0.5), isKey: index < 8)
        }
        return (entry, EntryRecord(numbers: numbers))
    }
}

extension Benchmark {
    static var auditTrail: [Benchmark] {
        [
            Benchmark(
                "audit trail of 10,000 entries, three appended", unit: "batch",
                reference: (0.02, "the most it may take")
            ) {
                let ledger = AuditTrailBench.ledger
                var next = try ledger.size
                return try Stopwatch.shortest(of: 20) {
                    try ledger.append((next..<next + 3).map(AuditTrailBench.entry), signer: AuditTrailBench.key)
                    next += 3
                }
            },
            Benchmark(
                "audit trail of 10,000 entries verified, with its history pages", unit: "trail",
                reference: (2, "the most it may take")
            ) {
                let verification = try AuditTrailBench.verification
                return Stopwatch.shortest(of: 3) { precondition(verification.run().diagnostics.isEmpty) }
            },
            Benchmark(
                "audit trail of 10,000 entries, one proven", unit: "proof", reference: (0.005, "the most it may take")
            ) {
                let ledger = AuditTrailBench.ledger
                return try Stopwatch.shortest(of: 20) {
                    let size = try ledger.size
                    let proof = try ledger.inclusionProof(of: 1_234, in: size)
                    precondition(proof.count >= 13)
                }
            },
        ]
    }
}
