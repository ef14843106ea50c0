import Foundation
import Testing

/// `report publish` as a person says it.
@Suite struct PublishCommandTests {
    private static let analysis = "---\ntitle: A\n---\n\nText.\n"

    @Test func pagesAreBuiltAndPublished() throws {
        let folder = try BuiltBinary.project(Self.analysis)
        defer { try? FileManager.default.removeItem(at: folder) }
        let command = ["publish", "Analyses/a.md", "--into", "mkdocs", "docs/my reports"]
        let dry = try BuiltBinary.run(command + ["--dry-run"], in: folder)
        #expect(dry.code == 0 && dry.standardOutput.hasPrefix("add     a.json\nadd     a.md\nadd     report-nav.yml\n"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/docs"))
        let result = try BuiltBinary.run(command, in: folder)
        #expect(result.code == 0 && result.standardError == "", "\(result)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/docs/my reports").sorted()
        #expect(names == [".report-publish.json", "a.json", "a.md", "report-nav.yml"])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/output"))
        try Data("---\ntitle: A\ndraft: true\n---\n".utf8).write(to: folder.appending(path: "Analyses/a.md"))
        let draft = try BuiltBinary.run(command, in: folder)
        #expect(draft.code == 1 && draft.standardError.contains("E0946"))
        #expect(try BuiltBinary.run(command + ["--allow", "drafts,stale"], in: folder).code == 0)
    }

    @Test func whatIsNotUnderstoodIsSaid() throws {
        let folder = try BuiltBinary.project(Self.analysis)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (arguments, code, words) in [
            ([], 1, "E0954"), (["--to", "www"], 1, "E0940"), (["--into", "mkdocs"], 64, "--into takes"),
            (["--into", "sphinx", "docs"], 64, "--into takes"), (["Analyses", "--to", "www"], 64, "published whole"),
            (["--branch", "x"], 64, "--git REMOTE"), (["--git", "x", "--orphan", "--history"], 64, "orphan"),
            (["--to", "www", "--allow", "everything"], 64, "--allow"),
        ] as [([String], Int32, String)] {
            let result = try BuiltBinary.run(["publish"] + arguments, in: folder)
            #expect(result.code == code && result.standardError.contains(words), "\(arguments) \(result)")
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/www"))
    }
}
