import Digests
import Ledger
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// What lies beside reports of a trail in memory.
@Suite struct ReportProofsTests {
    private let project = TestProject([:])
    private let output = TestProject.root + "/output"
    private var ledger: TransparencyLog { TransparencyLog(at: output + "/audit", files: project.files) }

    private func key() throws -> SigningKey { try #require(SigningKey.generate(name: "example.org/trail")) }

    private func proofs(_ signer: SigningKey?) -> ReportProofs {
        ReportProofs(ledger, output: output, signer: signer, in: project.workspace)
    }

    private func append(_ count: Int, _ signer: SigningKey?, seed: UInt64 = 1) throws -> Range<Int> {
        try ledger.append(
            (0..<count).map { number in
                let path = "Analyses/report \(number).md"
                let file = LedgerEntry.File(path: path, bytes: 1, sha256: sha256([UInt8(number)]))
                let entry = LedgerEntry(
                    analysis: path, report: "report \(number)", time: "2026-11-28T23:01:07Z", source: file, seed: seed,
                    tool: .init(version: "0.1.0", build: nil), results: file.sha256, record: "", files: [file])
                return (entry, EntryRecord(numbers: []))
            }, signer: signer)
    }

    private func faults(of report: String, _ keys: [VerifyingKey]) throws -> [String] {
        let found = try #require(try ledger.latest(report: report))
        let size = try ledger.size
        return ReportProofs.faults(
            of: found.entry, number: found.index, in: RecordedFiles(in: output, project.files), keys: keys
        ) { $0 <= size ? try? ledger.tree(of: $0).root() : nil }.map { "\($0.path): \($0.reason)" }
    }

    @Test func eachReportHasItsOwn() throws {
        let key = try key()
        try proofs(key).write(append(5, key))
        try proofs(key).write(append(3, key, seed: 2))
        for number in 0..<5 {
            let report = "report \(number)"
            let bytes = try #require(project.files.bytes(at: "\(output)/\(report).tlog-proof"))
            let proof = try #require(TlogProof(bytes))
            #expect(proof.holds && proof.entry?.report == report)
            #expect(proof.index == (number < 3 ? 5 + number : number))
            #expect(proof.checkpoint.note.verdict(of: [key.verifyingKey]) == .signed(by: [key.verifyingKey]))
            let line = try #require(project.files.bytes(at: "\(output)/\(report).intoto.jsonl"))
            #expect(SignedEnvelope(line: line)?.isSigned(by: key.verifyingKey) == true)
            #expect(try faults(of: report, [key.verifyingKey]) == [])
            #expect(!proofs(key).areMissing(of: report))
        }
    }

    @Test func whatIsMissingComesBack() throws {
        let key = try key()
        try proofs(key).write(append(2, key))
        let path = output + "/report 1.intoto.jsonl"
        let line = try #require(project.files.bytes(at: path))
        try project.files.remove(path)
        #expect(proofs(key).areMissing(of: "report 1") && !proofs(key).areMissing(of: "report 0"))
        try proofs(key).complete(["report 0", "report 1"])
        let made = try #require(project.files.bytes(at: path))
        let again = try #require(SignedEnvelope(line: made))
        #expect(again.payload == SignedEnvelope(line: line)?.payload && again.isSigned(by: key.verifyingKey))
    }

    /// A proof of an older entry, as an interrupted build leaves it, is made anew; a good one of an older log stays.
    @Test func whatIsOfAnOlderEntryIsMadeAnew() throws {
        let key = try key()
        try proofs(key).write(append(2, key))
        let old = project.files.bytes(at: output + "/report 1.tlog-proof")
        _ = try append(1, key, seed: 2)
        #expect(try faults(of: "report 0", []).count == 2)
        try proofs(key).complete(["report 0", "report 1"])
        #expect(try faults(of: "report 0", [key.verifyingKey]) == [])
        #expect(project.files.bytes(at: output + "/report 1.tlog-proof") == old)
    }

    @Test func withoutAKeyAnEnvelopeOfAnotherBuildGoes() throws {
        let key = try key()
        try proofs(key).write(append(1, key))
        let path = output + "/report 0.intoto.jsonl"
        // The same said again, in a new entry: what was signed is still so.
        try proofs(nil).write(append(1, key))
        #expect(project.files.bytes(at: path) != nil)
        try proofs(nil).write(append(1, key, seed: 2))
        #expect(project.files.bytes(at: path) == nil)
    }

    /// Every other byte makes another proof, or none; but for the hint at the key, which decides nothing.
    @Test func noByteCanBeAnother() throws {
        let key = try key()
        try proofs(key).write(append(3, key))
        for name in ["report 1.tlog-proof", "report 1.intoto.jsonl"] {
            let path = output + "/" + name
            let bytes = try #require(project.files.bytes(at: path))
            for index in stride(from: 0, to: bytes.count, by: 3) {
                var damaged = bytes
                damaged[index] ^= 0x01
                project.files.add(path, damaged)
                #expect(try faults(of: "report 1", [key.verifyingKey]).count == 1, "\(name), byte \(index)")
            }
            project.files.add(path, bytes)
        }
    }
}
