import Ledger
import Values

/// What a comparison says beside its table, as lines without markup.
struct ComparisonLines {
    let comparison: BuildComparison

    var counts: String {
        let numbers = comparison.numbers
        let parts = comparison.counts.filter { $0.count > 0 }.map { tier, count in
            guard tier == .beyond else { return "\(count) \(tier.words)" }
            let bare = numbers.count { $0.tier == .beyond && $0.inErrors == nil }
            let words = [(count - bare, "beyond 1 se"), (bare, "changed without an se")]
            return words.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        }
        let total = "\(numbers.count) number\(numbers.count == 1 ? "" : "s") in both"
        return parts.isEmpty ? total : "\(total): \(parts.joined(separator: ", "))"
    }

    var claims: [String] {
        comparison.claims.map { claim in
            "the claim “\(claim.text)” (\(claim.path)) \(claim.holds ? "holds now" : "holds no more")"
        }
    }

    var inputs: [String] { comparison.inputs.map { line($0) } }

    private func line(_ change: BuildComparison.InputChange) -> String {
        switch change.kind {
        case .source, .include, .data:
            let noun = change.kind == .data ? "data" : change.kind.rawValue
            let (old, new) = (change.old?["bytes"]?.number, change.new?["bytes"]?.number)
            switch (old, new) {
            case (nil, let bytes?): return "\(noun) \(change.name) is new (\(ComparisonLines.bytes(bytes)))"
            case (_, nil): return "\(noun) \(change.name) is gone"
            case (let old?, let new?):
                let sizes =
                    old == new
                    ? ComparisonLines.bytes(new)
                    : "\(ComparisonLines.bytes(old)) → \(ComparisonLines.bytes(new))"
                return "\(noun) \(change.name) changed (\(sizes))"
            }
        case .parameter, .seed, .tool, .commit:
            let noun = change.kind == .tool ? "report" : change.kind.rawValue
            let name = change.name.isEmpty ? noun : "\(noun) \(change.name)"
            return "\(name): \(ComparisonLines.text(change.old)) → \(ComparisonLines.text(change.new))"
        }
    }

    private static func bytes(_ count: Double) -> String { "\(Int(count)) bytes" }

    private static func text(_ value: Value?) -> String {
        guard let value else { return "none" }
        return value.string ?? value.compactJSON
    }

    /// "entry 3 of 2026-11-28T23:01:07Z".
    static func name(_ build: ComparedBuild) -> String { build.name + (build.time.map { " of \($0)" } ?? "") }

    var heading: String {
        let (old, new) = (comparison.old, comparison.new)
        let reports = old.report == new.report ? new.report : "\(old.report) and \(new.report)"
        return "\(reports): \(ComparisonLines.name(old)) → \(ComparisonLines.name(new))"
    }

    /// Numbers that only one of the builds has, under its name.
    var alone: [(heading: String, numbers: [(path: String, text: String)])] {
        [(comparison.old, comparison.onlyInOld), (comparison.new, comparison.onlyInNew)].filter { !$0.1.isEmpty }
            .map { build, numbers in
                ("only in \(build.name)", numbers.map { ($0.path, ChangeTable.text(alone: $0.value)) })
            }
    }
}
