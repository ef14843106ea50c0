internal import Probability

/// Intervals of one number from its bootstrap replicates.
package struct BootstrapInterval: Sendable, Equatable {
    /// The replicates' standard deviation, divisor B − 1.
    package let standardError: Double
    /// The replicates' quantiles at (1 ∓ level)/2.
    package let percentile: ConfidenceInterval
    /// Bias-corrected and accelerated; nil where `problem` says why.
    package let bca: ConfidenceInterval?
    /// Why there is no BCa interval; nil where there is one, or where none was asked for.
    package let problem: BCaProblem?
}

/// Why a bias-corrected and accelerated interval does not exist.
package enum BCaProblem: String, Sendable, Equatable {
    /// The share of replicates below the estimate is 0 or 1, so the bias correction is infinite.
    case oneSided = "All replicates lie on one side of the estimate"
    /// Below three experiments, or where the estimate without some experiment does not exist.
    case noJackknife = "The acceleration needs the estimate without each experiment"
    /// The jackknife's values are all equal.
    case noSpread = "The estimate is the same without any experiment"
    /// 1 − a(z₀ + z) ≤ 0 at one end.
    case accelerationTooLarge = "The acceleration is too large for this level"
    /// An end is outside [1/(B + 1), B/(B + 1)].
    case tooFewReplicates = "An end lies beyond the replicates: more draws are needed"
}

extension BootstrapInterval {
    /// Percentile and BCa intervals of every component of an estimate.
    ///
    /// BCa's ends are the replicates' quantiles at Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))), z = ∓z_{(1+level)/2}, with
    /// z₀ = Φ⁻¹(share of replicates below the estimate, ties counted half) and
    /// a = Σ(θ̄ − θ₍₋k₎)³/(6(Σ(θ̄ − θ₍₋k₎)²)^{3/2}). Quantiles are of type 7.
    /// Source: Efron, "Better Bootstrap Confidence Intervals", JASA 82(397), 1987; acceleration by the jackknife after
    /// Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, section 14.3.
    ///
    /// - Parameters:
    ///   - replicates: By sample.
    ///   - leaveOneOut: By experiment; nil where the jackknife has failed.
    ///   - estimate: As many components as each row has.
    ///   - level: Between 0 and 1.
    ///   - corrected: Whether BCa intervals are wanted.
    /// - Returns: nil below two replicates.
    package static func intervals(
        replicates: [[Double]], leaveOneOut: [[Double]]?, estimate: [Double], level: Double, corrected: Bool = true
    ) -> [BootstrapInterval]? {
        guard replicates.count > 1 else { return nil }
        return estimate.indices.map { index in
            let sorted = replicates.map { $0[index] }.sorted()
            let jackknife = leaveOneOut.map { rows in rows.map { $0[index] } }
            let tails = [(1 - level) / 2, (1 + level) / 2]
            var (bca, problem): (ConfidenceInterval?, BCaProblem?)
            if corrected {
                switch adjusted(tails, sorted: sorted, jackknife: jackknife, estimate: estimate[index]) {
                case .success(let ends): bca = interval(ends, sorted)
                case .failure(let found): problem = found
                }
            }
            return BootstrapInterval(
                standardError: SampleMoments.standardDeviation(sorted), percentile: interval(tails, sorted), bca: bca,
                problem: problem)
        }
    }

    private static func interval(_ ends: [Double], _ sorted: [Double]) -> ConfidenceInterval {
        let bounds = ends.map { SampleQuantiles.quantile($0, sorted: sorted) ?? sorted[0] }
        return ConfidenceInterval(lower: bounds[0], upper: bounds[1])
    }

    /// The probabilities at which BCa reads the replicates' quantiles.
    private static func adjusted(
        _ tails: [Double], sorted: [Double], jackknife: [Double]?, estimate: Double
    ) -> Result<[Double], BCaProblem> {
        guard let jackknife, jackknife.count > 2 else { return .failure(.noJackknife) }
        let count = Double(sorted.count)
        let below = sorted.reduce(0.0) { $0 + ($1 < estimate ? 1 : $1 == estimate ? 0.5 : 0) } / count
        guard below > 0, below < 1 else { return .failure(.oneSided) }
        guard let acceleration = acceleration(jackknife) else { return .failure(.noSpread) }
        let bias = Normal.standard.quantile(below)
        var ends: [Double] = []
        for tail in tails {
            let shifted = bias + Normal.standard.quantile(tail)
            let divisor = 1 - acceleration * shifted
            guard divisor > 0 else { return .failure(.accelerationTooLarge) }
            let end = Normal.standard.cumulative(bias + shifted / divisor)
            guard end * (count + 1) >= 1, end * (count + 1) <= count else { return .failure(.tooFewReplicates) }
            ends.append(end)
        }
        return .success(ends)
    }

    /// Skewness of the jackknife's values; nil where they do not vary.
    static func acceleration(_ values: [Double]) -> Double? {
        let mean = SampleMoments.mean(values)
        let spread = values.reduce(0) { max($0, ($1 - mean).magnitude) }
        guard spread > 4 * mean.magnitude.ulp, spread.isFinite else { return nil }
        var (squares, cubes) = (0.0, 0.0)
        for value in values {
            let x = (mean - value) / spread
            squares += x * x
            cubes += x * x * x
        }
        return cubes / (6 * squares * squares.squareRoot())
    }
}

extension BCaProblem: Error {}
