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
        guard source.utf8.count <= MarkdownParser.largestSize else {
            _ = MarkdownParser.parse(source, diagnostics: &diagnostics)
            return nil
        }
        let block = FrontMatterBlock(source)
        var frontMatter = FrontMatterReader.read(block, of: source, diagnostics: &diagnostics)
        let tree = MarkdownParser.parse(source, from: block.bodyStart, diagnostics: &diagnostics)
        var includes: [SourceFile] = []
        let body: Node = withoutActuallyEscaping(loader) { loader in
            var splicer = IncludeSplicer(loader: loader, root: source)
            let body = splicer.splice(tree)
            includes = splicer.files
            diagnostics += splicer.diagnostics
            return body
        }
        frontMatter.abstract = frontMatter.abstract?.linking(
            footnotes: body.footnoteLabels[ObjectIdentifier(source)] ?? [])
        TabReader.check(body, diagnostics: &diagnostics)
        var reader = BodyReader()
        reader.read(body)
        diagnostics += reader.diagnostics
        return AnalysisDocument(
            source: source, includes: includes, frontMatter: frontMatter, body: body,
            directives: reader.directives, values: reader.inlines.values, claims: reader.inlines.claims)
    }
}
