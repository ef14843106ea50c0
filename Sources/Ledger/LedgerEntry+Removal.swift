import Digests
import Values

/// Entries that end a report: it was removed, or goes on under another name.
extension LedgerEntry {
    /// What an entry says that tells no build.
    package struct Removal: Sendable, Hashable {
        /// The report as which it goes on, where its analysis was renamed.
        package var successor: String?

        package init(successor: String? = nil) { self.successor = successor }
    }

    /// The entry that ends the report of this one.
    ///
    /// It says which analysis the report was of and with which parameters; what that came to stands in the entries before.
    /// It has no files, numbers or claims, and `results` is the digest of no results. When, why and by whom is left to fill in.
    /// - Parameter tool: The program that makes the entry.
    package func ending(_ removal: Removal, by tool: Tool) -> LedgerEntry {
        var entry = LedgerEntry(
            analysis: analysis, report: report, time: "", source: source, parameters: parameters, seed: seed,
            options: options, tool: tool, results: Value.object([:]).digest, record: EntryRecord.none.digest, files: [])
        entry.removal = removal
        return entry
    }
}

extension EntryRecord {
    /// The record of an entry without numbers.
    package static let none = EntryRecord(numbers: [])
}

extension LedgerEntry.Removal {
    var value: Value { ["successor": successor.map { .string($0) } ?? .null] }

    /// nil for what `value` would not write.
    init?(_ value: Value) {
        guard let successor = value["successor"], successor == .null || successor.string != nil,
            value.object?.count == 1
        else { return nil }
        self.init(successor: successor.string)
    }
}
