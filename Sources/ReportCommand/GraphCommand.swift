import ArgumentParser
import Diagnostics
import Pipeline

/// `report graph`.
struct GraphCommand: ParsableCommand {
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text
        case dot
        case svg
    }

    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Prints which directives wait for which.",
        discussion:
            "Nothing is computed. `report graph --form svg analyses/proxy.md > graph.svg` draws it, as the report's appendix does."
    )

    @OptionGroup var analyses: AnalysisArguments

    @Option(name: .long, help: "As text, in Graphviz's language, or drawn.")
    var form = Form.text

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let console = Console(reporting)
        defer { console.finish() }
        let (graphs, diagnostics) = DependencyGraph.read(analyses.paths, in: Machine().workspace)
        console.show(diagnostics)
        switch form {
        case .text: print(graphs.map(\.text).joined(separator: "\n"), terminator: "")
        case .dot: print(DependencyGraph.dot(graphs), terminator: "")
        case .svg: print(DependencyGraph.svg(graphs), terminator: "")
        }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
