import ArgumentParser

/// `report data`.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Makes data to try analyses on.", subcommands: [GenerateCommand.self])
}
