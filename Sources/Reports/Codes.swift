package import Diagnostics

/// The faults that putting a report together can find.
extension DiagnosticCode {
    package static let unknownReference = DiagnosticCode(801, "unknown-reference")
}
