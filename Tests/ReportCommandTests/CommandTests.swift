import Foundation
import Testing

/// The command as a person meets it: exit codes, what goes where, what stays untouched.
@Suite struct CommandTests {
    private func project(_ analysis: String) throws -> URL { try BuiltBinary.project(analysis) }

    private let good = "---\ntitle: Good\nparams: {x: 1}\n---\n\nA number: `{params.x}`.\n"

    @Test func buildsUpToCaseAndPrintsPaths() throws {
        let folder = try project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["build", "analyses/a.md"], in: folder)
        #expect(result.code == 0)
        #expect(result.standardOutput == "output/a.html\noutput/a.json\noutput/a.md\n")
        #expect(result.standardError == "")
        let quiet = try BuiltBinary.run(
            ["build", "analyses/a.md", "--quiet", "--output", "elsewhere", "--format", "json", "--no-ledger"],
            in: folder)
        #expect(quiet.standardOutput == "")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "elsewhere").path) == ["a.json"])
    }

    @Test func parametersAndSweeps() throws {
        let folder = try project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("x: 7\n".utf8).write(to: folder.appending(path: "p.yaml"))
        #expect(try BuiltBinary.run(["build", "Analyses", "--params", "p.yaml"], in: folder).code == 0)
        let markdown = folder.appending(path: "output/a.md")
        #expect(try String(contentsOf: markdown, encoding: .utf8).contains("A number: 7."))
        let swept = try BuiltBinary.run(
            ["build", "Analyses/a.md", "--sweep", "x=1,2.5", "--format", "html"], in: folder)
        #expect(swept.code == 0)
        #expect(swept.standardOutput == "output/a/x=1.html\noutput/a/x=2_5.html\noutput/a.html\n")
        let failed = try BuiltBinary.run(["build", "Analyses/a.md", "--sweep", "x=1,b"], in: folder)
        #expect(failed.code == 1)
        #expect(failed.standardError.contains("The parameter x is a number, not 'b'"))
        #expect(failed.standardError.contains("--> Analyses/a.md:3:10"))
        #expect(try BuiltBinary.run(["build", "Analyses", "--sweep", "x"], in: folder).code == 64)
        #expect(try BuiltBinary.run(["build", "Analyses", "--params", "none.yaml"], in: folder).code == 1)
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

    private let claiming = """
        ---
        title: Claims
        params: {x: 1.234, y: -2}
        ---

        It is [1.2](#params.x), [9.99](#params.x) and [9.99](#params.x "within 0.1"),
        and [below zero](#params.y "< 0"), but not [above it](#params.y "> 0").

        """

    @Test func claimsAreListedWithTheirState() throws {
        let folder = try project(claiming)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["claims", "Analyses"], in: folder)
        #expect(result.code == 1)
        #expect(
            result.standardOutput == """
                Analyses/a.md:6:7: holds  “1.2” (params.x)
                Analyses/a.md:6:25: FAILS  “9.99” (params.x), and it is 1.23 now
                Analyses/a.md:6:47: FAILS  “9.99” (params.x), and it is 1.23 now
                Analyses/a.md:7:5: holds  “below zero” (params.y)
                Analyses/a.md:7:44: FAILS  “above it” (params.y), and it is −2 now
                2 of 5 claims hold

                """)
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "output").path))
        let lines = try BuiltBinary.run(["claims", "Analyses", "--form", "json", "--failing"], in: folder)
            .standardOutput.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines[0]
                == #"{"column":25,"current":"1.23","file":"Analyses/a.md","holds":false,"line":6,"path":"params.x","text":"9.99"}"#
        )
    }

    /// Numbers are rewritten as they were written, conditions never, and nothing else of the file.
    @Test func acceptRewritesNumbersAlone() throws {
        let folder = try project(claiming)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["build", "Analyses", "--accept"], in: folder)
        #expect(result.code == 1)
        #expect(
            result.standardOutput == """
                --- Analyses/a.md
                +++ Analyses/a.md
                @@ -6,1 +6,1 @@
                -It is [1.2](#params.x), [9.99](#params.x) and [9.99](#params.x "within 0.1"),
                +It is [1.2](#params.x), [1.23](#params.x) and [1.23](#params.x "within 0.1"),


                """)
        let text = try String(contentsOf: folder.appending(path: "Analyses/a.md"), encoding: .utf8)
        #expect(text == claiming.replacingOccurrences(of: "9.99", with: "1.23"))
        let mended = text.replacingOccurrences(of: ", but not [above it](#params.y \"> 0\")", with: "")
        try Data(mended.utf8).write(to: folder.appending(path: "Analyses/a.md"))
        let again = try BuiltBinary.run(["build", "Analyses", "--accept"], in: folder)
        #expect(again.code == 0 && again.standardOutput.hasPrefix("output/a.html"))
    }

    /// The reports of a sweep share one text: its number is rewritten where it is true in all of them.
    @Test func acceptOverASweep() throws {
        let text = "---\ntitle: A\nparams: {x: 1, y: 2.5}\nsweep: {x: [1, 3]}\n---\n\n[9.9](#params.y) [1](#params.x)\n"
        let folder = try project(text)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["build", "Analyses", "--accept"], in: folder)
        #expect(result.code == 1 && result.standardOutput.contains("+[2.5](#params.y) [1](#params.x)"))
        #expect(result.standardError.contains("warning[E0713]"), "\(result.standardError)")
        #expect(result.standardError.contains("it is 3 in Analyses/a.md with x=3"))
        let after = try String(contentsOf: folder.appending(path: "Analyses/a.md"), encoding: .utf8)
        #expect(after == text.replacingOccurrences(of: "9.9", with: "2.5"))
    }

    @Test func whatASweepHasNoMoreIsRemoved() throws {
        let folder = try project(good)
        defer { try? FileManager.default.removeItem(at: folder) }
        let arguments = ["build", "Analyses", "--format", "html", "--sweep"]
        #expect(try BuiltBinary.run(arguments + ["x=1,2"], in: folder).code == 0)
        let fewer = try BuiltBinary.run(arguments + ["x=1"], in: folder)
        #expect(fewer.code == 0)
        #expect(fewer.standardError == "output/a/x=2.html is removed: the sweep has it no more\n")
        let folderOfReports = folder.appending(path: "output/a").path
        let left = try FileManager.default.contentsOfDirectory(atPath: folderOfReports).sorted()
        #expect(left == ["x=1.html", "x=1.tlog-proof"])
        #expect(try BuiltBinary.run(["build", "Analyses", "--quiet"], in: folder).standardError == "")
        #expect(!FileManager.default.fileExists(atPath: folderOfReports))
    }

    @Test func fixAppliesTheOnlyFix() throws {
        let folder = try project(
            "---\ntitle: A\n---\n\n```data\nid: rows\nsorce: rowz.csv\n```\n\n```tabel\nof: row\n```\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a,b\n1,2\n".utf8).write(to: folder.appending(path: "Analyses/rows.csv"))
        let dry = try BuiltBinary.run(["fix", "Analyses", "--dry-run"], in: folder)
        #expect(dry.code == 1 && dry.standardOutput.contains("+source: rowz.csv"))
        let before = try String(contentsOf: folder.appending(path: "Analyses/a.md"), encoding: .utf8)
        #expect(before.contains("sorce"))
        let result = try BuiltBinary.run(["fix", "Analyses"], in: folder)
        let text = try String(contentsOf: folder.appending(path: "Analyses/a.md"), encoding: .utf8)
        #expect(
            text
                == "---\ntitle: A\n---\n\n```data\nid: rows\nsource: rows.csv\n```\n\n```table\nof: rows\n```\n",
            "\(result.standardError)")
    }

    @Test func explainTellsWhyADirectiveRan() throws {
        let folder = try project("---\ntitle: A\n---\n\n```data\nid: rows\nsource: rows.csv\nshow: table\n```\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a,b\n1,2\n".utf8).write(to: folder.appending(path: "Analyses/rows.csv"))
        let arguments = ["build", "Analyses", "--explain"]
        #expect(
            try BuiltBinary.run(arguments, in: folder).standardError
                == "Analyses/a.md: data rows: ran, because no earlier build is known\n")
        #expect(try BuiltBinary.run(arguments, in: folder).standardError == "Analyses/a.md: data rows: unchanged\n")
        try Data("a,b\n1,3\n".utf8).write(to: folder.appending(path: "Analyses/rows.csv"))
        let changed = try BuiltBinary.run(arguments, in: folder).standardError
        #expect(changed.contains("ran, because Analyses/rows.csv changed: sha256 "), "\(changed)")
        try Data("environment: [RELEASE]\n".utf8).write(to: folder.appending(path: "report.yaml"))
        _ = try BuiltBinary.run(arguments, in: folder, environment: ["RELEASE": "May"])
        #expect(
            try BuiltBinary.run(arguments, in: folder, environment: ["RELEASE": "June"]).standardError
                == "Analyses/a.md: data rows: ran, because environment variable RELEASE changed\n")
        #expect(try BuiltBinary.run(["build", "Analyses", "--explain", "--no-cache"], in: folder).standardError == "")
        let pruned = try BuiltBinary.run(["cache", "prune"], in: folder)
        #expect(pruned.code == 0 && pruned.standardOutput.hasPrefix("Removed "), "\(pruned.standardError)")
        #expect(
            try BuiltBinary.run(arguments, in: folder).standardError
                == "Analyses/a.md: data rows: ran, because no earlier build is known\n")
    }
}
