import Diagnostics
import Documents
import Execution
import Reports
import Results
import Values
import Workspace

extension Build {
    /// The reports of a sweep, then their index. A report that fails stops no other: the index says so.
    ///
    /// - Parameter params: Of the build; each report has its own of those that are swept.
    func sweep(
        _ plan: SweepPlan, _ reading: Reading, of analysis: Analysis, _ params: Object, _ found: [Diagnostic],
        _ memory: Memory, _ onEvent: (Event) -> Void
    ) -> [Outcome] {
        var outcomes: [Outcome] = []
        var rows: [SweepIndex.Row] = []
        var said: Set<Diagnostic> = []
        let matter = reading.document.frontMatter
        let columns = SweepIndex.columns(of: matter)
        for member in plan.members {
            var own = analysis
            own.variant = member.label
            own.outputName = "\(analysis.outputName)/\(member.name)"
            var values = params
            for (name, value) in member.params { values[name] = value }
            var (outcome, results) = build(reading, of: own, values, found, memory, onEvent)
            let error = outcome.diagnostics.first { $0.severity == .error }
            let failure = outcome.succeeded ? nil : error?.message ?? "it has errors"
            rows.append(SweepIndex.Row(member, results, failure: failure, columns: columns))
            // A warning that every report has is said once.
            outcome.diagnostics = outcome.diagnostics.filter { $0.severity == .error || said.insert($0).inserted }
            outcomes.append(outcome)
        }
        onEvent(.began(analysis))
        let index = SweepIndex(matter, plan, rows, outputName: analysis.outputName)
        let outcome = write(index, reading, of: analysis, params)
        onEvent(.ended(outcome))
        return outcomes + [outcome]
    }

    private func write(
        _ index: SweepIndex, _ reading: Reading, of analysis: Analysis, _ params: Object
    ) -> Outcome {
        let source = reading.document
        var diagnostics: [Diagnostic] = []
        index.check(diagnostics: &diagnostics)
        let document = index.document(of: source)
        func report(_ suffix: String, _ diagnostics: inout [Diagnostic]) -> Report {
            var report = Report.assemble(
                document: document,
                results: index.results(
                    seed: options.seed ?? source.frontMatter.seed, params: params, sample: options.sample,
                    suffix: suffix),
                links: reading.links.mapValues { $0.link(from: analysis.outputName) }, formulas: reading.formulas,
                bibliography: reading.bibliography,
                bibliographyFiles: reading.bibliographyDigests, toolVersion: ToolVersion.current,
                diagnostics: &diagnostics)
            report.provenance.history = HistoryPage.link(from: analysis.outputName)
            return report
        }
        // A row links to the page, in the Markdown to the Markdown.
        var same = diagnostics
        let markdown = report(".md", &same)
        let page = report(formats(of: source).contains(.html) ? ".html" : ".md", &diagnostics)
        return write(page, markdown: markdown, reading, of: analysis, diagnostics)
    }
}

/// Where the sweeps of a build put their reports, so that no two have one place.
struct SweptOutputs {
    private var owners: [String: String] = [:]

    /// Diagnoses reports of a sweep that would lie where another analysis's report lies, the audit trail or the site.
    mutating func claim(
        _ plan: SweepPlan, of analysis: Analysis, in workspace: WorkspaceContext, diagnostics: inout [Diagnostic]
    ) {
        let root = analysis.project.root
        for member in plan.members {
            let output = "\(analysis.outputName)/\(member.name)"
            if let fault = Analysis.reservedOutput(output, of: analysis.label, at: plan.axes.first?.range) {
                diagnostics.append(fault)
                return
            }
            let twin = owners.updateValue(analysis.shown, forKey: "\(root)/\(output.lowercased())")
            let other = twin ?? Analysis.writing(output, in: analysis.project, workspace)
            if let other {
                diagnostics.append(
                    .error(
                        .outputConflict, "Two analyses have different outputs", at: plan.axes.first?.range,
                        notes: [
                            .init(
                                "\(analysis.shown) with \(member.label) and \(other) would both be written to \(output).html"
                            )
                        ]))
                return
            }
        }
    }
}
