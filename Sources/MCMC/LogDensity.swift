/// The log of a density on ℝᵈ, up to a constant, with its gradient.
///
/// A sampler asks for it at every step of every trajectory, from several threads at once.
package protocol LogDensity: Sendable {
    /// d.
    var dimension: Int { get }

    /// log p at `position`; the gradient is written. −∞ or not a number where there is no density.
    func value(at position: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double
}
