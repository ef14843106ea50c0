package import Diagnostics
package import Ledger
package import Workspace

/// The audit trail that a command is about.
package struct AuditTrail {
    package let project: Project
    package let location: TrailLocation
    package let ledger: TransparencyLog

    /// The trail of the project that a path belongs to.
    ///
    /// - Parameters:
    ///   - path: A file or folder as typed; one that is gone stands for the working folder's project.
    ///   - output: The output folder as typed; nil for the project's own.
    package init(of path: String, output: String?, in workspace: WorkspaceContext, trust: Trust) throws(Diagnostic) {
        let typed = workspace.existingPath(path).flatMap { workspace.files.realPath(of: $0) }
        let real = typed ?? workspace.workingFolder
        let isFolder = workspace.files.status(of: real)?.kind == .folder
        switch Project.containing(isFolder ? Paths.joined(real, "report.yaml") : real, in: workspace) {
        case .failure(let diagnostic): throw diagnostic
        case .success(let found): project = found
        }
        location = try TrailLocation(of: project, output: output, trusts: { trust.isTrusted($0) }, in: workspace)
        ledger = TransparencyLog(at: location.folder, files: workspace.files)
    }

    /// Does what reads the trail; where that fails, tells it as a diagnostic.
    package func reading<Result>(_ body: (TransparencyLog) throws(LedgerError) -> Result) throws(Diagnostic) -> Result {
        do throws(LedgerError) {
            return try body(ledger)
        } catch {
            throw Diagnostic(error)
        }
    }

    /// A build by the number of its entry, with its numbers; one that ended its report instead is an error.
    package func build(_ number: Int) throws(Diagnostic) -> (entry: LedgerEntry, record: EntryRecord) {
        let (entry, record) = try reading { ledger throws(LedgerError) in
            let entry = try ledger.entry(number)
            return (entry, try ledger.record(entry.record))
        }
        guard entry.removal == nil else { throw endedReport(entry, number) }
        return (entry, record)
    }

    func endedReport(_ entry: LedgerEntry, _ number: Int) -> Diagnostic {
        let before = entry.previous.map { "; entry \($0) is the one before" } ?? ""
        return .error(
            .endedReport, "What is told of a build is told of an entry that is one, and entry \(number) is none",
            at: nil,
            notes: [.init("it says that \(entry.report) was removed\(before)")])
    }

    /// The number of an entry as a person names it: `17`, `latest`, or by its report `proxy` for the last one about it.
    /// `latest~2` is the second before the latest, `proxy~1` the one of the same report before.
    package func number(_ text: String) throws(Diagnostic) -> Int {
        let size = try reading { ledger throws(LedgerError) in try ledger.size }
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        let back = parts.count == 2 ? Int(parts[1]) : parts.count == 1 ? 0 : nil
        var number: Int?
        if let back, back >= 0 {
            if parts[0] == "latest" {
                number = size - 1 - back
            } else if parts.count == 1, let written = Int(text) {
                number = written
            } else {
                number = try entry(of: String(parts[0]), back: back)
            }
        }
        guard let number, (0..<size).contains(number) else {
            let known = size == 0 ? "it has none yet" : "it has 0 to \(size - 1)"
            throw .error(
                .unknownEntry, "The audit trail has no entry \(text)", at: nil,
                notes: [
                    .init("an entry is named by its number, as latest or latest~2, or by its report; \(known)")
                ])
        }
        return number
    }

    /// The last entry of a report, or one before it; nil where there is none.
    private func entry(of report: String, back: Int) throws(Diagnostic) -> Int? {
        try reading { ledger throws(LedgerError) in
            guard let latest = try ledger.latest(report: report) else { return nil }
            var (index, entry) = (latest.index, latest.entry)
            for _ in 0..<back {
                guard let previous = entry.previous, (0..<index).contains(previous) else { return nil }
                (index, entry) = (previous, try ledger.entry(previous))
            }
            return index
        }
    }
}
