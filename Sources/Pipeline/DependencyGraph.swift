package import Diagnostics
import Documents
import Execution
import Rendering
import Values
package import Workspace

/// Which directives of an analysis wait for which, and what the prose takes from each.
package struct DependencyGraph: Sendable {
    package struct Node: Sendable, Hashable {
        package var id: String
        package var word: String
        package var line: Int
        /// Ids.
        package var inputs: [String]
        /// Values and claims of the prose that name it.
        package var mentions: Int
    }

    /// The analysis, from the project's root.
    package var analysis: String
    /// In the order in which they would run one at a time; what cannot run is left out.
    package var nodes: [Node]
    private let document: AnalysisDocument

    init(_ document: AnalysisDocument, _ plan: Plan, analysis: String) {
        self.analysis = analysis
        self.document = document
        var mentions: [String: Int] = [:]
        for root in document.allValues.map(\.path.root) + document.allClaims.map(\.path.root) {
            mentions[root, default: 0] += 1
        }
        nodes = plan.order.map { index in
            let directive = document.directives[index]
            return Node(
                id: directive.id, word: directive.word, line: directive.range.start.line, inputs: plan.inputs[index],
                mentions: mentions[directive.id] ?? 0)
        }
    }
}

extension DependencyGraph {
    /// The graphs of what the paths name, with what planning had to say.
    package static func read(
        _ paths: [String], in workspace: WorkspaceContext
    ) -> (graphs: [DependencyGraph], diagnostics: [Diagnostic]) {
        let (analyses, diagnostics) = PlannedAnalysis.read(paths, in: workspace)
        return (analyses.map { DependencyGraph($0.document, $0.plan, analysis: $0.analysis.shown) }, diagnostics)
    }

    /// A line a directive: its id, word and line, what it waits for, how often the prose names it.
    package var text: String {
        let width = nodes.map(\.id.count).max() ?? 0
        let words = nodes.map(\.word.count).max() ?? 0
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        var lines = [analysis]
        for node in nodes {
            var line = "  \(padded(node.id, width))  \(padded(node.word, words))  line \(node.line)"
            if !node.inputs.isEmpty { line += "  ← " + node.inputs.joined(separator: ", ") }
            if node.mentions > 0 { line += "  (\(node.mentions) in the prose)" }
            lines.append(line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As the report's appendix draws it; several stand under each other.
    package static func svg(_ graphs: [DependencyGraph]) -> String {
        graphFile(of: graphs.map { ($0.analysis, $0.document) })
    }

    /// In Graphviz's language, edges from what is needed to what needs it.
    package static func dot(_ graphs: [DependencyGraph]) -> String {
        var out = "digraph report {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n"
        for (number, graph) in graphs.enumerated() {
            out += "  subgraph cluster_\(number) {\n    label=\(quoted(graph.analysis));\n"
            for node in graph.nodes {
                out += "    \(name(number, node.id)) [label=\(quoted("\(node.id)\n\(node.word)"))];\n"
            }
            for node in graph.nodes {
                for input in node.inputs { out += "    \(name(number, input)) -> \(name(number, node.id));\n" }
            }
            out += "  }\n"
        }
        return out + "}\n"
    }

    private static func name(_ graph: Int, _ id: String) -> String { quoted("\(graph)/\(id)") }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for character in text {
            switch character {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            default: out.append(character)
            }
        }
        return out + "\""
    }
}
