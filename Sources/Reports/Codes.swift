package import Diagnostics

/// The faults that values and claims can have once there are results.
extension DiagnosticCode {
    package static let pathToNothing = DiagnosticCode(710, "path-to-nothing")
    package static let notANumber = DiagnosticCode(711, "not-a-number")
    package static let claimFails = DiagnosticCode(712, "claim-fails")
}
