package import Diagnostics
package import Documents
package import Markdown
import Values

/// Finds what is live in parsed Markdown, so that tests of presentation need no reading of directives.
package struct SampleReader {
    package let body: Node
    package private(set) var values: [SourceRange: InlineValue] = [:]
    package private(set) var claims: [SourceRange: Claim] = [:]
    package private(set) var fences: [(word: String, id: String, range: SourceRange)] = []

    package init(_ file: SourceFile, from offset: Int = 0) {
        var diagnostics: [Diagnostic] = []
        body = MarkdownParser.parse(file, from: offset, diagnostics: &diagnostics)
        find(body)
    }

    private mutating func find(_ node: Node) {
        switch node.kind {
        case .code(let span):
            guard span.backticks == 1, span.literal.hasPrefix("{"), span.literal.hasSuffix("}") else { break }
            let parts = span.literal.dropFirst().dropLast().split(separator: "|")
            guard let path = ResultPath(parsing: parts[0].filter { $0 != " " }) else { break }
            let format = parts.count > 1 ? NumberFormat(parsing: parts[1].drop { $0 == " " }) : nil
            values[node.range] = InlineValue(path: path, format: format, range: node.range)
        case .link(let destination, _):
            guard destination.hasPrefix("#"), destination.contains("."),
                let path = ResultPath(parsing: destination.dropFirst())
            else { break }
            claims[node.range] = Claim(
                path: path, text: node.plainText, textRange: node.range, range: node.range, condition: .rounds)
        case .codeBlock(let block) where block.literal.hasPrefix("id: "):
            let id = block.literal.dropFirst(4).prefix { $0 != "\n" }
            fences.append((block.info, String(id), node.range))
        default: break
        }
        for child in node.children { find(child) }
    }

    /// A directive for each fence that has an id.
    package func directives(_ captions: [String: String], show: (String) -> Directive.Show) -> [Directive] {
        fences.map { fence in
            Directive(
                word: fence.word, id: fence.id, hasWrittenID: true, range: fence.range, wordRange: fence.range,
                options: OptionNode(.mapping([]), range: fence.range),
                caption: captions[fence.id].map(SampleReader.rich),
                alt: nil, echo: .fold, show: show(fence.id))
        }
    }

    /// Rich text from a scalar of its own.
    package static func rich(_ text: String) -> RichText {
        let file = SourceFile(path: "Analyses/proxy.md", text: text)
        let reader = SampleReader(file)
        return RichText(
            source: text, node: reader.body, values: reader.values, claims: reader.claims, range: file.range)
    }
}
