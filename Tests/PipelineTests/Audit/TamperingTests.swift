import Diagnostics
import Foundation
import Ledger
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// A trail of 200 entries, its reports, and everything that can be done to a byte of them.
@Suite struct TamperingTests {
    private static let original = Result { TamperedFiles(try SampleTrail.outputs(200)) }

    private static func verify(_ files: TamperedFiles) -> [Diagnostic] {
        var verification = TrailVerification(of: TransparencyLog(at: "/output/audit", files: files))
        verification.output = "/output"
        verification.keys = [SampleTrail.key?.verifyingKey].compactMap { $0 }
        return verification.run().diagnostics
    }

    /// What is done to the bytes of a file at a place; nil where nothing would change.
    enum Change: CaseIterable {
        case flip, truncation, deletion, duplication, swap

        func applied(to bytes: [UInt8], at place: Int, by mask: UInt8) -> [UInt8]? {
            var bytes = bytes
            switch self {
            case .flip: bytes[place] ^= mask
            case .truncation: bytes.removeSubrange(place...)
            case .deletion: bytes.remove(at: place)
            case .duplication: bytes.insert(bytes[place], at: place)
            case .swap:
                // With the next byte that is another.
                guard let other = bytes[place...].firstIndex(where: { $0 != bytes[place] }) else { return nil }
                bytes.swapAt(place, other)
            }
            return bytes
        }
    }

    /// Positions spread over all files: some in each, the more the longer it is.
    private static func positions(_ files: TamperedFiles) -> [(path: String, place: Int)] {
        let wanted = 2_000
        let paths = files.paths.filter { files[$0]?.isEmpty == false }
        let total = paths.reduce(0) { $0 + (files[$1]?.count ?? 0) }
        return paths.flatMap { path in
            let size = files[path]?.count ?? 0
            let count = min(size, max(8, (wanted * size + total - 1) / total))
            return (0..<count).map { (path, ($0 * 2 + 1) * size / (2 * count)) }
        }
    }

    /// All changes at each position take minutes; else they take turns. REPORT_TAMPERING asks for all.
    private static let isThorough = ProcessInfo.processInfo.environment["REPORT_TAMPERING"] != nil

    @Test func theTrailItselfIsWhole() throws {
        let files = try Self.original.get()
        #expect(Self.verify(files).map(\.message) == [])
        #expect(files.paths.count == 2 + 2 + 50 + 2 * 7)
    }

    /// Each change is an error of the file that was changed; in a bundle it names the entry.
    @Test func everyChangeIsFoundWhereItIs() throws {
        let files = try Self.original.get()
        let positions = Self.positions(files)
        #expect(positions.count >= 2_000)
        let found = onThreads(ProcessInfo.processInfo.activeProcessorCount) { [count = positions.count] thread in
            var (checked, missed) = (0, [String]())
            let own = stride(from: thread, to: count, by: ProcessInfo.processInfo.activeProcessorCount)
            for turn in own {
                let (path, place) = positions[turn]
                for (number, change) in Change.allCases.enumerated() where Self.isThorough || turn % 5 == number {
                    let mask = UInt8(truncatingIfNeeded: turn &* 37 | 1)
                    guard let bytes = files[path], let changed = change.applied(to: bytes, at: place, by: mask),
                        changed != bytes
                    else { continue }
                    var tampered = files
                    tampered[path] = changed
                    let faults = Self.verify(tampered).filter { $0.severity == .error && $0.range?.file.path == path }
                    // A byte that is doubled among its like is another where its like end.
                    let first = zip(bytes[place...], changed[place...]).enumerated().first { $1.0 != $1.1 }?.offset
                    checked += 1
                    if faults.isEmpty || !Self.names(faults, first.map { place + $0 } ?? bytes.count, path, bytes) {
                        missed.append("\(change) of \(path) at \(place): \(faults.map(\.message))")
                    }
                }
            }
            return (checked, missed)
        }
        #expect(found.reduce(0) { $0 + $1.0 } >= (Self.isThorough ? 5 : 1) * 1_900)
        #expect(found.flatMap(\.1) == [])
    }

