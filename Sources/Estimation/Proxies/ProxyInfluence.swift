internal import LinearAlgebra

/// What each experiment does to an estimate.
package struct ProxyInfluence: Sendable, Equatable {
    /// One experiment left out.
    package struct Row: Sendable, Equatable {
        package let experiment: String
        /// β̂₍₋k₎; nil where there is no estimate without it.
        package let coefficients: [Double]?
        /// α̂₍₋k₎; nil without intercept.
        package let intercept: Double?
        /// (β̂₍₋k₎ − β̂)/se by proxy, se the jackknife's; nil where there are no standard errors.
        package let changes: [Double]?

        /// The largest of `changes` in absolute value.
        package var largestChange: Double? { changes?.map(\.magnitude).max() }
    }

    package let estimator: ProxyEstimator
    /// In the order of the data.
    package let rows: [Row]
    /// Numbers of rows, the largest change first and ties in the order of the data. An experiment without which there is
    /// no estimate comes before all others.
    package let ranking: [Int]
    /// Kish's effective number of arms, (Σw)²/Σw² of the model's weights: J where all weigh the same.
    /// Source: Kish, *Survey Sampling*, 1965.
    package let effectiveArms: Double
}

extension ProxyModel {
    /// Leaves out one experiment at a time.
    ///
    /// A change has the scale of one experiment's part of the standard error: all changes squared sum to about 1, and
    /// 2/√K is the customary bound for a large one (Belsley, Kuh and Welsch, *Regression Diagnostics*, 1980).
    /// - Throws: what `solve` throws on the whole data.
    package func influence(_ estimator: ProxyEstimator) throws(EstimationError) -> ProxyInfluence {
        let full = try solve(estimator, read(sums.total)).coefficients
        let without = leaveOneOutEstimates([estimator]).rows.map { $0[0] }
        let errors = influenceErrors(without)
        let rows = zip(effects.experiments, without).map { experiment, row in
            let coefficients = row.map { Array($0.dropLast()) }
            return ProxyInfluence.Row(
                experiment: experiment, coefficients: coefficients, intercept: intercept ? row?.last : nil,
                changes: coefficients.flatMap { values in
                    errors.map { errors in
                        values.indices.map { errors[$0] > 0 ? (values[$0] - full[$0]) / errors[$0] : 0 }
                    }
                })
        }
        let size = rows.map { $0.coefficients == nil ? Double.infinity : $0.largestChange ?? 0 }
        let ranking = rows.indices.sorted { (size[$1], $0) < (size[$0], $1) }
        return ProxyInfluence(
            estimator: estimator, rows: rows, ranking: ranking, effectiveArms: effectiveArms)
    }

    /// Kish's effective number of arms.
    package var effectiveArms: Double {
        let (weight, square) = (sums.total[SumsLayout.weight], sums.total[SumsLayout.weightSquare])
        return weight * weight / square
    }

    /// The jackknife's, over the experiments that can be left out; nil below three of them.
    private func influenceErrors(_ without: [[Double]?]) -> [Double]? {
        var variance = JackknifeVariance(count: proxies.count)
        for row in without { if let row { variance.add(Array(row.dropLast())) } }
        return variance.replicates >= 3 ? variance.standardErrors : nil
    }
}
