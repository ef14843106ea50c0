import Foundation
import Testing

@testable import Workspace

/// Nothing that a project brings is run when its repository is read.
@Suite struct HostileRepositoryTests {
    /// Everything that the program asks of git.
    private func askEverything(_ scratch: ScratchRepository, _ environment: [String: String] = [:]) throws {
        let repository = try #require(scratch.repository(environment))
        let head = try #require(try repository.head())
        #expect(try repository.has(head))
        for file in try repository.files(at: head) { _ = try? repository.contents(of: file) }
        _ = try repository.changes(["a.md", "b.csv"], since: head)
        #expect(try repository.versions(of: "a.md").count == 1)
        _ = try repository.user()
    }

    /// Settings that name programs; each of them is `TRAP` here.
    private static let settings = [
        ["core.fsmonitor", "TRAP"], ["core.sshCommand", "TRAP"], ["core.pager", "TRAP"], ["core.editor", "TRAP"],
        ["core.askPass", "TRAP"], ["core.gitProxy", "TRAP"], ["core.alternateRefsCommand", "TRAP"],
        ["core.hooksPath", "hooks"], ["pager.cat-file", "TRAP"], ["pager.rev-parse", "TRAP"],
        ["pager.ls-tree", "TRAP"], ["pager.config", "TRAP"], ["credential.helper", "!TRAP"],
        ["alias.cat-file", "!TRAP"], ["alias.rev-parse", "!TRAP"], ["alias.ls-tree", "!TRAP"],
        ["alias.config", "!TRAP"], ["filter.trap.clean", "TRAP"], ["filter.trap.smudge", "TRAP"],
        ["filter.trap.process", "TRAP"], ["diff.trap.textconv", "TRAP"], ["diff.trap.command", "TRAP"],
        ["diff.external", "TRAP"], ["merge.trap.driver", "TRAP"], ["gpg.program", "TRAP"],
        ["log.showSignature", "true"], ["uploadpack.packObjectsHook", "TRAP"], ["trace2.normalTarget", "TRAP"],
        ["protocol.allow", "always"], ["protocol.ext.allow", "always"],
    ]

    private func set(_ scratch: ScratchRepository) throws {
        let trap = scratch.project.root + "/trap"
        for setting in Self.settings {
            try scratch.git(
                "config", setting[0], setting[1].replacingOccurrences(of: "TRAP", with: trap))
        }
    }

    private func project() throws -> ScratchRepository {
        let scratch = try ScratchRepository()
        try scratch.write("a.md", "a\n")
        try scratch.write("b.csv", "b\n")
        try scratch.write(".gitattributes", "* filter=trap diff=trap merge=trap\n")
        try scratch.writeTrap("trap")
        for hook in ["pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"]
        {
            try scratch.writeTrap("hooks/\(hook)")
        }
        try scratch.commit()
        return scratch
    }

    @Test func settingsRunNothing() throws {
        let scratch = try project()
        defer { scratch.remove() }
        try set(scratch)
        try askEverything(scratch)
        #expect(scratch.trapped == nil)
        // The trap works: git itself falls into it.
        try scratch.write("a.md", "changed\n")
        _ = try? scratch.git("status")
        #expect(scratch.trapped != nil)
    }

