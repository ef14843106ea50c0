internal import Probability

/// Gauss–Legendre nodes with the table that turns values there into Legendre coefficients.
struct QuadratureRule: Sendable {
    let nodes: [Double]
    let weights: [Double]
    /// coefficients[l][i] = (2l + 1)/2 w_i P_l(x_i).
    let coefficients: [[Double]]

    init(count: Int) {
        let rule = GaussLegendre(count: count)
        nodes = rule.nodes
        weights = rule.weights
        let values = rule.nodes.map { LegendrePolynomials.values(upTo: count, at: $0) }
        coefficients = (0..<count).map { l in
            rule.nodes.indices.map { i in Double(2 * l + 1) / 2 * rule.weights[i] * values[i][l] }
        }
    }

    /// Legendre coefficients of the polynomial through the values.
    func expand(_ values: [Double]) -> [Double] {
        coefficients.map { row in
            var sum = 0.0
            for i in row.indices { sum += row[i] * values[i] }
            return sum
        }
    }
}

/// One panel of u, with log densities at its nodes.
struct QuadraturePanel: Sendable {
    let centre: Double
    let halfWidth: Double
    var left: Double { centre - halfWidth }
    let logValues: [Double]
    let taus: [Double]
    /// The likelihood's sums at the nodes.
    let sums: [InformationSums]
    /// What else is multiplied to the density and must converge: 1 + (τ/s)², or the moment that exists.
    let extra: [Double]

    func values(relativeTo logMaximum: Double) -> [Double] { logValues.map { Elementary.exp($0 - logMaximum) } }

    /// The integrals of the density and of the density times `extra`, and bounds on what they miss: the size of the last
    /// three of 16 Legendre coefficients.
    func integrals(relativeTo logMaximum: Double) -> (value: [Double], error: [Double]) {
        let plain = values(relativeTo: logMaximum)
        var result: (value: [Double], error: [Double]) = ([], [])
        for values in [plain, zip(plain, extra).map { $0 * $1 }] {
            let coefficients = TauPosterior.rule.expand(values)
            result.value.append(2 * halfWidth * coefficients[0])
            result.error.append(2 * halfWidth * coefficients.suffix(3).reduce(0) { $0 + $1.magnitude })
        }
        return result
    }
}
