package import Diagnostics

extension DiagnosticCode {
    package static let brokenSiteLink = DiagnosticCode(920, "broken-site-link")
    package static let unknownAnchor = DiagnosticCode(921, "unknown-anchor")
    package static let unreachableLink = DiagnosticCode(922, "unreachable-link")
    package static let missingCurl = DiagnosticCode(923, "missing-curl")
}
