import Foundation
import Testing

/// The `report` that was built with these tests, run as a person runs it.
struct BuiltBinary {
    /// The root of the checkout.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Products lie beside the test bundle.
    static var path: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "report")
    }

    struct Output {
        var code: Int32
        var standardOutput: String
        var standardError: String
    }

    /// Runs with a bare environment and what is given; `launcher` stands before the command (`faketime`, `taskset`).
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], launcher: [String] = []
    ) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = launcher + [path.path] + arguments
        process.currentDirectoryURL = folder
        var full = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": folder.appending(path: "home").path,
        ]
        if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
            full["LD_LIBRARY_PATH"] = libraries
        }
        for (key, value) in environment { full[key] = value }
        process.environment = full
        let out = folder.appending(path: ".stdout-\(UUID().uuidString)")
        let err = folder.appending(path: ".stderr-\(UUID().uuidString)")
        try Data().write(to: out)
        try Data().write(to: err)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        defer {
            try? FileManager.default.removeItem(at: out)
            try? FileManager.default.removeItem(at: err)
        }
        return Output(
            code: process.terminationStatus, standardOutput: try String(contentsOf: out, encoding: .utf8),
            standardError: try String(contentsOf: err, encoding: .utf8))
    }

    /// A new empty folder that the test removes.
    static func temporaryFolder(_ name: String = "report") throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// A new folder with the analysis `Analyses/a.md`, which the test removes.
    static func project(_ analysis: String) throws -> URL {
        let folder = try temporaryFolder()
        let analyses = folder.appending(path: "Analyses")
        try FileManager.default.createDirectory(at: analyses, withIntermediateDirectories: true)
        try Data(analysis.utf8).write(to: analyses.appending(path: "a.md"))
        return folder
    }
}
