package import Diagnostics
import Publishing
import Workspace

/// What keeps a publication from being made unless it is allowed by name.
package enum PublicationFault: String, Sendable, Hashable, CaseIterable {
    case drafts
    case claims
    case errors
    case stale
    case unverified

    private var code: DiagnosticCode {
        switch self {
        case .drafts: .publishedDraft
        case .claims: .publishedClaim
        case .errors: .publishedError
        case .stale: .staleReport
        case .unverified: .unverifiedPublication
        }
    }

    private var rule: String {
        switch self {
        case .drafts: "A draft is not published"
        case .claims: "A report is published while its claims hold"
        case .errors: "A report with errors is not published"
        case .stale: "A report is published as it would be built now"
        case .unverified: "Reports are published while their audit trail is as it was written"
        }
    }

    /// A diagnostic of all that is wrong in this way: an error, or a warning where it is allowed. nil where nothing is.
    func diagnostic(_ findings: [String], allowed: Set<PublicationFault>) -> Diagnostic? {
        if findings.isEmpty { return nil }
        let shown = findings.prefix(20).map { Diagnostic.Note($0) }
        let rest = findings.count > 20 ? [Diagnostic.Note("and \(findings.count - 20) more")] : []
        if allowed.contains(self) { return .warning(code, rule, at: nil, notes: shown + rest) }
        return .error(
            code, rule, at: nil, notes: shown + rest + [.init("--allow \(rawValue) publishes it all the same")])
    }
}

extension Diagnostic {
    /// A publication that could not be made for a reason of the system.
    static func publication(_ error: FileError) -> Diagnostic { publication("\(error.path): \(error.reason)") }

    static func publication(_ reason: String) -> Diagnostic {
        .error(.failedPublication, "The publication cannot be made: \(reason)", at: nil)
    }

    /// Files of a target that are not the publication's to write; nil where there are none.
    static func publication(_ conflicts: [PublicationPlan.Conflict], in place: String) -> Diagnostic? {
        if conflicts.isEmpty { return nil }
        let shown = conflicts.prefix(20).map { Note("\($0.path): \($0.reason.rawValue)") }
        let rest = conflicts.count > 20 ? [Note("and \(conflicts.count - 20) more")] : []
        let advice =
            conflicts.contains { $0.reason == .obstacle }
            ? "move what stands in the way elsewhere" : "--force overwrites and removes such files"
        return .error(
            .changedTarget, "A publication writes over its own files as it left them, and nothing else of \(place)",
            at: nil,
            notes: shown + rest + [.init(advice)])
    }
}

/// Does what a publication does to files; where that fails, tells it as a diagnostic.
func publishing<Result>(_ body: () throws(FileError) -> Result) throws(Diagnostic) -> Result {
    do throws(FileError) {
        return try body()
    } catch {
        throw .publication(error)
    }
}

extension DiagnosticCode {
    package static let noSite = DiagnosticCode(940, "no-site")
    package static let changedSite = DiagnosticCode(941, "changed-site")
    package static let untrustedTarget = DiagnosticCode(942, "untrusted-target")
    package static let unsafeAddress = DiagnosticCode(943, "unsafe-address")
    package static let foreignTarget = DiagnosticCode(944, "foreign-target")
    package static let changedTarget = DiagnosticCode(945, "changed-target")
    package static let publishedDraft = DiagnosticCode(946, "published-draft")
    package static let publishedClaim = DiagnosticCode(947, "published-claim")
    package static let publishedError = DiagnosticCode(948, "published-error")
    package static let staleReport = DiagnosticCode(949, "stale-report")
    package static let unverifiedPublication = DiagnosticCode(950, "unverified-publication")
    package static let divergedBranch = DiagnosticCode(951, "diverged-branch")
    package static let failedPublication = DiagnosticCode(952, "failed-publication")
    package static let unsafeTarget = DiagnosticCode(953, "unsafe-target")
    package static let noTarget = DiagnosticCode(954, "no-target")
    package static let publicationUnderWay = DiagnosticCode(955, "publication-under-way")
}
