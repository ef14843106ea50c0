import Ledger
import Synchronization
import TestSupport
import Testing
import Workspace

/// Changes of files that stop working: from a number on, each fails as on a full disk.
private final class FailingFiles: FileSystem {
    let memory = MemoryFileSystem()
    /// How many changes still work.
    private let rest = Mutex(Int.max)
    /// What was flushed to the disk, flush by flush.
    let settled = Mutex<[[String]]>([])
    /// Whether what fails has been begun: a batch of files of which some are there.
    private let tears: Bool

    init(tears: Bool) { self.tears = tears }

    func allow(_ count: Int) { rest.withLock { $0 = count } }

    private func step(_ path: String) throws(FileError) {
        let works = rest.withLock { rest in
            rest -= 1
            return rest >= 0
        }
        if !works { throw FileError(path: path, reason: "no space left on device") }
    }

    func status(of path: String) -> FileStatus? { memory.status(of: path) }
    func linkStatus(of path: String) -> FileStatus? { memory.linkStatus(of: path) }
    func realPath(of path: String) -> String? { memory.realPath(of: path) }
    func names(in folder: String) throws(FileError) -> [String] { try memory.names(in: folder) }
    func open(_ path: String) throws(FileError) -> any ByteSource { try memory.open(path) }
    func touch(_ path: String) {}

    func replace(_ files: [FileContent]) throws(FileError) {
        if !tears { try step(files.first?.path ?? "") }
        for file in files {
            if tears { try step(file.path) }
            try memory.replace([file])
        }
    }

    func remove(_ path: String) throws(FileError) { try memory.remove(path) }
    func settle(_ paths: [String], in folder: String) throws(FileError) {
        try step(folder)
        settled.withLock { $0.append(paths) }
    }

    func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try memory.lock(path, waiting: time).map { FailingLock(lock: $0, step: step) }
    }

    private final class FailingLock: FileLock {
        private let lock: any FileLock
        private let step: (String) throws(FileError) -> Void

        init(lock: any FileLock, step: @escaping (String) throws(FileError) -> Void) {
            self.lock = lock
            self.step = step
        }

        func contents(limit: Int) throws(FileError) -> [UInt8] { try lock.contents(limit: limit) }
        func write(_ bytes: [UInt8]) throws(FileError) {
            // Emptying takes no space.
            if !bytes.isEmpty { try step("lock") }
            try lock.write(bytes)
        }
        func release() { lock.release() }
    }
}

