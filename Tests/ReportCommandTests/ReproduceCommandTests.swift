import Foundation
import Testing

/// `report reproduce` and `report audit diff` as a person meets them, with real git repositories.
@Suite struct ReproduceCommandTests {
    /// A project under git, whose data is committed or not.
    private struct Scratch {
        let folder: URL

        init() throws {
            folder = try BuiltBinary.temporaryFolder("reproduce")
            try write(
                "Analyses/lift.md",
                """
                ---
                title: Lift
                seed: 3
                ---

                ```data
                id: rows
                source: data/*.csv
                ```

                ```meta-analysis
                id: pooled
                data: rows
                effect: y
                se: se
                ```

                The lift is `{pooled.mu.estimate}`; [it is above zero](#pooled.mu.estimate "> 0").

                """)
            try write("Analyses/data/a.csv", Scratch.data(0))
            try git("init", "--quiet", "--initial-branch=main")
            try git("config", "user.name", "Ann")
            try git("config", "user.email", "ann@example.org")
            try write(".gitignore", "output/\n.report/\n")
        }

        static func data(_ shift: Double) -> String {
            "y,se\n" + [0.5, 0.7, 0.4, 0.9].map { "\($0 + shift),0.2\n" }.joined()
        }

        func write(_ path: String, _ text: String) throws {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }

        func text(_ path: String) -> String? { try? String(contentsOf: folder.appending(path: path), encoding: .utf8) }

