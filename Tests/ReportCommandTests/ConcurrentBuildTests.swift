import Foundation
import Testing

/// Several processes that build one project at the same time.
@Suite struct ConcurrentBuildTests {
    @Test func processesShareACache() throws {
        let folder = try BuiltBinary.project(
            "---\ntitle: A\n---\n\n```data\nid: rows\nsource: rows.csv\nshow: table\n```\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("effect,se\n1,0.5\n2,0.5\n3,0.7\n".utf8).write(to: folder.appending(path: "Analyses/rows.csv"))
        #expect(try BuiltBinary.run(["build", "Analyses", "--no-cache", "--output", "alone"], in: folder).code == 0)
        DispatchQueue.concurrentPerform(iterations: 4) { turn in
            for _ in 0..<3 {
                let result = try? BuiltBinary.run(["build", "Analyses", "--output", "out-\(turn)"], in: folder)
                #expect(result?.code == 0, "\(result?.standardError ?? "did not run")")
            }
        }
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
