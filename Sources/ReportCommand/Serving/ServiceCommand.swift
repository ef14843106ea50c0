import ArgumentParser
import Service

/// `report service`.
struct ServiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service",
        abstract: "Shrinks effects and predicts outcomes for programs that ask over HTTP.",
        discussion: """
            POST /v1/shrink takes effects with their variances and answers what a meta-analysis directive says of them; \
            POST /v1/proxy takes effects on proxies and answers the outcome's by a fitted proxy of a report; GET /v1/models \
            lists the models of the given results files. /openapi.json describes all of it, /healthz, /readyz and /metrics \
            (Prometheus) are for what watches over it. Answers equal those of report build to the last digit. The log goes to \
            standard error, a JSON object a line. SIGTERM ends it after what it has taken is answered. Exit codes: 0 ended, \
            1 it could not serve.
            """)

    @Argument(
        help: "Results files, folders of them, or analyses that are built. (default: output in the project's root)",
        completion: .file())
    var paths: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption, help: "More results files or folders of them.",
        completion: .file(extensions: ["json"]))
    var models: [String] = []

    @Option(name: .long, help: "The output folder that analyses were built to.", completion: .directory)
    var output: String?

    @Option(name: .long, help: "The port; 0 lets the machine choose.")
    var port: UInt16 = 4748

    @Option(name: .long, help: "The address to listen at. One that other machines reach needs --token-file.")
    var host = "127.0.0.1"

    @Option(name: .customLong("allow-host"), help: "Another name that this machine is asked by; may be repeated.")
    var allowedHosts: [String] = []

    @Option(
        name: .customLong("token-file"), help: "A file of tokens, one a line, one of which each request bears.",
        completion: .file())
    var tokenFile: String?

    @OptionGroup var limits: ServiceLimitArguments

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        var program = ServiceProgram(
            address: ServerAddress(host: host, port: Int(port)), limits: limits.limits(processors: machine.processors))
        program.paths = paths + models
        program.output = output
        program.hosts = allowedHosts
        program.tokenFile = tokenFile
        program.grace = limits.grace.duration
        program.log = .jsonLines(from: limits.log)
        let hasServed = program.run(in: machine.workspace) { console.show($0) }
        console.finish()
        if !hasServed { throw ExitCode(1) }
    }
}
