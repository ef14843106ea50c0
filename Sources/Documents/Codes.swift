package import Diagnostics

/// The faults that reading an analysis can find.
extension DiagnosticCode {
    package static let invalidUTF8 = DiagnosticCode(101, "invalid-utf8")
}
