import Foundation
import Testing

/// The audit trail as a person meets it.
@Suite struct AuditCommandTests {
    private let analysis = "---\ntitle: A\nparams: {x: 1}\n---\n\nA number: [1](#params.x \"> 0\").\n"

    private func project() throws -> URL { try BuiltBinary.project(analysis) }

    private func exists(_ path: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: path).path)
    }

    @Test func buildsLeaveEntriesUnlessToldNotTo() throws {
        let folder = try project()
        defer { try? FileManager.default.removeItem(at: folder) }
        let author = ["REPORT_AUTHOR": "Ann"]
        let quiet = try BuiltBinary.run(["build", "Analyses", "--no-ledger"], in: folder)
        #expect(quiet.code == 0 && !exists("output/audit", in: folder))
        let page = try Data(contentsOf: folder.appending(path: "output/a.html"))
        let built = try BuiltBinary.run(["build", "Analyses", "--note", "why not"], in: folder, environment: author)
        #expect(built.code == 0 && built.standardError == "")
        // What reports are does not depend on it.
        #expect(built.standardOutput == quiet.standardOutput)
        #expect(try Data(contentsOf: folder.appending(path: "output/a.html")) == page)
        #expect(try BuiltBinary.run(["build", "Analyses"], in: folder).code == 0)
        let log = try BuiltBinary.run(["audit", "log"], in: folder)
        #expect(log.code == 0)
        let lines = log.standardOutput.split(separator: "\n").map(String.init)
        #expect(lines.count == 3 && lines[0].hasPrefix("0  a  20") && lines[0].hasSuffix(" UTC  Ann"))
        #expect(lines.dropFirst() == ["    note: why not", "    its first entry, with 1 claim and 0 numbers"])
        let shown = try BuiltBinary.run(["audit", "show", "latest", "--json"], in: folder)
        let value = try JSONSerialization.jsonObject(with: Data(shown.standardOutput.utf8)) as? [String: Any]
        #expect(value?["number"] as? Int == 0)
        #expect(((value?["entry"] as? [String: Any])?["tool"] as? [String: Any])?["build"] is String)
    }

    @Test func historyAndMirror() throws {
        let folder = try project()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["build", "Analyses"], in: folder).code == 0)
        let history = folder.appending(path: "output/audit/history/a.html")
        let page = try Data(contentsOf: history)
        try FileManager.default.removeItem(at: history)
        let written = try BuiltBinary.run(["audit", "log", "Analyses/a.md", "--html"], in: folder)
        #expect(written.standardOutput == "output/audit/history/a.html\n")
        #expect(try Data(contentsOf: history) == page)
        let mirror = try BuiltBinary.run(["audit", "mirror", "../\(folder.lastPathComponent)/copy"], in: folder)
        #expect(mirror.standardOutput == "The mirror has 1 entry, 1 of them new.\n" && mirror.code == 0)
        #expect(
            try Data(contentsOf: folder.appending(path: "copy/checkpoint"))
                == Data(contentsOf: folder.appending(path: "output/audit/checkpoint")))
    }

    @Test func aReportThatIsToGo() throws {
        let folder = try project()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["build", "Analyses"], in: folder).code == 0)
        try FileManager.default.removeItem(at: folder.appending(path: "Analyses/a.md"))
        try FileManager.default.removeItem(at: folder.appending(path: "output/a.html"))
        let gone = try BuiltBinary.run(["audit", "verify"], in: folder)
        #expect(gone.code == 1 && gone.standardError.contains("report audit remove a --note WHY"))
        #expect(try BuiltBinary.run(["audit", "remove", "a"], in: folder).code == 64)
        #expect(try BuiltBinary.run(["audit", "remove", "a", "--note", " "], in: folder).code == 64)
        let removed = try BuiltBinary.run(["audit", "remove", "a", "--note", "stopped"], in: folder)
        #expect(removed.code == 0 && removed.standardError == "")
        #expect(
            removed.standardOutput
                == "output/a.json\noutput/a.md\noutput/a.tlog-proof\na: removed with entry 1.\n")
        let verified = try BuiltBinary.run(["audit", "verify"], in: folder)
        #expect(verified.code == 0 && verified.standardError == "")
        let log = try BuiltBinary.run(["audit", "log", "a"], in: folder).standardOutput
        #expect(log.contains("a: 2 entries. Removed with entry 1") && log.contains("    note: stopped\n    removed\n"))
    }

    /// What builds while one types or reads leaves no entries: nothing else of the program can.
    @Test func onlyBuildsAndRemovalsAppend() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        func users(_ word: String) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { path in
                guard path.hasSuffix(".swift") else { return false }
                return try String(contentsOf: sources.appending(path: path), encoding: .utf8).contains(word)
            }.sorted()
        }
        #expect(try users("AuditRecorder(") == ["ReportCommand/BuildCommand.swift"])
        #expect(try users("ReportRemoval(") == ["ReportCommand/Audit/RemoveCommand.swift"])
        #expect(try users("ledger.append(") == ["Pipeline/Audit/HistoryPages.swift"])
        #expect(
            try users("pages.append(").filter { $0.contains("Audit") } == [
                "Pipeline/Audit/AuditRecorder.swift", "Pipeline/Audit/Removal/ReportRemoval.swift",
            ])
    }

    @Test func faults() throws {
        let folder = try project()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["build", "Analyses", "--no-ledger", "--note", "x"], in: folder).code == 64)
        let unknown = try BuiltBinary.run(["audit", "show", "0"], in: folder)
        #expect(
            unknown.code == 1 && unknown.standardError.contains("unknown-entry")
                || unknown.standardError.contains("E0823"))
        // A key that cannot be used: nothing is built, rather than built without a signature.
        let keyless = try BuiltBinary.run(
            ["build", "Analyses"], in: folder, environment: ["REPORT_SIGNING_KEY": "nokey"])
        #expect(keyless.code == 1 && keyless.standardError.contains("E0825") && !exists("output", in: folder))
    }

    /// A key that others may read, or that goes along with a copy of the project, signs nothing.
    @Test func aKeyIsPrivateAndOutsideTheProject() throws {
        let folder = try project()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outside = try BuiltBinary.temporaryFolder("key")
        defer { try? FileManager.default.removeItem(at: outside) }
        let key = outside.appending(path: "key")
        #expect(try BuiltBinary.run(["audit", "keygen", key.path], in: folder).code == 0)
        for place in ["key", "Analyses/key"] {
            try FileManager.default.copyItem(at: key, to: folder.appending(path: place))
            let built = try BuiltBinary.run(
                ["build", "Analyses"], in: folder, environment: ["REPORT_SIGNING_KEY": place])
            #expect(built.code == 1 && built.standardError.contains("it lies in the project"), "\(place)")
        }
        func build() throws -> BuiltBinary.Output {
            try BuiltBinary.run(["build", "Analyses"], in: folder, environment: ["REPORT_SIGNING_KEY": key.path])
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key.path)
        let readable = try build()
        #expect(readable.code == 1 && readable.standardError.contains("others may read or write it: chmod 600"))
        #expect(!exists("output", in: folder))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        #expect(try build().code == 0 && exists("output/a.intoto.jsonl", in: folder))
    }

    /// What each folder of a new project is for: reports are left out of version control, their trail is not.
    @Test func newProjectsKeepTheirTrail() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try BuiltBinary.run(["new", "shop", "--template", "blank"], in: folder).code == 0)
        let shop = folder.appending(path: "shop")
        func git(_ arguments: String...) throws -> [String] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["git"] + arguments
            process.currentDirectoryURL = shop
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        _ = try git("init", "-q", ".")
        #expect(try BuiltBinary.run(["build", "Analyses"], in: shop).code == 0)
        let kept = try git("ls-files", "--others", "--exclude-standard", "output", ".report")
        #expect(kept.count == 4 && kept.allSatisfy { $0.hasPrefix("output/audit/") })
        #expect(!kept.contains { $0.hasSuffix("lock") || $0.contains("history") })
        // A clone has its bytes, whatever line ends people like.
        #expect(
            try git("check-attr", "text", "merge", "--", "output/audit/checkpoint") == [
                "output/audit/checkpoint: text: unset", "output/audit/checkpoint: merge: unset",
            ])
        // An entry tells the commit, and whether a file of the build differed from it.
        _ = try git("add", "Analyses")
        _ = try git("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-q", "-m", "start")
        let head = try git("rev-parse", "HEAD").first ?? ""
        #expect(try BuiltBinary.run(["build", "Analyses", "--note", "committed"], in: shop).code == 0)
        let source = shop.appending(path: "Analyses/shop.md")
        try Data((String(contentsOf: source, encoding: .utf8) + "\nMore.\n").utf8).write(to: source)
        #expect(try BuiltBinary.run(["build", "Analyses"], in: shop).code == 0)
        let log = try BuiltBinary.run(["audit", "log"], in: shop).standardOutput
        let commits = log.split(separator: "\n").filter { $0.contains(" UTC") }.map { line in
            line.contains("commit \(head.prefix(12)) with changes")
                ? "changed"
                : line.contains("commit \(head.prefix(12))")
                    ? "clean" : "none"
        }
        #expect(!head.isEmpty && commits == ["changed", "clean", "none"])
    }
}
