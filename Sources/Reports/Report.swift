package import Diagnostics
package import Documents
import Markdown
package import Markup
package import Results

/// An analysis with its results in their places: everything that a renderer needs, and nothing left to decide.
///
/// Numbers, references, claims and captions are resolved here once, so that the page, the Markdown and the results
/// file cannot disagree.
package struct Report: Sendable {
    package var document: AnalysisDocument
    package var results: AnalysisResults
    /// Local images by `AnalysisDocument.imageKey`.
    package var images: [String: ResolvedImage]
    /// By the range of the link: relative ones that lead elsewhere from the report than from the analysis.
    package var links: [SourceRange: ReportLink] = [:]
    /// By the directive's id.
    package var items: [String: ReportItem]
    /// By the range of the code span; those of captions, cells, abstract and highlights too.
    package var values: [SourceRange: ResolvedValue]
    /// By the range of the link.
    package var claims: [SourceRange: ResolvedClaim]
    /// By the range of the formula; one that could not be set is missing.
    package var formulas: [SourceRange: MarkupNode]
    /// The numbers of named equations.
    package var equations: [String: Int]
    package var bibliography: Bibliography
    /// What of the bibliography is cited.
    package var cited = CitedWorks()
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

    /// The footnote that the reference at a node's range means, and the how manieth reference to it this is, from 0.
    package func footnote(at range: SourceRange) -> (note: ReportFootnote, reference: Int)? {
        footnotesByReference[range].map { (footnotes[$0.footnote], $0.reference) }
    }

    /// The image that a node of a file names.
    package func image(_ source: String, in file: SourceFile) -> ResolvedImage? {
        images[document.imageKey(source, in: file)]
    }

    /// The anchor of the heading at a node's range.
    package func slug(at range: SourceRange) -> String? { slugsByRange[range] }

    /// Whether the reference list ends the report under a heading of its own: the analysis does not say where it stands.
    package var endsWithReferences: Bool {
        !cited.works.isEmpty && !document.body.children.contains(where: \.isReferencesMark)
    }

    /// The anchor of the heading over the reference list, as a forge makes it.
    package var referencesAnchor: String {
        let blocks = document.body.children
        guard let mark = blocks.firstIndex(where: \.isReferencesMark) else {
            var slugger = Slugger(reserved: Set(headings.map(\.slug)))
            return slugger.slug("References")
        }
        return blocks[..<mark].reversed().compactMap { slugsByRange[$0.range] }.first ?? "references"
    }

    /// In the order of the analysis.
    package var orderedValues: [ResolvedValue] {
        values.sorted { precedes(($0.value.range, $0.key), ($1.value.range, $1.key)) }.map(\.value)
    }

    package var orderedClaims: [ResolvedClaim] {
        claims.sorted { precedes(($0.value.range, $0.key), ($1.value.range, $1.key)) }.map(\.value)
    }

    package var orderedItems: [ReportItem] { document.directives.compactMap { items[$0.id] } }

    var idsByRange: [SourceRange: String]
    var footnotesByReference: [SourceRange: FootnoteUse] = [:]
    var slugsByRange: [SourceRange: String]

    /// By the place in the analysis; those that share one, as the values of one caption do, by their place in it.
    private func precedes(_ a: (SourceRange, SourceRange), _ b: (SourceRange, SourceRange)) -> Bool {
        let files = [document.source] + document.includes
        let fileA = files.firstIndex { $0 === a.0.file } ?? files.count
        let fileB = files.firstIndex { $0 === b.0.file } ?? files.count
        return (fileA, a.0.file.path, a.0.lower, a.0.upper, a.1.lower, a.1.upper)
            < (fileB, b.0.file.path, b.0.lower, b.0.upper, b.1.lower, b.1.upper)
    }
}

extension AnalysisDocument {
    /// What tells an image from every other: its path as written, for a file that lies in another folder than the
    /// analysis with that folder.
    package func imageKey(_ source: String, in file: SourceFile) -> String {
        func folder(_ path: String) -> Substring { path.lastIndex(of: "/").map { path[..<$0] } ?? "" }
        let own = folder(file.path)
        return own == folder(self.source.path) ? source : "\(own)\n\(source)"
    }
}

/// A local image as read: its bytes travel inside the page.
package struct ResolvedImage: Sendable {
    /// `image/png`, `image/svg+xml`, …
    package var mediaType: String
    package var bytes: [UInt8]
    /// From the project's root.
    package var path: String

    package init(mediaType: String, bytes: [UInt8], path: String = "") {
        self.mediaType = mediaType
        self.bytes = bytes
        self.path = path
    }
}
