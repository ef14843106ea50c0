import Diagnostics
import Documents
import Testing

/// Options against their schemas: each fault once, at its smallest range.
@Suite struct SchemaTests {
    @Test(arguments: [
        // Unknown keys, types, choices, ranges.
        ("data", "sorce: a.csv\nsource: b.csv", ["unknown-key: sorce"]),
        ("data", "source: {a: b}", ["wrong-type: {a: b}"]),
        ("data", "source: []", ["wrong-type: []"]),
        ("data", "source: [a.csv, [b]]", ["wrong-type: [b]"]),
        ("data", "source:", ["wrong-type: source"]),
        ("data", "source: a\ncolumns: [x, \"\"]", ["wrong-type: \"\""]),
        (
            "data", "source: a\nquery: select 1\nengine: duckdb\nmissing: [NA]\nconnection: x",
            ["key-conflict: missing", "key-conflict: connection"]
        ),
        ("data", "source: a\nquery: select 1", ["missing-key: query"]),
        ("data", "engine: postgres\nsource: a", ["missing-key: postgres", "key-conflict: source"]),
        ("data", "engine: sqlite", ["missing-key: sqlite", "missing-key: sqlite"]),
        ("data", "where: x > 0", ["missing-key: "]),
        ("data", "", ["missing-key: "]),
        ("data", "source: a\nshow: tabel", ["unknown-choice: tabel"]),
        ("data", "source: a\necho: yes", ["unknown-choice: yes"]),
        ("covariance", "effects: e\nestimators: [naive, liml]", ["unknown-choice: liml"]),
        ("covariance", "effects: e\nbootstrap: 1.5", ["wrong-type: 1.5"]),
        ("covariance", "effects: e\nbootstrap: -1", ["out-of-range: -1"]),
        ("covariance", "effects: e\nintercept: yes", ["wrong-type: yes"]),
        ("covariance", "effects: e\nmetrics: a", ["wrong-type: a"]),
        ("proxy", "effects: e\noutcome: y\nproxies: x\nlevel: 1", ["out-of-range: 1"]),
        ("proxy", "effects: e\noutcome: y\nproxies: [x, y]", ["key-conflict: y"]),
        ("proxy", "effects: e", ["missing-key: ", "missing-key: "]),
        // Layouts.
        (
            "effects", "data: d\nlayout: units", ["missing-key: units", "missing-key: units", "missing-key: units"]
        ),
        ("effects", "data: d\nlayout: units\nvariant: v\ncontrol: c\nmetrics: [m]\ncount: n", ["key-conflict: count"]),
        (
            "effects", "data: d\nlayout: pairs\ncontrol: c\ntreatment: {count: a, mean: b, variance: c}",
            ["wrong-type: c"]
        ),
        (
            "effects",
            "data: d\nlayout: pairs\ncontrol: {count: a, mean: b}\ntreatment: {count: a, mean: b, varience: c}",
            ["missing-key: ", "unknown-key: varience", "missing-key: "]
        ),
        ("effects", "data: d\nlayout: estimates\neffect: e", ["missing-key: estimates"]),
        ("effects", "data: d\nlayout: estimates\neffect: e\nse: s\nvariance: v", ["key-conflict: variance"]),
        (
            "effects", "data: d\nlayout: estimates\neffect: e\ntreatment-variance: s",
            ["missing-key: treatment-variance"]
        ),
        (
            "effects", "data: d\nlayout: estimates\neffect: e\nse: s\nnoise-correlation: 1", ["out-of-range: 1"]
        ),
        (
            "effects", "data: d\nlayout: estimates\neffect: e\nse: s\nnoise-correlation: [[1, 0.2], [0.2, x]]",
            ["wrong-type: x"]
        ),
        ("effects", "data: d\nlayout: estimates\neffect: e\nse: s\nat: {first: day}", ["wrong-type: {first: day}"]),
        // Meta-analysis.
        ("meta-analysis", "method: reml", ["missing-key: "]),
        ("meta-analysis", "effects: e\ndata: d", ["key-conflict: data"]),
        ("meta-analysis", "effects: e\nmetric: m\nse: s", ["key-conflict: se"]),
        ("meta-analysis", "data: d\nse: s", ["missing-key: data"]),
        ("meta-analysis", "effects: e\nprior: {mu: flat}", ["key-conflict: prior"]),
        ("meta-analysis", "effects: e\nmethod: ld", ["unknown-choice: ld"]),
        ("meta-analysis", "effects: e\nmethod: bayes\nrobust: true", ["key-conflict: robust"]),
        ("meta-analysis", "effects: e\nmethod: nuts\nsensitivity: true", ["key-conflict: sensitivity"]),
        ("meta-analysis", "effects: e\nmethod: bayes\nchains: 2", ["key-conflict: chains"]),
        (
            "meta-analysis", "effects: e\ndecisions: true\nthreshold: 1",
            ["key-conflict: threshold", "key-conflict: decisions"]
        ),
        ("meta-analysis", "effects: e\nmethod: dl\ninterval: profile-likelihood", ["key-conflict: interval"]),
        ("meta-analysis", "effects: e\nrepeats: 100", ["key-conflict: repeats"]),
        ("meta-analysis", "effects: e\ncorrelation: ignore\ndiagnostics: true", ["key-conflict: diagnostics"]),
        ("meta-analysis", "effects: e\nmoderators: x", ["key-conflict: moderators"]),
        ("meta-analysis", "effects: e\nheterogeneity: experiment", ["key-conflict: heterogeneity"]),
        ("meta-analysis", "effects: e\nmethod: pm\nheterogeneity: [experiment, arm]", ["key-conflict: heterogeneity"]),
        (
            "meta-analysis", "effects: e\nheterogeneity: [experiment, arm]\ncorrelation: [ignore, one-per-experiment]",
            ["key-conflict: one-per-experiment"]
        ),
        ("meta-analysis", "effects: e\neffects-law: student-t\nmethod: reml", ["key-conflict: method"]),
        ("meta-analysis", "effects: e\neffects-law: student-t\nrobust: true", ["key-conflict: robust"]),
        ("meta-analysis", "effects: e\nmethod: nuts\ntarget-acceptance: 1", ["out-of-range: 1"]),
        ("meta-analysis", "data: d\neffect: e\ncovariance: [v, w]", ["missing-key: covariance"]),
        ("meta-analysis", "data: d\neffect: e\nexperiment: x\ncovariance: v\nse: s", ["key-conflict: se"]),
        ("meta-analysis", "effects: e\nmethod: bayes\nprior: {my: flat}", ["unknown-key: my"]),
        // Simulations.
        ("simulation", "design: bibaut2024-figure3", ["unknown-choice: bibaut2024-figure3"]),
        ("simulation", "design: {metrics: [y, s], effects: 1, units: [[1]]}", ["wrong-type: 1"]),
        (
            "simulation", "design: bibaut2024-figure-3\nestimators: [{estimator: k-class}, {estimator: tc, k: 1}]",
            ["missing-key: {estimator: k-class}", "key-conflict: k"]
        ),
        // Tables and figures.
        ("table", "columns: [a]", ["missing-key: "]),
        ("table", "of: a.b\nrows: [[1]]", ["key-conflict: rows"]),
        ("table", "of: a..b", ["wrong-type: a..b"]),
        ("table", "of: a.b\nformat: .2x", ["invalid-format: .2x"]),
        ("table", "of: a.b\ncolumns: [{title: x}]", ["missing-key: "]),
        ("table", "of: a.b\ncolumns: [{value: x, align: middle}]", ["unknown-choice: middle"]),
        ("table", "rows: [[\"{a..b}\"]]", ["invalid-path: \"{a..b}\""]),
        ("figure", "of: a.b\nkind: pie", ["unknown-choice: pie"]),
        ("figure", "of: a.b\nkind: lines\nx-domain: [1]", ["out-of-range: [1]"]),
        ("figure", "of: a.b\nkind: lines\nx-domain: [2, 1]", ["out-of-range: [2, 1]"]),
        ("figure", "of: a.b\nkind: lines\nx-domain: [a, 1]", ["wrong-type: a"]),
        ("figure", "of: a.b\nkind: lines\ncaption: [a]", ["wrong-type: [a]"]),
        // Free figures.
        ("figure", "of: a.b", ["missing-key: "]),
        ("figure", "of: a.b\nkind: lines\nmarks: [{mark: point, x: a, y: b}]", ["key-conflict: kind"]),
        ("figure", "of: a.b\nmarks: [{mark: pont, x: a, y: b}]", ["unknown-choice: pont"]),
        ("figure", "of: a.b\nmarks: [{mark: point, colour: a}]", ["unknown-key: colour"]),
        ("figure", "of: a.b\nmarks: []", ["wrong-type: []"]),
        ("figure", "of: a.b\nmarks: [{mark: point}]\nribbons: true", ["key-conflict: ribbons"]),
        ("figure", "marks: [{mark: point, x: a, y: b}]", ["missing-key: "]),
        ("figure", "of: a.b\ndata: d\nmarks: [{mark: point}]", ["key-conflict: data"]),
        ("figure", "of: a.b\nkind: scatter\nfacet: c", ["key-conflict: facet"]),
        ("figure", "kind: lines\npanels: [{of: a.b}]\nfacet: c", ["key-conflict: facet"]),
        ("figure", "of: a.b\nkind: forest\nx-scale: log", ["key-conflict: x-scale"]),
        ("figure", "of: a.b\nkind: scatter\nx-scale: time", ["key-conflict: time"]),
        ("figure", "of: a.b\nkind: lines\nx-scale: time", ["key-conflict: time"]),
        ("figure", "of: a.b\nmarks: [{mark: point}]\nfacet: {by: c, scales: fre}", ["unknown-choice: fre"]),
        ("figure", "of: a.b\nkind: lines\nannotations: [{text: a}]", ["missing-key: "]),
        ("figure", "of: a.b\nkind: lines\nannotations: [{x: 1, y: 2}]", ["missing-key: "]),
        ("figure", "of: a.b\nkind: lines\nannotations: [{x: [1, 2, 3]}]", ["out-of-range: [1, 2, 3]"]),
        (
            "figure", "of: a.b\nmarks: [{mark: point}]\nx-domain: [2026-03-01, 2026-01-01]",
            ["out-of-range: [2026-03-01, 2026-01-01]"]
        ),
    ])
    func faults(word: String, options: String, faults: [String]) {
        #expect(Read(word, options).faults == faults)
    }

