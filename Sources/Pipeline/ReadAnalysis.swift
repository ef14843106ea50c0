import Diagnostics
package import Documents
package import Workspace

/// An analysis as it reads, and the works that it may cite: what an editor knows before anything is computed.
///
/// What is wrong with it `Check` tells.
package struct ReadAnalysis: Sendable {
    package var analysis: Analysis
    package var document: AnalysisDocument
    package var bibliography: Bibliography
    /// From the project's root.
    package var bibliographyFiles: [String]

    /// nil where there is no such file, or none that can be parsed.
    package static func read(_ path: String, in workspace: WorkspaceContext) -> ReadAnalysis? {
        var unsaid: [Diagnostic] = []
        guard let analysis = Analysis.find([path], in: workspace, diagnostics: &unsaid).first else { return nil }
        let loader = SourceLoader(workspace: workspace, project: analysis.project)
        guard case .success(let source) = loader.text(analysis.path, at: nil),
            let document = AnalysisDocument.parse(source, includes: loader.include, diagnostics: &unsaid)
        else { return nil }
        let bibliography = loader.bibliography(of: document, diagnostics: &unsaid)
        return ReadAnalysis(
            analysis: analysis, document: document, bibliography: bibliography.works,
            bibliographyFiles: bibliography.files.map(\.path))
    }
}
