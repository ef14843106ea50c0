internal import Probability

/// The shortest interval of a given probability: a ≤ x ≤ b with f(a) = f(b), or an end of the support.
///
/// It holds the points of highest density where the density has one mode; where it has several, it is still the shortest
/// single interval, though the region of highest density may be in parts.
enum ShortestInterval {
    /// By a scan over the lower tail's probability, then a root of w′(p) = 1/f(b) − 1/f(a) beside the best.
    static func search(
        _ level: Double, quantile: (Double) -> Double, density: (Double) -> Double
    ) -> ConfidenceInterval {
        let steps = 64
        func ends(_ p: Double) -> ConfidenceInterval {
            ConfidenceInterval(lower: quantile(p), upper: quantile(min(1, p + level)))
        }
        // Positive where the interval grows with p.
        func growth(_ p: Double) -> Double {
            let ends = ends(p)
            let (below, above) = (density(ends.lower), density(ends.upper))
            return (below - above) / (below + above)
        }
        let grid = (0...steps).map { $0 == steps ? 1 - level : Double($0) / Double(steps) * (1 - level) }
        let widths = grid.map { p in ends(p).upper - ends(p).lower }
        var best = 0
        for (index, width) in widths.enumerated() where width < widths[best] || !widths[best].isFinite { best = index }
        let (lower, upper) = (grid[max(0, best - 1)], grid[min(steps, best + 1)])
        // A density that only falls, or only rises, has its shortest interval at the edge.
        if best == 0, widths[0].isFinite, growth(0) >= 0 { return ends(0) }
        if best == steps, widths[steps].isFinite, growth(1 - level) <= 0 { return ends(1 - level) }
        guard let root = RootFinding.root(growth, lower: lower, upper: upper, tolerance: 1e-13) else {
            return ends(grid[best])
        }
        return ends(root)
    }
}

extension NormalComponents {
    /// Whether the density has one mode: for certain where all means are within the smallest standard deviation, for
    /// there every component is concave between the outer means, which hold all modes; else by its slope's signs.
    var isUnimodal: Bool { isSurelyUnimodal || modeCount == 1 }

    var isSurelyUnimodal: Bool {
        var (low, high, inverse) = (Double.infinity, -Double.infinity, 0.0)
        for i in 0..<count {
            low = min(low, means[i])
            high = max(high, means[i])
            inverse = max(inverse, inverses[i])
        }
        return (high - low) * inverse <= 1
    }

    /// Falls after rises of the density at the components' means and halfway between them, at most 128 points.
    private var modeCount: Int {
        let sorted = (0..<count).map { means[$0] }.sorted()
        let every = max(1, sorted.count / 64)
        let points = stride(from: 0, to: sorted.count, by: every).map { sorted[$0] }
        var result = 1
        var isFalling = false
        for (index, point) in points.enumerated() {
            for x in index == 0 ? [point] : [point / 2 + points[index - 1] / 2, point] {
                let slope = shape(x).slope
                if slope > 0, isFalling { result += 1 }
                isFalling = slope < 0 || slope == 0 && isFalling
            }
        }
        return result
    }

    /// For a density with one mode: Newton's method on F(b) − F(a) = level, log f(a) = log f(b), from the interval of
    /// equal tails. nil where it leaves the hill.
    func shortestInterval(
        _ level: Double, from start: ConfidenceInterval, spread: Double, tolerance: Double = 1e-7
    ) -> ConfidenceInterval? {
        var (a, b) = (start.lower, start.upper)
        for _ in 0..<30 {
            let step = ShortestStep(values(a, upper: false), values(b, upper: true), level: level)
            a += step.lower
            b += step.upper
            guard a.isFinite, b.isFinite, a < b, step.isInside else { return nil }
            if step.size <= tolerance * spread { return ConfidenceInterval(lower: a, upper: b) }
        }
        return nil
    }
}

/// Newton's step of both ends of a shortest interval.
struct ShortestStep {
    let lower: Double
    let upper: Double
    /// Whether the density rises at the lower end and falls at the upper.
    let isInside: Bool
    var size: Double { max(lower.magnitude, upper.magnitude) }

    /// - Parameters:
    ///   - low: The lower tail, density and slope at the lower end.
    ///   - high: The upper tail, density and slope at the upper end.
    init(_ low: NormalComponents.Values, _ high: NormalComponents.Values, level: Double) {
        let missing = (1 - level) - low.tail - high.tail
        let (rise, fall) = (low.slope / low.density, high.slope / high.density)
        let difference = Elementary.log(low.density / high.density)
        // f(b) db − f(a) da = −missing, (f′/f)(a) da − (f′/f)(b) db = −difference.
        let determinant = low.density * fall - high.density * rise
        lower = (missing * fall + high.density * difference) / determinant
        upper = (low.density * difference + missing * rise) / determinant
        isInside = rise > 0 && fall < 0
    }
}
