import Diagnostics
import Documents
import Markdown
import Pipeline
import Reports
import Values
import Workspace

/// One text of an analysis as the features see it: the analysis as it reads now, and what was last computed of it.
struct AnalysisView {
    let read: ReadAnalysis
    /// The text: the analysis's own, or one that it includes.
    let file: SourceFile
    let built: BuiltAnalysis?
    let workspace: WorkspaceContext

    var document: AnalysisDocument { read.document }
    var project: Project { read.analysis.project }

    /// Directives that others can refer to.
    var named: [Directive] { document.directives.filter(\.hasWrittenID) }

    func directive(_ id: String) -> Directive? { document.directives.first { $0.id == id } }

    /// The directive of this text around a place.
    func directive(at offset: Int) -> Directive? {
        document.directives.first {
            $0.range.file === file && $0.range.lower <= offset && offset <= $0.range.upper
        }
    }

    /// What paths walk: results where there are any, parameters' defaults and front matter otherwise.
    var root: Value {
        built?.root
            ?? [
                "params": .object(document.frontMatter.params),
                "meta": .object(document.frontMatter.meta),
            ]
    }

    /// What the results file holds of a directive.
    func result(_ id: String) -> Value? { built?.results[id] }

    /// Whether what was computed is of another text than this one.
    var isOutdated: Bool { built.map { $0.source.utf8 != document.source.utf8 } ?? false }

    // MARK: Places

    /// Where a directive's id is written; its word where the body is no YAML.
    func idRange(_ directive: Directive) -> SourceRange {
        guard let range = directive.options["id"]?.range else {
            return directive.range.first("id: \(directive.id)").map {
                SourceRange(file: $0.file, lower: $0.lower + 4, upper: $0.upper)
            } ?? directive.wordRange
        }
        return range.first(directive.id) ?? range
    }

    /// The headings with the slugs that they have in the report, in order.
    var headings: [(level: Int, text: String, slug: String, range: SourceRange)] {
        var slugger = Slugger(reserved: Set(named.map(\.id)).union(equations.map(\.name)))
        return AnalysisView.headings(in: document.body).map { level, text, range in
            (level, text, slugger.slug(text), range)
        }
    }

    private static func headings(in node: Node) -> [(level: Int, text: String, range: SourceRange)] {
        if case .heading(let level) = node.kind { return [(level, node.plainText, node.range)] }
        return node.children.flatMap(headings)
    }

    /// The numbered equations.
    var equations: [(name: String, range: SourceRange)] {
        document.body.formulas.compactMap { formula, range in formula.label.map { ($0, range) } }
    }

    /// The file's path on the machine, for a text as diagnostics show it.
    func path(of shown: String) -> String { Paths.joined(project.root, shown) }

    /// The file that a path written in this text names, by the project's path rules; nil for one that must not be read.
    func resolve(_ written: String) -> String? {
        try? project.resolve(written, from: file, in: workspace, at: nil).get()
    }

    /// The innermost nodes of this text's tree around a place, from the outside inwards.
    func nodes(at offset: Int) -> [Node] {
        var found: [Node] = []
        var here = document.body.children
        while let node = here.first(where: {
            $0.range.file === file && $0.range.lower <= offset && offset <= $0.range.upper
        }) {
            found.append(node)
            here = node.children
        }
        return found
    }
}
