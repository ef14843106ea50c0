package import Diagnostics
package import Documents
package import Values

/// A claim of the prose with whether it holds.
package struct ResolvedClaim: Sendable, Hashable {
    package var path: ResultPath
    /// The link's text as written.
    package var text: String
    /// What it states beside its number, in words; nil where the number is all of it.
    package var condition: String?
    /// True where nobody judges.
    package var holds: Bool
    /// False in a draft of some units, whose numbers are not those that the claim is about.
    package var isJudged = true
    /// What the result is now, as the claim would write it.
    package var current: String
    package var range: SourceRange
    /// The change that makes the number true; nil where the claim holds or has no number that can be rewritten.
    package var rewrite: Diagnostic.FixIt?

    package init(
        path: ResultPath, text: String, condition: String? = nil, holds: Bool, current: String, range: SourceRange,
        rewrite: Diagnostic.FixIt? = nil
    ) {
        self.path = path
        self.text = text
        self.condition = condition
        self.holds = holds
        self.current = current
        self.range = range
        self.rewrite = rewrite
    }
}

extension Claim {
    /// Checks the claim; nil, with a diagnostic, where the path leads nowhere or to nothing that can be checked.
    ///
    /// A claim that does not hold is a diagnostic too, with the fix that rewrites its number; a condition is never
    /// rewritten.
    ///
    /// - Parameter judges: False to look only whether there is something to check.
    package func resolved(
        in root: Value, judges: Bool = true, diagnostics: inout [Diagnostic]
    ) -> ResolvedClaim? {
        guard judges else {
            var faults: [Diagnostic] = []
            var claim = resolved(in: root, diagnostics: &faults)
            diagnostics += faults.filter { $0.code != .claimFails }
            claim?.isJudged = false
            claim?.holds = true
            claim?.rewrite = nil
            return claim
        }
        guard let found = path.value(in: root, at: range, diagnostics: &diagnostics) else { return nil }
        let estimate = found.number ?? found["estimate"]?.number
        let stated = condition.isRounding ? nil : condition.words
        var claim = ResolvedClaim(path: path, text: text, condition: stated, holds: true, current: "", range: range)
        if let number {
            guard let estimate else {
                diagnostics.append(found.isNot("a number", path, at: range))
                return nil
            }
            claim.current = number.text(estimate) + suffix(of: number)
            if !numberHolds(number, estimate) {
                claim.holds = false
                if let numberRange {
                    let new = number.text(estimate)
                    claim.rewrite = Diagnostic.FixIt("write '\(new)'", replacing: numberRange, with: new)
                }
                diagnostics.append(
                    .error(
                        .claimFails, "'\(text)' no longer holds: '\(path)' is \(claim.current) now", at: range,
                        notes: [Diagnostic.Note("at full precision \(Value.ecmaScript(estimate))")],
                        fixIts: claim.rewrite.map { [$0] } ?? []))
            }
        }
        guard !condition.isAboutNumber else { return claim }
        guard let check = condition.check(found, estimate) else {
            diagnostics.append(found.isNot(condition.subject, path, at: range))
            return nil
        }
        if claim.current.isEmpty { claim.current = check.current }
        if !check.holds {
            claim.holds = false
            diagnostics.append(
                .error(
                    .claimFails,
                    "'\(text)' no longer holds: it states \(condition.words), and '\(path)' is "
                        + "\(check.current) now", at: range))
        }
        return claim
    }

    private func suffix(of number: WrittenNumber) -> String {
        switch number.unit {
        case .one: ""
        case .percent: "%"
        case .points: " pp"
        }
    }

    /// A tolerance has a hair's breadth of its own, for decimal texts that are no binary numbers.
    private func numberHolds(_ number: WrittenNumber, _ estimate: Double) -> Bool {
        let distance = (number.value - estimate).magnitude
        switch condition {
        case .within(let tolerance): return distance <= tolerance * (1 + 1e-9)
        case .withinRelative(let part): return distance <= part * estimate.magnitude * (1 + 1e-9)
        default: return number.isRounding(of: estimate)
        }
    }
}

extension Claim.Condition {
    var isAboutNumber: Bool {
        switch self {
        case .rounds, .within, .withinRelative: true
        default: false
        }
    }

    /// Whether it says no more than the number in the text.
    fileprivate var isRounding: Bool { if case .rounds = self { true } else { false } }

    /// What the condition is about, for a diagnostic.
    var subject: String {
        switch self {
        case .excludes, .includes: "an interval"
        case .pBelow, .pAbove: "a p-value"
        default: "a number"
        }
    }

    /// The condition in words.
    var words: String {
        func plain(_ number: Double) -> String { NumberFormat().text(number) }
        return switch self {
        case .rounds: "the number"
        case .within(let x): "within \(plain(x))"
        case .withinRelative(let x): "within \(NumberFormat(.percent).text(x))"
        case .greater(let x): "> \(plain(x))"
        case .less(let x): "< \(plain(x))"
        case .greaterOrEqual(let x): "≥ \(plain(x))"
        case .lessOrEqual(let x): "≤ \(plain(x))"
        case .excludes(let x): "an interval that excludes \(plain(x))"
        case .includes(let x): "an interval that includes \(plain(x))"
        case .pBelow(let x): "p < \(plain(x))"
        case .pAbove(let x): "p > \(plain(x))"
        }
    }

    /// Whether a result satisfies the condition, and what of it was looked at; nil where it has no such thing.
    func check(_ value: Value, _ estimate: Double?) -> (holds: Bool, current: String)? {
        func compare(_ holds: (Double) -> Bool) -> (holds: Bool, current: String)? {
            estimate.map { (holds($0), NumberFormat().text($0)) }
        }
        func interval(_ isInside: Bool, _ x: Double) -> (holds: Bool, current: String)? {
            let range = value["interval"] ?? value
            guard let parts = range.intervals, let text = NumberFormat(interval: true).text(of: range) else {
                return nil
            }
            return (parts.contains { $0.lower <= x && x <= $0.upper } == isInside, text)
        }
        func p(_ holds: (Double) -> Bool) -> (holds: Bool, current: String)? {
            (value["p"]?.number ?? value.number).map { (holds($0), NumberFormat(.pValue).text($0)) }
        }
        switch self {
        case .rounds, .within, .withinRelative: return nil
        case .greater(let x): return compare { $0 > x }
        case .less(let x): return compare { $0 < x }
        case .greaterOrEqual(let x): return compare { $0 >= x }
        case .lessOrEqual(let x): return compare { $0 <= x }
        case .excludes(let x): return interval(false, x)
        case .includes(let x): return interval(true, x)
        case .pBelow(let x): return p { $0 < x }
        case .pAbove(let x): return p { $0 > x }
        }
    }
}

extension Value {
    /// `[lower, upper]` with null for an open end, or the intervals of a set; nil for anything else.
    fileprivate var intervals: [(lower: Double, upper: Double)]? {
        if let parts = self["intervals"]?.list {
            let read = parts.compactMap { $0.intervals?.first }
            return read.count == parts.count ? read : nil
        }
        guard let bounds = list, bounds.count == 2, bounds.allSatisfy({ $0 == .null || $0.number != nil }) else {
            return nil
        }
        return [(bounds[0].number ?? -.infinity, bounds[1].number ?? .infinity)]
    }
}
