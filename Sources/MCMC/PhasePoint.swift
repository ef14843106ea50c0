/// A position, its momentum, the gradient and log density there: rooms of a chain's slab.
struct PhasePoint {
    let position: UnsafeMutablePointer<Double>
    let momentum: UnsafeMutablePointer<Double>
    let gradient: UnsafeMutablePointer<Double>
    var logDensity = 0.0

    static let rooms = 3

    init(_ slab: UnsafeMutablePointer<Double>, dimension: Int) {
        position = slab
        momentum = slab + dimension
        gradient = slab + 2 * dimension
    }

    mutating func copy(_ other: PhasePoint, dimension: Int) {
        // The rooms of one point are neighbours.
        position.update(from: other.position, count: PhasePoint.rooms * dimension)
        logDensity = other.logDensity
    }
}
