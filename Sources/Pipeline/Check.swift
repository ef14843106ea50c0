package import Diagnostics
import Documents
import Execution
import Reports
import Typesetting
package import Workspace

/// Everything that a build would say before it runs the first directive.
package struct Check: Sendable {
    private var workspace: WorkspaceContext

    private let formulas: TypesetFormulas

    package init(in workspace: WorkspaceContext) {
        self.workspace = workspace
        formulas = TypesetFormulas(typesetter: Typesetter(in: workspace))
    }

    /// The same check of other files. Formulas that were set once stay known.
    package func over(_ workspace: WorkspaceContext) -> Check {
        var check = self
        check.workspace = workspace
        return check
    }

    package func run(
        _ paths: [String]
    ) -> (general: [Diagnostic], checks: [(analysis: Analysis, diagnostics: [Diagnostic])]) {
        var general: [Diagnostic] = []
        let analyses = Analysis.find(paths, in: workspace, diagnostics: &general)
        var known: Set<Project> = []
        for project in analyses.map(\.project) where known.insert(project).inserted {
            _ = ProjectSettings.load(of: project, in: workspace, diagnostics: &general)
        }
        var swept = SweptOutputs()
        return (general, analyses.map { ($0, check($0, &swept)) })
    }

    private func check(_ analysis: Analysis, _ swept: inout SweptOutputs) -> [Diagnostic] {
        let loader = SourceLoader(workspace: workspace, project: analysis.project)
        let source: SourceFile
        switch loader.text(analysis.path, at: nil) {
        case .success(let file): source = file
        case .failure(let diagnostic): return [diagnostic]
        }
        var diagnostics: [Diagnostic] = []
        let parsed = AnalysisDocument.parse(source, includes: loader.include, diagnostics: &diagnostics)
        guard let document = parsed else { return diagnostics.inFileOrder() }
        _ = loader.images(of: document, diagnostics: &diagnostics)
        _ = loader.links(of: document, diagnostics: &diagnostics)
        _ = loader.bibliography(of: document, diagnostics: &diagnostics)
        _ = Plan(document, diagnostics: &diagnostics)
        if let sweep = SweepPlan(document.frontMatter, BuildOptions(), diagnostics: &diagnostics) {
            swept.claim(sweep, of: analysis, in: workspace, diagnostics: &diagnostics)
        }
        document.checkReferences(diagnostics: &diagnostics)
        formulas.check(document, diagnostics: &diagnostics)
        checkSources(of: document, analysis, &diagnostics)
        if !diagnostics.hasErrors { document.warnOfUnusedResults(diagnostics: &diagnostics) }
        return diagnostics.inFileOrder()
    }

    /// Whether each `data` directive's files are there; their contents are for the build to read.
    private func checkSources(of document: AnalysisDocument, _ analysis: Analysis, _ diagnostics: inout [Diagnostic]) {
        for directive in document.directives where directive.word == "data" {
            for node in directive.options["source"]?.items ?? [] where node.scalar?.reference == nil {
                guard let written = node.string, !Glob.isPattern(written) else { continue }
                let resolved = analysis.project.resolve(written, from: node.range.file, in: workspace, at: node.range)
                if case .failure(let diagnostic) = resolved { diagnostics.append(diagnostic) }
            }
        }
    }
}
