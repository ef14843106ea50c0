import TestSupport

@testable import Pipeline

/// The analysis on which sweeps are tested, and builds of it.
protocol SweepSuite {}

extension SweepSuite {
    /// The means of the fixed-effect model under equal standard errors are those of the rows: 1.5, 3.5 and 2.5.
    static var rows: String { "effect,se,segment\n1,0.5,a\n2,0.5,a\n3,0.5,b_c\n4,0.5,b_c\n" }

    static func analysis(_ sweep: String, more: String = "") -> String {
        """
        ---
        title: Lift
        params: {segment: a, level: {default: 0.9, min: 0, max: 1}}
        highlights: [{value: "{pooled.mu.estimate | .1f}", text: Pooled}]
        \(sweep)
        ---

        ```data
        id: rows
        source: rows.csv
        where: segment = {params.segment}
        ```

        ```data
        id: all
        source: rows.csv
        ```

        ```meta-analysis
        id: pooled
        data: rows
        effect: effect
        se: se
        method: fixed
        level: "{params.level}"
        ```

        ```meta-analysis
        id: whole
        data: all
        effect: effect
        se: se
        method: fixed
        ```

        `{whole.mu.estimate}` \(more)

        """
    }

    func project(_ sweep: String = "", more: String = "") -> TestProject {
        TestProject(["Analyses/a.md": Self.analysis(sweep, more: more), "Analyses/rows.csv": Self.rows])
    }

    func run(
        _ project: TestProject, _ paths: [String] = ["Analyses/a.md"], cached: Bool = false,
        _ change: (inout BuildOptions) -> Void = { _ in }
    ) -> [Build.Outcome] {
        project.run(paths, cached: cached, change).outcomes
    }
}
