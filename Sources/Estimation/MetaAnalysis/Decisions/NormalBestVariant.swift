internal import Probability

extension FactorNormal {
    /// Which variant is best, given τ.
    ///
    /// - Parameter weight: How much this τ counts; tolerances are wider where that is little.
    /// - Throws: `noConvergence`.
    func bestVariant(weight: Double) throws(EstimationError) -> BestVariantOutcome {
        guard means.count > 1 else { return alone }
        if deviations.allSatisfy({ $0 == 0 }), loadings.joined().allSatisfy({ $0 == 0 }) { return certain }
        let factors = try ShiftedFactors(self)
        let shift = CommonShift(
            spread: factors.spreads.first ?? 0, slope: factors.slope, rest: factors.rest)
        let others = zip(factors.axes, factors.spreads).dropFirst().map { axis, spread in
            (axis: axis, rule: HermiteRules.rule(HermiteRules.count(decay: spread / (1 + spread))))
        }
        let first = factors.axes.first ?? Array(repeating: 0, count: means.count)
        var outcome = BestVariantOutcome(count: means.count)
        try visit(others[...], at: means, weight: 1) { (centres, share) throws(EstimationError) in
            outcome.add(
                try bestVariant(centres, first, shift, tolerance: 1e-8 / max(weight * share, 1e-3)), weight: share)
        }
        outcome.means = means
        return outcome
    }

    /// Every combination of the other axes' nodes.
    private func visit(
        _ axes: ArraySlice<(axis: [Double], rule: GaussHermite)>, at centres: [Double], weight: Double,
        _ body: ([Double], Double) throws(EstimationError) -> Void
    ) throws(EstimationError) {
        guard let (axis, rule) = axes.first else { return try body(centres, weight) }
        for (node, share) in zip(rule.nodes, rule.weights) {
            let moved = zip(centres, axis).map { $0 + node * $1 }
            try visit(axes.dropFirst(), at: moved, weight: weight * share, body)
        }
    }

    private func bestVariant(
        _ centres: [Double], _ axis: [Double], _ shift: CommonShift, tolerance: Double
    ) throws(EstimationError) -> BestVariantOutcome {
        let far = min(shift.nodes.last ?? 0, 6.5)
        let parts = centres.indices.map { i in
            let move = (axis[i] * far).magnitude
            return [-move, move].map { (mean: centres[i] + $0, deviation: deviations[i]) }
        }
        let integral = BestVariantIntegral(
            count: centres.count, shift: shift, breaks: BestVariantIntegral.breaks(parts: parts), tolerance: tolerance)
        let constant = Elementary.exp(-Elementary.logTwoPi / 2)
        return try integral.outcome { k, i, x in
            let z = (x - centres[i] - axis[i] * shift.nodes[k]) / deviations[i]
            return (
                Elementary.erfc(-z / Elementary.squareRootOfTwo) / 2,
                constant * Elementary.exp(-z * z / 2) / deviations[i]
            )
        }
    }

    /// Effects that are known: τ = 0 and μ certain.
    private var certain: BestVariantOutcome {
        var outcome = BestVariantOutcome(count: means.count)
        outcome.add(means[...])
        return outcome
    }

    /// One variant against the control, in closed form.
    private var alone: BestVariantOutcome {
        var outcome = BestVariantOutcome(count: 1)
        let deviation = spread(0)
        guard deviation > 0 else { return certain }
        let z = means[0] / deviation
        outcome.best = [1]
        outcome.bestAmongAll = [Normal.standard.cumulative(z)]
        outcome.greatest = means[0] * outcome.bestAmongAll[0] + deviation * Normal.standard.density(z)
        outcome.means = means
        return outcome
    }
}
