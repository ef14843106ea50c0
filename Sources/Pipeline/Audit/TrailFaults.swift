package import Diagnostics
package import Ledger

extension Diagnostic {
    /// Why a trail could not be used, to a person.
    package init(_ error: LedgerError) {
        self =
            switch error {
            case .file, .missing: .error(.unusableTrail, "The audit trail cannot be used: \(error.reason)", at: nil)
            case .busy:
                .error(
                    .unusableTrail, "The audit trail cannot be used: \(error.reason)", at: nil,
                    notes: [.init("one build at a time leaves entries; build again once the other is done")])
            case .unsignable: .error(.unusableKey, "The audit trail cannot be signed: \(error.reason)", at: nil)
            case .damaged:
                .error(
                    .damagedTrail, "The audit trail is not what was written: \(error.reason)", at: nil,
                    notes: [.init("report audit verify tells all that is wrong with it")])
            case .oversized:
                .error(
                    .oversizedEntry, "An entry of the audit trail has a bounded length: \(error.reason)", at: nil,
                    notes: [
                        .init("the note, the parameters and what the command line asked for stand in the entry itself")
                    ])
            }
    }
}

extension DiagnosticCode {
    package static let untrustedTrail = DiagnosticCode(820, "untrusted-trail")
    package static let unusableTrail = DiagnosticCode(821, "unusable-trail")
    package static let damagedTrail = DiagnosticCode(822, "damaged-trail")
    package static let unknownEntry = DiagnosticCode(823, "unknown-entry")
    package static let refusedMirror = DiagnosticCode(824, "refused-mirror")
    package static let unusableKey = DiagnosticCode(825, "unusable-key")
    package static let oversizedEntry = DiagnosticCode(826, "oversized-entry")
    package static let endedReport = DiagnosticCode(827, "ended-report")
    package static let leftReport = DiagnosticCode(828, "left-report")
    package static let unsuitableSuccessor = DiagnosticCode(829, "unsuitable-successor")
}
