package import Diagnostics
package import Pipeline
import Typesetting
package import Workspace

/// A project in memory, and builds of it.
package struct TestProject {
    package let files: MemoryFileSystem
    package var workspace: WorkspaceContext

    /// Paths are relative to the project's root, `/home/ann/project`.
    package init(_ texts: [String: String]) {
        files = MemoryFileSystem()
        for (path, text) in texts { files.add(TestProject.root + "/" + path, Array(text.utf8)) }
        files.add(TestProject.root + "/.git/HEAD", [])
        workspace = WorkspaceContext(files: files, workingFolder: TestProject.root, home: "/home/ann", user: 0)
    }

    package static let root = "/home/ann/project"

    /// Arm moments of three experiments with two metrics, as csv.
    package static let armMoments = """
        test,arm,metric,n,mean,variance
        a,C,clicks,100,5,4
        a,T,clicks,100,5.2,4
        a,C,orders,100,2,1
        a,T,orders,100,2.1,1
        b,C,clicks,120,5,4
        b,T,clicks,110,5.5,4
        b,C,orders,120,2,1
        b,T,orders,110,2.2,1
        c,C,clicks,90,5,4
        c,T,clicks,95,4.9,4
        c,C,orders,90,2,1
        c,T,orders,95,1.9,1

        """

    package func build(
        _ path: String = "Analyses/a.md", cached: Bool = false, _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> Build.Outcome? {
        run([path], cached: cached, change).outcomes.first
    }

    /// - Parameter environment: The variables of the user's environment.
    package func run(
        _ paths: [String], cached: Bool = true, environment: [String: String] = [:],
        _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> (general: [Diagnostic], outcomes: [Build.Outcome]) {
        var options = BuildOptions()
        change(&options)
        var workspace = workspace
        workspace.environment = environment
        let home = "/home/ann/.config"
        let cache = cached ? ProjectCache(workspace, configurationHome: home) : nil
        return Build(options, in: workspace, trust: Trust(workspace, configurationHome: home), cache: cache).run(paths)
    }

    /// Takes all reports away, so that the next build has to make them again from what the cache holds.
    package func removeOutputs() throws {
        for path in files.paths where path.hasPrefix(TestProject.root + "/output/") { try files.remove(path) }
    }

    package func add(_ path: String, _ text: String) { files.add(TestProject.root + "/" + path, Array(text.utf8)) }

    package func text(_ path: String) -> String? {
        files.bytes(at: TestProject.root + "/" + path).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension TestProject {
    /// Where KaTeX lies in a project's machine once it was added.
    package static let katexPlace = "/usr/share/javascript/katex/katex.js"

    /// The KaTeX of this machine.
    package func addKaTeX() throws {
        let disk = DiskFileSystem()
        let real = WorkspaceContext(files: disk, workingFolder: "/", home: nil, user: 0)
        let path = KaTeXLibrary.file(in: real) ?? TestProject.katexPlace
        files.add(TestProject.katexPlace, try disk.contents(of: path, limit: 1 << 24))
    }
}

extension [Diagnostic] {
    /// `E0501 bad-data 12:3`, one a line: what a test compares.
    package var summary: String {
        map { diagnostic in
            let place = diagnostic.range.map { "\($0.start.line):\($0.start.column)" } ?? "-"
            return "\(diagnostic.severity == .error ? "error" : "warning") \(diagnostic.code.name) \(place)"
        }.joined(separator: "\n")
    }
}
