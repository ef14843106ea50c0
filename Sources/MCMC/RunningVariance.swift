/// Means and variances of coordinates, draw by draw, by Welford's recurrence.
struct RunningVariance {
    private var count = 0.0
    private var means: [Double]
    private var sums: [Double]

    init(dimension: Int) {
        means = Array(repeating: 0, count: dimension)
        sums = means
    }

    mutating func add(_ position: UnsafePointer<Double>) {
        count += 1
        for i in means.indices {
            let gap = position[i] - means[i]
            means[i] += gap / count
            sums[i] += gap * (position[i] - means[i])
        }
    }

    /// Writes n/(n + 5) s² + 10⁻³ · 5/(n + 5), Stan's shrunken variances, and starts anew.
    mutating func takeShrunken(into target: UnsafeMutablePointer<Double>) {
        for i in means.indices {
            target[i] = count / (count + 5) * (sums[i] / (count - 1)) + 1e-3 * 5 / (count + 5)
            (means[i], sums[i]) = (0, 0)
        }
        count = 0
    }
}
