package import Diagnostics
import Ledger
package import Values
package import Workspace

/// What `report audit log` tells: entries, latest first, each with what it changed.
package struct AuditLog: Sendable {
    package static let defaultLimit = 20

    /// Whole histories of the reports that were asked for; all reports of the entries told otherwise.
    let histories: [ReportHistory]
    /// Latest first.
    let steps: [ReportHistory.Step]
    /// How many entries were asked for and are not told.
    let left: Int
    let size: Int
    /// Whether reports were asked for by name.
    let isOfReports: Bool

    /// - Parameters:
    ///   - name: An analysis, by a path from where one stands or from the project's root, or a report by its name; nil for all.
    ///   - limit: How many entries to tell; nil for all.
    package init(
        of name: String?, in trail: AuditTrail, limit: Int?, workspace: WorkspaceContext
    ) throws(Diagnostic) {
        let reader = try trail.reading { ledger throws(LedgerError) in try EntryReader(ledger) }
        size = reader.size
        isOfReports = name != nil
        if let name {
            histories = try trail.reading { _ throws(LedgerError) in
                var histories: [ReportHistory] = []
                for report in try AuditLog.reports(named: name, trail, workspace, reader) {
                    if let history = try reader.history(of: report) { histories.append(history) }
                }
                return histories
            }
            if histories.isEmpty {
                throw .error(.unknownEntry, "The audit trail has no entry of \(name)", at: nil)
            }
            let all = histories.flatMap(\.steps).sorted { $0.number > $1.number }
            steps = Array(all.prefix(limit ?? all.count))
            left = all.count - steps.count
            return
        }
        let first = max(0, size - (limit ?? size))
        left = first
        let size = size
        (histories, steps) = try trail.reading { _ throws(LedgerError) in
            // Of each report its latest entry among those told, which has all before it.
            var known: [String: ReportHistory] = [:]
            var steps: [ReportHistory.Step] = []
            for number in (first..<size).reversed() {
                let report = try reader.entry(number).report
                if known[report] == nil { known[report] = try reader.history(of: report, upTo: number) }
                if let step = known[report]?.steps.last(where: { $0.number == number }) { steps.append(step) }
            }
            return (known.keys.sorted().compactMap { known[$0] }, steps)
        }
    }

    /// The reports of an analysis, or the one of that name.
    static func reports(
        named name: String, _ trail: AuditTrail, _ workspace: WorkspaceContext, _ reader: EntryReader
    ) throws(LedgerError) -> [String] {
        let path = workspace.existingPath(name) ?? Paths.normalised(workspace.absolute(name))
        let shown = [name, trail.project.shown(workspace.files.realPath(of: path) ?? path)]
        var reports: Set<String> = []
        for number in 0..<reader.size {
            let entry = try reader.entry(number)
            if entry.report == name || shown.contains(entry.analysis) { reports.insert(entry.report) }
        }
        return reports.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package var value: Value {
        [
            "size": Value(size),
            "reports": .list(
                histories.compactMap { history in
                    guard let last = history.last else { return nil }
                    return [
                        "report": .string(history.report), "analysis": .string(last.entry.analysis),
                        "entries": Value(history.steps.count), "latest": Value(last.number),
                        "conclusionsSince": Value(last.conclusionsSince), "peeks": last.peeks.value,
                        "removed": .boolean(last.removal != nil),
                    ]
                }),
            "entries": .list(steps.map(\.value)),
        ]
    }
}
