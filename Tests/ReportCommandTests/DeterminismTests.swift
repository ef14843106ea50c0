import Foundation
import Testing

/// The same analyses give the same bytes wherever, whenever and on whatever processor they are built.
@Suite struct DeterminismTests {
    /// All outputs of a build by path, in a folder of its own.
    private func outputs(
        _ name: String, environment: [String: String] = [:], launcher: [String] = [], git: Bool = false,
        arguments: [String] = [], again: [String]? = nil
    ) throws -> [String: Data] {
        let folder = try BuiltBinary.temporaryFolder(name)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(
            at: BuiltBinary.root.appending(path: "Analyses"), to: folder.appending(path: "Analyses"))
        // It takes minutes, and nothing in it that the others do not have.
        try FileManager.default.removeItem(at: folder.appending(path: "Analyses/coverage.md"))
        if git {
            let repository = folder.appending(path: ".git")
            try FileManager.default.createDirectory(at: repository, withIntermediateDirectories: true)
            try Data("ref: refs/heads/other\n".utf8).write(to: repository.appending(path: "HEAD"))
        }
        for arguments in [arguments, again].compactMap(\.self) {
            let result = try BuiltBinary.run(
                ["build", "analyses", "--quiet"] + arguments, in: folder, environment: environment, launcher: launcher)
            #expect(result.code == 0, "\(result.standardError)")
            // What was computed once is all in the cache.
            #expect(!result.standardError.contains(": ran, because"), "\(result.standardError)")
        }
        var files: [String: Data] = [:]
        let output = folder.appending(path: "output")
        for path in try FileManager.default.subpathsOfDirectory(atPath: output.path) {
            let file = output.appending(path: path)
            // The trail tells when and by whom reports were built, which they themselves do not.
            if path.hasPrefix("audit/") || path.hasSuffix(".tlog-proof") { continue }
            if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
                files[path] = try Data(contentsOf: file)
            }
        }
        return files
    }

    @Test func bytesDependOnInputsAlone() throws {
        let reference = try outputs("one")
        #expect(reference.count > 8)
        #expect(reference.keys.contains("proxy.html") && reference.keys.contains("shared-control.json"))
        let variants: [(String, [String: Data])] = [
            (
                "another folder, time zone and locale",
                try outputs(
                    "a folder with spaces and ü",
                    environment: ["TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8"])
            ),
            (
                "one directive at a time, and again from the cache",
                // With --accept no report is left alone: each is made again of what was kept.
                try outputs("warm", arguments: ["--jobs", "1"], again: ["--accept", "--explain"])
            ),
            ("another date", try outputs("date", launcher: ["faketime", "1999-12-31 23:59:59"])),
            ("one processor, in a git checkout", try outputs("git", launcher: ["taskset", "-c", "0"], git: true)),
            (
                "a processor without FMA and AVX2",
                try outputs("old", environment: ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2"])
            ),
        ]
        for (name, files) in variants {
            #expect(files.keys.sorted() == reference.keys.sorted(), "\(name)")
            for (path, bytes) in reference { #expect(files[path] == bytes, "\(path), with \(name)") }
        }
        for (path, bytes) in reference {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains(NSTemporaryDirectory().dropLast()), "\(path) holds a path of the machine")
        }
    }
}
