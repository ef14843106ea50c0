/// What is summed of units, and what an arm's estimates are made of the sums.
///
/// Every estimate of an arm is a mean of one summed column z, or a ratio z̄/d̄ of the means of two. With units u, weights
/// w_u and an origin s, the columns of a unit are
///
/// | metric | z | d |
/// | --- | --- | --- |
/// | mean of y | w(y − s) | w, and none where neither weights nor clusters are asked for |
/// | ratio n/d | w(n − s·d) | w·d |
///
/// and the estimate is s + z̄/d̄: a weighted mean is a ratio of totals, and so is the mean of units in clusters, where a
/// row of sums is one cluster's, Σ_{u in cluster} z and Σ d. Sums are taken about s because a metric with mean 10⁹ and
/// standard deviation 1 would else lose its variance to rounding. Arms may share s, which then cancels between them, or have
/// their own, whose differences are kept (`ArmSums.shifts`): s should not be far from the values of its arm.
///
/// So one `GROUP BY experiment, variant` over these columns delivers a design: count(*), the mean of each column and the
/// covariance of each pair, from a subquery that sums by experiment, variant and cluster where there are clusters. Plain
/// means of G metrics with C covariates need G + C columns; weights or clusters one more; each ratio one for its
/// denominator, which ratios share. Winsorising changes y, n or d before all of this.
package struct UnitDesign: Sendable, Equatable {
    /// What an arm is asked for: the mean of a column or a ratio of two columns' totals.
    package struct Quantity: Sendable, Equatable {
        package var name: String
        /// The column of values that is y or n.
        package var numerator: Int
        /// The column of values that is d; nil for a mean.
        package var denominator: Int?

        package init(_ name: String, numerator: Int, denominator: Int? = nil) {
            self.name = name
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    package let metrics: [Quantity]
    package let covariates: [Quantity]
    /// Of each metric, the places of its covariates.
    package let adjustments: [[Int]]
    /// The column of values that is w; nil where units weigh the same.
    package let weight: Int?
    package let isClustered: Bool
    /// Columns of values that are denominators; nil is the weight or number of units.
    package let denominators: [Int?]
    /// Of each quantity, where its d stands among the sums; nil where there is none.
    package let denominatorPlaces: [Int?]
    /// What `fill` goes through for every unit: the columns of each quantity and of each denominator, -1 for none.
    private let shares: [(numerator: Int, denominator: Int)]
    private let totals: [Int]

    package init(
        metrics: [Quantity], covariates: [Quantity] = [], adjustments: [[Int]]? = nil, weight: Int? = nil,
        isClustered: Bool = false
    ) {
        self.metrics = metrics
        self.covariates = covariates
        self.adjustments = adjustments ?? Array(repeating: Array(covariates.indices), count: metrics.count)
        self.weight = weight
        self.isClustered = isClustered
        let quantities = metrics + covariates
        var denominators: [Int?] = []
        denominatorPlaces = quantities.map { quantity in
            if quantity.denominator == nil, weight == nil, !isClustered { return nil }
            if let place = denominators.firstIndex(of: quantity.denominator) { return quantities.count + place }
            denominators.append(quantity.denominator)
            return quantities.count + denominators.count - 1
        }
        self.denominators = denominators
        shares = quantities.map { ($0.numerator, $0.denominator ?? -1) }
        totals = denominators.map { $0 ?? -1 }
    }

    package static func == (a: UnitDesign, b: UnitDesign) -> Bool {
        a.metrics == b.metrics && a.covariates == b.covariates && a.adjustments == b.adjustments && a.weight == b.weight
            && a.isClustered == b.isClustered
    }

    /// Metrics first.
    package var quantities: [Quantity] { metrics + covariates }

    /// How many numbers are summed of a unit.
    package var width: Int { metrics.count + covariates.count + denominators.count }

    /// Whether an arm's estimates are the plain means of its units.
    package var isPlain: Bool { covariates.isEmpty && denominators.isEmpty }

    /// What sums of an arm's or an experiment's units are taken about.
    package struct Origins: Sendable {
        package fileprivate(set) var values: [Double]
        /// Quantities whose origins no unit told yet.
        fileprivate var unknown: [Int]

        /// Whether more units can tell anything.
        package var isSettled: Bool { unknown.isEmpty }

        /// nil where no unit told it yet.
        package func known(_ quantity: Int) -> Double? { unknown.contains(quantity) ? nil : values[quantity] }
    }

    /// 0 until units tell more.
    package var startingOrigins: Origins {
        let places = quantities.indices
        return Origins(values: places.map { _ in 0 }, unknown: Array(places))
    }

    /// Where sums are taken about: what the quantities are of one unit, and 0 for those that it does not tell.
    package func origins(of values: [Double]) -> [Double] {
        var origins = startingOrigins
        settle(&origins, by: values)
        return origins.values
    }

    /// Takes origins that are not known yet from a unit, best the first of an arm that tells them. One with a weight or a
    /// denominator of 0 does not: its share of the sums is the same about any origin.
    package func settle(_ origins: inout Origins, by values: [Double]) {
        if let weight, values[weight] == 0 { return }
        let (quantities, unknown) = (quantities, origins.unknown)
        origins.unknown = []
        for place in unknown {
            let quantity = quantities[place]
            let origin =
                quantity.denominator.map { values[quantity.numerator] / values[$0] } ?? values[quantity.numerator]
            if origin.isFinite { origins.values[place] = origin } else { origins.unknown.append(place) }
        }
    }

    /// One unit's share of the sums; `sums` has `width` numbers, which are overwritten.
    package func fill(_ sums: inout [Double], with values: [Double], about origins: [Double]) {
        values.withUnsafeBufferPointer { values in
            origins.withUnsafeBufferPointer { origins in
                sums.withUnsafeMutableBufferPointer { fill($0, with: values, about: origins) }
            }
        }
    }

    /// The same for who has very many units.
    package func fill(
        _ sums: UnsafeMutableBufferPointer<Double>, with values: UnsafeBufferPointer<Double>,
        about origins: UnsafeBufferPointer<Double>
    ) {
        let w = weight.map { values[$0] } ?? 1
        for (place, share) in shares.enumerated() {
            let (value, origin) = (values[share.numerator], origins[place])
            // The product is not rounded: n and s·d may be large and nearly equal.
            let deviation =
                share.denominator < 0 ? value - origin : value.addingProduct(-origin, values[share.denominator])
            sums[place] = w * deviation
        }
        for (place, denominator) in totals.enumerated() {
            sums[shares.count + place] = denominator < 0 ? w : w * values[denominator]
        }
    }
}
