internal import Probability

/// Expectations over a standard normal h of a function known at Gauss–Hermite nodes times a sharp function of x + c, where
/// c = slope h + rest g: the function is expanded in Hermite polynomials, the sharp one integrates against each exactly.
///
/// With T² = slope² + rest² and r = slope/T, E[he_n(h) 1(x + c > 0)] is Φ(x/T) for n = 0, else
/// (−1)ⁿ⁻¹ rⁿ he_{n−1}(x/T) φ(x/T)/√n; its integral over x likewise gives max(x + c, 0). The expansion's error falls like
/// (rS^½/(1 + S)^½)ⁿ, S the spread of `ShiftedFactors`.
struct CommonShift: Sendable {
    let nodes: [Double]
    let weights: [Double]
    /// T.
    let deviation: Double
    /// weights_k he_n(h_k).
    private let polynomials: [[Double]]
    /// rⁿ.
    private let powers: [Double]

    init(spread: Double, slope: Double, rest: Double) {
        deviation = (slope * slope + rest * rest).squareRoot()
        let ratio = deviation > 0 ? slope / deviation : 0
        let decay = spread / (1 + spread)
        let rule = HermiteRules.rule(
            max(HermiteRules.count(decay: decay), HermiteRules.count(decay: decay.squareRoot() * ratio) + 1))
        let terms = spread > 0 ? min(rule.nodes.count, HermiteRules.count(decay: decay.squareRoot() * ratio) + 1) : 1
        nodes = rule.nodes
        weights = rule.weights
        polynomials = zip(rule.nodes, rule.weights).map { node, weight in
            HermitePolynomials.values(upTo: terms, at: node).prefix(terms).map { $0 * weight }
        }
        var powers = [1.0]
        while powers.count < terms { powers.append((powers.last ?? 1) * ratio) }
        self.powers = powers
    }

    /// The weights of the nodes for 1(x + c > 0) and for max(x + c, 0).
    func weights(at x: Double, above: inout [Double], gain: inout [Double]) {
        guard deviation > 0 else {
            for k in weights.indices { (above[k], gain[k]) = x > 0 ? (weights[k], weights[k] * x) : (0, 0) }
            return
        }
        let z = x / deviation
        let density = Normal.standard.density(z)
        let probability = Normal.standard.cumulative(z)
        for k in weights.indices {
            above[k] = polynomials[k][0] * probability
            gain[k] = polynomials[k][0] * (x * probability + deviation * density)
        }
        guard powers.count > 1 else { return }
        let values = HermitePolynomials.values(upTo: powers.count, at: z)
        for n in 1..<powers.count {
            let order = Double(n)
            let sign: Double = n % 2 == 1 ? 1 : -1
            let first = sign * powers[n] * values[n - 1] * density / order.squareRoot()
            let second =
                n == 1
                ? powers[1] * probability
                : -sign * powers[n] * values[n - 2] * density / (order * (order - 1)).squareRoot()
            for k in weights.indices {
                above[k] += polynomials[k][n] * first
                gain[k] += polynomials[k][n] * second * deviation
            }
        }
    }
}

/// Gauss–Hermite rules of a few sizes.
enum HermiteRules {
    private static let sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]
    private static let rules = sizes.map { GaussHermite(count: $0) }

    /// The least n with decayⁿ ≤ 1e-10.
    static func count(decay: Double) -> Int {
        guard decay > 0 else { return 1 }
        let count = -23 / Elementary.log(min(decay, 0.99))
        return max(1, Int(count.rounded(.up)))
    }

    /// The smallest rule of at least so many nodes; the largest where none has as many.
    static func rule(_ count: Int) -> GaussHermite {
        rules[sizes.firstIndex { $0 >= count } ?? sizes.count - 1]
    }
}
