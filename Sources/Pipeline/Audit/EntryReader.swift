import Ledger
import Workspace

/// Entries of a trail one after another, with their records: bundles are read once while neighbours are asked for.
final class EntryReader {
    let ledger: TransparencyLog
    let size: Int
    private var block: (first: Int, leaves: [[UInt8]])?

    init(_ ledger: TransparencyLog) throws(LedgerError) {
        self.ledger = ledger
        size = try ledger.size
    }

    func entry(_ index: Int) throws(LedgerError) -> LedgerEntry {
        guard (0..<size).contains(index) else { throw .missing("entry \(index)") }
        let first = index - index % Tile.fullWidth
        if block?.first != first {
            block = (first, try ledger.leaves(first..<min(first + Tile.fullWidth, size)))
        }
        guard let block else { throw .missing("entry \(index)") }
        return try ledger.entry(block.leaves[index - first], index)
    }

    /// The last entry of every report.
    func latest() throws(LedgerError) -> [String: TransparencyLog.Numbered] {
        var latest: [String: TransparencyLog.Numbered] = [:]
        for number in 0..<size {
            let entry = try entry(number)
            latest[entry.report] = TransparencyLog.Numbered(index: number, entry: entry)
        }
        return latest
    }

    /// The entries of a report up to one of them, oldest first.
    func history(of report: String, upTo last: Int) throws(LedgerError) -> ReportHistory {
        var entries: [(number: Int, entry: LedgerEntry, record: EntryRecord)] = []
        var next: Int? = last
        while let number = next {
            let entry = try entry(number)
            guard entry.report == report else {
                throw .damaged(path: "entry \(number)", reason: "it is not of \(report)")
            }
            guard entry.previous.map({ (0..<number).contains($0) }) ?? true else {
                throw .damaged(path: "entry \(number)", reason: "the entry before it is not before it")
            }
            entries.append((number, entry, try ledger.record(entry.record)))
            next = entry.previous
        }
        return ReportHistory(of: report, entries.reversed())
    }

    /// The whole history of a report; nil where it has no entry.
    func history(of report: String) throws(LedgerError) -> ReportHistory? {
        guard let latest = try ledger.latest(report: report) else { return nil }
        return try history(of: report, upTo: latest.index)
    }
}
