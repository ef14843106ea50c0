import Ledger
import Reports

extension Build.Outcome {
    /// How many claims hold, of how many. Of a report that was left alone the facts of its build tell; nil where nobody does:
    /// what could not be read, or fails before its claims.
    package var claimCount: (holding: Int, total: Int)? {
        if isUnchanged {
            return (facts?.parts?.entry.claims).map { ($0.count(where: \.holds), $0.count) }
        }
        if !succeeded, claims.isEmpty { return nil }
        return (claims.count(where: \.holds), claims.count)
    }
}
