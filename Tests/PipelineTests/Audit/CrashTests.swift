import Diagnostics
import Foundation
import Ledger
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Processes that append and are stopped, by whatever it is.
@Suite(.serialized) struct CrashTests {
    private static func scratch() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "trail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func verify(_ folder: URL) -> [Diagnostic] {
        var verification = TrailVerification(of: TransparencyLog(at: folder.path, files: DiskFileSystem()))
        verification.keys = [SampleTrail.key?.verifyingKey].compactMap { $0 }
        return verification.run().diagnostics
    }

    private static let signing = ["REPORT_SIGNING_KEY": SampleTrail.keyText]

    /// Killed at any moment: all that it reported is there, nothing is torn, and the next one goes on.
    /// REPORT_CRASHES sets how often.
    @Test func killedAtAnyMomentNothingIsLostOrTorn() throws {
        let rounds = ProcessInfo.processInfo.environment["REPORT_CRASHES"].flatMap { Int($0) } ?? 40
        let scratch = try Self.scratch()
        defer { try? FileManager.default.removeItem(at: scratch) }
        var state: UInt64 = 1
        var (reported, interrupted) = (0, 0)
        for round in 0..<rounds {
            // A trail that grew long would only make the test slow.
            let folder = scratch.appending(path: "trail-\(round / 25)")
            let writer = try WriterProcess(
                folder, count: 1_000_000, name: "round-\(round)", environment: Self.signing)
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // In one round of four it may not have begun.
            if round % 4 != 3 { try writer.waitForReport() }
            usleep(UInt32(state >> 33) % 60_000)
            writer.kill()
            let lines = try writer.reported()
            reported += lines.count
            guard FileManager.default.fileExists(atPath: folder.appending(path: "checkpoint").path) else {
                #expect(lines.isEmpty)
                continue
            }
            let faults = Self.verify(folder)
            #expect(faults.filter { $0.severity == .error }.map(\.message) == [], "round \(round)")
            if !faults.isEmpty { interrupted += 1 }
            let ledger = TransparencyLog(at: folder.path, files: DiskFileSystem())
            for line in lines {
                let entry = try ledger.entry(line.index)
                #expect(entry.report == line.report && entry.note == line.note)
            }
            if round % 25 == 24 || round == rounds - 1 {
                let last = try WriterProcess(folder, count: 1, name: "last-\(round)", environment: Self.signing)
                last.process.waitUntilExit()
                #expect(last.process.terminationStatus == 0)
                #expect(Self.verify(folder).map(\.message) == [])
            }
        }
        // The moments were not all before the first append: in three rounds of four there was one, however slow the disk.
        #expect(reported > rounds / 2, "\(reported) entries in \(rounds) rounds, \(interrupted) interrupted")
    }

    @Test func twoWritersTakeTurns() throws {
        let scratch = try Self.scratch()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let folder = scratch.appending(path: "trail")
        let writers = try ["ann", "bob"].map {
            try WriterProcess(folder, count: 40, name: $0, environment: Self.signing)
        }
        for writer in writers {
            writer.process.waitUntilExit()
            #expect(writer.process.terminationStatus == 0)
            #expect(try writer.complaints() == "")
        }
        #expect(Self.verify(folder).map(\.message) == [])
        let entries = try TransparencyLog(at: folder.path, files: DiskFileSystem()).entries(0..<80)
        for name in ["ann", "bob"] {
            let notes = entries.compactMap(\.note).filter { $0.hasPrefix(name) }
            #expect(notes == (0..<40).map { "\(name) \($0)" })
        }
    }

    @Test func aFileThatCannotGrowLeavesTheTrailAsItWas() throws {
        let scratch = try Self.scratch()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let folder = scratch.appending(path: "trail")
        let writer = try WriterProcess(folder, count: 1_000, name: "full", limit: 64, environment: Self.signing)
        writer.process.waitUntilExit()
        #expect(writer.process.terminationStatus == 1)
        #expect(try writer.complaints().contains("file too large"))
        #expect(Self.verify(folder).map(\.message) == [])
        let size = try TransparencyLog(at: folder.path, files: DiskFileSystem()).size
        let reported = try writer.reported().count
        #expect(size > 0 && size == reported)
        let next = try WriterProcess(folder, count: 30, name: "next", environment: Self.signing)
        next.process.waitUntilExit()
        #expect(next.process.terminationStatus == 0)
        #expect(Self.verify(folder).map(\.message) == [])
    }

    @Test func aFolderThatMayNotBeWrittenLeavesTheTrailAsItWas() throws {
        let scratch = try Self.scratch()
        let folder = scratch.appending(path: "trail")
        let files = FileManager.default
        let first = try WriterProcess(folder, count: 3, name: "first", environment: Self.signing)
        first.process.waitUntilExit()
        func setMode(_ mode: Int) throws {
            for path in try [""] + files.subpathsOfDirectory(atPath: folder.path) {
                var isFolder: ObjCBool = false
                let path = folder.appending(path: path).path
                _ = files.fileExists(atPath: path, isDirectory: &isFolder)
                try files.setAttributes(
                    [.posixPermissions: isFolder.boolValue ? mode : mode & 0o666], ofItemAtPath: path)
            }
        }
        defer {
            try? setMode(0o755)
            try? files.removeItem(at: scratch)
        }
        let before = try files.subpathsOfDirectory(atPath: folder.path).sorted()
        try setMode(0o555)
        // Root may write anything, and so becomes somebody else.
        let user = getuid() == 0 ? ["LEDGER_WRITER_USER": "65534"] : [:]
        let writer = try WriterProcess(
            folder, count: 3, name: "second", environment: Self.signing.merging(user) { $1 })
        writer.process.waitUntilExit()
        #expect(writer.process.terminationStatus == 1)
        #expect(try writer.complaints().contains("permission denied"))
        #expect(try files.subpathsOfDirectory(atPath: folder.path).sorted() == before)
        #expect(Self.verify(folder).map(\.message) == [])
    }
}
