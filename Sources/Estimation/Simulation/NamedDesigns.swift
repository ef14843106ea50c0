package import LinearAlgebra

/// A published design, with the grid over which it was studied.
package struct NamedDesign: Sendable {
    package let name: String
    package let design: SimulationDesign
    package let unitsPerArm: [Int]
    package let directEffects: [Bool]
    package let source: String

    package static let names = [bibaut2024Figure3Name]
    private static let bibaut2024Figure3Name = "bibaut2024-figure-3"

    /// - Throws: nothing for a name in `names`; nil for another.
    package static func named(_ name: String) throws(EstimationError) -> NamedDesign? {
        name == bibaut2024Figure3Name ? try bibaut2024Figure3() : nil
    }

    /// β = (−0.4, 0.04), Λ = [[1, −0.4, 0.04], [−0.4, 1, 0], [0.04, 0, 1]]/1000 for (y, s1, s2), K = 1000, m = 1; Ω has
    /// correlations 0.8 (y, s1), 0 (y, s2), −0.1 (s1, s2) and variances 0.01, 10, 25.
    ///
    /// Source: Bibaut, Chou, Ejdemyr and Kallus, KDD 2024, arXiv 2402.17637, Figure 3.
    private static func bibaut2024Figure3() throws(EstimationError) -> NamedDesign {
        let effects = Matrix([[1, -0.4, 0.04], [-0.4, 1, 0], [0.04, 0, 1]]) / 1000
        let (first, second) = (0.8 * 0.1.squareRoot(), -0.1 * 250.0.squareRoot())
        let units = Matrix([[0.01, first, 0], [first, 10, second], [0, second, 25]])
        return NamedDesign(
            name: bibaut2024Figure3Name,
            design: try SimulationDesign(
                metrics: ["y", "s1", "s2"], effectCovariance: effects, unitCovariance: units, experiments: 1000,
                unitsPerArm: 10_000),
            unitsPerArm: [5_000, 10_000, 20_000, 50_000, 100_000, 150_000, 200_000], directEffects: [false, true],
            source: "A. Bibaut, W. Chou, S. Ejdemyr, N. Kallus, KDD 2024, arXiv 2402.17637, Figure 3")
    }
}

extension SimulationDesign {
    /// The covariance matrix with these standard deviations and correlations, of one shape.
    package static func covariance(standardDeviations: [Double], correlation: Matrix) -> Matrix {
        var matrix = correlation
        for i in 0..<matrix.rows {
            for j in 0..<matrix.columns { matrix[i, j] *= standardDeviations[i] * standardDeviations[j] }
        }
        return matrix
    }
}
