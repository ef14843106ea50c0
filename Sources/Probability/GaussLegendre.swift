/// The Gauss–Legendre rule with n nodes on [−1, 1], exact for polynomials of degree 2n − 1.
///
/// Nodes by Newton's method on Pₙ from the Tricomi start, ascending. Source: DLMF 3.5(v).
package struct GaussLegendre: Sendable {
    package let nodes: [Double]
    package let weights: [Double]

    package init(count: Int) {
        var nodes = Array(repeating: 0.0, count: count)
        var weights = nodes
        let n = Double(count)
        for i in 0..<count {
            var x = -Elementary.cos(Double.pi * (Double(i) + 0.75) / (n + 0.5))
            var slope = 1.0
            for _ in 0..<100 {
                let values = LegendrePolynomials.values(upTo: count, at: x)
                slope = n * (x * values[count] - values[max(0, count - 1)]) / (x * x - 1)
                let step = values[count] / slope
                x -= step
                if step.magnitude <= 1e-16 { break }
            }
            nodes[i] = x
            weights[i] = 2 / ((1 - x * x) * slope * slope)
        }
        if count % 2 == 1 { nodes[count / 2] = 0 }
        self.nodes = nodes
        self.weights = weights
    }
}

/// Legendre polynomials by their three-term recurrence, DLMF 18.9.1.
package enum LegendrePolynomials {
    /// P₀(x) … P_degree(x).
    package static func values(upTo degree: Int, at x: Double) -> [Double] {
        var values = [1.0, x]
        for k in 1..<max(degree, 1) {
            let order = Double(k)
            values.append(((2 * order + 1) * x * values[k] - order * values[k - 1]) / (order + 1))
        }
        return values
    }
}
