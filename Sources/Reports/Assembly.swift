package import Diagnostics
package import Documents
package import Results

extension Report {
    /// Puts results into the places of a document.
    ///
    /// `diagnostics` are those of the analysis so far; assembling adds its own and sets all of them beside the
    /// directive that they are about. A directive without a result is marked as not computed.
    package static func assemble(
        document: AnalysisDocument, results: AnalysisResults, images: [String: ResolvedImage] = [:],
        links: [SourceRange: ReportLink] = [:], formulas: (any FormulaSetting)? = nil,
        bibliography: Bibliography = Bibliography(), bibliographyFiles: [(path: String, sha256: String)] = [],
        toolVersion: String, diagnostics: inout [Diagnostic]
    ) -> Report {
        var assembler = Assembler(document: document, results: results, formulas: formulas, diagnostics: diagnostics)
        var report = assembler.report(images: images, bibliography: bibliography, toolVersion: toolVersion)
        diagnostics = assembler.diagnostics
        report.links = links
        report.provenance.bibliography = bibliographyFiles
        return report
    }
}
