import Diagnostics
import Testing

@testable import Workspace

@Suite struct ProjectTests {
    let files = MemoryFileSystem([
        "/home/ann/p/Analyses/proxy.md": "", "/home/ann/p/Analyses/data/a.csv": "", "/home/ann/p/.git/HEAD": "",
        "/etc/passwd": "x", "/home/ann/loose/note.md": "", "/home/ann/p/Analyses/data/b.csv": "",
        "/home/ann/p/Analyses/data/deep/c.csv": "", "/home/ann/p/Analyses/data/.hidden.csv": "",
    ])
    var workspace: WorkspaceContext {
        WorkspaceContext(files: files, workingFolder: "/home/ann/p", home: "/home/ann", user: 0)
    }
    let source = SourceFile(path: "Analyses/proxy.md", text: "")
    let project = Project(root: "/home/ann/p")

    @Test func nearestFolderWithAnalyses() throws {
        #expect(try Project.containing("/home/ann/p/Analyses/proxy.md", in: workspace).get() == project)
        let loose = try Project.containing("/home/ann/loose/note.md", in: workspace).get()
        #expect(loose.root == "/home/ann/loose")
    }

    @Test func typedPathsAreFoundUpToCase() {
        #expect(workspace.existingPath("analyses/PROXY.md") == "/home/ann/p/Analyses/proxy.md")
        files.add("/home/ann/p/ANALYSES/proxy.md", [])
        #expect(workspace.existingPath("analyses/proxy.md") == nil)
    }

    @Test(arguments: [
        "../../../../etc/passwd", "/etc/passwd", "data/link.csv", "folder/passwd", "~/x", "data/none.csv",
    ])
    func refuses(path: String) {
        files.link("/home/ann/p/Analyses/data/link.csv", to: "/etc/passwd")
        files.link("/home/ann/p/Analyses/folder", to: "../../../../etc")
        guard case .failure(let diagnostic) = project.resolve(path, from: source, in: workspace, at: nil) else {
            Issue.record("\(path) was accepted")
            return
        }
        #expect(diagnostic.code == (path == "data/none.csv" ? .missingFile : .outsideProject))
    }

    @Test func acceptsFilesInside() throws {
        for path in ["data/a.csv", "../Analyses/data/a.csv", "./data/../data/a.csv"] {
            #expect(
                try project.resolve(path, from: source, in: workspace, at: nil).get()
                    == "/home/ann/p/Analyses/data/a.csv")
        }
    }

    @Test func outputNames() {
        #expect(project.outputName(of: "/home/ann/p/Analyses/a/b.md") == "a/b")
        #expect(project.outputName(of: "/home/ann/p/notes/b.md") == "notes/b")
    }

    @Test func globs() {
        let folder = "/home/ann/p/Analyses"
        #expect(
            Glob.matches("data/*.csv", in: folder, files: files) == [folder + "/data/a.csv", folder + "/data/b.csv"])
        #expect(Glob.matches("**/c.csv", in: folder, files: files) == [folder + "/data/deep/c.csv"])
        #expect(Glob.matches("data/?.txt", in: folder, files: files) == [])
    }
}
