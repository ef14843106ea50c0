/// A stretch of a trajectory: its ends' momenta, their sum over its points, and one point drawn from it.
///
/// The pointers are to rooms of a chain's slab; a stretch is overwritten, never made, while the chain runs.
struct Subtree {
    /// Momenta of the point met first and of the one met last.
    let first: UnsafeMutablePointer<Double>
    let last: UnsafeMutablePointer<Double>
    /// Σ of momenta over all points.
    let sum: UnsafeMutablePointer<Double>
    /// The drawn point, with its gradient.
    let position: UnsafeMutablePointer<Double>
    let gradient: UnsafeMutablePointer<Double>
    var logDensity = 0.0
    var energy = 0.0
    /// Σ exp(H₀ − H) over all points.
    var weight = 0.0

    static let rooms = 5

    init(_ slab: UnsafeMutablePointer<Double>, dimension: Int) {
        first = slab
        last = slab + dimension
        sum = slab + 2 * dimension
        position = slab + 3 * dimension
        gradient = slab + 4 * dimension
    }

    /// Takes another's drawn point.
    mutating func takePoint(of other: Subtree, dimension: Int) {
        position.update(from: other.position, count: dimension)
        gradient.update(from: other.gradient, count: dimension)
        logDensity = other.logDensity
        energy = other.energy
    }
}
