import Diagnostics
import Documents
import Foundation
import Pipeline
import Workspace

extension FuzzTarget {
    /// An analysis built to its page, its Markdown and its results file. Directives that fit models are left to other
    /// tests: they may take long, as they are told to. Behind 1E stand a bibliography and a data file.
    static let report = FuzzTarget(
        name: "report",
        seeds: [
            reportSeed("A `{d.rows}` of [3](#d.rows) <b>x</b> [a](javascript:b) @a2020 [see @a2020, p. 3].\n"),
            reportSeed(
                "## H *e*\n\n> [!NOTE]\n> $x$\n\n[^1]\n\n[^1]: f\n\n| a | b |\n| - | - |\n| `{d.rows | ,}` | c |\n"),
        ], words: markdownWords + ["<script>", "onload=", "javascript:", "\"><", "{{{", "}}}", "{{#a}}", "\u{1E}"]
    ) { bytes in
        let parts = parts(bytes)
        let read = ReadDocument(SourceFile(path: "Analyses/a.md", text: parts[0]))
        guard let document = read.document, document.frontMatter.sweep == nil,
            document.directives.allSatisfy({ ["data", "table"].contains($0.word) })
        else { return }
        try expect(try build(parts) == (try build(parts)), "two builds give different bytes")
    }

    /// Everything below the folders that a build writes.
    private static func build(_ parts: [String]) throws -> [String: [UInt8]] {
        let files = MemoryFileSystem(["/p/.git/HEAD": ""])
        for (name, text) in zip(["a.md", "r.bib", "d.csv"], parts) {
            files.add("/p/Analyses/" + name, Array(text.utf8))
        }
        let workspace = WorkspaceContext(files: files, workingFolder: "/p", home: "/home", user: 0)
        let build = Build(BuildOptions(), in: workspace, trust: Trust(workspace, configurationHome: nil))
        let (general, outcomes) = build.run(["Analyses/a.md"])
        try expectSound(general + outcomes.flatMap(\.diagnostics))
        var written: [String: [UInt8]] = [:]
        for path in files.paths where !["Analyses", ".git"].contains(path.split(separator: "/").dropFirst().first) {
            try expect(path.hasPrefix("/p/output/") || path.hasPrefix("/p/.report/"), "a build writes \(path)")
            let bytes = files.bytes(at: path) ?? []
            written[path] = bytes
            let text = String(decoding: bytes, as: UTF8.self)
            if path.hasSuffix(".json") { try expect(isJSON(text), "a results file is not JSON") }
            if path.hasSuffix(".html") { try PageProperties.expectSound(text, scripts: scripts) }
        }
        return written
    }

    /// The script that pages have, those that have anything to do for it.
    private static let scripts: [String] = {
        let files = MemoryFileSystem(["/p/Analyses/a.md": "---\ntitle: T\n---\n# H\n", "/p/.git/HEAD": ""])
        let workspace = WorkspaceContext(files: files, workingFolder: "/p", home: "/home", user: 0)
        _ = Build(BuildOptions(), in: workspace, trust: Trust(workspace, configurationHome: nil)).run(["Analyses/a.md"])
        return PageProperties.scripts(of: String(decoding: files.bytes(at: "/p/output/a.html") ?? [], as: UTF8.self))
    }()

    private static func reportSeed(_ prose: String) -> String {
        """
        ---
        title: T `{d.rows}`
        bibliography: r.bib
        ---

        \(prose)
        ```data
        id: d
        source: d.csv
        ```

        ```table
        rows:
          - {name: "a *b*", n: "{d.rows}"}
        ```
        \u{1E}@article{a2020, author = {A, B and C, D}, title = "T <b>", year = 2020, url = {javascript:a}}
        \u{1E}x,y
        1,<i>
        3,4
        5,"1"

        """
    }
}
