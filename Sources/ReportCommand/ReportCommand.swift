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
        subcommands: [BuildCommand.self, CheckCommand.self, MethodsCommand.self, TrustCommand.self])
}