        func git(_ arguments: String...) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["git", "-C", folder.path] + arguments
            process.environment = [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
                "GIT_CONFIG_GLOBAL": "/dev/null",
            ]
            process.standardInput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "git \(arguments)")
        }

        func commit() throws {
            try git("add", "--all")
            try git("commit", "--quiet", "--no-gpg-sign", "-m", "A commit")
        }

        func report(_ arguments: String...) throws -> BuiltBinary.Output {
            try BuiltBinary.run(arguments, in: folder)
        }

        func remove() { try? FileManager.default.removeItem(at: folder) }

        /// Every file but those of git and of the home, with its bytes.
        var tree: [String: Data] {
            var tree: [String: Data] = [:]
            for path in (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
            where !path.hasPrefix(".git/") && !path.hasPrefix("home/") && !path.hasPrefix(".std") {
                tree[path] = FileManager.default.contents(atPath: folder.path + "/" + path) ?? Data()
            }
            return tree
        }
    }

    @Test func aCommittedBuildIsMadeAgainYearsLater() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        try scratch.commit()
        #expect(try scratch.report("build", "Analyses").code == 0)
        let html = try #require(scratch.text("output/lift.html"))
        // Source and data go on.
        try scratch.write("Analyses/data/a.csv", Scratch.data(-0.1))
        try scratch.write("Analyses/data/b.csv", Scratch.data(-0.1))
        try scratch.write("Analyses/lift.md", try #require(scratch.text("Analyses/lift.md")) + "\nMore.\n")
        try scratch.commit()
        #expect(try scratch.report("build", "Analyses").code == 0)
        #expect(scratch.text("output/lift.html") != html)
        let before = scratch.tree
        let again = try scratch.report("reproduce", "0")
        #expect(again.code == 0, "\(again.standardError)")
        #expect(again.standardOutput.hasPrefix("entry 0 of lift is made again byte for byte: "))
        #expect(try scratch.report("reproduce", "latest").code == 0)
        #expect(scratch.tree == before, "nothing of the project is written")
        let kept = try scratch.report("reproduce", "0", "--keep", "kept", "--json")
        #expect(kept.code == 0 && kept.standardOutput.contains("\"verdict\": \"bytes\""))
        #expect(scratch.text("kept/lift.html") == html)
    }

    /// Most people build, look, and commit then.
    @Test func aBuildBeforeItsCommitIsMadeAgain() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        #expect(try scratch.report("build", "Analyses").code == 0)
        try scratch.commit()
        let source = try #require(scratch.text("Analyses/lift.md"))
        try scratch.write("Analyses/lift.md", source + "\nMore.\n")
        try scratch.write("Analyses/data/a.csv", Scratch.data(0.1))
        #expect(try scratch.report("build", "Analyses").code == 0)
        try scratch.commit()
        try scratch.write("Analyses/lift.md", source + "\nLess.\n")
        try scratch.write("Analyses/data/a.csv", Scratch.data(0.2))
        for entry in ["0", "1"] {
            let again = try scratch.report("reproduce", entry)
            #expect(again.code == 0, "\(again.standardError)")
            #expect(again.standardOutput.contains("2 files from the repository, 0 from the project"))
        }
    }

    @Test func dataOutsideGitIsTakenWhereItIsTheSame() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        try scratch.write(".gitignore", "output/\n.report/\ndata/\n")
        try scratch.commit()
        #expect(try scratch.report("build", "Analyses").code == 0)
        #expect(try scratch.report("reproduce", "0").code == 0)
        try scratch.write("Analyses/data/a.csv", Scratch.data(1))
        let lost = try scratch.report("reproduce", "0")
        #expect(lost.code == 1)
        #expect(lost.standardError.contains("Analyses/data/a.csv is not to be found"))
        #expect(lost.standardError.contains("the commit does not have it"))
        #expect(lost.standardError.contains("in the project it is another now, with SHA-256"))
    }

    @Test func withoutGit() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        try FileManager.default.removeItem(at: scratch.folder.appending(path: ".git"))
        #expect(try scratch.report("build", "Analyses").code == 0)
        #expect(try scratch.report("reproduce", "lift").code == 0)
        #expect(try scratch.report("reproduce", "9").code == 1)
        try scratch.write("Analyses/lift.md", "---\ntitle: Other\n---\n\nOther.\n")
        let lost = try scratch.report("reproduce", "lift")
        #expect(lost.code == 1 && lost.standardError.contains("the entry names no commit"))
    }

    /// A shallow copy has the trail and not the commit.
    @Test func aCommitThatIsNotThereIsNamed() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        try scratch.commit()
        #expect(try scratch.report("build", "Analyses").code == 0)
        try FileManager.default.removeItem(at: scratch.folder.appending(path: ".git"))
        try scratch.git("init", "--quiet")
        // What is still the same in the project will do.
        #expect(try scratch.report("reproduce", "0").code == 0)
        try scratch.write("Analyses/data/a.csv", Scratch.data(1))
        let lost = try scratch.report("reproduce", "0")
        #expect(lost.code == 1 && lost.standardError.contains("the repository has no commit"))
    }

    @Test func nothingOfTheProjectIsRun() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        try scratch.write(".gitattributes", "* filter=trap diff=trap\n")
        try scratch.commit()
        let trap = scratch.folder.path + "/trap"
        try scratch.write("trap", "#!/bin/sh\ntouch '\(scratch.folder.path)/ran'\ncat\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: trap)
        for key in [
            "core.fsmonitor", "filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "diff.trap.textconv",
            "core.sshCommand", "core.pager",
        ] { try scratch.git("config", key, trap) }
        try scratch.git("config", "alias.cat-file", "!" + trap)
        #expect(try scratch.report("build", "Analyses").code == 0)
        #expect(try scratch.report("reproduce", "0").code == 0)
        #expect(scratch.text("ran") == nil)
    }

    @Test func diffOfTwoBuilds() throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        #expect(try scratch.report("build", "Analyses").code == 0)
        try FileManager.default.copyItem(
            at: scratch.folder.appending(path: "output/lift.json"), to: scratch.folder.appending(path: "old.json"))
        try scratch.write("Analyses/data/a.csv", Scratch.data(-2))
        // The claim fails the build; without it the numbers are what flips.
        try scratch.write(
            "Analyses/lift.md",
            try #require(scratch.text("Analyses/lift.md")).replacingOccurrences(of: "\"> 0\"", with: "\"< 0\""))
        #expect(try scratch.report("build", "Analyses").code == 0)
        let text = try scratch.report("audit", "diff", "0", "1")
        #expect(text.code == 0, "\(text.standardError)")
        let lines = text.standardOutput.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("lift: entry 0 of "))
        let first = try #require(lines.firstIndex { $0.hasPrefix("number ") }) + 1
        #expect(lines[first].hasPrefix("pooled.mu *") && lines[first].hasSuffix("sign"))
        #expect(text.standardOutput.contains("data Analyses/data/a.csv changed"))
        #expect(!text.standardOutput.contains("\u{1B}"))
        #expect(try scratch.report("audit", "diff", "lift~1").standardOutput == text.standardOutput)
        #expect(try scratch.report("audit", "diff", "latest~1", "latest", "--exit-code").code == 1)
        #expect(try scratch.report("audit", "diff", "1", "1", "--exit-code").code == 0)
        #expect(try scratch.report("audit", "diff", "0", "7").code == 1)
        #expect(try scratch.report("audit", "diff", "0", "--tolerance", "some").code == 64)
        // Results files tell the same numbers as entries.
        let files = try scratch.report("audit", "diff", "old.json", "0", "--exit-code", "--tolerance", "equal")
        #expect(files.code == 0, "\(files.standardOutput)\(files.standardError)")
        #expect(files.standardOutput.hasPrefix("lift: old.json → entry 0 of "))
        let json = try scratch.report("audit", "diff", "old.json", "output/lift.json", "--form", "json")
        #expect(json.code == 0 && json.standardOutput.contains("\"flips\": ["))
        let markdown = try scratch.report("audit", "diff", "0", "1", "--form", "md")
        #expect(markdown.standardOutput.hasPrefix("### lift: entry 0 of "))
        try scratch.write("bad.json", "{\"schema\": 1}")
        let bad = try scratch.report("audit", "diff", "bad.json", "0")
        #expect(bad.code == 1 && bad.standardError.contains("which bad.json is not"))
    }
}
