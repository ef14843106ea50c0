internal import Probability

/// Nesterov's dual averaging of the log step size towards a mean acceptance.
///
/// With η_t = 1/(t + t₀): H̄ ← (1 − η)H̄ + η(δ − α), log ε = m − H̄√t/γ, log ε̄ ← t⁻ᵏ log ε + (1 − t⁻ᵏ) log ε̄, and
/// γ = 0.05, t₀ = 10, k = 0.75. Source: Hoffman and Gelman, "The No-U-Turn Sampler", JMLR 15, 2014, section 3.2.
struct DualAveraging {
    private let target: Double
    private var centre = 0.0
    private var count = 0.0
    private var gap = 0.0
    private var average = 0.0

    init(target: Double) { self.target = target }

    /// Starts anew around ten times this step size.
    mutating func restart(from stepSize: Double) {
        centre = Elementary.log(10 * stepSize)
        (count, gap, average) = (0, 0, 0)
    }

    /// The next step size after a trajectory of this mean acceptance.
    mutating func next(acceptance: Double) -> Double {
        count += 1
        let weight = 1 / (count + 10)
        gap = (1 - weight) * gap + weight * (target - min(1, acceptance))
        let logStep = centre - gap * count.squareRoot() / 0.05
        let share = Elementary.pow(count, -0.75)
        average = (1 - share) * average + share * logStep
        return Elementary.exp(logStep)
    }

    /// The step size to keep.
    var result: Double { Elementary.exp(average) }
}
