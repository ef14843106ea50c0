/// The maximum of a smooth function of few variables within bounds, by the quasi-Newton method of Broyden, Fletcher,
/// Goldfarb and Shanno on the variables that are free.
///
/// Source: Nocedal and Wright, *Numerical Optimization*, 2nd ed., chapter 6.
enum BoundedQuasiNewton {
    /// - Parameter steps: The first step's length in each variable.
    /// - Returns: nil where the function is not finite at the start.
    static func maximum(
        start: [Double], steps: [Double], lower: [Double], upper: [Double],
        _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> (point: [Double], value: Double)? {
        let count = start.count
        var point = start
        var (value, gradient) = function(point)
        guard value.isFinite else { return nil }
        var inverse = initial(steps, gradient)
        var isFresh = true
        for _ in 0..<200 {
            let isFree = (0..<count).map { i in
                !(point[i] <= lower[i] && gradient[i] <= 0 || point[i] >= upper[i] && gradient[i] >= 0)
            }
            var direction = Array(repeating: 0.0, count: count)
            var slope = 0.0
            for i in 0..<count where isFree[i] {
                for j in 0..<count where isFree[j] { direction[i] += inverse[i][j] * gradient[j] }
                slope += direction[i] * gradient[i]
            }
            // Twice what the step promises to gain.
            guard slope > (isFresh ? 0 : 1e-11 * max(1, value.magnitude * 1e-3)) else { return (point, value) }
            var length = 1.0
            for i in 0..<count where (direction[i] / steps[i]).magnitude > 4 {
                length = min(length, 4 * steps[i] / direction[i].magnitude)
            }
            var next = point
            var found = (value: -Double.infinity, gradient: gradient)
            var isBetter = false
            for _ in 0..<40 {
                for i in 0..<count { next[i] = min(upper[i], max(lower[i], point[i] + length * direction[i])) }
                found = function(next)
                if found.value.isFinite,
                    found.value >= value + 1e-4 * length * slope || found.value > value && length < 1e-3
                {
                    isBetter = true
                    break
                }
                length /= 3
            }
            guard isBetter else {
                if isFresh { return (point, value) }
                inverse = initial(steps, gradient)
                isFresh = true
                continue
            }
            update(&inverse, zip(next, point).map { $0 - $1 }, zip(gradient, found.gradient).map { $0 - $1 })
            isFresh = false
            (point, value, gradient) = (next, found.value, found.gradient)
        }
        return (point, value)
    }

    private static func initial(_ steps: [Double], _ gradient: [Double]) -> [[Double]] {
        steps.indices.map { i in
            steps.indices.map { j in i == j ? steps[i] / max(gradient[i].magnitude, 1e-300 / steps[i]) : 0 }
        }
    }

    /// The inverse of −Hessian after a step s along which the gradient fell by y.
    private static func update(_ inverse: inout [[Double]], _ s: [Double], _ y: [Double]) {
        var curvature = 0.0
        for (a, b) in zip(s, y) { curvature += a * b }
        guard curvature > 0 else { return }
        let image = inverse.map { row in
            var sum = 0.0
            for (a, b) in zip(row, y) { sum += a * b }
            return sum
        }
        var form = 0.0
        for (a, b) in zip(y, image) { form += a * b }
        for i in s.indices {
            for j in s.indices {
                inverse[i][j] +=
                    (1 + form / curvature) * s[i] * s[j] / curvature - (image[i] * s[j] + s[i] * image[j]) / curvature
            }
        }
    }
}
