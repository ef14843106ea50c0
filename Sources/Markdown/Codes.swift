package import Diagnostics

/// The faults that reading Markdown can find.
extension DiagnosticCode {
    package static let markdownTooLarge = DiagnosticCode(201, "markdown-too-large")
    package static let nestingTooDeep = DiagnosticCode(202, "nesting-too-deep")
    package static let unknownMarkdown = DiagnosticCode(203, "unknown-markdown")
    package static let rawHTML = DiagnosticCode(204, "raw-html")
    package static let unsafeLink = DiagnosticCode(205, "unsafe-link")
    package static let controlCharacter = DiagnosticCode(206, "control-character")
    package static let equationName = DiagnosticCode(207, "equation-name")
    package static let excessiveTable = DiagnosticCode(211, "excessive-table")
}
