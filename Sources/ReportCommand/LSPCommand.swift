import ArgumentParser
import LanguageServer

/// `report lsp`.
struct LSPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp", abstract: "Serves an editor over standard input and output (Language Server Protocol).",
        discussion: """
            Diagnostics while one types, completion, values on hover, definitions, renaming, fixes. Values are computed when an \
            analysis is opened or saved; nothing is written but the project's cache. Exit codes: 0 after 'shutdown', else 1.
            """)

    @Flag(name: .customLong("check-only"), help: "Never compute; values and what needs them are left out.")
    var checkOnly = false

    @Flag(name: .long, help: "Standard input and output, which is the only way.")
    var stdio = false

    func run() throws {
        let machine = Machine()
        let server = LanguageServer(
            in: machine.workspace, trust: machine.trust, cache: machine.cache, executable: machine.executable,
            jobs: max(1, machine.processors - 1), computesValues: !checkOnly)
        // Its own exit code for standard streams, which are file descriptors 0 and 1.
        throw ExitCode(server.run(input: 0, output: 1))
    }
}
