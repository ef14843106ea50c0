/// The normal distribution.
package struct Normal: ContinuousDistribution, Equatable {
    package let mean: Double
    package let standardDeviation: Double

    package init(mean: Double = 0, standardDeviation: Double = 1) {
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    package static let standard = Normal()

    private func standardised(_ x: Double) -> Double { (x - mean) / standardDeviation }

    package func density(_ x: Double) -> Double {
        let z = standardised(x)
        return Elementary.exp(-z * z / 2 - Elementary.logTwoPi / 2) / standardDeviation
    }

    package func cumulative(_ x: Double) -> Double {
        Elementary.erfc(-standardised(x) / Elementary.squareRootOfTwo) / 2
    }

    package func upperTail(_ x: Double) -> Double {
        Elementary.erfc(standardised(x) / Elementary.squareRootOfTwo) / 2
    }

    package func quantile(_ p: Double) -> Double { mean + standardDeviation * Normal.standardQuantile(p) }
    package func upperQuantile(_ q: Double) -> Double { mean - standardDeviation * Normal.standardQuantile(q) }
}
