import Results
import Values

/// A colour scale in steps between round numbers, so that a colour can be read off a bar and stands for a range.
struct ColourSteps {
    enum Hue: String, Sendable {
        case low
        case high
    }

    /// One step of the bar.
    struct Step: Hashable {
        var hue: Hue
        /// 1, almost paper, to 9.
        var level: Int

        var cssClass: String { hue.rawValue + "\(level)" }
        /// The colours are made so that ink is legible on levels up to 6 and paper from 7 on, in both schemes.
        var takesInk: Bool { level <= 6 }
    }

    /// From the lowest to the highest.
    let steps: [Step]
    /// One more than steps.
    let edges: [Tick]
    /// The edge about which the hues diverge.
    let middle: Int?
    private let origin: Double
    private let width: Double

    init(_ scale: FigureModel.ColourScale) {
        let lower = scale.domain.lowerBound
        let upper = scale.domain.upperBound
        if let middle = scale.middle {
            let reach = max(upper - middle, middle - lower)
            let (step, count) = ColourSteps.step(covering: 0...(reach > 0 ? reach : 1), atMost: 5)
            width = step.value
            origin = middle
            self.middle = count
            let levels = (0..<count).map { ColourSteps.level($0, of: count, from: 2) }
            steps =
                levels.reversed().map { Step(hue: .low, level: $0) } + levels.map { Step(hue: .high, level: $0) }
            let exponent = max(min(step.exponent, ColourSteps.exponent(of: middle)), step.exponent - 3)
            edges = (-count...count).map { ColourSteps.tick(middle + Double($0) * step.value, exponent) }
        } else {
            let (step, count) = ColourSteps.step(
                covering: lower < upper ? lower...upper : lower...(lower + 1), atMost: 9)
            width = step.value
            let first = (lower / step.value + 1e-9).rounded(.down)
            origin = first * step.value
            middle = nil
            steps = (0..<count).map { Step(hue: .high, level: ColourSteps.level($0, of: count, from: 1)) }
            edges = (0...count).map { Tick(mantissa: (Int(first) + $0) * step.mantissa, exponent: step.exponent) }
        }
    }

    /// The step of a value; nil for the very middle, which has no hue. Values beyond the ends take the last colours.
    func step(of value: Double) -> Step? {
        let distance = (value - origin) / width
        if let middle {
            guard distance != 0 else { return nil }
            let index = Int(min(max(1, (distance.magnitude - 1e-9).rounded(.up)), Double(middle)))
            return distance > 0 ? steps[middle + index - 1] : steps[middle - index]
        }
        return steps[Int(min(max(0, (distance + 1e-9).rounded(.down)), Double(steps.count - 1)))]
    }

    private static func level(_ index: Int, of count: Int, from first: Int) -> Int {
        guard count > 1 else { return 5 }
        return first + Int((Double(index) * Double(9 - first) / Double(count - 1)).rounded())
    }

    /// The finest round step of which at most `count` cover a domain, and how many do.
    private static func step(covering domain: ClosedRange<Double>, atMost count: Int) -> (step: Tick, count: Int) {
        let width = domain.upperBound - domain.lowerBound
        let magnitude = Value.shortestDigits(width).exponent
        for exponent in (magnitude - 3)...(magnitude + 2) {
            for digit in [1, 2, 5] {
                let step = Tick(mantissa: digit, exponent: exponent)
                let first = (domain.lowerBound / step.value + 1e-9).rounded(.down)
                let last = (domain.upperBound / step.value - 1e-9).rounded(.up)
                if first.magnitude < 1e12, last.magnitude < 1e12, last - first <= Double(count) {
                    return (step, max(1, Int(last - first)))
                }
            }
        }
        return (Tick(mantissa: 1, exponent: magnitude), 1)
    }

    private static func exponent(of value: Double) -> Int {
        guard value != 0 else { return 0 }
        let (digits, exponent) = Value.shortestDigits(value.magnitude)
        return exponent - digits.count
    }

    private static func tick(_ value: Double, _ exponent: Int) -> Tick {
        let mantissa = (value / Tick(mantissa: 1, exponent: exponent).value).rounded()
        return Tick(mantissa: mantissa.magnitude < 1e15 ? Int(mantissa) : 0, exponent: exponent)
    }
}
