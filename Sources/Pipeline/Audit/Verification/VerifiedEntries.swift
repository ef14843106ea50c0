import Diagnostics
import Ledger

/// The entries of all bundles together: how they hang together, and the last of each report.
struct VerifiedEntries {
    private(set) var faults: [Diagnostic] = []
    /// Digests of the records that entries have.
    private(set) var records: Set<String> = []
    /// By the bytes of the reports' names. An entry that was altered is none to hold files against.
    private(set) var latest: [(index: Int, entry: LedgerEntry)] = []
    private let bundles: [VerifiedBundle]

    /// - Parameter altered: Entries that are not what was appended: what else is wrong with them follows from that.
    init(_ bundles: [VerifiedBundle], altered: Set<Int>, _ shown: (String) -> String) {
        self.bundles = bundles
        var last: [String: Int] = [:]
        var latest: [String: (index: Int, entry: LedgerEntry)] = [:]
        for bundle in bundles {
            for (index, fault) in bundle.entryFaults where !altered.contains(index) { faults.append(fault) }
            for (offset, entry) in bundle.entries.enumerated() {
                let index = bundle.tile.range.lowerBound + offset
                guard let entry else { continue }
                records.insert(entry.record)
                if entry.previous != last[entry.report], !altered.contains(index) {
                    let right = last[entry.report].map(String.init) ?? "none"
                    faults.append(
                        .trail(
                            .alteredTrail, shown(bundle.tile.path),
                            "entry \(index) names \(entry.previous.map(String.init) ?? "none") as the one before it, which is \(right)",
                            byte: bundle.starts[offset]))
                }
                last[entry.report] = index
                latest[entry.report] = (index, entry)
            }
        }
        self.latest = latest.filter { !altered.contains($0.value.index) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
    }

    /// An entry by its number; nil where its bytes are none.
    func entry(_ index: Int) -> LedgerEntry? {
        let row = index / Tile.fullWidth
        guard index >= 0, row < bundles.count, index % Tile.fullWidth < bundles[row].entries.count else { return nil }
        return bundles[row].entries[index % Tile.fullWidth]
    }

    /// Every report's entries with their records, oldest first, by the bytes of the reports' names. For a trail that is whole
    /// and whose records were kept: what is missing is left out.
    func histories() -> [(report: String, entries: [ReportHistory.Entry])] {
        var histories: [String: [ReportHistory.Entry]] = [:]
        for bundle in bundles {
            for (offset, entry) in bundle.entries.enumerated() {
                guard let entry, let record = bundle.records[entry.record] else { continue }
                histories[entry.report, default: []].append((bundle.tile.range.lowerBound + offset, entry, record))
            }
        }
        return histories.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { (report: $0.key, entries: $0.value) }
    }
}
