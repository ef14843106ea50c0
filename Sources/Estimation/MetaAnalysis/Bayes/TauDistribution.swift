internal import Probability

/// The posterior of τ as a distribution, and the nodes over which everything else is averaged.
struct TauDistribution: Sendable {
    let posterior: TauPosterior
    /// Nodes of τ with their normalised weights, negligible ones left out.
    let taus: [Double]
    let weights: [Double]
    /// μ | τ at each node, of the centred effects.
    let means: [Double]
    let variances: [Double]
    private let starts: [Double]
    private let coefficients: [[Double]]

    init(_ posterior: TauPosterior) {
        self.posterior = posterior
        var nodes: [(tau: Double, weight: Double, sums: InformationSums)] = []
        var starts = [0.0]
        var coefficients: [[Double]] = []
        let extras = posterior.panels.reduce(0) {
            $0 + $1.integrals(relativeTo: posterior.logMaximum).value[1] / posterior.total
        }
        for panel in posterior.panels {
            let values = panel.values(relativeTo: posterior.logMaximum).map { $0 / posterior.total }
            let expansion = TauPosterior.rule.expand(values)
            coefficients.append(expansion)
            starts.append((starts.last ?? 0) + 2 * panel.halfWidth * expansion[0])
            for i in values.indices {
                let weight = panel.halfWidth * TauPosterior.rule.weights[i] * values[i]
                if max(weight, weight * panel.extra[i] / extras) > 1e-13 {
                    nodes.append((panel.taus[i], weight, panel.sums[i]))
                }
            }
        }
        let sum = nodes.reduce(0) { $0 + $1.weight }
        taus = nodes.map(\.tau)
        weights = nodes.map { $0.weight / sum }
        let conditional = nodes.map { posterior.conditionalMean($0.sums) }
        means = conditional.map(\.mean)
        variances = conditional.map(\.variance)
        self.starts = starts
        self.coefficients = coefficients
    }

    /// p(τ | δ), from the panels' polynomials: to 1e-11 of its maximum over u, without a pass over the effects.
    func density(_ tau: Double) -> Double {
        guard tau >= 0, tau <= posterior.prior.heterogeneity.upperBound else { return 0 }
        let (index, x) = place(tau)
        let values = LegendrePolynomials.values(upTo: coefficients[index].count, at: x)
        var sum = 0.0
        for (coefficient, value) in zip(coefficients[index], values) { sum += coefficient * value }
        let ratio = tau / posterior.scale
        return max(0, sum) * 2 / (Double.pi * posterior.scale * (1 + ratio * ratio))
    }

    /// P(τ' ≤ τ).
    func cumulative(_ tau: Double) -> Double {
        guard tau > 0 else { return 0 }
        guard tau < posterior.prior.heterogeneity.upperBound else { return 1 }
        let (index, x) = place(tau)
        let below = starts[index] + posterior.panels[index].halfWidth * integral(index, to: x)
        return min(1, below / (starts.last ?? 1))
    }

    /// The panel that holds τ, and where in it, from −1 to 1.
    private func place(_ tau: Double) -> (index: Int, x: Double) {
        let u = posterior.u(tau)
        var index = 0
        while index + 1 < posterior.panels.count, posterior.panels[index + 1].left < u { index += 1 }
        let panel = posterior.panels[index]
        return (index, max(-1, min(1, (u - panel.centre) / panel.halfWidth)))
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

extension TauDistribution {
    /// E[τ], where it exists.
    var mean: Double? {
        guard posterior.hasMean else { return nil }
        return zip(taus, weights).reduce(posterior.tail.moment(1, density: tailDensity)) {
            $0 + ($1.0 <= posterior.tail.start ? $1.0 * $1.1 : 0)
        }
    }

    /// Var[τ], where it exists.
    var variance: Double? {
        guard posterior.hasVariance, let mean else { return nil }
        return zip(taus, weights).reduce(tailSquare(about: mean)) {
            $0 + ($1.0 <= posterior.tail.start ? ($1.0 - mean) * ($1.0 - mean) * $1.1 : 0)
        }
    }

    /// ∫ (τ − c)²p(τ) dτ over what the tail's closed form covers.
    func tailSquare(about centre: Double) -> Double {
        let density = tailDensity
        return posterior.tail.moment(2, density: density) - 2 * centre * posterior.tail.moment(1, density: density)
            + centre * centre * posterior.tail.moment(0, density: density)
    }

    private var tailDensity: Double {
        let start = posterior.tail.start
        return start < .infinity ? Elementary.exp(posterior.logDensity(start) - posterior.logEvidence) : 0
    }
}