    @Test(arguments: [
        ("data", "source: [a.csv, b.csv]\ncolumns: x\nmissing: [\"\", NA]\nformat: tsv"),
        ("effects", "data: d\nlayout: units\nvariant: v\ncontrol: 0\nmetrics: [1, 2]\nexperiment: e\nscale: relative"),
        (
            "effects",
            "data: d\nlayout: arms\nvariant: v\ncontrol: c\ncount: n\nmean: m\nvariance: s\nmetric: k\ncovariance: {\"a:b\": col}\nnoise-correlation: [0.1, 0.5]"
        ),
        (
            "effects",
            "data: d\nlayout: pairs\ncontrol: {count: a, mean: b, variance: c}\ntreatment: {count: a, mean: b, variance: c}\nat: {equals: {day: 14}}"
        ),
        ("effects", "data: d\nlayout: {params.layout}\ncontrol: {params.control}"),
        (
            "effects",
            "data: d\nlayout: estimates\neffect: e\ntreatment-variance: t\ncontrol-variance: c\nexperiment: x\nat: {last: day}\nnoise-correlation: [[1, 0.2], [0.2, 1]]"
        ),
        ("covariance", "effects: e\nestimators: tc\nweights: equal\nintercept: false\nbootstrap: {params.n}"),
        ("meta-analysis", "data: d\neffect: e\nse: s\ncorrelation: ignore\ntest: z\nlevel: 0.9"),
        (
            "meta-analysis",
            "effects: e\nmethod: {params.method}\nprior: {mu: flat}\nrobust: true\ninfluence: false\ninterval: q-profile"
        ),
        (
            "meta-analysis",
            "data: d\neffect: e\nexperiment: x\ncovariance: [v, w]\nmoderators: m\nheterogeneity: [experiment, arm]\nrobust: true\ntest: knapp-hartung"
        ),
        (
            "meta-analysis",
            "effects: e\nmethod: nuts\nchains: 2\nwarmup: 500\ndraws: 500\nparameterisation: non-centred\ntarget-acceptance: 0.99\ndecisions: true\nthreshold: 0.1"
        ),
        ("meta-analysis", "effects: e\nmethod: bayes\nsensitivity: [{mu: flat}, {tau: half-normal(1)}]\nrobust: false"),
        ("meta-analysis", "effects: e\neffects-law: spike-normal\nmethod: ml\ndecisions: true\nthreshold: 1"),
        (
            "table",
            "rows:\n  - [a, 1, {x.y | .2f}]\n  - {a: 1}\ncolumns: [a, {value: b, title: \"*B*\", format: \",.0f\"}]"
        ),
        (
            "figure",
            "data: d\nmarks: [{mark: area, x: day, y: n, stack: true}, {mark: rule, of: a.rows, x: day}]\nfacet: {by: c, "
                + "names: {true: yes}}\nx-scale: time\nx-domain: [2026-01-01, 2026-03-01T12:00]\n"
                + "annotations: [{x: 2026-02-01, text: b}, {y: [0, {params.m}]}, {x: 2026-02-01, y: 3, text: c}]"
        ),
        ("figure", "of: a.b\nkind: lines\nfacet: {by: c, scales: free}\nx-scale: symlog\nx-threshold: 2"),
        (
            "figure",
            "of: [a.b, c.d]\nkind: scatter\nx-scale: symlog\nlines: a.fit\nlabel-format: .3f\nx-domain: [-1, {params.m}]"
        ),
    ])
    func sound(word: String, options: String) {
        #expect(Read(word, options).faults.isEmpty)
    }

    @Test func nearWordsAreFixed() {
        #expect(Read("data", "sorce: a.csv").fixed.contains("source: a.csv"))
        #expect(Read("figure", "of: a.b\nkind: forrest").fixed.contains("kind: forest"))
    }

    /// The reference is written from the schemas: each says what it is, and no two keys share a name.
    @Test func schemasAreComplete() {
        for schema in DirectiveSchema.all {
            let names = schema.allKeys.map(\.name)
            #expect(Set(names).count == names.count)
            #expect(schema.summary.hasSuffix(".") && schema.keys.allSatisfy { $0.doc.hasSuffix(".") })
        }
    }
}