@Suite struct FaultTests {
    /// Whichever change is the first to fail, the trail is what it was or, once its checkpoint is in place, what it was to
    /// become; and the next append finds nothing of it in its way.
    @Test(arguments: [false, true])
    func aDiskThatFillsLeavesTheTrailAsItWas(tears: Bool) throws {
        let files = FailingFiles(tears: tears)
        let ledger = TransparencyLog(at: "/trail", files: files)
        try ledger.append(SampleTrail.batch(0..<250), signer: SampleTrail.key)
        let before = files.memory.paths
        let batch = SampleTrail.batch(250..<260)
        var failures = 0
        while true {
            files.allow(failures)
            let old = try ledger.size
            do throws(LedgerError) {
                try ledger.append(batch, signer: SampleTrail.key)
                break
            } catch {
                guard case .file(let reason) = error else {
                    Issue.record("\(error)")
                    return
                }
                #expect(reason.reason == "no space left on device")
                failures += 1
            }
            let size = try ledger.size
            #expect(size == old || size == old + 10)
            #expect(try ledger.entries(0..<size).count == size)
            #expect(try ledger.tree(of: size).root() == ledger.checkpoint()?.root)
            if size == 250 { #expect(files.memory.paths == before) }
        }
        #expect(failures >= (tears ? 14 : 4))
        let size = try ledger.size
        #expect(try ledger.entry(size - 1).note == SampleTrail.entry(259).note)
        let tiles = files.memory.paths.filter { $0.hasPrefix("/trail/tile/") }
        #expect(tiles == Tile.all(of: size).map { "/trail/\($0.path)" }.sorted())
    }

    /// However many entries there are: all of them at once, and then the checkpoint that speaks of them.
    @Test(arguments: [1, 300])
    func aBatchIsFlushedOnce(count: Int) throws {
        let files = FailingFiles(tears: false)
        try TransparencyLog(at: "/trail", files: files).append(SampleTrail.batch(0..<count), signer: nil)
        let settled = files.settled.withLock { $0 }
        let written = files.memory.paths.filter { !$0.hasSuffix("/lock") && !$0.hasSuffix("/checkpoint") }
        #expect(settled.map { $0.sorted() } == [written, ["/trail/checkpoint"]])
    }

    @Test func aTrailThatIsNotWhatItWasIsNotAppendedTo() throws {
        let files = MemoryFileSystem()
        let ledger = try SampleTrail.ledger(300, files: files)
        func refused(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
            let bytes = try #require(files.bytes(at: "/trail/" + path))
            var changed = bytes
            change(&changed)
            files.add("/trail/" + path, changed)
            do throws(LedgerError) {
                try ledger.append(SampleTrail.batch(300..<301), signer: SampleTrail.key)
                Issue.record("\(path)")
            } catch {
                guard case .damaged = error else {
                    Issue.record("\(path): \(error)")
                    return
                }
            }
            files.add("/trail/" + path, bytes)
        }
        try refused("checkpoint") { $0[$0.count - 10] ^= 1 }
        try refused("checkpoint") { $0[0] ^= 1 }
        try refused("tile/0/001.p/44") { $0[40] ^= 1 }
        try refused("tile/1/000.p/1") { $0[0] ^= 1 }
        try refused("tile/entries/001.p/44") { $0[100] ^= 1 }
        try refused("tile/entries/001.p/44") { $0.removeLast() }
        let checkpoint = try #require(files.bytes(at: "/trail/checkpoint"))
        try files.remove("/trail/checkpoint")
        #expect(throws: LedgerError.self) { try ledger.append(SampleTrail.batch(300..<301), signer: SampleTrail.key) }
        files.add("/trail/checkpoint", checkpoint)
        #expect(try ledger.append(SampleTrail.batch(300..<301), signer: SampleTrail.key) == 300..<301)
    }

    /// Only what an interrupted append wrote is swept, never what the trail has, whatever the lock file says.
    @Test func onlyLeftOversAreSwept() throws {
        let files = MemoryFileSystem()
        let ledger = try SampleTrail.ledger(10, files: files)
        let before = files.paths
        let stray = EntryRecord(numbers: [.init(path: "x", value: 1, isKey: false)]).digest
        let left = [Tile(.entries, index: 0, width: 11).path, EntryRecord.path(stray)]
        let own = [Tile(.entries, index: 0, width: 10).path, EntryRecord.path(SampleTrail.record(3).digest)]
        for path in left { files.add("/trail/" + path, [1]) }
        files.add("/trail/tile/0/007", [1])
        files.add("/trail/records/.writing-Ab12Cd", [1])
        files.add("/trail/" + Paths.parent(of: left[1]) + "/.writing-Ab12Cd", [1])
        files.add("/trail/lock", AppendIntent(paths: left + own).bytes)
        #expect(try ledger.append([], signer: nil) == 10..<10)
        #expect(
            Set(files.paths).symmetricDifference(before) == ["/trail/tile/0/007", "/trail/records/.writing-Ab12Cd"])
        #expect(files.bytes(at: "/trail/lock") == [])
        files.add("/trail/lock", Array("appending\n../../etc/passwd\n".utf8))
        #expect(throws: LedgerError.self) { try ledger.append([], signer: nil) }
    }

    @Test func noLinkIsFollowed() throws {
        let files = MemoryFileSystem()
        files.add("/elsewhere/x", [])
        files.link("/trail/records", to: "/elsewhere")
        let ledger = TransparencyLog(at: "/trail", files: files)
        #expect(throws: LedgerError.self) { try ledger.append(SampleTrail.batch(0..<1), signer: nil) }
        #expect(files.paths.filter { $0.hasPrefix("/elsewhere") } == ["/elsewhere/x"])
        #expect(try ledger.checkpoint() == nil)
    }

    @Test func aTrailIsHeldByOneWriterAtATime() throws {
        let files = MemoryFileSystem()
        let ledger = try SampleTrail.ledger(1, files: files)
        let lock = try #require(try files.lock("/trail/lock", waiting: .zero))
        #expect(throws: LedgerError.busy(path: "/trail/lock")) {
            try ledger.append(SampleTrail.batch(1..<2), signer: nil, waiting: .zero)
        }
        lock.release()
        #expect(try ledger.append(SampleTrail.batch(1..<2), signer: nil, waiting: .zero) == 1..<2)
    }
}
