package import Diagnostics
import Digests
package import Ledger
import Parallelism
import Rendering
package import Workspace

/// The pages of reports' histories, made from a trail.
package struct HistoryPages {
    private let ledger: TransparencyLog
    private let output: OutputFolder

    package init(_ ledger: TransparencyLog, in location: TrailLocation, _ workspace: WorkspaceContext) {
        self.ledger = ledger
        output = OutputFolder(named: location.output, workspace: workspace)
    }

    /// Whether a report has a page.
    func isThere(_ report: String) -> Bool {
        output.workspace.files.linkStatus(of: Paths.joined(output.root, HistoryPage.path(of: report))) != nil
    }

    /// Writes the pages of some reports; those without an entry have none.
    ///
    /// One writer at a time, so that none puts the page of an older trail over that of a newer, and what a killed one left
    /// can be told from what another is writing. Where the trail cannot be held, as on a disk that nothing can be written
    /// to, pages that are what they would be are no fault.
    package func write(_ reports: [String]) throws(LedgerError) {
        guard !reports.isEmpty else { return }
        let lock = try? ledger.hold()
        defer { lock?.release() }
        try make(reports)
        if lock != nil { sweep(besidePagesOf: reports) }
    }

    /// Removes files that were being written when a build was killed. That they stay harms nothing.
    private func sweep(besidePagesOf reports: [String]) {
        let files = output.workspace.files
        for path in Set(reports.map { Paths.parent(of: HistoryPage.path(of: $0)) }) {
            guard let folder = RecordedFiles(in: output.root, files).path(path) else { continue }
            for name in (try? files.names(in: folder)) ?? [] where name.hasPrefix(FileContent.stagingPrefix) {
                try? files.remove(Paths.joined(folder, name))
            }
        }
    }

    private func make(_ reports: [String]) throws(LedgerError) {
        for report in reports {
            guard let bytes = try bytes(of: report) else { continue }
            do throws(FileError) {
                // It can be made again at any time.
                try output.write(
                    [(HistoryPage.path(of: report), bytes)], name: "audit/history/\(report)", isDurable: false)
            } catch {
                throw .file(error)
            }
        }
    }

    /// Appends a batch to the trail, and writes the pages that it makes others of.
    ///
    /// - Parameter reports: Those whose pages are written, whatever the batch has.
    func append(
        _ batch: [(entry: LedgerEntry, record: EntryRecord)], telling reports: [String], signer: SigningKey?,
        origin name: String?
    ) throws(LedgerError) -> Range<Int> {
        let origin = try ledger.checkpoint()?.checkpoint.origin
        var range = 0..<0
        if !batch.isEmpty { range = try ledger.append(batch, signer: signer, origin: name) }
        // A trail has another name once it is signed, and all pages tell it.
        let current = try ledger.checkpoint()?.checkpoint.origin
        try write(origin != nil && current != origin ? self.reports() : reports)
        return range
    }

    /// What the page of a report holds: the same whenever it is made of the same entries. nil for a report without one.
    package func bytes(of report: String) throws(LedgerError) -> [UInt8]? {
        guard let history = try EntryReader(ledger).history(of: report) else { return nil }
        return try HistoryPages.bytes(of: history, in: ledger)
    }

    /// The pages of histories, by their absolute paths, in the order of the histories.
    /// - Parameter entries: Of whole histories by their reports, oldest first, as whoever verified the trail has read them.
    package func all(
        _ entries: [(report: String, entries: [ReportHistory.Entry])]
    ) throws(LedgerError) -> [TrailVerification.Derived] {
        let root = output.root
        // A trail may be a stranger's, whose reports have names that lead elsewhere: those have no pages.
        let plain = entries.filter { RecordedFiles.isPlain($0.report) }
        return try HistoryPages.all(plain, in: ledger) { Paths.joined(root, HistoryPage.path(of: $0)) }
    }

    /// Those that lie in a copy of a trail, which need have none.
    package static func copied(
        _ entries: [(report: String, entries: [ReportHistory.Entry])], in copy: TransparencyLog
    ) throws(LedgerError) -> [TrailVerification.Derived] {
        let held = RecordedFiles(in: copy.folder, copy.files)
        func path(_ report: String) -> String { TrailVerification.derivedFolder + "\(report).html" }
        return try all(entries.filter { held.path(path($0.report)) != nil }, in: copy) { copy.path(path($0)) }
    }

    private static func all(
        _ entries: [(report: String, entries: [ReportHistory.Entry])], in ledger: TransparencyLog,
        at path: (String) -> String
    ) throws(LedgerError) -> [TrailVerification.Derived] {
        let made = concurrentMap(entries.count) { index in
            Result { () throws(LedgerError) in
                try HistoryPages.bytes(of: ReportHistory(of: entries[index].report, entries[index].entries), in: ledger)
            }
        }
        var derived: [TrailVerification.Derived] = []
        for (own, page) in zip(entries, made) {
            guard let bytes = try page.get() else { continue }
            derived.append(
                .init(path: path(own.report), bytes: bytes) {
                    HistoryPages.wasBefore(own.report, own.entries, $0, in: ledger)
                })
        }
        return derived
    }

    /// What the pages of some reports show, by the report, in one pass over the trail; those without an entry are missing.
    func parts(of reports: Set<String>) throws(LedgerError) -> [String: PageParts] {
        let reader = try EntryReader(ledger)
        var entries: [String: [ReportHistory.Entry]] = [:]
        for number in 0..<reader.size {
            let entry = try reader.entry(number)
            guard reports.contains(entry.report) else { continue }
            entries[entry.report, default: []].append((number, entry, try ledger.record(entry.record)))
        }
        var parts: [String: PageParts] = [:]
        for (report, own) in entries {
            parts[report] = try HistoryPages.page(of: ReportHistory(of: report, own), in: ledger)?.page.parts
        }
        return parts
    }

    /// Whether a page held this before the last entries of its report; nil for a page that is not there, as before the
    /// first.
    ///
    /// A page tells the tree that it was made of, so that none is made to be compared which cannot be the same.
    private static func wasBefore(
        _ report: String, _ entries: [ReportHistory.Entry], _ held: [UInt8]?, in ledger: TransparencyLog
    ) -> Bool {
        guard let held else { return entries.count == 1 }
        for count in (1..<max(entries.count, 1)).reversed() {
            let size = entries[count - 1].number + 1
            guard let root = try? ledger.tree(of: size).root(),
                held.contains(Checkpoint(origin: "", size: size, root: root).text.utf8.dropLast())
            else { continue }
            let page = try? bytes(of: ReportHistory(of: report, Array(entries[..<count])), in: ledger)
            if page == held { return true }
        }
        return false
    }

    private static func bytes(of history: ReportHistory, in ledger: TransparencyLog) throws(LedgerError) -> [UInt8]? {
        guard let page = try page(of: history, in: ledger) else { return nil }
        do {
            return Array(try page.text().utf8)
        } catch {
            throw .damaged(path: HistoryPage.path(of: history.report), reason: "\(error)")
        }
    }

    private static func page(
        of history: ReportHistory, in ledger: TransparencyLog
    ) throws(LedgerError) -> HistoryPage? {
        guard let last = history.last else { return nil }
        let size = last.number + 1
        let root = try ledger.tree(of: size).root()
        let origin = try ledger.checkpoint()?.checkpoint.origin ?? Checkpoint.unsignedOrigin
        let checkpoint = Checkpoint(origin: origin, size: size, root: root)
        return HistoryPage(history, checkpoint: checkpoint.text)
    }

    /// Writes the pages of what a person names, as `AuditLog` takes it; their paths from the working folder.
    package static func write(
        of name: String?, in trail: AuditTrail, _ workspace: WorkspaceContext
    ) throws(Diagnostic) -> [String] {
        let pages = HistoryPages(trail.ledger, in: trail.location, workspace)
        var named: [String]?
        if let name {
            named = try AuditLog(of: name, in: trail, limit: 0, workspace: workspace).histories.map(\.report)
        }
        return try trail.reading { _ throws(LedgerError) in
            let reports = if let named { named } else { try pages.reports() }
            try pages.write(reports)
            return reports.map { report in
                let path = Paths.joined(trail.location.output, HistoryPage.path(of: report))
                return Paths.relative(path, to: workspace.workingFolder)
            }
        }
    }

    /// Every report that the trail has, by the bytes of its name.
    package func reports() throws(LedgerError) -> [String] {
        let size = try ledger.size
        return Set(try ledger.entries(0..<size).map(\.report)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
