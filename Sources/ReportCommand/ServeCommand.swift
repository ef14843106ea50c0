import ArgumentParser
import Diagnostics
import Foundation
import Pipeline
import Service
import Workspace

/// `report serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Shows analyses in a browser while they are written.",
        discussion: """
            Builds now and whenever a file of the project is saved. A page that changed is loaded again where one was reading; \
            errors are shown over the last good page, with links to their lines, until they are mended. Previews lie below \
            .report/preview: output/ and the audit trail stay as they are. Only programs of this machine can reach it, unless \
            --host says otherwise. Ends with Ctrl-C or SIGTERM, exit code 0, never between two files of a page.
            """)

    @Argument(
        help: "Analyses, or folders of them. (default: Analyses/, else all of the project)",
        completion: .file(extensions: ["md"]))
    var paths: [String] = []

    @Option(name: .long, help: "Where it listens; 0 takes a port that is free.")
    var port = 4747

    @Option(name: .long, help: "The address that it listens at; one that is not this machine's own lets others read.")
    var host = "127.0.0.1"

    @Flag(name: .long, help: "Open the preview in a browser.")
    var open = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What opens the places of errors: \(EditorLink.names.joined(separator: ", ")), none, or an address with {path}, {line} and {column}.",
            valueName: "editor"))
    var editor = "vscode"

    @OptionGroup var computing: ComputingArguments

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
        guard editor == "none" || EditorLink(editor) != nil else {
            throw ValidationError(
                "--editor is one of \(EditorLink.names.joined(separator: ", ")) and none, or an address such as "
                    + "my-editor://open?file={path}&line={line}.")
        }
    }

    func run() throws {
        let termination = Termination()
        let machine = Machine(files: termination.files)
        let address = ServerAddress(host: host, port: port)
        let console = Console(reporting)
        if !address.isLoopback { console.show([.openPreview(at: address)]) }
        let preview = Preview(
            paths.isEmpty ? machine.defaultPaths : paths, computing.options(on: machine), at: address,
            editor: EditorLink(editor), in: machine.workspace, build: machine.build)
        termination.before { preview.stop() }
        if let fault = preview.run(console.listeners(in: machine, opening: open)) { console.show([fault]) }
        // It ends by a signal, or because it cannot serve or the paths lead to no project.
        throw ExitCode(1)
    }
}

extension Machine {
    /// What a person means who names no analyses: those of the project that the working folder is in.
    var defaultPaths: [String] {
        guard case .success(let project) = project(of: ".") else { return ["."] }
        let analyses = Paths.joined(project.root, "Analyses")
        return [workspace.files.status(of: analyses)?.kind == .folder ? analyses : project.root]
    }

    /// Opens an address in the user's browser; what becomes of that is the browser's.
    func open(_ address: String) {
        #if os(macOS)
            let programs = ["/usr/bin/open"]
        #else
            let programs = ["/usr/bin/xdg-open", "/usr/local/bin/xdg-open"]
        #endif
        guard let processes = workspace.processes,
            let program = programs.first(where: { workspace.files.status(of: $0)?.kind == .file })
        else { return }
        let command = ProcessCommand(program, [address], environment: workspace.environment)
        Thread { _ = try? processes.run(command) }.start()
    }
}

extension Console {
    /// What a terminal shows of a preview: its address on standard output, then each build as `report watch` does.
    fileprivate func listeners(in machine: Machine, opening: Bool) -> Preview.Listeners {
        let pacer = Pacer()
        let options = options
        var console = self
        return Preview.Listeners(
            onListening: { address in
                Swift.print(address)
                fflush(nil)
                if opening { machine.open(address) }
            },
            onChange: { changes in
                console = Console(options)
                console.show(changes, in: machine.workspace)
            },
            onEvent: { console.show($0) },
            onRound: { round in
                console.clearProgress()
                console.show(round, namesFiles: false, in: machine.workspace)
                console.finish()
                console.flush()
            },
            pause: { pacer.pause($0) })
    }
}
