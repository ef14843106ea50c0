import ArgumentParser
import Diagnostics
import Pipeline

/// `report site build`.
struct SiteBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds all analyses of a project, and a static site of their reports.",
        discussion: """
            The site has a home page, listings by folder and by tag, the reports with their histories, every figure and every \
            claim, and the reference. It works from any address and from files. Where an analysis has errors, the site stays \
            as it was.
            """)

    @Argument(
        help: "Analyses, or folders of them. (default: the folders that report.yaml names, else Analyses)",
        completion: .file(extensions: ["md"]))
    var paths: [String] = []

    @OptionGroup var arguments: SiteArguments

    @Flag(name: .customLong("no-ledger"), help: "Leave no entries in the audit trail.")
    var noLedger = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let interruption = Interruption()
        defer { interruption.finish() }
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        let audit = try noLedger ? nil : console.auditOptions(trusting: arguments.trust, on: machine)
        var options = arguments.options(on: machine)
        options.build.isSigned = audit?.signer != nil
        let site = SiteBuild(
            options, in: machine.workspace, trust: machine.trust, cache: arguments.noCache ? nil : machine.cache)
        let reports = site.reports(paths) { console.show($0) }
        console.clearProgress()
        console.show(reports, in: machine.workspace)
        guard reports.isWhole else { throw ExitCode(1) }
        let said = audit.map { console.record(reports.outcomes, $0, isCached: !arguments.noCache, on: machine) } ?? []
        let outcome = site.write(reports)
        console.show(outcome, in: machine.workspace)
        if said.hasErrors || outcome.diagnostics.hasErrors { throw ExitCode(1) }
    }
}
