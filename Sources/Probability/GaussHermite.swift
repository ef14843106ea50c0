/// The Gauss–Hermite rule with n nodes for E[f(Z)], Z standard normal; exact for polynomials of degree 2n − 1.
///
/// Nodes by Newton's method on the orthonormal polynomials he_n = He_n/√n!, from the largest down; weights 1/(n he_{n−1}²).
/// Sources: DLMF 3.5(v); Press et al., *Numerical Recipes*, 3rd ed., section 4.6 (starts).
package struct GaussHermite: Sendable {
    /// Ascending.
    package let nodes: [Double]
    /// Sum to one.
    package let weights: [Double]

    /// - Parameter count: From 1; accurate to rounding up to 128.
    package init(count: Int) {
        let n = Double(count)
        var nodes = Array(repeating: 0.0, count: count)
        var weights = nodes
        var found: [Double] = []
        for i in 0..<(count + 1) / 2 {
            var x: Double
            switch i {
            case 0: x = (2 * n + 1).squareRoot() - 1.85575 * Elementary.pow(2 * n + 1, -1 / 6)
            case 1: x = found[0] - 1.14 * Elementary.pow(n, 0.426) / found[0]
            case 2: x = 1.86 * found[1] - 0.86 * found[0]
            case 3: x = 1.91 * found[2] - 0.91 * found[1]
            default: x = 2 * found[i - 1] - found[i - 2]
            }
            // The starts are for the weight exp(−x²): √2 takes them to the normal density.
            x *= Elementary.squareRootOfTwo
            if count % 2 == 1, i == count / 2 { x = 0 }
            var last = 0.0
            for _ in 0..<100 {
                let values = HermitePolynomials.values(upTo: count, at: x)
                last = values[count - 1]
                let step = values[count] / (n.squareRoot() * last)
                x -= step
                if step.magnitude <= 1e-15 * max(1, x.magnitude) { break }
            }
            if count % 2 == 1, i == count / 2 { x = 0 }
            found.append(x / Elementary.squareRootOfTwo)
            nodes[i] = -x
            nodes[count - 1 - i] = x
            last = HermitePolynomials.values(upTo: count, at: x)[count - 1]
            weights[i] = 1 / (n * last * last)
            weights[count - 1 - i] = weights[i]
        }
        self.nodes = nodes
        self.weights = weights
    }
}

/// Orthonormal Hermite polynomials for the standard normal, he_n = He_n/√n!, by their recurrence, DLMF 18.9.1.
package enum HermitePolynomials {
    /// he₀(x) … he_degree(x).
    package static func values(upTo degree: Int, at x: Double) -> [Double] {
        var values = [1.0, x]
        for k in 1..<max(degree, 1) {
            let order = Double(k)
            values.append((x * values[k] - order.squareRoot() * values[k - 1]) / (order + 1).squareRoot())
        }
        return values
    }
}
