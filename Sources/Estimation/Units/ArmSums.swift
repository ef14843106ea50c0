package import LinearAlgebra

/// What is known of one arm's units: moments of the columns of a `UnitDesign`, whoever summed them.
package struct ArmSums: Sendable, Equatable {
    package var name: String
    /// Units or clusters that were assigned to the arm, with those that lack a metric: what the split of traffic is
    /// tested by.
    package var assigned: Int
    /// Units that all columns are known of.
    package var units: Int
    /// Rows of sums: units or, where there are clusters, clusters.
    package var count: Int
    /// The mean of each column.
    package var mean: [Double]
    /// The unbiased covariance of the columns between rows; nil below two rows.
    package var covariance: Matrix?
    /// By how much the origins that this arm's quantities were summed about exceed the experiment's; empty for 0.
    package var shifts: [Double]

    package init(
        name: String, assigned: Int, units: Int, count: Int, mean: [Double], covariance: Matrix?, shifts: [Double] = []
    ) {
        self.name = name
        self.assigned = assigned
        self.units = units
        self.count = count
        self.mean = mean
        self.covariance = covariance
        self.shifts = shifts
    }

    package init(
        name: String, assigned: Int, units: Int, moments: MomentAccumulator, shifts: [Double] = []
    ) {
        self.init(
            name: name, assigned: assigned, units: units, count: moments.count, mean: moments.mean,
            covariance: moments.covariance, shifts: shifts)
    }

    /// The shift of a quantity.
    func shift(_ quantity: Int) -> Double { shifts.isEmpty ? 0 : shifts[quantity] }
}

/// The sums of one experiment's arms.
package struct ExperimentSums: Sendable, Equatable {
    package var name: String
    /// What each quantity was summed about, but for the shifts of arms.
    package var origins: [Double]
    package var arms: [ArmSums]

    package init(name: String, origins: [Double], arms: [ArmSums]) {
        self.name = name
        self.origins = origins
        self.arms = arms
    }
}
