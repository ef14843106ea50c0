import Testing

@testable import Workspace

@Suite struct OverlayFileSystemTests {
    private let disk = MemoryFileSystem(["/project/a.md": "disk", "/project/data/b.csv": "x"])

    private func text(_ path: String, _ files: OverlayFileSystem) -> String? {
        (try? files.contents(of: path, limit: 100)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func textsLieOverFiles() throws {
        disk.link("/link", to: "/project")
        let files = OverlayFileSystem(disk, texts: ["/project/a.md": Array("open".utf8)])
        #expect(text("/project/a.md", files) == "open")
        #expect(text("/project/../project/a.md", files) == "open")
        #expect(text("/link/a.md", files) == "open")
        #expect(text("/project/data/b.csv", files) == "x")
        #expect(files.status(of: "/link/a.md")?.size == 4)
        // A text has no stamp by which what was learned of its file could be believed.
        #expect(files.status(of: "/project/a.md")?.stamp == nil)
        #expect(files.linkStatus(of: "/link")?.kind == .link)
        #expect(text("/project/none.md", files) == nil)
    }

    @Test func newTextsAreThere() throws {
        disk.link("/link", to: "/project")
        let key = OverlayFileSystem.key(of: "/link/new.md", over: disk)
        #expect(key == "/project/new.md")
        let files = OverlayFileSystem(disk, texts: [key: Array("new".utf8)])
        #expect(files.realPath(of: "/link/new.md") == key)
        #expect(files.realPath(of: "/project/newer.md") == nil)
        #expect(text("/link/new.md", files) == "new")
        #expect(files.status(of: key)?.kind == .file)
        #expect(try files.names(in: "/link") == ["a.md", "data", "new.md"])
    }

    @Test func writingGoesToTheFilesBelow() throws {
        let files = OverlayFileSystem(disk, texts: ["/project/a.md": Array("open".utf8)])
        try files.replace([FileContent(path: "/project/a.md", bytes: Array("written".utf8))])
        #expect(disk.bytes(at: "/project/a.md") == Array("written".utf8))
        #expect(text("/project/a.md", files) == "open")
    }
}
