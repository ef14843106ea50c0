import ArgumentParser
import Pipeline

/// `report`: reproducible reports from Markdown analyses of experiments.
@main
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Builds reproducible reports from Markdown analyses of experiments.",
        discussion: """
            Exit codes: 0 built, 1 the analyses have errors, 64 the command was not understood, 70 a fault of report itself.
            """,
        version: "report \(ToolVersion.current)",
        subcommands: [
            AuditCommand.self, BuildCommand.self, CacheCommand.self, CheckCommand.self, ClaimsCommand.self,
            DataCommand.self, ExplainCommand.self, ExportCommand.self, FixCommand.self, FormatCommand.self,
            GraphCommand.self, ImportCommand.self, InspectCommand.self, LSPCommand.self, MethodsCommand.self,
            NewCommand.self, PublishCommand.self, ReferenceCommand.self, ReproduceCommand.self, ServeCommand.self,
            ServiceCommand.self, SiteCommand.self, TrustCommand.self, WatchCommand.self,
        ])

    /// Runs the command. An error that no subcommand made its own is a fault of the program, not of its input.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let isExpected = error is ExitCode || exitCode(for: error) != .failure
            if !isExpected { Console.fault(error) }
            exit(withError: isExpected ? error : ExitCode(70))
        }
    }
}
