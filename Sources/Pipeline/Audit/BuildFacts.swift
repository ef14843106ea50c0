import Digests
package import Ledger
package import Values

/// What one build of one report came to, as the audit trail keeps it: an entry without when, why, by whom and from which
/// commit it was built, and the numbers that it binds.
///
/// A report that is left alone has the facts of the build that made it, which lie in the cache as a text and are read only
/// where an entry is made of them.
package struct BuildFacts: Sendable {
    private enum Content: Sendable {
        case made(LedgerEntry, EntryRecord)
        case kept(String)
    }

    private let content: Content
    /// Of all that decides whether two builds came to the same (`LedgerEntry.substance`).
    package let digest: String

    init(_ entry: LedgerEntry, _ record: EntryRecord) {
        content = .made(entry, record)
        digest = entry.substance.digest
    }

    /// As `text` wrote them; the digest is that of the facts.
    init(text: String, digest: String) {
        content = .kept(text)
        self.digest = digest
    }

    /// nil where a kept text is not one of facts.
    package var parts: (entry: LedgerEntry, record: EntryRecord)? {
        switch content {
        case .made(let entry, let record): return (entry, record)
        case .kept(let text):
            guard let value = Value(canonicalJSON: text.utf8), let entry = value["entry"].flatMap({ LedgerEntry($0) }),
                let record = value["record"].flatMap({ EntryRecord($0) })
            else { return nil }
            return (entry, record)
        }
    }

    var text: String {
        switch content {
        case .made(let entry, let record):
            Value.object(["entry": entry.value, "record": record.value]).canonicalJSON
        case .kept(let text): text
        }
    }
}

extension LedgerEntry {
    /// What decides whether an entry differs from the one before it: digests, parameters, seed and the states of claims. Not
    /// the time, the note, the author, the commit, the program's own file or what diagnostics say; and not the record, which
    /// follows from the results and the prose.
    package var substance: Value {
        [
            "analysis": .string(analysis), "source": source.value, "includes": .list(includes.map(\.value)),
            "data": .list(data.map(\.value)), "parameters": .object(parameters), "seed": .string(String(seed)),
            "options": .object(options),
            "results": .string(results), "files": .list(files.map(\.value)),
            "claims": .list(
                claims.map { [.string($0.path), .string($0.text), .string($0.condition ?? ""), .boolean($0.holds)] }),
        ]
    }
}
