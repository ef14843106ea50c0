package import Ledger

/// The entries of one report in the audit trail, oldest first, each with what it changed: derived from the trail alone.
package struct ReportHistory: Sendable {
    package struct Step: Sendable {
        /// The entry's number in the trail.
        package var number: Int
        package var entry: LedgerEntry
        package var record: EntryRecord
        /// From the report's entry before; nil for its first.
        package var changes: EntryChanges?
        package var peeks: Peeks
        /// The number of the entry from which its conclusions are as they are here.
        package var conclusionsSince: Int
    }

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

    /// - Parameter entries: Of one report, oldest first.
    package init(of report: String, _ entries: [(number: Int, entry: LedgerEntry, record: EntryRecord)]) {
        self.report = report
        steps = []
        steps.reserveCapacity(entries.count)
        for (number, entry, record) in entries {
            var step = Step(
                number: number, entry: entry, record: record, changes: nil, peeks: Peeks(), conclusionsSince: number)
            if let before = steps.last {
                let changes = EntryChanges(from: before.entry, before.record, to: entry, record)
                step.peeks = before.peeks
                if changes.data == .grew {
                    step.peeks.count += 1
                    step.peeks.withSameSource += changes.hasNewSource ? 0 : 1
                }
                if !changes.areConclusions { step.conclusionsSince = before.conclusionsSince }
                step.changes = changes
            }
            steps.append(step)
        }
    }
}