    /// A repository that fetches what it lacks would run `core.sshCommand`, or `ext::`, to do so.
    @Test(arguments: ["ssh://host.invalid/x", "ext::TRAP %S", "file:///nowhere", "trap::x"])
    func missingObjectsAreNotFetched(url: String) throws {
        let scratch = try project()
        defer { scratch.remove() }
        let name = try scratch.git("rev-parse", "HEAD:a.md").trimmingCharacters(in: .newlines)
        try scratch.git("config", "core.repositoryFormatVersion", "1")
        try scratch.git("config", "extensions.partialClone", "origin")
        try scratch.git("config", "remote.origin.promisor", "true")
        try scratch.git(
            "config", "remote.origin.url",
            url.replacingOccurrences(of: "TRAP", with: scratch.project.root + "/trap"))
        try scratch.git("config", "remote.origin.uploadpack", scratch.project.root + "/trap")
        try scratch.git("config", "protocol.ext.allow", "always")
        try set(scratch)
        try FileManager.default.removeItem(
            atPath: scratch.folder.path + "/.git/objects/\(name.prefix(2))/\(name.dropFirst(2))")
        let repository = try #require(scratch.repository())
        let head = try #require(try repository.head())
        #expect(try repository.changes(["a.md", "b.csv"], since: head) == [])
        #expect(throws: GitRepository.Failure.self) {
            for file in try repository.files(at: head) { _ = try repository.contents(of: file) }
        }
        #expect(scratch.trapped == nil)
    }

    @Test func aGitInTheProjectIsNotRun() throws {
        let scratch = try project()
        defer { scratch.remove() }
        try scratch.writeTrap("git")
        try scratch.writeTrap("bin/git")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let root = scratch.project.root
        try askEverything(scratch, ["PATH": ".::bin:\(root):\(root)/bin:\(root)/x/../bin:\(path)"])
        #expect(scratch.trapped == nil)
        // A link in another folder leads back into the project.
        let links = scratch.folder.deletingLastPathComponent().appending(path: "links-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: links, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: links) }
        try FileManager.default.createSymbolicLink(
            atPath: links.path + "/git", withDestinationPath: root + "/bin/git")
        try askEverything(scratch, ["PATH": "\(links.path):\(path)"])
        #expect(scratch.trapped == nil)
    }

    @Test func theEnvironmentLeadsNowhereElse() throws {
        let scratch = try project()
        let other = try ScratchRepository()
        defer {
            scratch.remove()
            other.remove()
        }
        try other.write("other.md", "other\n")
        try other.commit()
        let trap = scratch.project.root + "/trap"
        let environment = [
            "GIT_DIR": other.folder.path + "/.git", "GIT_WORK_TREE": other.folder.path,
            "GIT_OBJECT_DIRECTORY": other.folder.path + "/.git/objects", "GIT_INDEX_FILE": "/dev/null",
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": trap,
            "GIT_CONFIG_PARAMETERS": "'core.fsmonitor=\(trap)'", "GIT_SSH_COMMAND": trap, "GIT_EXEC_PATH": "/nowhere",
            "GIT_EXTERNAL_DIFF": trap, "GIT_PAGER": trap, "GIT_TRACE": "1", "LD_PRELOAD": "/nowhere.so",
        ]
        try askEverything(scratch, environment)
        let repository = try #require(scratch.repository(environment))
        let files = try repository.files(at: #require(try repository.head()))
        #expect(files.contains { $0.path == "a.md" })
        #expect(scratch.trapped == nil)
    }

    /// A project that holds what looks like a bare repository, whose settings would then be read.
    @Test func aFolderThatLooksLikeARepositoryIsNone() throws {
        let scratch = try ScratchRepository(subfolder: "project")
        defer { scratch.remove() }
        for (path, text) in [
            ("HEAD", "ref: refs/heads/main\n"), ("config", "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"),
            ("objects/x", ""), ("refs/heads/x", ""),
        ] { try scratch.write(path, text) }
        #expect(scratch.repository() == nil)
    }

    @Test func objectsAreNotReplaced() throws {
        let scratch = try project()
        defer { scratch.remove() }
        let name = try scratch.git("rev-parse", "HEAD:a.md").trimmingCharacters(in: .newlines)
        let other = try scratch.git("rev-parse", "HEAD:b.csv").trimmingCharacters(in: .newlines)
        try scratch.git("replace", name, other)
        let repository = try #require(scratch.repository())
        let files = try repository.files(at: #require(try repository.head()))
        let file = try #require(files.first { $0.path == "a.md" })
        #expect(try repository.contents(of: file) == Array("a\n".utf8))
    }
}
