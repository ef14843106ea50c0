package import Ledger
package import Values

/// What is different between two builds: their numbers, their claims, and what went into them.
package struct BuildComparison: Sendable {
    /// A claim that holds in one and not in the other.
    package struct ClaimFlip: Sendable, Hashable {
        package var path: String
        package var text: String
        /// Whether it holds in the new one.
        package var holds: Bool
    }

    /// Something that went into a build and is not the same in both.
    package struct InputChange: Sendable, Hashable {
        package enum Kind: String, Sendable {
            case source
            case include
            case data
            case parameter
            case seed
            case tool
            case commit
        }

        package var kind: Kind
        /// A path or a parameter's name; empty of what there is one of.
        package var name: String
        /// What it was, for people and programs: a digest and a size, a value; nil where it was not there.
        package var old: Value?
        package var new: Value?
    }

    package let old: ComparedBuild
    package let new: ComparedBuild
    /// Every number that both have, flips first, then by size (`NumberChange.comesFirst`).
    package let numbers: [NumberChange]
    /// Numbers of the old build that the new one has no more, in its order.
    package let onlyInOld: [EntryRecord.Number]
    package let onlyInNew: [EntryRecord.Number]
    package let claims: [ClaimFlip]
    package let inputs: [InputChange]

    package init(_ old: ComparedBuild, _ new: ComparedBuild) {
        self.old = old
        self.new = new
        var known: [String: EntryRecord.Number] = [:]
        for number in old.numbers { known[number.path] = number }
        let paths = Set(new.numbers.map(\.path))
        numbers = new.numbers.compactMap { number in known[number.path].map { NumberChange(old: $0, new: number) } }
            .sorted(by: NumberChange.comesFirst)
        onlyInOld = old.numbers.filter { !paths.contains($0.path) }
        onlyInNew = new.numbers.filter { known[$0.path] == nil }
        claims = BuildComparison.flips(old.claims, new.claims)
        inputs = BuildComparison.inputs(old, new)
    }

    /// How many numbers are in each tier.
    package var counts: [(tier: NumberChange.Tier, count: Int)] {
        NumberChange.Tier.allCases.map { tier in (tier, numbers.count { $0.tier == tier }) }
    }

    package func changes(beyond tolerance: NumberChange.Tier) -> [NumberChange] {
        numbers.filter { $0.isBeyond(tolerance) }
    }

    /// Whether the results are the same up to a tolerance: no number is farther, none is missing, no claim flipped.
    package func isSame(within tolerance: NumberChange.Tier) -> Bool {
        changes(beyond: tolerance).isEmpty && onlyInOld.isEmpty && onlyInNew.isEmpty && claims.isEmpty
    }

    private static func flips(_ old: [LedgerEntry.Claim], _ new: [LedgerEntry.Claim]) -> [ClaimFlip] {
        var known: [[String]: Bool] = [:]
        for claim in old { known[[claim.path, claim.text]] = claim.holds }
        return new.compactMap { claim in
            guard let held = known[[claim.path, claim.text]], held != claim.holds else { return nil }
            return ClaimFlip(path: claim.path, text: claim.text, holds: claim.holds)
        }
    }

    private static func inputs(_ old: ComparedBuild, _ new: ComparedBuild) -> [InputChange] {
        var changes = files([old.source], [new.source], .source)
        if let before = old.includes, let after = new.includes { changes += files(before, after, .include) }
        changes += files(old.data, new.data, .data)
        let names = old.parameters.map(\.key) + new.parameters.map(\.key).filter { old.parameters[$0] == nil }
        changes += names.filter { old.parameters[$0] != new.parameters[$0] }.map {
            InputChange(kind: .parameter, name: $0, old: old.parameters[$0], new: new.parameters[$0])
        }
        for (kind, before, after) in [
            (InputChange.Kind.seed, Optional(old.seed), Optional(new.seed)), (.tool, old.tool, new.tool),
            (.commit, old.commit, new.commit),
        ] where before != after && before != nil && after != nil {
            changes.append(
                InputChange(kind: kind, name: "", old: before.map { .string($0) }, new: after.map { .string($0) }))
        }
        return changes
    }

    private static func files(
        _ old: [LedgerEntry.File], _ new: [LedgerEntry.File], _ kind: InputChange.Kind
    ) -> [InputChange] {
        func byPath(_ files: [LedgerEntry.File]) -> [String: LedgerEntry.File] {
            Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        }
        func told(_ file: LedgerEntry.File?) -> Value? {
            file.map { ["bytes": Value($0.bytes), "sha256": .string($0.sha256)] }
        }
        let (before, after) = (byPath(old), byPath(new))
        let paths = old.map(\.path) + new.map(\.path).filter { before[$0] == nil }
        return paths.filter { before[$0]?.sha256 != after[$0]?.sha256 }.map {
            InputChange(kind: kind, name: $0, old: told(before[$0]), new: told(after[$0]))
        }
    }
}
