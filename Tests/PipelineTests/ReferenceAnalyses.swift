import BuiltInTemplates
import TestSupport
import Workspace

/// Analyses that together make every kind of result.
enum ReferenceAnalyses {
    /// The data of the projects that `report new` makes, and three metrics of nothing but noise.
    static func project(_ body: String) -> TestProject {
        var texts = [
            "Analyses/a.md": "---\ntitle: A test\n---\n\n" + body, "Analyses/noise.csv": noise,
            "Analyses/units.csv": units,
            "report.yaml": "engines:\n  lake: {command: [/bin/lake, <sql>], dialect: trino}\n",
        ]
        for template in [ProjectTemplate.proxy, .shrinkage] {
            for file in template.files where file.path.hasSuffix(".csv") {
                texts[file.path.replacing("data/", with: "")] = file.text
            }
        }
        var project = TestProject(texts)
        project.workspace.processes = Lake()
        return project
    }

    /// A client of an engine that keeps snapshots: of each query's rows as much as `lake` asks for.
    private struct Lake: ProcessRunner {
        func run(_ command: ProcessCommand) -> ProcessOutput {
            let sql = command.arguments.joined()
            let (names, row) =
                sql.contains("$refs")
                ? ("snapshot", "0,0,7\n") : sql.contains("version()") ? ("version", "0,0,479\n") : ("y", "")
            return ProcessOutput(exitCode: 0, output: Array("report_end,report_row,\(names)\n\(row)1,,\n".utf8))
        }
    }

    /// A table as of its snapshot.
    static let lake = """
        ```data
        id: kept
        engine: lake
        table: lake.tests.units
        snapshot: iceberg
        show: table
        ```
        """

    /// From a small congruential generator; half of the variances that they seem to have.
    private static var noise: String {
        var state: UInt64 = 5
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 16_777_216 - 0.5
        }
        var table = "test,arm,metric,n,mean,variance\n"
        for k in 0..<12 {
            for arm in ["C", "T"] {
                for metric in ["a", "b", "c"] {
                    table += "\(k),\(arm),\(metric),100,\(0.3 * next()),\(1 + 0.1 * next())\n"
                }
            }
        }
        return table
    }

    /// Units in ten shops, five an arm.
    private static var units: String {
        "arm,shop,orders,before\n"
            + (0..<60).map { i in
                let before = 20 + 3 * (i * 7 % 11)
                return "\(i / 6 % 2 == 0 ? "C" : "T"),s\(i / 6),\(before + 2 * (i * 5 % 7)),\(before)\n"
            }.joined()
    }

    static let designs = """
        ```data
        id: units
        source: units.csv
        ```

        ```effects
        data: units
        layout: units
        variant: arm
        control: C
        cluster: shop
        metrics: orders
        covariates: before
        winsorise: {orders: {lower-quantile: 0.05, upper-quantile: 0.95}}
        aa: true
        show: table
        ```

        """

    static let proxies = """
        ```data
        id: moments
        source: arms.csv
        ```

        ```effects
        id: lifts
        data: moments
        layout: arms
        experiment: experiment
        variant: variant
        control: control
        metric: metric
        metrics: [revenue, clicks]
        count: count
        mean: mean
        variance: variance
        covariance: {"revenue:clicks": covariance}
        ```

        ```data
        id: noisy
        source: noise.csv
        ```

        ```effects
        id: none
        data: noisy
        layout: arms
        experiment: test
        variant: arm
        control: C
        metric: metric
        count: n
        mean: mean
        variance: variance
        noise-correlation: 0.2
        ```

        ```covariance
        id: spread
        effects: lifts
        bootstrap: 50
        ```

        ```covariance
        id: nothing
        effects: none
        bootstrap: 50
        ```

        ```proxy
        id: slope
        effects: lifts
        outcome: revenue
        proxies: [clicks]
        interval: [jackknife, sandwich]
        bootstrap: 50
        influence: true
        predict: lifts
        sizes: auto
        ```

        ```decision-rule
        id: rules
        effects: lifts
        reward: revenue
        rule: {clicks: {metric: clicks, threshold: 1}, always: always}
        grid: {snr: [1, 2], threshold: [0, 1]}
        repeats: 2
        ```

        ```table
        id: shown
        of: lifts.rows
        limit: 2
        groups: experiment
        ```

        ```figure
        id: drawn
        of: lifts
        kind: scatter
        x: clicks
        y: revenue
        ```

        ```simulation
        id: study
        design: {metrics: [y, s], experiments: 20, effects: [[1, 0.3], [0.3, 0.5]], units: {sd: [4, 3], correlation: 0.2}}
        grid: {n: [500, 900]}
        estimators: [jive]
        intervals: jackknife
        draws: 20
        ```

        ```simulation
        id: ranks
        design:
          model: normal-normal
          experiments: 6
          mu: normal(0, 1)
          tau: half-normal(1)
          control-variance: 1
          treatment-variance: 1
        estimators: [bayes]
        bins: 4
        draws: 24
        ```

        """

    private static func pooled(_ id: String, _ options: String) -> String {
        """
        ```meta-analysis
        id: \(id)
        data: estimates
        effect: effect
        treatment-variance: treatment_variance
        control-variance: control_variance
        experiment: experiment
        variant: variant
        \(options)
        ```


        """
    }

    static let models =
        "```data\nid: estimates\nsource: effects.csv\n```\n\n"
        + pooled("point", "robust: true\ninfluence: true\ndiagnostics: true")
        + pooled("levels", "heterogeneity: [experiment, arm]")
        + pooled("moderated", "moderators: control_variance")
        + pooled("repeated", "correlation: one-per-experiment\nrepeats: 5")
        + pooled("exact", "method: bayes\ndecisions: true\nsensitivity: true")
        + pooled("sampled", "method: nuts\nchains: 2\nwarmup: 200\ndraws: 200")
        + pooled("heavy", "method: ml\neffects-law: student-t")
}
