import ArgumentParser

/// `report audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Reads the audit trail: what was built, from what, when and by whom.",
        subcommands: [
            DiffCommand.self, AuditExportCommand.self, KeygenCommand.self, LogCommand.self, MirrorCommand.self,
            RemoveCommand.self, ShowCommand.self, VerifyCommand.self,
        ])
}
