import ArgumentParser
import Diagnostics
import Pipeline
import Reports
import Values

/// `report claims`.
struct ClaimsCommand: ParsableCommand {
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    static let configuration = CommandConfiguration(
        commandName: "claims", abstract: "Lists the claims of analyses and whether they hold.",
        discussion: """
            What the claims are about is computed, or taken from the cache; no report is written. Exit codes: 0 all hold, \
            1 one does not or an analysis has errors.
            """)

    @OptionGroup var analyses: AnalysisArguments

    @Option(name: .long, help: "As text, or as JSON Lines.")
    var form = Form.text

    @Flag(name: .long, help: "Only claims that do not hold.")
    var failing = false

    @OptionGroup var reporting: ReportingOptions

    func run() throws {
        let machine = Machine()
        let console = Console(reporting)
        defer { console.finish() }
        var options = machine.options
        options.writesReports = false
        let build = machine.build(options)
        let (general, outcomes) = build.run(analyses.paths) { console.show($0) }
        console.clearProgress()
        let claims = outcomes.flatMap(\.claims)
        // Claims that fail stand in the list; what else went wrong is said besides.
        let others = general + outcomes.flatMap { $0.diagnostics.filter { $0.code != .claimFails } }
        console.show(others)
        for outcome in outcomes {
            for claim in outcome.claims where !failing || !claim.holds { print(line(claim, outcome.analysis.variant)) }
        }
        let held = claims.count { $0.holds }
        if form == .text, !reporting.quiet { print("\(held) of \(claims.count) claims hold") }
        if held < claims.count || others.hasErrors { throw ExitCode(1) }
    }

    /// - Parameter variant: The parameters of one report of a sweep.
    private func line(_ claim: ResolvedClaim, _ variant: String?) -> String {
        let start = claim.range.start
        switch form {
        case .text:
            let state = claim.holds ? "holds" : "FAILS"
            let report = variant.map { " with \($0)" } ?? ""
            let now = claim.holds ? "" : ", and it is \(claim.current) now"
            return
                "\(claim.range.file.path):\(start.line):\(start.column): \(state)  “\(claim.text)” (\(claim.path))\(report)\(now)"
        case .json:
            var value: Object = [
                "file": .string(claim.range.file.path), "line": Value(start.line), "column": Value(start.column),
                "path": .string(claim.path.description), "text": .string(claim.text), "holds": .boolean(claim.holds),
                "current": .string(claim.current),
            ]
            if let variant { value["variant"] = .string(variant) }
            return Value.object(value).canonicalJSON
        }
    }
}
