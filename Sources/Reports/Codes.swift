package import Diagnostics

/// The faults that putting a report together can find.
extension DiagnosticCode {
    package static let pathToNothing = DiagnosticCode(710, "path-to-nothing")
    package static let notANumber = DiagnosticCode(711, "not-a-number")
    package static let claimFails = DiagnosticCode(712, "claim-fails")
    package static let unknownCrossReference = DiagnosticCode(810, "unknown-cross-reference")
    package static let unknownCitation = DiagnosticCode(811, "unknown-citation")
}
