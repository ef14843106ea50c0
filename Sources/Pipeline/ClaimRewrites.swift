package import Diagnostics
import Reports
package import Workspace

/// The numbers of claims that no longer hold, as `--accept` rewrites them. Conditions are never rewritten.
///
/// One text may stand in several reports: in those of a sweep, or where two analyses include one file. Its number is
/// rewritten only where it is the same in all of them.
package struct ClaimRewrites: Sendable {
    package var project: Project
    package var fixes: [Diagnostic.FixIt]
    /// Claims left alone, because the reports that share them differ.
    package var diagnostics: [Diagnostic]

    /// One for each project, in the order of the outcomes.
    package static func plan(_ outcomes: [Build.Outcome]) -> [ClaimRewrites] {
        var order: [Project] = []
        for outcome in outcomes where !order.contains(outcome.analysis.project) {
            order.append(outcome.analysis.project)
        }
        return order.map { project in
            ClaimRewrites(project, outcomes.filter { $0.analysis.project == project })
        }
    }

    /// A claim of the text, whatever reports it stands in.
    private struct Place: Hashable {
        var file: String
        var lower: Int
        var upper: Int
    }

    private struct Statement {
        var claim: ResolvedClaim
        /// The report, as people call it.
        var label: String
    }

    private init(_ project: Project, _ outcomes: [Build.Outcome]) {
        self.project = project
        fixes = []
        diagnostics = []
        var places: [Place] = []
        var statements: [Place: [Statement]] = [:]
        for outcome in outcomes {
            for claim in outcome.claims {
                let place = Place(file: claim.range.file.path, lower: claim.range.lower, upper: claim.range.upper)
                if statements[place] == nil { places.append(place) }
                statements[place, default: []].append(Statement(claim: claim, label: outcome.analysis.label))
            }
        }
        for place in places { decide(statements[place] ?? []) }
    }

    private mutating func decide(_ statements: [Statement]) {
        guard let failing = statements.first(where: { $0.claim.rewrite != nil })?.claim, let fix = failing.rewrite
        else {
            return
        }
        if statements.allSatisfy({ $0.claim.current == failing.current }) {
            fixes.append(fix)
            return
        }
        // Reports with one number are named together, those of the first number first.
        var notes: [Diagnostic.Note] = []
        var seen: [String] = []
        for statement in statements where !seen.contains(statement.claim.current) {
            let current = statement.claim.current
            seen.append(current)
            let labels = statements.filter { $0.claim.current == current }.map(\.label)
            let more = labels.count > 3 ? " and \(labels.count - 3) more" : ""
            notes.append(.init("it is \(current) in \(labels.prefix(3).joined(separator: ", "))\(more)"))
        }
        diagnostics.append(
            .warning(
                .claimsDiffer, "The number of a claim is rewritten where all reports that share its text agree on it",
                at: failing.range, notes: Array(notes.prefix(6))))
    }
}

extension DiagnosticCode {
    package static let claimsDiffer = DiagnosticCode(713, "claims-differ")
}
