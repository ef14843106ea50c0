import ArgumentParser

/// `report site`.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Makes a site of a project's reports.", subcommands: [SiteBuildCommand.self])
}
