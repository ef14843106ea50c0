import Diagnostics
import TestSupport

@testable import Pipeline

/// A project with one table and one `meta-analysis` with the id `pooled`.
struct MetaAnalysisProject {
    let project: TestProject
    let outcome: Build.Outcome?

    /// - Parameters:
    ///   - options: Of the directive, behind `data: rows`.
    ///   - more: Markdown behind it.
    init(_ options: String, of rows: String, more: String = "") {
        project = TestProject([
            "Analyses/a.md": """
            ---
            title: A test
            ---

            ```data
            id: rows
            source: rows.csv
            ```

            ```meta-analysis
            id: pooled
            data: rows
            \(options)
            ```

            \(more)

            """,
            "Analyses/rows.csv": rows,
        ])
        outcome = project.build()
    }

    var results: JSON { JSON(project.text("output/a.json"))["results"] }
    var values: JSON { results["pooled"]["values"] }
    /// The place of the directive's first option.
    static let firstLine = 13

    var errors: String { (outcome?.diagnostics ?? []).filter { $0.severity == .error }.summary }
    var markdown: String { project.text("output/a.md") ?? "" }

    /// metafor's `dat.bcg` as log risk ratios with variances, by `escalc(measure = "RR")` of metafor 4 (Viechtbauer,
    /// Journal of Statistical Software 36(3), 2010).
    static let bcg = """
        trial,yi,vi,ablat
        Aronson 1948,-0.88931133392020545,0.32558476500396133,44
        Ferguson & Simes 1949,-1.5853886572014306,0.19458112139814385,55
        Rosenthal et al 1960,-1.3480731482996933,0.41536796536796539,42
        Hart & Sutherland 1977,-1.4415511900213054,0.020010031902247573,52
        Frimodt-Moller et al 1973,-0.21754732221129558,0.051210172169630863,13
        Stein & Aronson 1953,-0.78611558581886398,0.0069056184559087574,44
        Vandiviere et al 1973,-1.6208982235983918,0.22301724757231517,19
        TPT Madras 1980,0.011952333523840508,0.0039615792978177295,13
        Coetzee & Berjak 1968,-0.4694176487381494,0.056434210463248966,27
        Rosenthal et al 1961,-1.3713448034727844,0.07302479361302891,42
        Comstock et al 1974,-0.33935882833839059,0.01241221397155972,18
        Comstock & Webster 1969,0.44591340057137874,0.53250584520015276,33
        Comstock et al 1976,-0.017313948216879815,0.071404659683986293,33

        """

    static let bcgColumns = "effect: yi\nvariance: vi\nexperiment: trial"

    /// Five experiments of up to three arms that share a control: made up.
    static let shared = """
        test,arm,effect,own,control
        a,1,0.10,0.010,0.004
        a,2,0.30,0.011,0.004
        a,3,0.65,0.009,0.004
        b,1,-0.20,0.009,0.005
        c,1,0.50,0.010,0.003
        c,2,0.10,0.012,0.003
        d,1,-0.40,0.012,0.006
        e,1,0.22,0.008,0.007
        e,2,0.31,0.008,0.007

        """

    static let sharedColumns =
        "effect: effect\ntreatment-variance: own\ncontrol-variance: control\nexperiment: test\nvariant: arm"
}
