import Foundation
import Testing

/// `report explain`, the hint at it, and diagnostics as SARIF.
@Suite struct ExplainCommandTests {
    @Test func codesAndNamesAreExplained() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let list = try BuiltBinary.run(["explain"], in: folder).standardOutput.split(separator: "\n")
        #expect(list.count > 60 && list.allSatisfy { $0.hasPrefix("E0") })
        #expect(list.contains { $0.hasPrefix("E0502  missing-column  ") })
        let byCode = try BuiltBinary.run(["explain", "e0502"], in: folder)
        #expect(byCode.code == 0 && byCode.standardOutput.hasPrefix("E0502 missing-column\n\n"))
        #expect(
            byCode.standardOutput == (try BuiltBinary.run(["explain", "missing-column"], in: folder)).standardOutput)
        #expect(byCode.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let both = try BuiltBinary.run(["explain", "E0403", "claim-fails"], in: folder).standardOutput
        #expect(both.hasPrefix("E0403 cycle\n") && both.contains("\n\nE0712 claim-fails\n"))
        let slip = try BuiltBinary.run(["explain", "mising-column"], in: folder)
        #expect(
            slip.code == 64 && slip.standardOutput == "" && slip.standardError.contains("Did you mean missing-column?"))
    }

    @Test func sarifIsOneLogOfAllAnalyses() throws {
        let folder = try BuiltBinary.project(
            "---\ntitle: A\n---\n\n`{none.x}`\n\n```data\nid: rows\nsource: rowz.csv\nshow: table\n```\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a,b\n1,2\n".utf8).write(to: folder.appending(path: "Analyses/rows.csv"))
        try Data("---\nauthors: [Ann]\n---\n".utf8).write(to: folder.appending(path: "Analyses/b.md"))
        for command in [["check"], ["build", "--explain"], ["fix", "--dry-run"]] {
            let result = try BuiltBinary.run(command + ["Analyses", "--diagnostics", "sarif"], in: folder)
            #expect(result.code == 1)
            let log = try #require(
                try JSONSerialization.jsonObject(with: Data(result.standardError.utf8)) as? [String: Any])
            #expect(log["version"] as? String == "2.1.0")
            let runs = try #require(log["runs"] as? [[String: Any]])
            let results = try #require(runs.first?["results"] as? [[String: Any]])
            // The value of nothing is a reference to nothing before anything ran, a path to nothing after.
            let ofValue = command == ["check"] ? "E0401" : "E0710"
            #expect(results.compactMap { $0["ruleId"] as? String }.sorted() == ["E0110", "E0221", ofValue])
            let driver = (runs[0]["tool"] as? [String: Any])?["driver"] as? [String: Any]
            let rules = try #require(driver?["rules"] as? [[String: Any]])
            for result in results {
                let index = try #require(result["ruleIndex"] as? Int)
                #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
            }
            #expect(rules.allSatisfy { $0["help"] != nil && $0["shortDescription"] != nil })
        }
        try FileManager.default.removeItem(at: folder.appending(path: "Analyses/b.md"))
        try Data("---\ntitle: A\n---\n".utf8).write(to: folder.appending(path: "Analyses/a.md"))
        let good = try BuiltBinary.run(["build", "Analyses", "--diagnostics", "sarif"], in: folder)
        #expect(good.code == 0 && good.standardOutput.hasPrefix("output/a.html"))
        #expect(good.standardError.hasSuffix("\"results\":[]}]}\n"))
    }

    /// One line on a terminal, none in a file or a pipe.
    @Test func theHintIsForTerminals() throws {
        let folder = try BuiltBinary.project("---\ntitle: A\n---\n\n`{none.x}` and `{none.y}`\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        let command = ["check", "Analyses"]
        let terminal = ["sh", "-c", "script -qec \"$*\" /dev/null", "sh"]
        #expect(!(try BuiltBinary.run(command, in: folder)).standardError.contains("report explain"))
        let shown = try BuiltBinary.run(command, in: folder, launcher: terminal).standardOutput
        #expect(shown.components(separatedBy: "report explain E0401 tells more").count == 2, "\(shown)")
        #expect(shown.hasSuffix("report explain E0401 tells more\r\n"))
        let json = try BuiltBinary.run(command + ["--diagnostics", "json"], in: folder, launcher: terminal)
            .standardOutput
        #expect(json.contains("E0401") && !json.contains("tells more"))
    }
}
