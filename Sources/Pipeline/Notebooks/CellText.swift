import Diagnostics
import Documents
import Markdown

/// A Markdown cell as a piece of an analysis: what would have life there lies still, and pictures lie in files.
struct CellText {
    /// A picture that a text names.
    enum Picture {
        /// Taken over: its path beside the analysis.
        case file(String)
        /// Not here: a link to where it is, if that is an address.
        case elsewhere
    }

    private let file: SourceFile
    private let picture: (String) -> Picture
    private var edits: [(lower: Int, upper: Int, text: String)] = []
    /// The text of the first heading of the first level, and where it stands.
    private(set) var title: String?
    private var titleRange: SourceRange?
    private var isOpen: String?

    init(_ source: String, picture: @escaping (String) -> Picture) {
        file = SourceFile(path: "", text: source.replacing("\r\n", with: "\n"))
        self.picture = picture
        var diagnostics: [Diagnostic] = []
        let tree = MarkdownParser.parse(file, from: 0, diagnostics: &diagnostics)
        for block in tree.children where title == nil && block.kind == .heading(level: 1) {
            title = block.plainText
            titleRange = block.range
        }
        for node in tree.children { visit(node) }
    }

    /// - Parameter withoutTitle: The heading that `title` tells stands in the front matter.
    func text(withoutTitle: Bool = false) -> String {
        var all = edits
        if withoutTitle, let titleRange { all.append((titleRange.lower, titleRange.upper, "")) }
        var bytes: [UInt8] = []
        var here = 0
        for edit in all.sorted(by: { ($0.lower, -$0.upper) < ($1.lower, -$1.upper) }) where edit.lower >= here {
            bytes += file.utf8[here..<edit.lower]
            bytes += Array(edit.text.utf8)
            here = edit.upper
        }
        bytes += file.utf8[min(here, file.utf8.count)...]
        return String(decoding: bytes, as: UTF8.self) + (isOpen.map { "\n" + $0 } ?? "")
    }

    private mutating func replace(_ range: SourceRange, with text: String) {
        edits.append((range.lower, min(range.upper, file.utf8.count), text))
    }

    private mutating func visit(_ node: Node) {
        switch node.kind {
        case .code(let span) where span.backticks == 1 && span.literal.hasPrefix("{") && span.literal.hasSuffix("}"):
            replace(node.range, with: "`` \(span.literal) ``")
        case .codeBlock(let block): fence(block, node.range)
        case .link(let destination, _) where destination.hasPrefix("#"): anchor(node, destination)
        case .image(let source, _): image(node, source)
        case .text(let text) where text.contains("@"): references(node.range)
        case .htmlBlock(let html) where html.hasPrefix("<!--"): replace(node.range, with: "")
        case .paragraph: environment(node.range)
        default: break
        }
        for child in node.children { visit(child) }
    }

    /// A fence that reads as a directive, or nearly, becomes plain text; one that nothing closes is closed.
    private mutating func fence(_ block: Node.CodeBlock, _ range: SourceRange) {
        guard block.isFenced else { return }
        let opening = range.text.prefix { $0 == "`" || $0 == "~" }
        if !block.isClosed { isOpen = String(opening) }
        let word = String(block.info.prefix { !$0.isWhitespace })
        let words = DirectiveSchema.all.map(\.word)
        guard words.contains(word) || nearestWord(to: word, among: words) != nil,
            let place = SourceRange(file: file, lower: range.lower + opening.utf8.count, upper: range.upper).first(word)
        else { return }
        replace(place, with: "text")
    }

    /// A link whose target has a dot would be a claim.
    private mutating func anchor(_ node: Node, _ destination: String) {
        guard destination.contains(where: { $0 == "." || $0 == "[" || $0 == "%" }) else { return }
        guard let first = node.children.first, let last = node.children.last else {
            return replace(node.range, with: "")
        }
        edits.append((node.range.lower, first.range.lower, ""))
        edits.append((last.range.upper, node.range.upper, ""))
    }

    private mutating func image(_ node: Node, _ written: String) {
        // The parser leaves nothing of a scheme that a report cannot show, `attachment:` among them.
        var source = written
        if source.isEmpty, let opening = node.range.text.ranges(of: "](").last {
            source = String(node.range.text[opening.upperBound...].prefix { $0 != ")" && !$0.isWhitespace })
        }
        let alt = node.plainText.replacing("[", with: "\\[").replacing("]", with: "\\]")
        switch picture(source) {
        case .file(let path): replace(node.range, with: "![\(alt)](\(path))")
        case .elsewhere:
            let isAddress = source.hasPrefix("https://") || source.hasPrefix("http://")
            replace(node.range, with: isAddress ? "[\(alt.isEmpty ? "picture" : alt)](<\(source)>)" : alt)
        }
    }

    /// `@fig-a` refers to nothing here; a mark that nobody sees parts the sign from the name.
    private mutating func references(_ range: SourceRange) {
        for kind in ["@fig-", "@tbl-", "@eq-", "@sec-"] {
            var rest = range
            while let found = rest.first(kind) {
                edits.append((found.lower + 1, found.lower + 1, "\u{2060}"))
                rest = SourceRange(file: file, lower: found.upper, upper: range.upper)
            }
        }
    }

    /// An environment of LaTeX that stands by itself is a formula in a notebook.
    private mutating func environment(_ range: SourceRange) {
        let text = range.text
        guard text.hasPrefix("\\begin{"), text.contains("\\end{") else { return }
        edits.append((range.lower, range.lower, "$$\n"))
        edits.append((range.upper, range.upper, "\n$$"))
    }
}
