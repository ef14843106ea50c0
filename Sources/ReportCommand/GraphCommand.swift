import ArgumentParser
import Diagnostics
import Pipeline

/// `report graph`.
struct GraphCommand: ParsableCommand {
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text
        case dot
    }

    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Prints which directives wait for which.",
        discussion: "Nothing is computed. `report graph --form dot analyses/proxy.md | dot -Tsvg` draws it.")

    @Argument(help: "Analyses, or folders of them.", completion: .file(extensions: ["md"]))
    var paths: [String]

    @Option(name: .long, help: "As text, or in Graphviz's language.")
    var form = Form.text

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let console = Console(reporting)
        defer { console.finish() }
        let (graphs, diagnostics) = DependencyGraph.read(paths, in: Machine().workspace)
        console.show(diagnostics)
        switch form {
        case .text: print(graphs.map(\.text).joined(separator: "\n"), terminator: "")
        case .dot: print(DependencyGraph.dot(graphs), terminator: "")
        }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
