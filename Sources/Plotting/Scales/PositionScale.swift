import Probability
import Values

/// Where a value stands along one side of a frame.
protocol PositionScale: Sendable {
    var domain: ClosedRange<Double> { get }
    /// The coordinate of a value; those outside the domain fall outside the frame.
    func position(_ value: Double) -> Double
    /// Values from one end of the domain to the other, as many and one more, for curves: close where the scale is wide.
    func samples(_ count: Int) -> [Double]
}

extension PositionScale {
    func contains(_ value: Double) -> Bool { domain.contains(value) }

    func samples(_ count: Int) -> [Double] {
        let width = domain.upperBound - domain.lowerBound
        return (0...count).map { domain.lowerBound + width * Double($0) / Double(count) }
    }

    /// The coordinate of the value, or of the end of the domain that it lies beyond.
    func clamped(_ value: Double) -> Double {
        guard !value.isNaN else { return position(domain.lowerBound) }
        return position(min(max(value, domain.lowerBound), domain.upperBound))
    }
}

/// Equal differences are equal lengths.
struct LinearScale: PositionScale {
    var domain: ClosedRange<Double>
    /// The coordinates of the domain's ends; `end` is above `start` on a y axis, so smaller.
    var start: Double
    var end: Double

    func position(_ value: Double) -> Double {
        let width = domain.upperBound - domain.lowerBound
        guard width > 0 else { return (start + end) / 2 }
        return start + (value - domain.lowerBound) / width * (end - start)
    }
}

/// Equal ratios are equal lengths; the domain is above 0.
struct LogScale: PositionScale {
    var domain: ClosedRange<Double>
    var start: Double
    var end: Double

    func position(_ value: Double) -> Double {
        let lower = commonLogarithm(domain.lowerBound)
        let upper = commonLogarithm(domain.upperBound)
        guard value > 0 else { return start - (end - start) }
        guard upper > lower else { return (start + end) / 2 }
        return start + (commonLogarithm(value) - lower) / (upper - lower) * (end - start)
    }
}

/// Equal ratios are equal lengths on both sides of zero, and about zero equal differences are: sgn(v) log₁₀(1 + |v| ⁄ c)
/// with a threshold c (Webber 2012, doi 10.1088/0957-0233/24/2/027001).
struct SymlogScale: PositionScale {
    var domain: ClosedRange<Double>
    var threshold: Double
    var start: Double
    var end: Double

    func position(_ value: Double) -> Double {
        let (lower, upper) = (bent(domain.lowerBound), bent(domain.upperBound))
        guard upper > lower else { return (start + end) / 2 }
        return start + (bent(value) - lower) / (upper - lower) * (end - start)
    }

    /// At equal distances.
    func samples(_ count: Int) -> [Double] {
        let (lower, upper) = (bent(domain.lowerBound), bent(domain.upperBound))
        return (0...count).map { step in
            let at = lower + (upper - lower) * Double(step) / Double(count)
            let magnitude = threshold * (Elementary.pow(10, at.magnitude) - 1)
            return at < 0 ? -magnitude : magnitude
        }
    }

    private func bent(_ value: Double) -> Double {
        let magnitude = commonLogarithm(1 + value.magnitude / threshold)
        return value < 0 ? -magnitude : magnitude
    }

    /// A power of ten, three below the largest magnitude in the domain, where nobody says more.
    static func threshold(for domain: ClosedRange<Double>) -> Double {
        let largest = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
        guard largest > 0 else { return 1 }
        return Tick(mantissa: 1, exponent: Value.shortestDigits(largest).exponent - 4).value
    }
}

/// Bands side by side: values are their numbers, coordinates their middles.
struct BandScale: PositionScale {
    var count: Int
    var start: Double
    var end: Double

    var domain: ClosedRange<Double> { -0.5...(Double(max(1, count)) - 0.5) }
    /// The width of a band.
    var step: Double { (end - start) / Double(max(1, count)) }

    func position(_ value: Double) -> Double { start + (value + 0.5) * step }
}

/// The rows of a category axis: values are row numbers, coordinates the middles of the rows.
struct RowScale: PositionScale {
    var middles: [Double]
    var domain: ClosedRange<Double> { 0...Double(max(0, middles.count - 1)) }

    func position(_ value: Double) -> Double {
        guard let first = middles.first, let last = middles.last else { return 0 }
        let row = value.rounded()
        if row < 0 { return first }
        return row < Double(middles.count) ? middles[Int(row)] : last
    }
}

/// log₁₀, by the form of SLEEF that gives the same bits on every machine.
func commonLogarithm(_ x: Double) -> Double { Elementary.log10(x) }
