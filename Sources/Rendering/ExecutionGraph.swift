import Diagnostics
package import Documents
import Markup
import Plotting

/// The graph of an analysis: its directives, the files that they read, and what waits for what.
///
/// From the analysis as it is written, so that what failed stands in it as well.
struct ExecutionGraph {
    let model: GraphModel
    /// In sentences, of which one tells all directives that need the same.
    let description: String

    init(_ document: AnalysisDocument) {
        var nodes = document.directives.map(ExecutionGraph.node)
        var edges: [GraphModel.Edge] = []
        var index: [String: Int] = [:]
        for (position, directive) in document.directives.enumerated() where index[directive.id] == nil {
            index[directive.id] = position
        }
        var files: [String: Int] = [:]
        var needs: [(names: [String], verbs: (one: String, several: String), what: String)] = []
        func add(_ name: String, _ one: String, _ several: String, _ what: [String]) {
            guard !what.isEmpty else { return }
            let list = what.joined(separator: ", ")
            if let same = needs.firstIndex(where: { $0.verbs.one == one && $0.what == list }) {
                needs[same].names.append(name)
            } else {
                needs.append(([name], (one, several), list))
            }
        }
        for (position, directive) in document.directives.enumerated() {
            var sources: [Int] = []
            let written = directive.word == "data" ? directive.options["source"]?.strings ?? [] : []
            for path in written where !path.isEmpty {
                let key = directive.range.file.path + "\n" + path
                if files[key] == nil {
                    files[key] = nodes.count
                    nodes.append(GraphModel.Node(ExecutionGraph.shownPath(path), shape: .source))
                }
                if let file = files[key], !sources.contains(file) { sources.append(file) }
            }
            var needed: [Int] = []
            for dependency in directive.dependencies {
                guard let other = index[dependency.id], other != position, !needed.contains(other) else { continue }
                needed.append(other)
            }
            edges += (sources + needed).map { GraphModel.Edge(from: $0, to: position) }
            let name = ExecutionGraph.name(directive)
            add(name, "reads", "read", sources.map { nodes[$0].title })
            add(name, "waits for", "wait for", needed.map { ExecutionGraph.name(document.directives[$0]) })
        }
        model = GraphModel(nodes: nodes, edges: edges)
        description = needs.map { names, verbs, what in
            "\(names.joined(separator: ", ")) \(names.count == 1 ? verbs.one : verbs.several) \(what)."
        }.joined(separator: " ")
    }

    func drawing(id: String, title: String) -> GraphDrawing {
        GraphDrawing(model, id: id, title: title, description: description)
    }

    private static func node(_ directive: Directive) -> GraphModel.Node {
        directive.hasWrittenID
            ? GraphModel.Node(directive.id, directive.word)
            : GraphModel.Node(directive.word, "line \(directive.range.start.line)")
    }

    private static func name(_ directive: Directive) -> String {
        directive.hasWrittenID
            ? "\(directive.word) \(directive.id)" : "the \(directive.word) of line \(directive.range.start.line)"
    }

    /// A path, or the name at the end of a long one.
    private static func shownPath(_ path: String) -> String {
        path.count <= 28 ? path : path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// The graphs of analyses as one SVG file.
package func graphFile(of analyses: [(name: String, document: AnalysisDocument)]) -> String {
    GraphDrawing.file(
        analyses.map { ExecutionGraph($0.document).drawing(id: "graph", title: $0.name) }
    ).serialised + "\n"
}
