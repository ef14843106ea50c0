package import Diagnostics

extension DiagnosticCode {
    package static let missingSiteFolder = DiagnosticCode(901, "missing-site-folder")
    package static let severalSites = DiagnosticCode(902, "several-sites")
    package static let takenPage = DiagnosticCode(903, "taken-page")
    package static let invalidAlias = DiagnosticCode(904, "invalid-alias")
    package static let foreignFolder = DiagnosticCode(905, "foreign-folder")
    package static let unwritableSite = DiagnosticCode(906, "unwritable-site")
    package static let invalidAddress = DiagnosticCode(907, "invalid-address")
}
