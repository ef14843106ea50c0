package import Ledger

/// How an entry of the audit trail differs from the one before it of the same report.
package struct EntryChanges: Sendable, Hashable {
    /// A number that changed, came or went.
    package struct Number: Sendable, Hashable {
        package var path: String
        package var old: EntryRecord.Number?
        package var new: EntryRecord.Number?

        /// Whether the prose of either build stands on it.
        package var isKey: Bool { old?.isKey == true || new?.isKey == true }

        /// Its change in units of its standard error before; nil where it had none.
        package var errors: Double? {
            guard let old, let new, let error = old.error, error > 0 else { return nil }
            return (new.value - old.value) / error
        }

        /// `sign`, `significance`: what a reader would conclude from it changed.
        package var flips: [String] {
            guard let old, let new else { return [] }
            var flips: [String] = []
            if old.value.sign != new.value.sign, old.value != 0, new.value != 0 { flips.append("sign") }
            if let before = old.isSignificant, let now = new.isSignificant, before != now {
                flips.append("significance")
            }
            return flips
        }
    }

    package struct Claim: Sendable, Hashable {
        package enum Kind: String, Sendable {
            /// It holds now, or no longer.
            case flipped
            /// It states something else of the same result.
            case restated
            /// Only its number was rewritten.
            case rewritten
            case added
            case withdrawn
        }

        package var kind: Kind
        package var path: String
        package var old: LedgerEntry.Claim?
        package var new: LedgerEntry.Claim?
    }

    package enum Data: String, Sendable {
        case same
        /// Files are larger or more, and none is smaller or gone: the analysis was run again on growing data.
        case grew
        /// Some other change: rows were taken away or corrected, or the data are others.
        case changed
    }

    /// In the order of the new build, then what it no longer has.
    package var numbers: [Number]
    package var claims: [Claim]
    package var data: Data
    package var hasNewSource: Bool
    package var hasNewIncludes: Bool
    package var hasNewParameters: Bool
    package var hasNewTool: Bool

    package init(from old: LedgerEntry, _ oldRecord: EntryRecord, to new: LedgerEntry, _ newRecord: EntryRecord) {
        numbers = EntryChanges.numbers(oldRecord.numbers, newRecord.numbers)
        claims = EntryChanges.claims(old.claims, new.claims)
        data = EntryChanges.data(old.data, new.data)
        hasNewSource = old.source.sha256 != new.source.sha256
        hasNewIncludes = old.includes != new.includes
        hasNewParameters = old.parameters != new.parameters || old.seed != new.seed
        hasNewTool = old.tool != new.tool
    }

    /// Whether what a reader concludes changed: a claim flipped, states something else, came or went; or a number on which
    /// the prose stands changed its sign or whether its interval excludes 0.
    package var areConclusions: Bool {
        claims.contains { $0.kind != .rewritten } || numbers.contains { $0.isKey && !$0.flips.isEmpty }
    }

    private static func numbers(_ old: [EntryRecord.Number], _ new: [EntryRecord.Number]) -> [Number] {
        // Builds of the same analysis have the same numbers, nearly always.
        if old.count == new.count, zip(old, new).allSatisfy({ $0.path == $1.path }) {
            return zip(old, new).compactMap { $0.says == $1.says ? nil : Number(path: $1.path, old: $0, new: $1) }
        }
        let before = Dictionary(old.map { ($0.path, $0) }) { first, _ in first }
        let after = Set(new.map(\.path))
        let changed = new.compactMap { number -> Number? in
            let twin = before[number.path]
            if twin?.says == number.says { return nil }
            return Number(path: number.path, old: twin, new: number)
        }
        return changed + old.filter { !after.contains($0.path) }.map { Number(path: $0.path, old: $0, new: nil) }
    }

    /// Claims about one result are paired in their order.
    private static func claims(_ old: [LedgerEntry.Claim], _ new: [LedgerEntry.Claim]) -> [Claim] {
        var left = old
        var changes: [Claim] = []
        for claim in new {
            // One that is as it was, else the first about the same result.
            let index =
                left.firstIndex(of: claim)
                ?? left.firstIndex { old in
                    old.path == claim.path && !new.contains(old)
                }
            guard let index else {
                changes.append(Claim(kind: .added, path: claim.path, old: nil, new: claim))
                continue
            }
            let twin = left.remove(at: index)
            if twin == claim { continue }
            let kind: Claim.Kind =
                if twin.holds != claim.holds { .flipped } else if twin.condition != claim.condition {
                    .restated
                } else { .rewritten }
            changes.append(Claim(kind: kind, path: claim.path, old: twin, new: claim))
        }
        return changes + left.map { Claim(kind: .withdrawn, path: $0.path, old: $0, new: nil) }
    }

    private static func data(_ old: [LedgerEntry.File], _ new: [LedgerEntry.File]) -> Data {
        if old == new { return .same }
        if old.isEmpty { return .changed }
        let after = Dictionary(new.map { ($0.path, $0) }) { first, _ in first }
        let hasAll = old.allSatisfy { file in
            after[file.path].map { $0.sha256 == file.sha256 || $0.bytes > file.bytes } ?? false
        }
        return hasAll ? .grew : .changed
    }
}

extension EntryRecord.Number {
    /// The number without whether the prose stands on it.
    var says: EntryRecord.Number {
        var number = self
        number.isKey = false
        return number
    }

    /// Whether the interval excludes 0; nil where there is none.
    package var isSignificant: Bool? {
        guard let interval else { return nil }
        return (interval.lower.map { $0 > 0 } ?? false) || (interval.upper.map { $0 < 0 } ?? false)
    }
}
