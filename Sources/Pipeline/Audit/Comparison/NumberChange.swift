package import Ledger

/// One number in two builds.
package struct NumberChange: Sendable, Hashable {
    /// How far apart the two are; each step is wider than the one before.
    package enum Tier: String, Sendable, CaseIterable, Comparable {
        /// The same double.
        case equal
        /// Within 10⁻⁹ of the larger of the two, or of the standard error: what another processor or another order of
        /// summation may do.
        case rounding
        /// Within a tenth of the standard error: nobody would conclude anything else.
        case tenth
        /// Within one standard error.
        case one
        /// Farther than that; or, of a number without a standard error, farther than rounding.
        case beyond

        package static func < (a: Tier, b: Tier) -> Bool { a.rank < b.rank }

        private var rank: Int { Tier.allCases.firstIndex(of: self) ?? 0 }

        /// What people read: "within 0.1 se".
        package var words: String {
            switch self {
            case .equal: "equal to the bit"
            case .rounding: "within rounding"
            case .tenth: "within 0.1 se"
            case .one: "within 1 se"
            case .beyond: "beyond"
            }
        }
    }

    /// A change of what one would conclude.
    package enum Flip: String, Sendable {
        /// From one side of zero to the other.
        case sign
        /// From zero inside the interval to zero outside it, or back.
        case significance
    }

    package var old: EntryRecord.Number
    package var new: EntryRecord.Number

    package init(old: EntryRecord.Number, new: EntryRecord.Number) {
        self.old = old
        self.new = new
    }

    package var path: String { new.path }

    package var change: Double { new.value - old.value }

    /// What the change is measured by: the old standard error, or where it has none that is above zero the new one.
    package var scale: Double? { [old.error, new.error].compactMap(\.self).first { $0 > 0 && $0.isFinite } }

    /// The change in units of the standard error; nil without one.
    package var inErrors: Double? { scale.map { change / $0 } }

    /// The change in units of the larger magnitude: 0 to 2.
    package var relative: Double {
        let largest = max(old.value.magnitude, new.value.magnitude)
        return largest > 0 ? change.magnitude / largest : 0
    }

    package var tier: Tier {
        if old.value.bitPattern == new.value.bitPattern { return .equal }
        if relative <= 1e-9 { return .rounding }
        guard let distance = inErrors?.magnitude else { return .beyond }
        return distance <= 1e-9 ? .rounding : distance <= 0.1 ? .tenth : distance <= 1 ? .one : .beyond
    }

    package var flips: [Flip] {
        var flips: [Flip] = []
        let isAcross = old.value != 0 && new.value != 0 && (old.value < 0) != (new.value < 0)
        if isAcross, tier > .rounding { flips.append(.sign) }
        if let before = old.isSignificant, let after = new.isSignificant, before != after {
            flips.append(.significance)
        }
        return flips
    }

    /// Whether it is to be shown where everything within a tier is not.
    package func isBeyond(_ tolerance: Tier) -> Bool { tier > tolerance || !flips.isEmpty }

    /// Flips first; then by the change in standard errors, the largest first; then those without one, by their relative
    /// change. What is still alike stands by its path.
    package static func comesFirst(_ a: NumberChange, _ b: NumberChange) -> Bool {
        func key(_ change: NumberChange) -> (Int, Int, Double) {
            (change.flips.count, change.inErrors == nil ? 0 : 1, change.inErrors?.magnitude ?? change.relative)
        }
        let (first, second) = (key(a), key(b))
        if first != second { return first > second }
        return a.path.utf8.lexicographicallyPrecedes(b.path.utf8)
    }
}
