import Diagnostics
import Ledger
import Rendering
import Values
import Workspace

/// The histories of a project's reports, where it has an audit trail that can be read.
struct SiteHistories {
    private let pages: HistoryPages?
    /// What decides what they are: how long the trail is, and the root of its tree.
    let ground: Value

    init(of project: Project, _ build: SiteBuild) {
        let isTrusted = build.options.build.trustsTemplates
        let location = try? TrailLocation(
            of: project, output: nil, trusts: { isTrusted || build.trust.isTrusted($0) }, in: build.workspace)
        guard let location else {
            pages = nil
            ground = .null
            return
        }
        let ledger = TransparencyLog(at: location.folder, files: build.workspace.files)
        let signed = try? ledger.checkpoint()
        pages = signed == nil ? nil : HistoryPages(ledger, in: location, build.workspace)
        ground = signed.map { [Value($0.size), .string($0.checkpoint.text)] } ?? .null
    }

    /// What the history of each report tells, by the report; without those of which the trail tells nothing.
    func parts(of reports: Set<String>, _ diagnostics: inout [Diagnostic]) -> [String: PageParts] {
        guard let pages else { return [:] }
        do throws(LedgerError) {
            return try pages.parts(of: reports)
        } catch {
            diagnostics.append(Diagnostic(error))
            return [:]
        }
    }
}
