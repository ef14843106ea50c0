internal import LinearAlgebra

/// The arms of one experiment under a unit-level design: estimates from sums, before and after adjustment.
///
/// A ratio r = z̄/d̄ is linearised: a row of sums (a unit or a cluster) has influence (z − r·d)/d̄, whose covariance with
/// divisor n − 1 is the arm's Ω̂, so that Ω̂/n is the delta method's, and with clusters the cluster-robust covariance with
/// its correction n/(n − 1) for each arm. Estimates are relative to the experiment's origins.
///
/// Adjustment is CUPED: with Ω̂ pooled over arms, Σ_a (n_a − 1)Ω̂_a/Σ_a (n_a − 1), θ = Ω̂_XX⁻¹Ω̂_XY, an arm's estimate is
/// ŷ_a − θᵀ(x̂_a − x̂) and a row's influence y − θᵀx; for means without weights and clusters θ is the least squares coefficient
/// of x beside a dummy for each arm. x̂, the value over all arms together, moves all arms alike and counts as known, which
/// matters on relative scales only, by its share of the effect. Covariates that do not vary within arms, or are a linear
/// combination of others (less than 10⁻¹⁰ of their variance left), take no part and are told.
/// Sources: A. Deng, Y. Xu, R. Kohavi, T. Walker, “Improving the Sensitivity of Online Controlled Experiments by Utilizing
/// Pre-Experiment Data”, WSDM 2013; A. Deng, U. Knoblich, J. Lu, “Applying the Delta Method in Metric Analytics”, KDD 2018.
package struct DesignedExperiment: Sendable {
    package let name: String
    /// What all arms' means of a metric are relative to.
    package let origins: [Double]
    /// By arm, as the sums have them; nil where an arm has less than two rows.
    package private(set) var arms: [Arm?] = []
    /// The same after adjustment.
    package private(set) var adjusted: [Arm?] = []
    /// θ by metric, in the order of the metric's covariates.
    package private(set) var coefficients: [[Double]] = []
    /// By metric, covariates that took no part.
    package private(set) var unused: [[Int]] = []
    /// The covariates alone, by arm: what arms should agree on.
    package private(set) var covariates: [Arm?] = []

    /// - Throws: `denominatorNearZero` where a ratio's denominator has a mean within 3 standard errors of 0 (or, where its
    ///   rows do not vary, of 0), or weights sum to 0; `notFinite` where numbers are too large for their squares.
    package init(_ sums: ExperimentSums, _ design: UnitDesign) throws(EstimationError) {
        name = sums.name
        let (metrics, quantities) = (design.metrics.count, design.quantities.count)
        origins = Array(sums.origins[..<metrics])
        var all: [Arm?] = []
        for arm in sums.arms { all.append(try DesignedExperiment.estimates(arm, of: sums.name, design)) }
        arms = all.map { $0?.selecting(0..<metrics) }
        guard quantities > metrics else {
            adjusted = arms
            coefficients = Array(repeating: [], count: metrics)
            unused = coefficients.map { _ in [] }
            return
        }
        covariates = all.map { $0?.selecting(metrics..<quantities) }
        let theta = fit(all, design)
        let centre = DesignedExperiment.overall(sums.arms, design)
        adjusted = all.map { arm in
            arm.map { DesignedExperiment.adjusted($0, by: theta, about: centre, metrics: metrics) }
        }
    }

    /// An arm's quantities and their influences' covariance.
    private static func estimates(
        _ arm: ArmSums, of experiment: String, _ design: UnitDesign
    ) throws(EstimationError) -> Arm? {
        guard arm.count > 1, let covariance = arm.covariance else { return nil }
        let quantities = design.quantities
        var mean: [Double] = []
        var jacobian = Matrix(rows: quantities.count, columns: design.width)
        // What the variance of a ratio is a difference of.
        var terms = Array(repeating: 0.0, count: quantities.count)
        for (q, quantity) in quantities.enumerated() {
            guard let place = design.denominatorPlaces[q] else {
                mean.append(arm.shift(q) + arm.mean[q])
                jacobian[q, q] = 1
                continue
            }
            let d = arm.mean[place]
            let error = (covariance[place, place] / Double(arm.count)).squareRoot()
            // Weights and sizes are above 0 by what they are; a metric's own denominator need not be.
            guard d.magnitude > (quantity.denominator == nil ? 0 : 3 * error), d != 0 else {
                throw .denominatorNearZero(
                    experiment: experiment, arm: arm.name, metric: quantity.name, mean: d, standardError: error)
            }
            mean.append(arm.shift(q) + arm.mean[q] / d)
            jacobian[q, q] = 1 / d
            jacobian[q, place] = -(arm.mean[q] / d) / d
            terms[q] =
                jacobian[q, q] * jacobian[q, q] * covariance[q, q]
                + jacobian[q, place] * jacobian[q, place] * covariance[place, place]
        }
        let isLinear = design.width == quantities.count
        let omega = isLinear ? covariance : jacobian * covariance * jacobian.transposed
        guard omega.isFinite, mean.allSatisfy(\.isFinite) else {
            // Where one column's square is infinite, products with 0 have made others NaN, too.
            let q = quantities.indices.first { !covariance[$0, $0].isFinite }
            throw .notFinite(experiment: experiment, arm: arm.name, metric: quantities[q ?? 0].name)
        }
        return Arm(
            name: arm.name, count: arm.count, mean: mean,
            covariance: omega.repaired(against: terms))
    }

    // MARK: Adjustment

    /// θ as covariates × metrics, zeros where a covariate takes no part.
    private mutating func fit(_ all: [Arm?], _ design: UnitDesign) -> Matrix {
        let (metrics, count) = (design.metrics.count, design.covariates.count)
        var theta = Matrix(rows: count, columns: metrics)
        let pooled = DesignedExperiment.pooled(all.compactMap { $0 })
        for (m, chosen) in design.adjustments.enumerated() {
            let places = chosen.map { metrics + $0 }
            var used = pooled.map { DesignedExperiment.independent(places, in: $0) } ?? []
            if let pooled, let factor = try? Cholesky(pooled.submatrix(rows: used, columns: used)) {
                let solved = factor.solve(used.map { pooled[$0, m] })
                for (place, value) in zip(used, solved) { theta[place - metrics, m] = value }
            } else {
                used = []
            }
            unused.append(zip(chosen, places).filter { !used.contains($0.1) }.map(\.0))
            coefficients.append(chosen.map { theta[$0, m] })
        }
        return theta
    }

    /// Σ_a (n_a − 1)Ω̂_a/Σ_a (n_a − 1).
    static func pooled(_ arms: [Arm]) -> Matrix? {
        guard let first = arms.first else { return nil }
        var sum = Matrix(rows: first.covariance.rows, columns: first.covariance.columns)
        var freedom = 0.0
        for arm in arms {
            sum = sum + Double(arm.count - 1) * arm.covariance
            freedom += Double(arm.count - 1)
        }
        return sum / freedom
    }

    /// Those of some places, taken in turn, whose variance the ones before leave more than 10⁻¹⁰ of.
    static func independent(_ places: [Int], in covariance: Matrix) -> [Int] {
        var used: [Int] = []
        var rows: [[Double]] = []
        for place in places {
            let variance = covariance[place, place]
            var row: [Double] = []
            var left = variance
            for (k, other) in used.enumerated() {
                var value = covariance[place, other]
                for l in 0..<k { value -= row[l] * rows[k][l] }
                row.append(value / rows[k][k])
                left -= row[k] * row[k]
            }
            guard variance > 0, left > 1e-10 * variance else { continue }
            row.append(left.squareRoot())
            rows.append(row)
            used.append(place)
        }
        return used
    }

    /// What the covariates are over all arms together.
    private static func overall(_ arms: [ArmSums], _ design: UnitDesign) -> [Double] {
        let metrics = design.metrics.count
        return design.covariates.indices.map { c in
            let q = metrics + c
            var (numerator, denominator) = (0.0, 0.0)
            for arm in arms where arm.count > 1 {
                let own = Double(arm.count) * (design.denominatorPlaces[q].map { arm.mean[$0] } ?? 1)
                numerator += Double(arm.count) * arm.mean[q] + own * arm.shift(q)
                denominator += own
            }
            return numerator / denominator
        }
    }

    private static func adjusted(_ arm: Arm, by theta: Matrix, about centre: [Double], metrics: Int) -> Arm {
        let count = centre.count
        var transform = Matrix(rows: metrics, columns: metrics + count)
        var mean: [Double] = []
        for m in 0..<metrics {
            transform[m, m] = 1
            var value = arm.mean[m]
            for c in 0..<count {
                transform[m, metrics + c] = -theta[c, m]
                value -= theta[c, m] * (arm.mean[metrics + c] - centre[c])
            }
            mean.append(value)
        }
        let covariance = (transform * arm.covariance * transform.transposed).repaired(
            against: (0..<metrics).map { arm.covariance[$0, $0] })
        return Arm(name: arm.name, count: arm.count, mean: mean, covariance: covariance)
    }
}

extension Arm {
    /// Some of its metrics.
    func selecting(_ range: Range<Int>) -> Arm {
        Arm(
            name: name, count: count, mean: Array(mean[range]),
            covariance: covariance.submatrix(rows: Array(range), columns: Array(range)))
    }
}