    /// The pages of histories and the proofs beside reports: the same, at some positions of each.
    @Test func pagesAndProofsAreOfTheTrail() throws {
        let outputs = try SampleTrail.outputs(200)
        let workspace = WorkspaceContext(files: outputs, workingFolder: "/output", home: "/home/ann", user: 0)
        let trail = try AuditTrail(
            of: "/output", output: "/output", in: workspace, trust: Trust(workspace, configurationHome: nil))
        let pages = HistoryPages(trail.ledger, in: trail.location, workspace)
        try pages.write(pages.reports())
        try ReportProofs(trail.ledger, output: "/output", signer: SampleTrail.key, in: workspace).write(0..<200)
        var verification = TrailVerification(of: trail.ledger)
        verification.output = "/output"
        verification.keys = [try #require(SampleTrail.key).verifyingKey]
        // Of a trail that is whole they are the same each time.
        var made: [TrailVerification.Derived] = []
        verification.derived = { histories in
            made = try pages.all(histories)
            return made
        }
        #expect(verification.run().diagnostics.map(\.message) == [])
        #expect(made.count == 7)
        let files = TamperedFiles(outputs)
        let paths = files.paths.filter { $0.contains("/history/") || $0.hasSuffix("proof") || $0.hasSuffix("jsonl") }
        #expect(paths.count == 3 * 7)
        for (turn, path) in paths.enumerated() {
            let bytes = try #require(files[path])
            for number in 0..<(Self.isThorough ? 40 : 5) {
                let place = (number * 2 + 1) * bytes.count / (Self.isThorough ? 80 : 10)
                for change in Change.allCases where Self.isThorough || change == Change.allCases[(turn + number) % 5] {
                    guard let changed = change.applied(to: bytes, at: place, by: 1), changed != bytes else { continue }
                    var tampered = files
                    tampered[path] = changed
                    var verification = TrailVerification(of: TransparencyLog(at: "/output/audit", files: tampered))
                    verification.output = "/output"
                    verification.keys = [try #require(SampleTrail.key).verifyingKey]
                    verification.derived = { [made] _ in made }
                    let faults = verification.run().diagnostics.filter { $0.severity == .error }
                    #expect(
                        faults.map { $0.range?.file.path } == [path], "\(change) of \(path) at \(place): \(faults)")
                }
            }
        }
    }

    /// Whether a fault names the entry that a place of a bundle is in.
    private static func names(_ faults: [Diagnostic], _ place: Int, _ path: String, _ bytes: [UInt8]) -> Bool {
        guard path.contains("/tile/entries/") else { return true }
        let ranges = EntryBundle.ranges(in: bytes).ranges
        let entry = ranges.firstIndex { place < $0.upperBound } ?? ranges.count - 1
        return faults.contains { fault in
            let message = fault.message
            if let range = message.firstMatch(of: /entries (\d+) to (\d+)/), let low = Int(range.1),
                let high = Int(range.2)
            {
                return (low...high).contains(entry)
            }
            if let byte = message.firstMatch(of: /byte (\d+): it (?:ends|holds)/), let byte = Int(byte.1) {
                // What is behind it cannot be told apart.
                return byte <= place + 1
            }
            return message.firstMatch(of: /entry (\d+)/).flatMap { Int($0.1) } == entry
        }
    }

    /// Whole entries and whole files.
    @Test func entriesAndFilesCannotBeMoved() throws {
        let files = try Self.original.get()
        func found(_ path: String, _ change: (inout TamperedFiles) throws -> Void) rethrows {
            var tampered = files
            try change(&tampered)
            let errors = Self.verify(tampered).filter { $0.severity == .error }
            #expect(errors.contains { $0.range?.file.path == path }, "\(path): \(errors.map(\.message))")
        }
        for path in files.paths where !path.hasSuffix("/lock") {
            found(path) { $0[path] = nil }
            found(path) { $0[path] = [] }
            let copy = path + "2"
            if path.hasPrefix("/output/audit/") { found(copy) { $0[copy] = files[path] } }
        }
        for (one, other) in zip(files.paths, files.paths.dropFirst()) where files[one] != files[other] {
            guard files[one]?.isEmpty == false, files[other]?.isEmpty == false else { continue }
            found(one) { tampered in
                tampered[one] = files[other]
                tampered[other] = files[one]
            }
        }
        let path = "/output/audit/tile/entries/000.p/200"
        let leaves = try #require(files[path].flatMap { EntryBundle.leaves(in: $0, count: 200) })
        for index in stride(from: 0, to: 199, by: 10) {
            var swapped = leaves
            swapped.swapAt(index, index + 1)
            var doubled = leaves
            doubled[index + 1] = doubled[index]
            var shorter = leaves
            shorter.remove(at: index)
            for changed in [swapped, doubled, shorter, leaves + [leaves[index]]] {
                found(path) { $0[path] = EntryBundle.bytes(of: changed) }
            }
        }
    }

    /// Who rewrites everything, tiles and checkpoint too, cannot sign it, and does not continue what somebody kept.
    @Test func aRewrittenTrailHasNoSignatureAndNoPast() throws {
        let files = try SampleTrail.outputs(200)
        let kept = try #require(try TransparencyLog(at: "/output/audit", files: files).checkpoint())
        let other = MemoryFileSystem()
        let forger = try #require(SigningKey.generate(name: "PeterNeumann"))
        _ = try SampleTrail.ledger(210, signer: forger, files: other)
        var verification = TrailVerification(of: TransparencyLog(at: "/trail", files: other))
        #expect(verification.run().diagnostics == [])
        verification.keys = [try #require(SampleTrail.key).verifyingKey]
        #expect(verification.run().diagnostics.map(\.code) == [.badCheckpoint])
        verification.keys = []
        verification.checkpoints = [("kept", kept)]
        let outcome = verification.run()
        #expect(outcome.diagnostics.map(\.code) == [.inconsistentCheckpoint])
        #expect(outcome.diagnostics.first?.range?.file.path == "kept")
    }

    @Test func earlierCheckpointsAreContinued() throws {
        let files = MemoryFileSystem()
        let ledger = TransparencyLog(at: "/trail", files: files)
        var kept: [(path: String, checkpoint: SignedCheckpoint)] = []
        for (turn, batch) in [0..<1, 1..<200, 200..<256, 256..<300].enumerated() {
            try ledger.append(SampleTrail.batch(batch), signer: turn == 0 ? nil : SampleTrail.key)
            kept.append(("\(turn)", try #require(try ledger.checkpoint())))
        }
        var verification = TrailVerification(of: ledger)
        verification.checkpoints = kept
        verification.keys = [try #require(SampleTrail.key).verifyingKey]
        #expect(verification.run().diagnostics.map(\.message) == [])
        // Longer than the trail is.
        let shorter = MemoryFileSystem()
        try TransparencyLog(at: "/trail", files: shorter).append(SampleTrail.batch(0..<256), signer: SampleTrail.key)
        var older = TrailVerification(of: TransparencyLog(at: "/trail", files: shorter))
        older.checkpoints = [kept[3]]
        #expect(older.run().diagnostics.map(\.code) == [.inconsistentCheckpoint])
    }
}
