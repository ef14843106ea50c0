import Documents
import Pipeline
import Workspace

extension FuzzTarget {
    /// The numbers of a data file, through estimators and figures to a page. Its first byte says what is made of it: `m` a
    /// meta-analysis, `p` a proxy and a covariance of arms' moments.
    ///
    /// Whatever the numbers are, a build ends: with a report in which every number is one, or with a diagnostic.
    static let data = FuzzTarget(
        name: "data",
        seeds: [
            "me,x,v,c\na,1,0.5,0.2\na,2,0.7,0.2\nb,0.5,0.3,0.1\nc,-1,1,0.4\nd,0,1e-3,0\n",
            "me,x,v,c\na,1,1,0\nb,1,1,0\nc,1,1,0\n", "me,x,v,c\na,1e154,1e300,0\nb,-1e154,1e-300,0\nc,0,1,1\n",
            "pe,a,m,n,mean,variance\na,C,y,100,5,4\na,T,y,100,5.2,4\na,C,s,100,2,1\na,T,s,100,2.1,1\nb,C,y,120,5,4\nb,T,y,110,5.5,4"
                + "\nb,C,s,120,2,1\nb,T,s,110,2.2,1\nc,C,y,90,5,4\nc,T,y,95,4.9,4\nc,C,s,90,2,1\nc,T,s,95,1.9,1\n",
        ],
        words: [
            "1e308", "-1e308", "1e-308", "0", "-0", "5e-324", "nan", "1e16", ",", "\n", "\na,1,1,0", "a,T,y,100,5,4\n",
            "a,C,s,2,1e9,0\n", "0.1", "999999", "-1", "1", "\"x\"", "\"\"",
        ]
    ) { bytes in
        guard bytes.count < 4096 else { return }
        let files = MemoryFileSystem(["/p/.git/HEAD": ""])
        files.add("/p/Analyses/a.md", Array((bytes.first == UInt8(ascii: "p") ? proxies : meta).utf8))
        files.add("/p/Analyses/d.csv", Array(bytes.dropFirst()))
        let workspace = WorkspaceContext(files: files, workingFolder: "/p", home: "/home", user: 0)
        let build = Build(BuildOptions(), in: workspace, trust: Trust(workspace, configurationHome: nil))
        let (general, outcomes) = build.run(["Analyses/a.md"])
        try expectSound(general + outcomes.flatMap(\.diagnostics))
        for path in files.paths where path.hasPrefix("/p/output/") {
            let text = String(decoding: files.bytes(at: path) ?? [], as: UTF8.self)
            if path.hasSuffix(".json") { try expect(isJSON(text), "a results file is not JSON") }
            if path.hasSuffix(".html") || path.hasSuffix(".svg") {
                // Coordinates, where a number that is none would leave a drawing that no browser shows.
                let numbers = text.matches(of: #/ (?:x|y|cx|cy|r|x1|x2|y1|y2|d|points|width|height)="([^"]*)"/#)
                for match in numbers {
                    try expect(!match.1.contains("nan") && !match.1.contains("inf"), "a coordinate is \(match.1)")
                }
            }
        }
    }

    private static let meta = """
        ---
        title: T
        ---

        `{m.mu | interval .3g}` `{m.tau.estimate | e}`

        ```data
        id: d
        source: d.csv
        ```

        ```meta-analysis
        id: m
        data: d
        effect: x
        treatment-variance: v
        control-variance: c
        experiment: e
        influence: true
        robust: true
        diagnostics: true
        show: both
        ```

        ```figure
        of: m
        kind: forest
        ```

        ```figure
        of: m
        kind: funnel
        ```

        ```figure
        of: m
        kind: shrinkage
        ```

        """

    private static let proxies = """
        ---
        title: T
        ---

        ```data
        id: d
        source: d.csv
        ```

        ```effects
        id: f
        data: d
        layout: arms
        experiment: e
        variant: a
        control: C
        metric: m
        count: n
        mean: mean
        variance: variance
        noise-correlation: 0.5
        ```

        ```covariance
        id: v
        effects: f
        metrics: [y, s]
        estimators: [naive, tc, jive, reml]
        ```

        ```proxy
        id: p
        effects: f
        outcome: y
        proxies: [s]
        estimators: [naive, tsls, tc, jive, liml, fuller, reml]
        influence: true
        show: both
        ```

        ```figure
        of: f
        kind: scatter
        x: s
        y: y
        ```

        """
}
