/// One chain's kept draws and what the sampler noted of them.
package struct SampledChain: Sendable, Equatable {
    /// d.
    package let dimension: Int
    /// By draw, then coordinate.
    package internal(set) var positions: [Double]
    /// The Hamiltonian of each draw, for E-BFMI.
    package internal(set) var energies: [Double]
    /// Whether the draw's trajectory diverged: its energy rose by more than 1000.
    package internal(set) var divergent: [Bool]
    /// The doublings of the draw's trajectory.
    package internal(set) var depths: [Int]
    /// Steps of all kept trajectories: evaluations of the density.
    package internal(set) var steps = 0
    /// After warm-up.
    package internal(set) var stepSize = 0.0
    /// The diagonal of the inverse mass matrix after warm-up.
    package internal(set) var inverseMetric: [Double] = []

    init(dimension: Int, draws: Int) {
        self.dimension = dimension
        positions = []
        positions.reserveCapacity(dimension * draws)
        (energies, divergent, depths) = ([], [], [])
        energies.reserveCapacity(draws)
        divergent.reserveCapacity(draws)
        depths.reserveCapacity(draws)
    }

    package var drawCount: Int { energies.count }

    /// The draws of one coordinate.
    package func coordinate(_ index: Int) -> [Double] {
        (0..<drawCount).map { positions[$0 * dimension + index] }
    }
}
