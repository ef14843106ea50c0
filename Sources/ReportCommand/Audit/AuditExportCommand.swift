import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report audit export`.
struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Tells other tools what the audit trail knows.",
        discussion: """
            A crate is a folder with the files of the latest entry of each report (source, data, report, proofs), as long as they \
            are what was recorded, and ro-crate-metadata.json, which says what was made of what, when and by whom. OpenLineage \
            events are lines of JSON, two for each entry.
            """)

    @Argument(help: "Entries by number, analyses or reports. (default: all)")
    var entries: [String] = []

    @Option(
        name: .customLong("ro-crate"),
        help: ArgumentHelp("Write a Process Run Crate 0.5 into a new folder.", valueName: "folder"),
        completion: .directory)
    var crate: String?

    @Option(
        name: .long, help: ArgumentHelp("Write OpenLineage run events; - is standard output.", valueName: "file"),
        completion: .file(extensions: ["jsonl"]))
    var openlineage: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The crate's licence: an SPDX identifier, an address or a sentence. (default: the project's LICENSE)",
            valueName: "licence"))
    var license: String?

    @Flag(name: .customLong("no-data"), help: "Tell of data files in a crate, but leave them out.")
    var noData = false

    @OptionGroup var trail: TrailArguments

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if crate == nil, openlineage == nil {
            throw ValidationError("Say what to export: --ro-crate FOLDER or --openlineage FILE.")
        }
    }

    func run() throws {
        try trail.run(reporting) { trail, workspace, console throws(Diagnostic) in
            let export = try AuditExport(of: trail, in: workspace)
            if let crate {
                let (file, diagnostics) = try export.crate(
                    of: entries, to: crate, licence: license, leavesData: noData)
                console.show(diagnostics)
                console.say(Paths.relative(file, to: workspace.workingFolder))
            }
            if openlineage == "-" {
                console.print(try export.lineage(of: entries))
            } else if let openlineage {
                let file = try export.writeLineage(of: entries, to: openlineage)
                console.say(Paths.relative(file, to: workspace.workingFolder))
            }
        }
    }
}
