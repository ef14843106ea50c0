package import Diagnostics
import Ledger
import Reports

extension Build.Outcome {
    /// How many claims hold, of how many. Of a report that was left alone the facts of its build tell; nil where nobody does,
    /// because something else went wrong than claims that do not hold: then some may never have been looked at.
    package var claimCount: (holding: Int, total: Int)? {
        if isUnchanged {
            return (facts?.parts?.entry.claims).map { ($0.count(where: \.holds), $0.count) }
        }
        guard diagnostics.allSatisfy({ $0.severity == .warning || $0.code == .claimFails || $0.code == .strict }) else {
            return nil
        }
        return (claims.count(where: \.holds), claims.count)
    }

    /// What is wrong, what led to it first: what has no result because of another fault comes behind that, and warnings
    /// last; each in file order.
    package var diagnosticsByCause: [Diagnostic] {
        func rank(_ diagnostic: Diagnostic) -> Int {
            diagnostic.severity == .warning ? 2 : diagnostic.code == .pathToNothing ? 1 : 0
        }
        return diagnostics.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .map(\.element)
    }
}
