import Diagnostics
import Documents
import Markdown
import Publishing
import Reports
import Workspace

/// The links of an analysis as they are written, and where: a link of its page is found again in it.
struct WrittenLinks {
    /// A link's destination in the text.
    struct Place {
        /// As written.
        var destination: String
        var range: SourceRange
        /// Whether the range holds the destination and nothing else.
        var isExact: Bool
    }

    /// By the links as the page of a site has them, in the order of the text.
    private(set) var places: [String: [Place]] = [:]

    /// Reads the analysis again; nil where it is not there any more.
    init?(of analysis: Analysis, in workspace: WorkspaceContext) {
        guard let read = ReadAnalysis.read(analysis.path, in: workspace) else { return nil }
        let document = read.document
        var unsaid: [Diagnostic] = []
        let targets = SourceLoader(workspace: workspace, project: analysis.project)
            .links(of: document, diagnostics: &unsaid)
        var pending = [(document.body, nil as SourceRange?)]
        pending += document.richTexts.map { ($0.node, $0.shownRange) }
        for directive in document.directives where directive.word == "table" {
            pending += WrittenLinks.texts(in: directive.options).map { ($0, nil) }
        }
        while let (node, shown) = pending.popLast() {
            for child in node.children.reversed() where child.contents.contains(.link) {
                pending.append((child, shown))
            }
            guard case .link(let destination, _) = node.kind else { continue }
            let place = WrittenLinks.place(of: destination, in: node, shownAt: shown)
            for link in WrittenLinks.shown(destination, targets[node.range], on: analysis) {
                places[link, default: []].append(place)
            }
        }
        for highlight in document.frontMatter.highlights {
            guard let link = highlight.link else { continue }
            let range = document.frontMatter.range.first(link)
            places[link, default: []].append(
                Place(destination: link, range: range ?? document.frontMatter.range, isExact: range != nil))
        }
        for (link, found) in places {
            var seen: Set<SourceRange> = []
            places[link] = found.filter { seen.insert($0.range).inserted }.sorted {
                ($0.range.file.path, $0.range.lower) < ($1.range.file.path, $1.range.lower)
            }
        }
    }

    /// Cells and remarks of tables, which are Markdown where they have a link.
    private static func texts(in node: OptionNode) -> [Node] {
        switch node.content {
        case .mapping(let entries): return entries.filter { $0.key != "caption" }.flatMap { texts(in: $0.value) }
        case .list(let items): return items.flatMap { texts(in: $0) }
        case .scalar(let scalar):
            guard scalar.text.contains("](") else { return [] }
            var unsaid: [Diagnostic] = []
            let text = RichText.parse(scalar.text, at: node.range, diagnostics: &unsaid)
            return text.shownRange == nil ? [text.node] : []
        }
    }

    /// How the page of a site may have the link: a file of the project lies in the site, or stays where it is.
    private static func shown(_ destination: String, _ target: LinkTarget?, on analysis: Analysis) -> [String] {
        guard let target else { return [destination] }
        let link = target.link(from: analysis.outputName).page
        guard case .file(let path) = target.place else { return [link] }
        return [link, SitePath.link(from: analysis.outputName, to: LinkedFiles.path(of: path)) + target.suffix]
    }

    /// The destination stands behind the text.
    private static func place(of destination: String, in node: Node, shownAt shown: SourceRange?) -> Place {
        if let shown { return Place(destination: destination, range: shown, isExact: false) }
        let text = node.children.last?.range.upper ?? node.range.lower
        let tail = SourceRange(
            file: node.range.file, lower: min(text, node.range.upper), upper: node.range.upper)
        let exact = tail.first(destination)
        return Place(destination: destination, range: exact ?? node.range, isExact: exact != nil)
    }
}
