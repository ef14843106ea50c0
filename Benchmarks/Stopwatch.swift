import Foundation

enum Stopwatch {
    /// The shortest of `repeats` runs, in seconds.
    static func shortest(of repeats: Int, _ body: () throws -> Void) rethrows -> Double {
        var shortest = Double.infinity
        for _ in 0..<repeats {
            let duration = try ContinuousClock().measure(body)
            let (seconds, attoseconds) = duration.components
            shortest = min(shortest, Double(seconds) + Double(attoseconds) * 1e-18)
        }
        return shortest
    }

    /// Three digits and a unit.
    static func text(_ seconds: Double) -> String {
        for (unit, factor) in [("s", 1.0), ("ms", 1e3), ("µs", 1e6)] where seconds * factor >= 1 || unit == "µs" {
            return String(format: "%.3g ", seconds * factor) + unit
        }
        return ""
    }
}
