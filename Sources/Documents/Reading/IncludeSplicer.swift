import Diagnostics
import Markdown

/// Puts the trees of included files where they are included.
struct IncludeSplicer {
    private static let deepest = 16
    private static let most = 1000

    private let loader: AnalysisDocument.IncludeLoader
    /// The files that are open, from the analysis inwards, with where each is included.
    private var open: [(file: SourceFile, range: SourceRange?)]
    private var count = 0
    private(set) var files: [SourceFile] = []
    private(set) var diagnostics: [Diagnostic] = []

    init(loader: @escaping AnalysisDocument.IncludeLoader, root: SourceFile) {
        self.loader = loader
        open = [(root, nil)]
    }

    /// The document with its includes in it; footnotes come last, as in a single file.
    mutating func splice(_ document: Node) -> Node {
        var body = document
        let blocks = spliced(document.children)
        body.children = blocks.filter { !$0.isFootnote } + blocks.filter(\.isFootnote)
        return body
    }

    private mutating func spliced(_ nodes: [Node]) -> [Node] {
        var out: [Node] = []
        for node in nodes {
            if let path = node.includePath {
                out += include(path, at: node.range)
            } else {
                refuseInside(node)
                out.append(node)
            }
        }
        return out
    }

    /// An include inside a quote or a list would be taken for a comment and vanish.
    private mutating func refuseInside(_ node: Node) {
        guard node.holdsBlocks else { return }
        for child in node.children {
            if child.includePath != nil {
                diagnostics.append(
                    .error(.directivePlace, "An include stands at the top level, in no quote or list", at: child.range))
            }
            refuseInside(child)
        }
    }

    private mutating func include(_ path: String, at range: SourceRange) -> [Node] {
        guard let from = open.last?.file else { return [] }
        count += 1
        guard !path.isEmpty else {
            diagnostics.append(.error(.invalidPath, "An include names a file", at: range))
            return []
        }
        guard open.count <= IncludeSplicer.deepest, count <= IncludeSplicer.most else {
            if count <= IncludeSplicer.most + 1 {
                diagnostics.append(
                    .error(
                        .includeDepth, "Includes nest at most \(IncludeSplicer.deepest) deep, 1000 in all", at: range))
            }
            return []
        }
        switch loader(path, range, from) {
        case .failure(let diagnostic):
            diagnostics.append(diagnostic)
            return []
        case .success(let file):
            if let index = open.firstIndex(where: { $0.file.path == file.path }) {
                let notes = open[(index + 1)...].compactMap { open in
                    open.range.map { Diagnostic.Note("'\(open.file.path)' is included here", at: $0) }
                }
                diagnostics.append(
                    .error(.includeCycle, "A file does not include itself; '\(path)' does", at: range, notes: notes))
                return []
            }
            if !files.contains(where: { $0 === file }) { files.append(file) }
            let block = FrontMatterBlock(file)
            if block.yaml != nil {
                diagnostics.append(
                    .error(
                        .includeFrontMatter, "An included file has no front matter", at: block.range,
                        notes: [Diagnostic.Note("included here", at: range)]))
            }
            let start = block.yaml == nil ? 0 : block.bodyStart
            let tree = MarkdownParser.parse(file, from: start, diagnostics: &diagnostics)
            open.append((file, range))
            defer { open.removeLast() }
            return spliced(tree.children)
        }
    }
}

extension Node {
    fileprivate var isFootnote: Bool { if case .footnoteDefinition = kind { true } else { false } }
}
