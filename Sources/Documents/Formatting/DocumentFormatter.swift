package import Diagnostics
import Markdown

/// The one form of an analysis's YAML and tables: `report fmt`.
///
/// Directives' keys stand in the order of the reference, front matter's as the author has them. Two spaces indent a level;
/// quotes stand where YAML needs them; comments keep their keys; brackets and lines stay as the author chose. Prose is
/// not touched.
package enum DocumentFormatter {
    /// The changes that bring a text into form, in ascending order, and why parts of it have none: YAML that cannot be read.
    package static func fixes(
        of source: SourceFile
    ) -> (fixes: [Diagnostic.FixIt], diagnostics: [Diagnostic]) {
        var fixes: [Diagnostic.FixIt] = []
        var diagnostics: [Diagnostic] = []
        let block = FrontMatterBlock(source)
        if !block.isClosed {
            diagnostics.append(
                .error(.frontMatter, "Front matter ends with a line '---'; this one never ends", at: block.range))
            return ([], diagnostics)
        }
        if let yaml = block.yaml {
            fixes += format(yaml, of: "Front matter", keys: nil, &diagnostics)
        }
        var ignored: [Diagnostic] = []
        let tree = MarkdownParser.parse(source, from: block.bodyStart, diagnostics: &ignored)
        diagnostics += ignored.filter { $0.severity == .error }
        for node in tree.children {
            guard case .codeBlock(let code) = node.kind else {
                fixes += tables(in: node).flatMap(TableLayout.fixes)
                continue
            }
            guard let head = FenceHead(code, node.range), let schema = DirectiveSchema.named(head.word) else {
                continue
            }
            if code.isClosed {
                let keys = KeyOrder.keys(of: schema)
                fixes += format(code.bodyRange, of: "The body of '\(schema.word)'", keys: keys, &diagnostics)
            } else {
                diagnostics.append(
                    .error(.unclosedDirective, "A directive ends with a fence", at: node.range.firstLine))
            }
        }
        return (fixes.sorted { $0.range.lower < $1.range.lower }, diagnostics)
    }

    private static func tables(in node: Node) -> [Node] {
        if case .table = node.kind { return [node] }
        return node.holdsBlocks ? node.children.flatMap(tables) : []
    }

    /// Brings a mapping into form.
    ///
    /// - Parameter keys: The order of its keys; nil leaves them as they are.
    private static func format(
        _ range: SourceRange, of what: String, keys: [KeySchema]?, _ diagnostics: inout [Diagnostic]
    ) -> [Diagnostic.FixIt] {
        var faults: [Diagnostic] = []
        let read = YAMLReader.mapping(range, of: what, diagnostics: &faults)
        guard let root = read, !faults.hasErrors else {
            diagnostics += faults
            return []
        }
        guard let layout = LayoutReader(range).layout(of: root, keys: keys) else { return [] }
        let end = lineEnd(of: range)
        let text = LayoutPrinter.lines(of: layout).map { $0 + end }.joined()
        let written = SourceFile(path: range.file.path, text: text)
        let again = YAMLReader.mapping(written.range, of: what, diagnostics: &faults)
        guard faults.isEmpty, let again, DocumentMeaning.isSame(root, again, ordered: keys == nil) else {
            diagnostics.append(.formattingChangesMeaning(range.firstLine))
            return []
        }
        return LineEdits.fixes(replacing: range, with: text, "bring it into form")
    }

    /// The line end of the text's first line.
    private static func lineEnd(of range: SourceRange) -> String {
        let bytes = range.file.utf8
        guard let index = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return "\n" }
        if bytes[index] == 0x0A { return "\n" }
        return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? "\r\n" : "\r"
    }
}

extension Diagnostic {
    /// What is said where bringing a text into form would change what it says: a fault of ours, not of the text.
    package static func formattingChangesMeaning(_ range: SourceRange) -> Diagnostic {
        .error(
            .formatting, "Formatting never changes what a text means, and here it would", at: range,
            notes: [.init("it is left as it is; please tell the authors of report")])
    }
}
