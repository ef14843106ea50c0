import Foundation
import Testing

/// The program `LedgerWriter`, which appends to a trail until it is stopped.
struct WriterProcess {
    let process = Process()
    private let output: URL
    private let errors: URL

    /// - Parameters:
    ///   - limit: The longest file that it may write, in KiB.
    ///   - environment: Besides the tests' own.
    init(
        _ folder: URL, count: Int, name: String, limit: Int? = nil, environment: [String: String] = [:]
    ) throws {
        // Products lie beside the test bundle.
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "LedgerWriter")
        let scratch = folder.deletingLastPathComponent()
        output = scratch.appending(path: "\(name).out")
        errors = scratch.appending(path: "\(name).err")
        for file in [output, errors] { try Data().write(to: file) }
        let arguments = [program.path, folder.path, String(count), name]
        if let limit {
            // The signal that goes with the limit is ignored, so that writing fails as on a full disk.
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["-c", "trap '' XFSZ; ulimit -f \(limit); exec \"$@\"", "bash"] + arguments
        } else {
            process.executableURL = program
            process.arguments = Array(arguments.dropFirst())
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits until it has appended something, or has ended.
    func waitForReport() throws {
        while process.isRunning, try reported().isEmpty { usleep(1_000) }
    }

    /// What it said was appended, whole lines alone: number, report, note.
    func reported() throws -> [(index: Int, report: String, note: String)] {
        try String(contentsOf: output, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map { line in
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                return (try #require(Int(words[0])), words[1], words[2])
            }
    }

    func complaints() throws -> String { try String(contentsOf: errors, encoding: .utf8) }
}
