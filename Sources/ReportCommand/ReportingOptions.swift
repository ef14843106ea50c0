import ArgumentParser

/// How diagnostics and progress are shown.
struct ReportingOptions: ParsableArguments {
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
    }

    @Option(
        name: .long,
        help: "Diagnostics as text for people, as JSON Lines, or as one SARIF log. They go to standard error.")
    var diagnostics = Form.text

    @Flag(name: .long, help: "Say nothing but diagnostics.")
    var quiet = false

    /// For a command that has no such options.
    static var standard: ReportingOptions {
        var options = ReportingOptions()
        options.diagnostics = .text
        options.quiet = false
        return options
    }
}
