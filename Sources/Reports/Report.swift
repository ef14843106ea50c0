package import Diagnostics
package import Documents
package import Results

/// An analysis with its results in their places: everything that a renderer needs, and nothing left to decide.
///
/// Numbers, references, claims and captions are resolved here once, so that the page, the Markdown and the results
/// file cannot disagree.
package struct Report: Sendable {
    package var document: AnalysisDocument
    package var results: AnalysisResults
    /// Local images by their path as written in the analysis.
    package var images: [String: ResolvedImage]
    /// By the directive's id.
    package var items: [String: ReportItem]
    /// By the range of the code span; those of captions, cells, abstract and highlights too.
    package var values: [SourceRange: ResolvedValue]
    /// By the range of the link.
    package var claims: [SourceRange: ResolvedClaim]
    /// Headings of the body in order.
    package var headings: [ReportHeading]
    package var footnotes: [ReportFootnote]
    package var provenance: Provenance
    /// All of this analysis, in file order.
    package var diagnostics: [Diagnostic]
    /// A directive has no result, or a claim does not hold: a draft for the author, never an output.
    package var isPartial: Bool

    /// The item of the directive at a node's range, nil for any other code block.
    package func item(at range: SourceRange) -> ReportItem? {
        idsByRange[range].flatMap { items[$0] }
    }

    /// The footnote that a reference means: labels differ in nothing but case.
    package func footnote(labelled label: String) -> ReportFootnote? {
        footnotes.first { $0.label.lowercased() == label.lowercased() }
    }

    /// The anchor of the heading at a node's range.
    package func slug(at range: SourceRange) -> String? { slugsByRange[range] }

    /// In the order of the analysis.
    package var orderedValues: [ResolvedValue] { values.values.sorted { precedes($0.range, $1.range) } }
    package var orderedClaims: [ResolvedClaim] { claims.values.sorted { precedes($0.range, $1.range) } }
    package var orderedItems: [ReportItem] { document.directives.compactMap { items[$0.id] } }

    var idsByRange: [SourceRange: String]
    var slugsByRange: [SourceRange: String]

    private func precedes(_ a: SourceRange, _ b: SourceRange) -> Bool {
        let files = [document.source] + document.includes
        let fileA = files.firstIndex { $0 === a.file } ?? files.count
        let fileB = files.firstIndex { $0 === b.file } ?? files.count
        return (fileA, a.file.path, a.lower, a.upper) < (fileB, b.file.path, b.lower, b.upper)
    }
}

/// A local image as read: its bytes travel inside the page.
package struct ResolvedImage: Sendable {
    /// `image/png`, `image/svg+xml`, …
    package var mediaType: String
    package var bytes: [UInt8]

    package init(mediaType: String, bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
