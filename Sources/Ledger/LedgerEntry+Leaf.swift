package import Values

/// Entries as leaves: bytes that a bundle takes.
extension LedgerEntry {
    package var leaf: [UInt8] { value.canonicalBytes }

    /// nil for bytes that are not an entry's leaf.
    /// - Parameter lists: Canonical JSON of the lists that were moved, by name.
    package init?(leaf: [UInt8], lists: [UInt8]? = nil) {
        guard let value = Value(canonicalJSON: leaf) else { return nil }
        if let lists {
            guard let object = Value(canonicalJSON: lists)?.object, !object.isEmpty else { return nil }
            self.init(value, lists: object)
        } else {
            self.init(value)
        }
    }

    /// The lists that were moved, by name, as the record holds them; nil where none were.
    package var lists: Object? {
        moved.isEmpty ? nil : Object(moved.map { ($0.rawValue, Value.list(items(of: $0))) })
    }

    /// The entry and its record as they are kept: lists too long for a leaf stand in the record, the entry has their counts
    /// and digests in their places.
    ///
    /// Lists are moved in a fixed order until the leaf is short enough.
    package func fitted(
        _ record: EntryRecord, limit: Int = EntryBundle.entryLimit
    ) throws(LedgerError) -> (entry: LedgerEntry, record: EntryRecord) {
        var (entry, record) = (self, record)
        entry.moved = []
        for list in [nil] + List.allCases.map({ $0 as List? }) {
            if let list { entry.moved.append(list) }
            record.lists = entry.lists ?? [:]
            entry.record = record.digest
            if entry.leaf.count <= limit { return (entry, record) }
        }
        throw .oversized(report: report)
    }
}
