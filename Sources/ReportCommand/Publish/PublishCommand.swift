import ArgumentParser
import Diagnostics
import Pipeline
import Workspace

/// `report publish`.
struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Brings the site, or pages for a documentation tool, to where readers find them.",
        discussion: """
            A site is published as `report site build` made it; pages for MkDocs and Docusaurus are built for the purpose. Drafts, \
            reports with errors, claims that fail, reports that are older than what they are made of and an audit trail with \
            faults are refused. A target's own files, which a list in .report-publish.json tells from others', are replaced and \
            removed; all others stay. Without a target those of a trusted project's report.yaml are used. Exit codes: 0 \
            published, 1 refused or failed.
            """)

    @Argument(
        help: "Analyses whose pages go --into a tool. (default: those of the project)",
        completion: .file(extensions: ["md"]))
    var analyses: [String] = []

    @OptionGroup var targets: PublishTargets

    @Option(name: .long, help: "The site. (default: output/site in the project's root)", completion: .directory)
    var site: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Publish all the same: drafts, claims, errors, stale, unverified, or several with commas.",
            valueName: "faults"))
    var allow: FaultList?

    @Flag(
        name: .long,
        help:
            "Overwrite files of others in the target, take over one with others' files, replace a branch with --orphan."
    )
    var force = false

    @Flag(
        name: .long,
        help: "Use the project's own templates to see whether reports are current, as the site's build did.")
    var trust = false

    @Flag(name: .customLong("dry-run"), help: "Say what would be added, changed and removed, and do nothing.")
    var dryRun = false

    @OptionGroup var reporting: ReportingOptions

    func validate() throws {
        if !analyses.isEmpty, targets.into.isEmpty {
            throw ValidationError("Analyses are named for pages that go --into a tool; a site is published whole.")
        }
    }

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        var options = Publication.Options()
        options.site = site
        options.analyses = analyses
        options.allowed = allow?.faults ?? []
        options.isForced = force
        options.isDry = dryRun
        options.build = machine.options
        options.build.trustsTemplates = trust
        let outcome: Publication.Outcome
        do throws(Diagnostic) {
            let project = try machine.project(of: analyses.first ?? ".").get()
            let named = targets.named
            let targets =
                try named.isEmpty
                ? Publication.targets(of: project, in: machine.workspace, trust: machine.trust) : named
            let publication = Publication(
                options, of: project, in: machine.workspace, trust: machine.trust, cache: machine.cache)
            outcome = publication.run(targets)
        } catch {
            console.show([error])
            throw ExitCode(1)
        }
        console.show(outcome.diagnostics)
        for line in outcome.lines { console.say(line) }
        if outcome.diagnostics.hasErrors { throw ExitCode(1) }
    }
}
