internal import Probability

/// Best of variants that are independent given factors, by quadrature over the best one's value.
///
/// Given h the best is variant i at x with density g_i(x) Π_{j≠i} G_j(x); G and g are the variants' distribution functions
/// and densities. One integral over x gives every variant's probability and the expected maximum.
struct BestVariantIntegral {
    let count: Int
    let shift: CommonShift
    /// Ends of the first panels.
    let breaks: [Double]
    /// Of a probability.
    let tolerance: Double

    /// - Parameter variant: (k, i, x) ↦ G_i(x), g_i(x) at node k of the shift.
    /// - Throws: `noConvergence`.
    func outcome(
        _ variant: (Int, Int, Double) -> (cumulative: Double, density: Double)
    ) throws(EstimationError) -> BestVariantOutcome {
        var outcome = BestVariantOutcome(count: count)
        guard let low = breaks.first, let high = breaks.last, low.isFinite, high.isFinite else {
            throw .noConvergence(method: "The probability of being best")
        }
        // Nothing but points.
        guard low < high else { return outcome }
        let nodes = shift.nodes.count
        var above = Array(repeating: 0.0, count: nodes)
        var gain = above
        var cumulative = Array(repeating: 0.0, count: count)
        var (density, before) = (cumulative, cumulative)
        let size = max(high.magnitude, low.magnitude, shift.deviation)
        let tolerances = Array(repeating: tolerance, count: 2 * count) + [tolerance * size]
        let integrals = VectorQuadrature.integrals(breaks: breaks, tolerances: tolerances) { x, values in
            shift.weights(at: x, above: &above, gain: &gain)
            for f in values.indices { values[f] = 0 }
            for k in 0..<nodes {
                var product = 1.0
                for i in 0..<count {
                    (cumulative[i], density[i]) = variant(k, i, x)
                    before[i] = product
                    product *= cumulative[i]
                }
                product = 1
                for i in (0..<count).reversed() {
                    let value = density[i] * before[i] * product
                    product *= cumulative[i]
                    values[i] += shift.weights[k] * value
                    values[count + i] += above[k] * value
                    values[2 * count] += gain[k] * value
                }
            }
        }
        guard let integrals else { throw .noConvergence(method: "The probability of being best") }
        outcome.best = Array(integrals[0..<count])
        outcome.bestAmongAll = Array(integrals[count..<(2 * count)])
        outcome.greatest = integrals[2 * count]
        return outcome
    }

    /// First panels for variants with these parts: nowhere below every part of some variant, and cut around parts much
    /// narrower than the whole.
    ///
    /// - Parameter cuts: Where a density or distribution function is not smooth.
    static func breaks(parts: [[(mean: Double, deviation: Double)]], cuts: [Double] = []) -> [Double] {
        let reach = 8.0
        var (low, high) = (-Double.infinity, -Double.infinity)
        for variant in parts {
            var lowest = Double.infinity
            for part in variant {
                lowest = min(lowest, part.mean - reach * part.deviation)
                high = max(high, part.mean + reach * part.deviation)
            }
            low = max(low, lowest)
        }
        let width = (high - low) / 6
        var breaks = (0...6).map { low + width * Double($0) } + cuts
        for part in parts.joined() where part.deviation > 0 && part.deviation < width / 30 {
            breaks += [-reach, -2.5, 0, 2.5, reach].map { part.mean + $0 * part.deviation }
        }
        let inside = breaks.filter { $0 > low && $0 < high }.sorted()
        return [low] + inside + [high]
    }
}
