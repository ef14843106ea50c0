internal import Probability

/// The posterior of τ as a distribution, and the nodes over which everything else is averaged.
struct TauDistribution: Sendable {
    let posterior: TauPosterior
    /// Nodes of τ with their normalised weights, negligible ones left out.
    let taus: [Double]
    let weights: [Double]
    private let starts: [Double]
    private let coefficients: [[Double]]

    init(_ posterior: TauPosterior) {
        self.posterior = posterior
        var taus: [Double] = []
        var weights: [Double] = []
        var starts = [0.0]
        var coefficients: [[Double]] = []
        for panel in posterior.panels {
            let values = panel.values(relativeTo: posterior.logMaximum).map { $0 / posterior.total }
            let expansion = TauPosterior.rule.expand(values)
            coefficients.append(expansion)
            starts.append((starts.last ?? 0) + 2 * panel.halfWidth * expansion[0])
            for i in values.indices {
                let weight = panel.halfWidth * TauPosterior.rule.weights[i] * values[i]
                guard weight > 1e-13 else { continue }
                taus.append(panel.taus[i])
                weights.append(weight)
            }
        }
        let sum = weights.reduce(0, +)
        self.taus = taus
        self.weights = weights.map { $0 / sum }
        self.starts = starts
        self.coefficients = coefficients
    }

    /// p(τ | δ).
    func density(_ tau: Double) -> Double {
        let jacobian = posterior.scale * Double.pi / 2
        return Elementary.exp(posterior.logDensity(tau) - posterior.logMaximum) / (posterior.total * jacobian)
    }

    /// The τ with P(τ' ≤ τ) = p.
    func quantile(_ p: Double) -> Double {
        guard p > 0 else { return 0 }
        guard p < 1 else { return posterior.prior.heterogeneity.upperBound }
        let target = p * (starts.last ?? 1)
        var index = 0
        while index + 1 < coefficients.count, starts[index + 1] < target { index += 1 }
        let panel = posterior.panels[index]
        func excess(_ x: Double) -> Double { starts[index] + panel.halfWidth * integral(index, to: x) - target }
        let x = RootFinding.root(excess, lower: -1, upper: 1) ?? (excess(1) < 0 ? 1 : -1)
        return posterior.tau(panel.centre + panel.halfWidth * x)
    }

    /// ∫ from −1 to x of the panel's polynomial: Σ c_l (P_{l+1} − P_{l−1})/(2l + 1).
    private func integral(_ index: Int, to x: Double) -> Double {
        let coefficients = coefficients[index]
        let values = LegendrePolynomials.values(upTo: coefficients.count, at: x)
        var sum = coefficients[0] * (x + 1)
        for l in 1..<coefficients.count {
            sum += coefficients[l] * (values[l + 1] - values[l - 1]) / Double(2 * l + 1)
        }
        return sum
    }
}
