package import Ledger
import Parallelism

/// The entries of one report in the audit trail, oldest first, each with what it changed: derived from the trail alone.
package struct ReportHistory: Sendable {
    package struct Step: Sendable {
        /// The entry's number in the trail.
        package var number: Int
        package var entry: LedgerEntry
        package var record: EntryRecord
        /// From the report's build before, whatever removals stand between; nil for its first, and for a removal.
        package var changes: EntryChanges?
        package var peeks: Peeks
        /// The number of the entry from which its conclusions are as they are here.
        package var conclusionsSince: Int

        /// What the entry says where it ends the report.
        package var removal: LedgerEntry.Removal? { entry.removal }
    }

    /// An entry with its number in the trail and the numbers that it binds.
    package typealias Entry = (number: Int, entry: LedgerEntry, record: EntryRecord)

    /// The peek ledger: how often the data of a report had been looked at before they were complete.
    ///
    /// An entry is a peek once a later one of the report has grown data: the same files, none smaller or gone, and at
    /// least one larger or new. Each such growth counts, whatever was changed in between, since each was an occasion to
    /// stop or to go on by what was seen. Corrections of data are no growth and forget none.
    package struct Peeks: Sendable, Hashable {
        /// How often the report was built on data that have grown since, before the build of the entry.
        package var count = 0
        /// How many of those growths came with the source unchanged.
        package var withSameSource = 0
    }

    package var report: String
    package var steps: [Step]

    package var last: Step? { steps.last }

    /// What the entries tell that are builds.
    package var builds: [Step] { steps.filter { $0.removal == nil } }

    /// The entry that ended the report, where nothing was built since.
    package var removal: Step? { last.flatMap { $0.removal == nil ? nil : $0 } }

    /// - Parameter entries: Of one report, oldest first.
    package init(of report: String, _ entries: [Entry]) {
        self.report = report
        steps = []
        steps.reserveCapacity(entries.count)
        for ((number, entry, record), changes) in zip(entries, ReportHistory.changes(entries)) {
            var step = Step(
                number: number, entry: entry, record: record, changes: changes, peeks: steps.last?.peeks ?? Peeks(),
                conclusionsSince: number)
            if let changes, changes.data == .grew {
                step.peeks.count += 1
                step.peeks.withSameSource += changes.hasNewSource ? 0 : 1
            }
            if let before = steps.last, changes?.areConclusions != true {
                step.conclusionsSince = before.conclusionsSince
            }
            steps.append(step)
        }
    }

    /// How each build differs from the one before it: a removal in between makes nobody forget what was looked at.
    private static func changes(_ entries: [Entry]) -> [EntryChanges?] {
        var before: [Int?] = []
        var last: Int?
        for (index, entry) in entries.enumerated() {
            before.append(entry.entry.removal == nil ? last : nil)
            if entry.entry.removal == nil { last = index }
        }
        return concurrentMap(entries.count) { [before] index in
            before[index].map { old in
                EntryChanges(
                    from: entries[old].entry, entries[old].record, to: entries[index].entry, entries[index].record)
            }
        }
    }
}
