import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Every figure of the hierarchical model is drawn of what the directive makes, by the names that it gives.
@Suite struct MetaAnalysisFigureTests {
    @Test(arguments: [
        ("influence: true", ["forest", "shrinkage", "funnel", "baujat", "q-profile"]),
        ("method: bayes\ndecisions: true", ["forest", "shrinkage", "density"]),
        ("method: nuts\ndraws: 100", ["forest", "shrinkage", "trace", "rank", "pairs"]),
        ("effects-law: student-t", ["forest", "shrinkage"]),
        ("heterogeneity: [experiment, arm]", ["forest", "shrinkage"]),
    ])
    func drawn(options: String, kinds: [String]) {
        let figures = kinds.map { "```figure\nid: fig-\($0)\nof: pooled\nkind: \($0)\n```\n" }
        let made = MetaAnalysisProject(
            "\(MetaAnalysisProject.sharedColumns)\n\(options)", of: MetaAnalysisProject.shared,
            more: figures.joined(separator: "\n"))
        #expect(made.errors == "")
        for kind in kinds {
            #expect(made.results["fig-\(kind)"]["values"]["panels"].count > 0, "\(kind)")
            #expect(made.project.text("output/a_files/fig-\(kind).svg")?.hasPrefix("<svg") == true, "\(kind)")
        }
    }
}
