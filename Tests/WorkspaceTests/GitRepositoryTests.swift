import Foundation
import Testing

@testable import Workspace

@Suite struct GitRepositoryTests {
    @Test(arguments: ["sha1", "sha256"])
    func commitsAreRead(format: String) throws {
        let scratch = try ScratchRepository(format: format)
        defer { scratch.remove() }
        #expect(try #require(scratch.repository()).head() == nil)
        try scratch.write("Analyses/a.md", "first\r\n")
        try scratch.write("Analyses/d\nä.csv", "x\n")
        let first = try scratch.commit()
        try scratch.write("Analyses/a.md", "second\n")
        let second = try scratch.commit()
        let repository = try #require(scratch.repository())
        #expect(try repository.head() == second)
        #expect(try repository.has(first))
        #expect(try !repository.has(String(repeating: "0", count: first.count)))
        #expect(try !repository.has("HEAD"))
        let files = try repository.files(at: first)
        #expect(files.map(\.path) == ["Analyses/a.md", "Analyses/d\nä.csv"])
        #expect(files.map(\.size) == [7, 2])
        #expect(try repository.contents(of: files[0]) == Array("first\r\n".utf8))
        #expect(files[0].name == GitBlobName.of(Array("first\r\n".utf8), repository.format))
        #expect(try files[0].name + "\n" == scratch.git("rev-parse", "\(first):Analyses/a.md"))
        #expect(try repository.user() == "Ann Author <ann@example.org>")
    }

    /// git's own: `printf '' | git hash-object --stdin`, and the same with `--object-format=sha256`.
    @Test func blobsAreNamedAsGitDoes() {
        #expect(GitBlobName.of([], .sha1) == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
        #expect(
            GitBlobName.of([], .sha256) == "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")
    }

    @Test func aProjectMayLieBelowTheRepositorysRoot() throws {
        let scratch = try ScratchRepository(subfolder: "deep/project")
        defer { scratch.remove() }
        try scratch.write("Analyses/a.md", "a\n")
        try Data("b".utf8).write(to: scratch.folder.appending(path: "outside.md"))
        let revision = try scratch.commit()
        let repository = try #require(scratch.repository())
        #expect(repository.prefix == "deep/project/")
        #expect(try repository.files(at: revision).map(\.path) == ["Analyses/a.md"])
        #expect(try !repository.isDirty(["Analyses/a.md"], since: revision))
    }

    @Test func dirtyIsWhatDiffersInBytes() throws {
        let scratch = try ScratchRepository()
        defer { scratch.remove() }
        for name in ["same", "edited", "gone", "linked", "touched"] { try scratch.write("\(name).md", "abc\n") }
        let revision = try scratch.commit()
        try scratch.write("edited.md", "abd\n")
        try scratch.write("new.md", "new")
        try scratch.write("touched.md", "abc\n")
        let manager = FileManager.default
        try manager.removeItem(atPath: scratch.project.root + "/gone.md")
        try manager.removeItem(atPath: scratch.project.root + "/linked.md")
        try manager.createSymbolicLink(
            atPath: scratch.project.root + "/linked.md", withDestinationPath: "same.md")
        let repository = try #require(scratch.repository())
        let names = ["same", "edited", "new", "gone", "linked", "touched"].map { "\($0).md" }
        #expect(
            try repository.changes(names, since: revision) == ["edited.md", "new.md", "gone.md", "linked.md"])
        #expect(try repository.isDirty(["edited.md"], since: revision))
        #expect(try !repository.isDirty(["same.md", "touched.md"], since: revision))
    }

    @Test func linksAndSubmodulesAreTold() throws {
        let scratch = try ScratchRepository()
        defer { scratch.remove() }
        try scratch.write("a.md", "abc\n")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.project.root + "/link", withDestinationPath: "a.md")
        let first = try scratch.commit()
        try scratch.git("update-index", "--add", "--cacheinfo", "160000,\(first),other")
        try scratch.git("commit", "--quiet", "--no-gpg-sign", "-m", "Another")
        let repository = try #require(scratch.repository())
        let files = try repository.files(at: #require(try repository.head()))
        #expect(files.map(\.kind) == [.file, .link, .submodule])
        #expect(try repository.contents(of: files[1]) == Array("a.md".utf8))
    }

    @Test func withoutARepositoryThereIsNone() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bare-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var workspace = WorkspaceContext(
            files: DiskFileSystem(), workingFolder: folder.path, home: nil, user: getuid(),
            environment: ["PATH": "/usr/bin:/bin"], processes: SystemProcessRunner())
        let project = Project(root: folder.path)
        #expect(GitRepository(of: project, in: workspace) == nil)
        let scratch = try ScratchRepository()
        defer { scratch.remove() }
        #expect(GitRepository(of: scratch.project, in: workspace) != nil)
        workspace.environment["PATH"] = "/nowhere"
        #expect(GitRepository(of: scratch.project, in: workspace) == nil)
        workspace.processes = nil
        #expect(GitRepository(of: scratch.project, in: workspace) == nil)
    }

    @Test func versionsOfAFile() throws {
        let scratch = try ScratchRepository(subfolder: "deep")
        defer { scratch.remove() }
        for text in ["one", "second", "one", "three"] {
            try scratch.write("a [1].md", text)
            try scratch.commit()
        }
        try scratch.git("checkout", "--quiet", "-b", "other", "HEAD~1")
        try scratch.write("a [1].md", "branched")
        try scratch.commit()
        try scratch.git("checkout", "--quiet", "main")
        try FileManager.default.removeItem(atPath: scratch.project.root + "/a [1].md")
        try scratch.commit()
        let repository = try #require(scratch.repository())
        let versions = try repository.versions(of: "a [1].md")
        #expect(versions.compactMap(\.size).sorted() == [3, 5, 6, 8])
        let texts = try versions.map { String(decoding: try repository.contents(of: $0), as: UTF8.self) }
        #expect(texts.sorted() == ["branched", "one", "second", "three"])
        #expect(try repository.versions(of: "a*") == [])
    }

    @Test func aDamagedObjectIsNoFile() throws {
        let scratch = try ScratchRepository()
        defer { scratch.remove() }
        try scratch.write("a.md", "abc\n")
        let revision = try scratch.commit()
        let repository = try #require(scratch.repository())
        let file = try repository.files(at: revision)[0]
        let object = scratch.folder.path + "/.git/objects/\(file.name.prefix(2))/\(file.name.dropFirst(2))"
        try FileManager.default.removeItem(atPath: object)
        #expect(throws: GitRepository.Failure.self) { try repository.contents(of: file) }
    }
}
