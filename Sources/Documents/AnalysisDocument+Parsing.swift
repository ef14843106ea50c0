package import Diagnostics
import Markdown

extension AnalysisDocument {
    /// Finds an included file: its path as written, where it is written, and the file in which it is.
    package typealias IncludeLoader = (_ path: String, _ range: SourceRange, _ from: SourceFile) -> Result<
        SourceFile, Diagnostic
    >

    /// Reads an analysis; every fault of it is reported, not only the first.
    ///
    /// nil only where nothing sensible can be made of the file (it is too large).
    package static func parse(
        _ source: SourceFile, includes loader: IncludeLoader, diagnostics: inout [Diagnostic]
    ) -> AnalysisDocument? {
        nil
    }
}
