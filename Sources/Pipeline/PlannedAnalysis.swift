import Diagnostics
import Documents
import Execution
import Workspace

/// An analysis as read and planned, before anything is computed.
struct PlannedAnalysis {
    var analysis: Analysis
    var document: AnalysisDocument
    var plan: Plan

    /// Those that the paths name and that can be parsed, with what reading and planning had to say.
    static func read(
        _ paths: [String], in workspace: WorkspaceContext
    ) -> (analyses: [PlannedAnalysis], diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        var analyses: [PlannedAnalysis] = []
        for analysis in Analysis.find(paths, in: workspace, diagnostics: &diagnostics) {
            let loader = SourceLoader(workspace: workspace, project: analysis.project)
            var found: [Diagnostic] = []
            switch loader.text(analysis.path, at: nil) {
            case .failure(let diagnostic): found.append(diagnostic)
            case .success(let source):
                if let document = AnalysisDocument.parse(source, includes: loader.include, diagnostics: &found) {
                    let plan = Plan(document, diagnostics: &found)
                    analyses.append(PlannedAnalysis(analysis: analysis, document: document, plan: plan))
                }
            }
            diagnostics += found.inFileOrder()
        }
        return (analyses, diagnostics)
    }
}
