import Diagnostics
import Documents
import Pipeline
import Values
import Workspace

extension FuzzTarget {
    /// A whole analysis as `report check` and `report inspect` see it. Behind 1E stand an included file, a bibliography
    /// and a data file.
    static let analysis = FuzzTarget(
        name: "analysis",
        seeds: ShippedSeeds.analyses().map { String($0.prefix(4000)) } + [
            analysisSeed("A `{d.rows}` of [3](#d.rows), see @tbl-m and @a2020.\n\n<!-- include: b.md -->\n"),
            analysisSeed("[a gain](#m.mu \"excludes 0\") `{m.mu | interval +.1%}` $x$ @eq-a\n\n$$\ny\n$$ {#eq-a}\n"),
        ],
        words: markdownWords + ShippedSeeds.words + ["\u{1E}", "```data\nid: d\nsource: d.csv\n```\n", "id: ", "of: "]
    ) { bytes in
        let parts = parts(bytes)
        let names = ["Analyses/a.md", "Analyses/b.md", "Analyses/r.bib", "Analyses/d.csv"]
        let files = MemoryFileSystem()
        for (name, text) in zip(names, parts) { files.add("/p/" + name, Array(text.utf8)) }
        files.add("/p/.git/HEAD", [])
        let workspace = WorkspaceContext(files: files, workingFolder: "/p", home: "/home", user: 0)

        let included = parts.count > 1 ? ["b.md": SourceFile(path: "Analyses/b.md", text: parts[1])] : [:]
        try ReadDocument.check(SourceFile(path: "Analyses/a.md", text: parts[0]), files: included)

        let check = Check(in: workspace).run(["Analyses/a.md"])
        let diagnostics = check.general + check.checks.flatMap(\.diagnostics)
        try expectSound(diagnostics)
        let inspection = Inspection.value(of: ["Analyses/a.md"], in: workspace).value.indentedJSON
        try expect(isJSON(inspection), "an inspection is not JSON: \(inspection)")
    }

    private static func analysisSeed(_ prose: String) -> String {
        """
        ---
        title: T
        bibliography: r.bib
        params: {a: 1}
        ---

        \(prose)
        ```data
        id: d
        source: d.csv
        where: x > {params.a} and y is not missing
        ```

        ```meta-analysis
        id: m
        data: d
        effect: x
        variance: y
        caption: "*C* `{m.mu.estimate | .2f}`"
        ```
        \u{1E}
        ## Included

        Text `{m.tau | .2g}`.
        \u{1E}@article{a2020, author = {A, B and C, D}, title = "T", year = 2020}
        \u{1E}x,y
        1,2
        3,4
        5,1

        """
    }
}
