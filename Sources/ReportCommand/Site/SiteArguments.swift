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

    @Flag(name: .customLong("include-drafts"), help: "Show reports that say 'draft: true', too.")
    var includeDrafts = false

    @Flag(
        name: .customLong("check-external"),
        help: "Ask other sites, by curl, whether what is linked to is there; what is not is a warning.")
    var checkExternal = false

    @OptionGroup var running: RunningArguments

    var trust: Bool { running.trust }
    var noCache: Bool { running.noCache }

    /// The same to the site itself.
    func options(on machine: Machine) -> SiteOptions {
        var options = SiteOptions()
        options.output = output
        options.baseURL = baseURL
        options.includesDrafts = includeDrafts
        options.checksExternal = checkExternal
        options.build = running.options(on: machine)
        return options
    }
}
