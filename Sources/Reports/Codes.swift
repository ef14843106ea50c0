package import Diagnostics

/// The faults that can be found once there are results.
extension DiagnosticCode {
    package static let pathToNothing = DiagnosticCode(710, "path-to-nothing")
    package static let notANumber = DiagnosticCode(711, "not-a-number")
    package static let claimFails = DiagnosticCode(712, "claim-fails")
    package static let unknownReference = DiagnosticCode(801, "unknown-reference")
}
