import Diagnostics
import Documents
import Values
import Workspace

extension Build {
    /// One report made again with the parameters that it had; of a sweep no other report is made, unless the report is the
    /// sweep's index.
    ///
    /// - Parameters:
    ///   - report: Its name below the output folder.
    ///   - params: All parameters with their values.
    /// - Returns: nil where the analysis cannot even be read, with the diagnostics that say why.
    func again(
        _ analysis: Analysis, as report: String, params: Object, onEvent: (Event) -> Void
    ) -> (outcome: Outcome?, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        guard let parameters = Parameters(options, in: workspace, diagnostics: &diagnostics) else {
            return (nil, diagnostics)
        }
        let memory = memory(of: analysis.project, parameters, diagnostics: &diagnostics)
        guard memory.isUsable, let reading = read(analysis, in: workspace, memory, diagnostics: &diagnostics) else {
            return (nil, diagnostics)
        }
        if report == analysis.outputName,
            let plan = SweepPlan(reading.document.frontMatter, options, diagnostics: &diagnostics)
        {
            let outcomes = sweep(plan, reading, of: analysis, params, diagnostics, memory, onEvent)
            return (outcomes.last, [])
        }
        var own = analysis
        own.outputName = report
        return (build(reading, of: own, params, diagnostics, memory, onEvent).outcome, [])
    }
}
