import Ledger
package import Values

/// A comparison for programs: `report audit diff --form json`.
extension BuildComparison {
    /// Keys stand in a fixed order. Numbers that are equal to the bit are counted and not listed.
    package func value(beyond tolerance: NumberChange.Tier) -> Value {
        [
            "schema": 1, "old": BuildComparison.side(old), "new": BuildComparison.side(new),
            "isSame": .boolean(isSame(within: tolerance)), "tolerance": .string(tolerance.rawValue),
            "counts": .object(Object(counts.map { ($0.tier.rawValue, Value($0.count)) })),
            "numbers": .list(changes(beyond: .equal).map(\.value)),
            "onlyInOld": .list(onlyInOld.map { ["path": .string($0.path), "value": Value($0.value)] }),
            "onlyInNew": .list(onlyInNew.map { ["path": .string($0.path), "value": Value($0.value)] }),
            "claims": .list(
                claims.map { ["path": .string($0.path), "text": .string($0.text), "holds": .boolean($0.holds)] }),
            "inputs": .list(
                inputs.map {
                    [
                        "kind": .string($0.kind.rawValue), "name": .string($0.name), "old": $0.old ?? .null,
                        "new": $0.new ?? .null,
                    ]
                }),
        ]
    }

    private static func side(_ build: ComparedBuild) -> Value {
        [
            "name": .string(build.name), "report": .string(build.report),
            "time": build.time.map { .string($0) } ?? .null, "numbers": Value(build.numbers.count),
        ]
    }
}

extension NumberChange {
    fileprivate var value: Value {
        [
            "path": .string(path), "key": .boolean(old.isKey || new.isKey), "old": Value(old.value),
            "new": Value(new.value), "change": Value(change), "relative": Value(relative), "se": Value(scale),
            "inErrors": Value(inErrors), "tier": .string(tier.rawValue), "flips": Value(flips.map(\.rawValue)),
        ]
    }
}
