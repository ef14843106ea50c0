import Foundation
import Testing

/// `report watch` as a person meets it: the real program, files on disk, signals.
@Suite(.serialized) struct WatchCommandTests {
    /// A running `report watch` whose output goes to files.
    private final class Watcher {
        let process = Process()
        let folder: URL

        init(_ folder: URL, _ arguments: [String] = []) throws {
            self.folder = folder
            process.executableURL = BuiltBinary.path
            process.arguments = ["watch", "Analyses"] + arguments
            process.currentDirectoryURL = folder
            var environment = ProcessInfo.processInfo.environment
            environment["HOME"] = folder.appending(path: "home").path
            environment["XDG_CONFIG_HOME"] = nil
            process.environment = environment
            for name in ["out.log", "err.log"] { try Data().write(to: folder.appending(path: name)) }
            process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "out.log"))
            process.standardError = try FileHandle(forWritingTo: folder.appending(path: "err.log"))
            process.standardInput = FileHandle.nullDevice
            try process.run()
        }

        var output: String { (try? String(contentsOf: folder.appending(path: "out.log"), encoding: .utf8)) ?? "" }
        var error: String { (try? String(contentsOf: folder.appending(path: "err.log"), encoding: .utf8)) ?? "" }
        var rounds: Int { error.components(separatedBy: "waiting for changes").count - 1 }

        /// Waits until so many builds are done: the machine may be busy, so for up to a minute.
        func wait(rounds: Int) -> Bool {
            for _ in 0..<1200 where self.rounds < rounds && process.isRunning { Thread.sleep(forTimeInterval: 0.05) }
            return self.rounds == rounds
        }

        func end(_ number: Int32) -> Int32 {
            kill(process.processIdentifier, number)
            process.waitUntilExit()
            return process.terminationReason == .exit ? process.terminationStatus : -1
        }
    }

    private let good = "---\ntitle: A\nparams: {x: 1}\n---\n\nIt is `{params.x}`.\n"

    private func write(_ text: String, _ name: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
    }

    @Test func buildsOnSaveAndGoesOnAfterErrors() throws {
        let folder = try BuiltBinary.project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        let watcher = try Watcher(folder, ["--format", "md"])
        defer { watcher.process.terminate() }
        let report = folder.appending(path: "output/a.md")
        #expect(watcher.wait(rounds: 1), "\(watcher.error)")
        #expect(watcher.output == "output/a.md\n")
        #expect(watcher.error.contains("reports: 1 written"))

        try write(good.replacing("x: 1", with: "x: 2"), "Analyses/a.md", in: folder)
        #expect(watcher.wait(rounds: 2), "\(watcher.error)")
        #expect(try String(contentsOf: report, encoding: .utf8).contains("It is 2."))
        #expect(watcher.error.contains("changed: Analyses/a.md\n"))

        try write(good.replacing("params.x", with: "params.y"), "Analyses/a.md", in: folder)
        #expect(watcher.wait(rounds: 3), "\(watcher.error)")
        #expect(watcher.error.contains("error[E0") && watcher.error.contains("reports: 1 with errors"))
        #expect(try String(contentsOf: report, encoding: .utf8).contains("It is 2."), "the last good report stays")

        try write(good, "Analyses/a.md", in: folder)
        try write(good, "Analyses/b.md", in: folder)
        try write("swap", "Analyses/.a.md.swp", in: folder)
        #expect(watcher.wait(rounds: 4), "\(watcher.error)")
        #expect(watcher.error.contains("Analyses/b.md (new)") && !watcher.error.contains(".swp"))
        #expect(watcher.output.hasSuffix("output/a.md\noutput/b.md\n"))
        #expect(try String(contentsOf: report, encoding: .utf8).contains("It is 1."))

        try FileManager.default.removeItem(at: folder.appending(path: "Analyses/b.md"))
        #expect(watcher.wait(rounds: 5), "\(watcher.error)")
        #expect(!watcher.error.contains("out.log"), "its own output in the project is no change")
        #expect(watcher.error.contains("Analyses/b.md (gone)") && watcher.error.contains("reports: 1 unchanged"))
        #expect(watcher.process.isRunning)
        #expect(watcher.end(SIGTERM) == 0)
    }

    @Test func nothingToWatchIsAnError() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["watch", "no/where.md"], in: folder)
        #expect(result.code == 1 && result.standardError.contains("There is no file or folder no/where.md"))
    }

    /// Told to end at any moment it ends with success, and every file that is there is whole.
    @Test(arguments: [SIGINT, SIGTERM]) func signalsEndItCleanly(number: Int32) throws {
        for delay in [0, 0.02, 0.1, 0.4] {
            let folder = try BuiltBinary.project(good)
            defer { try? FileManager.default.removeItem(at: folder) }
            for index in 0..<20 { try write(good, "Analyses/n\(index).md", in: folder) }
            let watcher = try Watcher(folder)
            // Until its first report is there, it may not yet listen.
            for _ in 0..<1200
            where !FileManager.default.fileExists(atPath: folder.appending(path: "output/a.html").path) {
                Thread.sleep(forTimeInterval: 0.01)
            }
            Thread.sleep(forTimeInterval: delay)
            #expect(watcher.end(number) == 0)
            let output = folder.appending(path: "output")
            let names = try FileManager.default.contentsOfDirectory(atPath: output.path)
            #expect(names.filter { $0.hasPrefix(".") } == [], "nothing is left half-written")
            for name in names where name.hasSuffix(".html") {
                let text = try String(contentsOf: output.appending(path: name), encoding: .utf8)
                #expect(text.trimmingCharacters(in: .whitespacesAndNewlines).hasSuffix("</html>"), "\(name)")
            }
        }
    }
}
