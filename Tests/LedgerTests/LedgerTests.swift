import Ledger
import TestSupport
import Testing
import Values
import Workspace

@Suite struct LedgerTests {
    @Test(arguments: [0, 1, 2, 255, 256, 257, 600])
    func whatWasAppendedIsRead(count: Int) throws {
        let ledger = try SampleTrail.ledger(count, batch: 50)
        #expect(try ledger.size == count)
        var previous: [String: Int] = [:]
        for (index, entry) in try ledger.entries(0..<count).enumerated() {
            var expected = SampleTrail.entry(index)
            expected.record = SampleTrail.record(index).digest
            expected.previous = previous[expected.report]
            previous[expected.report] = index
            #expect(entry == expected)
            #expect(try ledger.record(entry.record) == SampleTrail.record(index))
        }
        for (report, index) in previous { #expect(try ledger.latest(report: report)?.index == index) }
        #expect(try ledger.latest(report: "no such") == nil)
    }

    /// The tiles are those of the specification and no others, and the tree is that of the leaves, however they came.
    @Test(arguments: [(1, 1), (256, 256), (300, 7), (700, 300), (513, 1)])
    func filesAreThoseOfTheSize(count: Int, batch: Int) throws {
        let files = MemoryFileSystem()
        let ledger = try SampleTrail.ledger(count, batch: batch, files: files)
        let tiles = files.paths.filter { $0.hasPrefix("/trail/tile/") }.map { String($0.dropFirst("/trail/".count)) }
        #expect(tiles == Tile.all(of: count).map(\.path).sorted())
        #expect(files.bytes(at: "/trail/lock") == [])
        let leaves = try ledger.leaves(0..<count)
        let levels = MerkleLevels(leaves.map { .leaf($0) })
        let checkpoint = try #require(try ledger.checkpoint())
        #expect(checkpoint.root == levels.tree().root())
        let key = try #require(SampleTrail.key).verifyingKey
        #expect(checkpoint.note.verdict(of: [key]) == .signed(by: [key]))
        #expect(checkpoint.checkpoint.origin == key.name)
        for size in [1, count / 2, count] where size > 0 {
            #expect(try ledger.tree(of: size).root() == levels.tree(of: size).root())
            let path = try ledger.inclusionProof(of: size - 1, in: count)
            #expect(path == levels.tree().inclusionProof(of: size - 1))
            #expect(try ledger.consistencyProof(from: size, to: count) == levels.tree().consistencyProof(from: size))
        }
    }

    @Test func anUnsignedTrailTakesTheNameOfItsFirstSigner() throws {
        let ledger = try SampleTrail.ledger(1, signer: nil)
        #expect(try ledger.checkpoint()?.isSigned == false)
        #expect(try ledger.checkpoint()?.checkpoint.origin == Checkpoint.unsignedOrigin)
        try ledger.append(SampleTrail.batch(1..<2), signer: SampleTrail.key)
        #expect(try ledger.checkpoint()?.checkpoint.origin == "PeterNeumann")
        try ledger.append(SampleTrail.batch(2..<3), signer: SigningKey.generate(name: "other"))
        #expect(try ledger.checkpoint()?.checkpoint.origin == "PeterNeumann")
    }

    /// Lists that would make a leaf too long stand in the record, in their order, and the entry reads as before.
    @Test func longListsStandInTheRecord() throws {
        var entry = SampleTrail.entry(1)
        let text = String(repeating: "x", count: 40_000)
        entry.claims = [.init(path: "a", text: text, holds: true)]
        entry.notices = [.init(code: "E0606", severity: "warning", message: text, place: "a.md:1:1")]
        entry.files = (0..<20).map { .init(path: "f\($0)", bytes: 1, sha256: "0") }
        let ledger = TransparencyLog(at: "/trail", files: MemoryFileSystem())
        try ledger.append([(entry, SampleTrail.record(1))], signer: nil)
        let leaf = try #require(Value(canonicalJSON: try ledger.leaf(0)))
        #expect(leaf["claims"]?["count"] == 1 && leaf["claims"]?["sha256"]?.string?.count == 64)
        #expect(leaf["diagnostics"]?.list?.count == 1 && leaf["files"]?.list?.count == 20)
        let read = try ledger.entry(0)
        #expect(read.claims == entry.claims && read.notices == entry.notices && read.moved == [.claims])
        #expect(try ledger.record(read.record).numbers == SampleTrail.record(1).numbers)
        // All lists too long but one.
        entry.files = [.init(path: text, bytes: 1, sha256: "0")]
        entry.includes = [.init(path: text, bytes: 1, sha256: "0")]
        try ledger.append([(entry, SampleTrail.record(1))], signer: nil)
        #expect(try ledger.entry(1).moved == [.claims, .diagnostics, .files])
        #expect(try ledger.entry(1).files == entry.files)
        // No list can help.
        entry.note = text + text
        #expect(throws: LedgerError.oversized(report: entry.report)) {
            try ledger.append([(entry, SampleTrail.record(1))], signer: nil)
        }
        #expect(try ledger.size == 2)
    }

    @Test func proofsReadBackAndHold() throws {
        let ledger = try SampleTrail.ledger(300)
        let checkpoint = try #require(try ledger.checkpoint())
        let proof = TlogProof(
            extra: try ledger.leaf(17), index: 17, path: try ledger.inclusionProof(of: 17, in: 300),
            checkpoint: checkpoint)
        let read = try #require(TlogProof(proof.bytes))
        #expect(read == proof && read.holds)
        #expect(read.entry == (try ledger.entry(17)))
        var other = proof
        other.extra = try ledger.leaf(18)
        #expect(!other.holds)
        let key = try #require(SampleTrail.key).verifyingKey
        for index in proof.bytes.indices {
            var damaged = proof.bytes
            damaged[index] ^= 1
            if let read = TlogProof(damaged), read.holds, read.checkpoint.note.verdict(of: [key]) == .signed(by: [key])
            {
                Issue.record("byte \(index)")
            }
        }
    }
}
