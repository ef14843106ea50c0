extension FigureModel {
    /// The ellipse {centre + cos t · major + sin t · minor}: of a covariance Λ at a level, {v : vᵀ Λ⁻¹ v ≤ χ²}.
    package struct Ellipse: Sendable {
        package var centre: (x: Double, y: Double)
        /// The longer half axis as a vector, along the first eigenvector.
        package var major: (x: Double, y: Double)
        /// The shorter half axis; zero where the ellipse is a line segment.
        package var minor: (x: Double, y: Double)
        /// The share of a normal distribution inside it.
        package var level: Double
        /// The matrix was not positive semi-definite, and this is the ellipse of its positive part.
        package var isRepaired: Bool

        package init(
            centre: (x: Double, y: Double) = (0, 0), major: (x: Double, y: Double), minor: (x: Double, y: Double),
            level: Double, isRepaired: Bool = false
        ) {
            self.centre = centre
            self.major = major
            self.minor = minor
            self.level = level
            self.isRepaired = isRepaired
        }

        /// How far it reaches from its centre along each axis: the largest of a cos t + b sin t is √(a² + b²).
        package var reach: (x: Double, y: Double) {
            (
                (major.x * major.x + minor.x * minor.x).squareRoot(),
                (major.y * major.y + minor.y * minor.y).squareRoot()
            )
        }
    }
}
