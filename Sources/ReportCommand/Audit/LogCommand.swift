import ArgumentParser
import Diagnostics
import Pipeline
import Values

/// `report audit log`.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Tells what builds changed, the latest first: numbers, claims, data, and looks at growing data.",
        discussion: """
            Lines that begin with ! are conclusions: a claim that came, went or flipped, a number whose sign or significance \
            changed. An interval that excludes 0 is called significant.
            """)

    @Argument(help: "An analysis, or a report by its name in the output folder. (default: all)")
    var analysis: String?

    @OptionGroup var trail: TrailArguments

    @Option(name: [.short, .long], help: "How many entries to tell; 0 for all.")
    var limit = AuditLog.defaultLimit

    @Flag(name: .long, help: "Every number that changed, not only those on which the prose stands.")
    var all = false

    @Flag(name: .long, help: "JSON, for other programs.")
    var json = false

    @Flag(
        name: .long,
        help: "Write the history pages below audit/history/ in the output folder anew, and print their paths.")
    var html = false

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit is a number of entries, or 0 for all.") }
    }

    func run() throws {
        try trail.run(reporting, near: analysis) { trail, workspace, console throws(Diagnostic) in
            if html {
                for path in try HistoryPages.write(of: analysis, in: trail, workspace) { console.say(path) }
                return
            }
            let log = try AuditLog(of: analysis, in: trail, limit: limit == 0 ? nil : limit, workspace: workspace)
            console.print(json ? log.value.indentedJSON + "\n" : log.text(tellsAll: all))
        }
    }
}
