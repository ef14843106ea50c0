import Foundation
import TestSupport
import Testing

/// Several processes that build one project at the same time.
@Suite struct ConcurrentBuildTests {
    @Test func processesShareACache() throws {
        let folder = try BuiltBinary.project(
            "---\ntitle: A\n---\n\n```data\nid: rows\nsource: rows.csv\nshow: table\n```\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("effect,se\n1,0.5\n2,0.5\n3,0.7\n".utf8).write(to: folder.appending(path: "Analyses/rows.csv"))
        #expect(try BuiltBinary.run(["build", "Analyses", "--no-cache", "--output", "alone"], in: folder).code == 0)
        let said = onThreads(4) { turn in
            (0..<3).map { _ in
                // With --accept no report is left alone.
                let result = try? BuiltBinary.run(
                    ["build", "Analyses", "--accept", "--output", "out-\(turn)"], in: folder)
                return result.map { $0.code == 0 ? "" : $0.standardError } ?? "did not run"
            }
        }
        #expect(said == Array(repeating: ["", "", ""], count: 4))
        for name in ["a.html", "a.json", "a.md"] {
            let alone = try Data(contentsOf: folder.appending(path: "alone/\(name)"))
            for turn in 0..<4 {
                #expect(try Data(contentsOf: folder.appending(path: "out-\(turn)/\(name)")) == alone)
            }
        }
        _ = try BuiltBinary.run(["build", "Analyses"], in: folder)
        #expect(
            try BuiltBinary.run(["build", "Analyses", "--explain"], in: folder).standardError
                == "Analyses/a.md: data rows: unchanged\n")
    }
}
