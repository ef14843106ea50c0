import Foundation
import Testing

/// The command as a person meets it: exit codes, what goes where, what stays untouched.
@Suite struct CommandTests {
    private func project(_ analysis: String) throws -> URL {
        let folder = try BuiltBinary.temporaryFolder()
        let analyses = folder.appending(path: "Analyses")
        try FileManager.default.createDirectory(at: analyses, withIntermediateDirectories: true)
        try Data(analysis.utf8).write(to: analyses.appending(path: "a.md"))
        return folder
    }

    private let good = "---\ntitle: Good\nparams: {x: 1}\n---\n\nA number: `{params.x}`.\n"

    @Test func buildsUpToCaseAndPrintsPaths() throws {
        let folder = try project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["build", "analyses/a.md"], in: folder)
        #expect(result.code == 0)
        #expect(result.standardOutput == "output/a.html\noutput/a.json\noutput/a.md\n")
        #expect(result.standardError == "")
        let quiet = try BuiltBinary.run(
            ["build", "analyses/a.md", "--quiet", "--output", "elsewhere", "--format", "json"], in: folder)
        #expect(quiet.standardOutput == "")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "elsewhere").path) == ["a.json"])
    }

    @Test func exitCodes() throws {
        let folder = try project("---\ntitle: Bad\n---\n\n`{none.x}`\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["build", "Analyses/a.md"], in: folder).code == 1)
        #expect(try BuiltBinary.run(["build", "Analyses/none.md"], in: folder).code == 1)
        #expect(try BuiltBinary.run(["check", "Analyses/a.md"], in: folder).code == 1)
        #expect(try BuiltBinary.run(["build"], in: folder).code == 64)
        #expect(try BuiltBinary.run(["build", "Analyses", "--format", "pdf"], in: folder).code == 64)
        #expect(try BuiltBinary.run(["methods", "nonsense"], in: folder).code == 64)
        let version = try BuiltBinary.run(["--version"], in: folder)
        #expect(version.standardOutput.hasPrefix("report "))
        #expect(
            try BuiltBinary.run(["--generate-completion-script", "bash"], in: folder).standardOutput.contains("report"))
    }

    @Test func diagnosticsAsJSONLines() throws {
        let folder = try project("---\ntitle: Bad\n---\n\n`{none.x}` and `{none.y}`\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["build", "Analyses/a.md", "--diagnostics", "json"], in: folder)
        let lines = try result.standardError.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.count == 2)
        #expect(lines.map { $0["line"] as? Int } == [5, 5])
        #expect(lines.map { $0["file"] as? String } == ["Analyses/a.md", "Analyses/a.md"])
    }

    @Test func aFailedBuildLeavesTheOldReport() throws {
        let folder = try project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["build", "Analyses"], in: folder).code == 0)
        let html = folder.appending(path: "output/a.html")
        let before = try Data(contentsOf: html)
        try Data((good + "`{none.x}`\n").utf8).write(to: folder.appending(path: "Analyses/a.md"))
        let failed = try BuiltBinary.run(["build", "Analyses"], in: folder)
        #expect(failed.code == 1)
        #expect(failed.standardError.contains("--> Analyses/a.md:7:1"))
        #expect(failed.standardError.contains(".report/failed/a.html"))
        #expect(try Data(contentsOf: html) == before)
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: ".report/failed/a.html").path))
    }

    @Test func methodsTellFormulaAssumptionsAndSource() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let all = try BuiltBinary.run(["methods"], in: folder).standardOutput
        for name in ["naive", "tc", "jive", "tsls", "liml", "reml", "ml", "bayes"] { #expect(all.contains(name)) }
        let one = try BuiltBinary.run(["methods", "jive"], in: folder).standardOutput
        #expect(one.contains("INSIDE") && one.contains("2402.17637"))
        #expect(one.count < all.count)
    }
}
