package import Diagnostics

/// Faults of a trail: the file, and in it the entry and the byte where they can be told.
extension Diagnostic {
    /// - Parameters:
    ///   - path: The file as it is shown.
    ///   - byte: Its number in the file, from 0.
    static func trail(
        _ code: DiagnosticCode, _ path: String, _ message: String, severity: Severity = .error, byte: Int? = nil,
        notes: [String] = []
    ) -> Diagnostic {
        let place = byte.map { ", byte \($0)" } ?? ""
        // The text is left out: trails hold bytes, not lines.
        let range = SourceRange(file: SourceFile(path: path, text: ""), lower: 0, upper: 0)
        return Diagnostic(severity, code, "\(path)\(place): \(message)", at: range, notes: notes.map { .init($0) })
    }
}

/// What `report audit verify` finds.
extension DiagnosticCode {
    package static let alteredTrail = DiagnosticCode(812, "altered-trail")
    package static let missingTrailFile = DiagnosticCode(813, "missing-trail-file")
    package static let unknownTrailFile = DiagnosticCode(814, "unknown-trail-file")
    package static let badCheckpoint = DiagnosticCode(815, "bad-checkpoint")
    package static let inconsistentCheckpoint = DiagnosticCode(816, "inconsistent-checkpoint")
    package static let alteredOutput = DiagnosticCode(817, "altered-output")
    package static let interruptedAppend = DiagnosticCode(818, "interrupted-append")
    package static let unprovenFile = DiagnosticCode(819, "unproven-file")
}
