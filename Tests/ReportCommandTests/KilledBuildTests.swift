import Foundation
import Ledger
import Testing
import Workspace

/// Builds that leave entries, killed at any moment.
@Suite struct KilledBuildTests {
    /// What a build that came to its end said is in the trail; what others began is there whole or not at all, and the next
    /// build finds nothing in its way. REPORT_CRASHES sets how many are killed.
    @Test func whatWasReportedIsThereAndNothingIsTorn() throws {
        let rounds = ProcessInfo.processInfo.environment["REPORT_CRASHES"].flatMap { Int($0) } ?? 12
        let folder = try BuiltBinary.project("---\ntitle: Lifts\n---\n\nText.\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ledger = TransparencyLog(at: folder.appending(path: "output/audit").path, files: DiskFileSystem())
        func start(_ note: String) throws -> Process {
            let process = Process()
            process.executableURL = BuiltBinary.path
            process.arguments = ["build", "Analyses/a.md", "--note", note, "--quiet"]
            process.currentDirectoryURL = folder
            process.standardError = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            try process.run()
            return process
        }
        func verified() throws {
            let outcome = try BuiltBinary.run(["audit", "verify"], in: folder)
            #expect(outcome.code == 0, "\(outcome.standardError)")
        }
        let clock = ContinuousClock()
        var reported: [String] = []
        // What a build takes whose result is kept, as those that are killed have it, in milliseconds.
        var length = 0.0
        func whole(_ note: String) throws {
            let begin = clock.now
            let build = try start(note)
            build.waitUntilExit()
            #expect(build.terminationStatus == 0)
            length = min((clock.now - begin) / .milliseconds(1), 2_000)
            reported.append(note)
        }
        for note in ["first", "second"] { try whole(note) }
        var killed = 0
        var state: UInt64 = 1
        for round in 0..<rounds {
            let build = try start("\(round)")
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let share = Double(state >> 11) / Double(1 << 53)
            usleep(UInt32(1000 * 1.1 * share * length))
            kill(build.processIdentifier, SIGKILL)
            build.waitUntilExit()
            if build.terminationReason == .exit, build.terminationStatus == 0 {
                reported.append("\(round)")
            } else {
                killed += 1
            }
            try verified()
            // It takes longer as the history grows.
            if round % 10 == 9 { try whole("whole \(round)") }
        }
        // The moments were not all behind the end of a build.
        #expect(killed > rounds / 4, "\(killed) of \(rounds)")
        try whole("last")
        try verified()
        let notes = try ledger.entries(0..<ledger.size).compactMap(\.note)
        #expect(Set(notes).count == notes.count && notes.last == "last")
        #expect(reported.filter { !notes.contains($0) } == [])
        let left = try FileManager.default.subpathsOfDirectory(atPath: ledger.folder).filter {
            $0.contains(".writing-")
        }
        #expect(left == [])
    }
}
