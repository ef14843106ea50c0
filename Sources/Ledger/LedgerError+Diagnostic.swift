package import Diagnostics

extension LedgerError {
    /// As a person is told of it.
    package var diagnostic: Diagnostic {
        switch self {
        case .file, .missing:
            .error(.unusableTrail, "The audit trail cannot be read or written: \(reason)", at: nil)
        case .unsignable: .error(.badSigningKey, "The audit trail cannot be signed: \(reason)", at: nil)
        case .damaged:
            .error(
                .damagedTrail, "The audit trail is not what was written: \(reason)", at: nil,
                notes: [.init("report audit verify tells all that is wrong with it")])
        case .busy: .error(.busyTrail, "One program at a time appends to the audit trail: \(reason)", at: nil)
        case .oversized:
            .error(
                .oversizedEntry, "An entry of the audit trail has a bounded length: \(reason)", at: nil,
                notes: [.init("parameters and the note stand in the entry itself")])
        }
    }
}

/// 08xx from 12 on: the audit trail.
extension DiagnosticCode {
    package static let unusableTrail = DiagnosticCode(812, "unusable-trail")
    package static let busyTrail = DiagnosticCode(813, "busy-trail")
    package static let oversizedEntry = DiagnosticCode(814, "oversized-entry")
    package static let damagedTrail = DiagnosticCode(815, "damaged-trail")
    package static let badSigningKey = DiagnosticCode(816, "bad-signing-key")
}
