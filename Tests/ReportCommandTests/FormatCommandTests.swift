import Foundation
import Testing

/// `report fmt` as a person meets it.
@Suite struct FormatCommandTests {
    private let untidy = "---\ntitle:   A\n---\n\n```data\nsource: x.csv\nid: a\n```\n"
    private let tidy = "---\ntitle: A\n---\n\n```data\nid: a\nsource: x.csv\n```\n"

    private func text(_ folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: "Analyses/a.md"), encoding: .utf8)
    }

    @Test func checksShowsAndWrites() throws {
        let folder = try BuiltBinary.project(untidy)
        defer { try? FileManager.default.removeItem(at: folder) }
        let check = try BuiltBinary.run(["fmt", "Analyses", "--check"], in: folder)
        #expect(check.code == 1 && check.standardOutput == "Analyses/a.md\n" && check.standardError == "")
        let diff = try BuiltBinary.run(["fmt", "Analyses", "--diff"], in: folder)
        #expect(diff.code == 0 && diff.standardOutput.contains("-title:   A\n+title: A\n"))
        #expect(try text(folder) == untidy)
        #expect(try BuiltBinary.run(["fmt", "Analyses", "--diff", "--check"], in: folder).code == 1)
        let written = try BuiltBinary.run(["fmt", "analyses/a.md"], in: folder)
        #expect(written.code == 0 && written.standardOutput == "Analyses/a.md\n")
        #expect(try text(folder) == tidy)
        let file = folder.appending(path: "Analyses/a.md")
        let number = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int
        for arguments in [["fmt", "Analyses"], ["fmt", "Analyses", "--check"]] {
            let again = try BuiltBinary.run(arguments, in: folder)
            #expect(again.code == 0 && again.standardOutput == "" && again.standardError == "")
        }
        let same = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int
        #expect(number == same, "a file in form is not written")
    }

    @Test func standardInput() throws {
        let folder = try BuiltBinary.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(untidy.utf8).write(to: folder.appending(path: "in"))
        func run(_ flags: String) throws -> BuiltBinary.Output {
            try BuiltBinary.run(
                [], in: folder, launcher: ["sh", "-c", "exec \"$0\" fmt - \(flags) < in"])
        }
        let result = try run("")
        #expect(result.code == 0 && result.standardOutput == tidy)
        #expect(try run("--check").code == 1)
        #expect(try BuiltBinary.run(["fmt", "-", "b.md"], in: folder).code == 64)
    }

    @Test func whatCannotBeReadIsSaid() throws {
        let folder = try BuiltBinary.project("---\ntitle:   A\n---\n\n```data\nid: [a\n```\n")
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try BuiltBinary.run(["fmt", "Analyses"], in: folder)
        #expect(result.code == 1 && result.standardError.contains("error[E0222]"))
        #expect(try text(folder).hasPrefix("---\ntitle: A\n"), "what can be read is in form")
        #expect(try BuiltBinary.run(["fmt", "nowhere.md"], in: folder).code == 1)
    }
}
