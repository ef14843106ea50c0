import Ledger
import Values

/// Histories as JSON, for other programs.
extension ReportHistory.Step {
    var value: Value {
        [
            "number": Value(number), "analysis": .string(entry.analysis), "report": .string(entry.report),
            "time": .string(entry.time), "note": entry.note.map { .string($0) } ?? .null,
            "author": entry.author.map { .string($0) } ?? .null,
            "commit": entry.commit.map { ["revision": .string($0.revision), "dirty": .boolean($0.isDirty)] } ?? .null,
            "previous": entry.previous.map { Value($0) } ?? .null,
            "removed": removal.map { ["successor": $0.successor.map { .string($0) } ?? .null] } ?? .null,
            "changes": changes?.value ?? .null,
            "peeks": peeks.value, "conclusionsSince": Value(conclusionsSince),
        ]
    }
}

extension ReportHistory.Peeks {
    var value: Value { ["count": Value(count), "withSameSource": Value(withSameSource)] }
}

extension EntryChanges {
    var value: Value {
        [
            "data": .string(data.rawValue), "source": .boolean(hasNewSource), "includes": .boolean(hasNewIncludes),
            "parameters": .boolean(hasNewParameters), "tool": .boolean(hasNewTool),
            "conclusions": .boolean(areConclusions),
            "claims": .list(
                claims.map { change in
                    [
                        "kind": .string(change.kind.rawValue), "path": .string(change.path),
                        "old": EntryChanges.value(change.old), "new": EntryChanges.value(change.new),
                    ]
                }),
            "numbers": .list(
                numbers.map { change in
                    [
                        "path": .string(change.path), "key": .boolean(change.isKey),
                        "old": Value(change.old?.value), "new": Value(change.new?.value),
                        "errors": Value(change.errors), "flips": Value(change.flips),
                    ]
                }),
        ]
    }

    private static func value(_ claim: LedgerEntry.Claim?) -> Value {
        guard let claim else { return .null }
        return [
            "text": .string(claim.text), "condition": claim.condition.map { .string($0) } ?? .null,
            "holds": .boolean(claim.holds),
        ]
    }
}
