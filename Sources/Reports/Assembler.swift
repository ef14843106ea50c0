import Diagnostics
import Documents
import Results

struct Assembler {
    var document: AnalysisDocument
    var results: AnalysisResults
    var diagnostics: [Diagnostic]
    mutating func report(images: [String: ResolvedImage], toolVersion: String) -> Report {
        Report(document: document, results: results, images: images, items: [:], values: [:], claims: [:], headings: [], footnotes: [], provenance: Provenance(analysisPath: "", sourceDigest: "", includes: [], sources: [], params: results.params, seed: 1, toolVersion: toolVersion, resultsDigest: ""), diagnostics: diagnostics, isPartial: false, idsByRange: [:], slugsByRange: [:])
    }
}
