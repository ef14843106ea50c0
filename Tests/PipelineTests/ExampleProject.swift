import Diagnostics
import TestSupport

@testable import Pipeline

/// The project around the examples of explanations: files that they name, and the directives that they take for granted.
enum ExampleProject {
    private static let arms = TestProject.armMoments

    /// Sixty units in twelve shops, which were assigned whole; columns that no design should use, too.
    private static let units =
        "unit,arm,shop,region,clicks,views,orders,before,late,balance,always\n"
        + (0..<60).map { i in
            let isTreated = i / 5 % 2 == 1
            let before = 20 + 3 * (i * 7 % 11)
            let orders = before + 2 * (i * 5 % 7)
            return "u\(i),\(isTreated ? "T" : "C"),s\(i / 5),r\(i % 3),\(i % 4),\(4 + i % 3),\(orders),\(before),"
                + "\(i % 2 + (isTreated ? 5 : 0)),\(i % 2 == 0 ? 1 : -1),1\n"
        }.joined()

    private static let analysis = "---\ntitle: Lifts\nparams: {alpha: 0.05}\n---\n\n`{params.alpha}`\n"

    /// Directives by their ids, each after what it needs.
    private static let given: [(id: String, text: String)] = [
        ("moments", "```data\nid: moments\nsource: arms.csv\n```\n"),
        (
            "lifts",
            "```effects\nid: lifts\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\nnoise-correlation: 0.5\n```\n"
        ),
        ("people", "```data\nid: people\nsource: units.csv\n```\n"),
        ("pooled", "```meta-analysis\nid: pooled\neffects: lifts\nmetric: clicks\n```\n"),
    ]

    /// What a build of the example says: of an analysis that holds it, or with a command line's options.
    static func diagnostics(of example: String) -> [Diagnostic] {
        let isCommand = example.hasPrefix("report build ")
        let project = TestProject([
            "Analyses/a.md": isCommand ? analysis : document(example), "Analyses/audit/a.md": analysis,
            "Analyses/unused.md": analysis + "\n" + given[0].text,
            "Analyses/other-analysis.md": analysis, "Analyses/method.md": "All effects are differences.\n",
            "Analyses/arms.csv": arms, "Analyses/data/arms.csv": arms, "Analyses/arms.txt": arms,
            "Analyses/units.csv": units, "Analyses/more.csv": arms, "Analyses/funnel.png": "PNG",
            "Analyses/references.bib": "@book{bee, author={Bee, Ann}, title={Tests}, publisher={Press}, year=2024}\n",
            "Analyses/broken.bib": "@book{bee, author={Bee, Ann\n",
            "Analyses/gaps.csv": arms + "d,C,clicks,90,5,4\nd,T,clicks,95,,4\nd,C,orders,90,2,1\nd,T,orders,95,1.9,1\n",
        ])
        var options = BuildOptions()
        var paths = ["Analyses/a.md"]
        if isCommand {
            let words = example.split(separator: " ").map(String.init)
            paths = [words[2]]
            options.isStrict = words.contains("--strict")
            if let index = words.firstIndex(of: "--param") {
                let parts = words[index + 1].split(separator: "=").map(String.init)
                options.params = [(parts[0], parts[1])]
            }
            if let index = words.firstIndex(of: "--sweep") {
                let parts = words[index + 1].split(separator: "=").map(String.init)
                options.sweeps = [(parts[0], parts[1].split(separator: ",").map(String.init))]
            }
        }
        let trust = Trust(project.workspace, configurationHome: nil)
        let (general, outcomes) = Build(options, in: project.workspace, trust: trust, cache: nil).run(paths)
        return general + outcomes.flatMap(\.diagnostics)
    }

    /// A whole file as it is; a piece with the front matter and the directives that it names and does not define.
    private static func document(_ example: String) -> String {
        guard !example.hasPrefix("---\n") else { return example + "\n" }
        var needed: [String] = []
        var text = example
        for (id, directive) in given.reversed() where text.contains(id) && !example.contains("id: \(id)\n") {
            needed.insert(directive, at: 0)
            text += directive
        }
        return "---\ntitle: Lifts\n---\n\n" + (needed + [example]).joined(separator: "\n") + "\n"
    }
}
