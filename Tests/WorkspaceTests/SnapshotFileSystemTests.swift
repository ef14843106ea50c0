import Testing

@testable import Workspace

@Suite struct SnapshotFileSystemTests {
    private let base = MemoryFileSystem([
        "/p/a.md": "now", "/p/new.md": "new", "/p/data/big.csv": "big", "/usr/share/katex.js": "js", "/etc/x": "x",
    ])

    private var files: SnapshotFileSystem {
        base.link("/way", to: "/p")
        return SnapshotFileSystem(
            of: "/p",
            [
                "a.md": .bytes(Array("then".utf8)), "deep/er/b.md": .stored(size: 5) { Array("later".utf8) },
                "data/big.csv": .file("/p/data/big.csv", size: 3), "link": .link("deep/er/b.md"),
                "folder": .link("deep"), "out": .link("/etc/x"), "round": .link("round"), "up": .link("../etc/x"),
            ], over: base)
    }

    private func text(_ path: String, _ files: SnapshotFileSystem) -> String? {
        (try? files.contents(of: path, limit: 100)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func thereIsWhatTheSnapshotHolds() throws {
        let files = files
        #expect(text("/p/a.md", files) == "then")
        #expect(text("/p/new.md", files) == nil)
        #expect(text("/p/deep/../deep/er/b.md", files) == "later")
        #expect(text("/p/data/big.csv", files) == "big")
        #expect(text("/p/link", files) == "later")
        #expect(text("/p/folder/er/b.md", files) == "later")
        #expect(files.realPath(of: "/p/folder/er") == "/p/deep/er")
        #expect(text("/way/a.md", files) == "then")
        #expect(text("/way/new.md", files) == nil)
        #expect(try files.names(in: "/p") == ["a.md", "data", "deep", "folder", "link", "out", "round", "up"])
        #expect(try files.names(in: "/p/deep") == ["er"])
        #expect(files.status(of: "/p/deep/er/b.md")?.size == 5)
        #expect(files.status(of: "/p/deep")?.kind == .folder)
        #expect(files.linkStatus(of: "/p/link")?.kind == .link)
    }

    @Test func linksLeadNowhereElse() {
        for path in ["/p/out", "/p/up", "/p/round", "/p/link/x"] {
            #expect(text(path, files) == nil)
            #expect(files.realPath(of: path) == nil)
        }
    }

    @Test func filesOutsideAreAsTheyAre() {
        #expect(text("/usr/share/katex.js", files) == "js")
        #expect(throws: FileError.self) { try files.replace([FileContent(path: "/etc/x", bytes: [])]) }
        #expect(throws: FileError.self) { try files.remove("/etc/x") }
    }

    @Test func whatIsWrittenIsKeptInMemory() throws {
        let files = files
        let before = base.paths
        try files.replace([FileContent(path: "/p/output/a/b.html", bytes: Array("page".utf8))])
        #expect(text("/p/output/a/b.html", files) == "page")
        #expect(files.bytes(at: "/p/output/a/b.html") == Array("page".utf8))
        try files.remove("/p/output/a/b.html")
        #expect(text("/p/output/a/b.html", files) == nil)
        try files.remove("/p/output/a")
        #expect(files.status(of: "/p/output/a") == nil)
        #expect(files.status(of: "/p/output")?.kind == .folder)
        #expect(base.paths == before)
    }
}
