import ArgumentParser
import Pipeline

/// What may be said of a site.
struct SiteArguments: ParsableArguments {
    @Option(
        name: .long, help: "The folder to write the site to. (default: output/site in the project's root)",
        completion: .directory)
    var output: String?

    @Option(
        name: .customLong("base-url"),
        help: "Where the site will stand, for its feed and its sitemap. (default: that of report.yaml)")
    var baseURL: String?

    @Option(
        name: [.short, .long],
        help: "How many analyses, and directives of each, run at once. (default: one a processor)")
    var jobs: Int?

    @Flag(name: .customLong("include-drafts"), help: "Show reports that say 'draft: true', too.")
    var includeDrafts = false

    @Flag(
        name: .customLong("check-external"),
        help: "Ask other sites, by curl, whether what is linked to is there; what is not is a warning.")
    var checkExternal = false

    @Flag(name: .long, help: "Warnings fail the build.")
    var strict = false

    @Flag(name: .long, help: "Use the project's own templates for this build without trusting it for good.")
    var trust = false

    @Flag(name: .customLong("no-cache"), help: "Compute everything, and keep nothing for the next build.")
    var noCache = false

    func validate() throws {
        if let jobs, jobs < 1 {
            throw ValidationError("At least one directive runs at a time, so --jobs is at least 1.")
        }
    }

    /// The same to the site itself.
    func options(on machine: Machine) -> SiteOptions {
        var options = SiteOptions()
        options.output = output
        options.baseURL = baseURL
        options.includesDrafts = includeDrafts
        options.checksExternal = checkExternal
        options.build = machine.options
        options.build.isStrict = strict
        options.build.trustsTemplates = trust
        options.build.ignoresCache = noCache
        if let jobs { options.build.jobs = jobs }
        return options
    }
}
