internal import Probability

/// Numbers of a design that may differ between experiments.
package enum DesignNumbers: Sendable, Equatable {
    /// The first experiments' one by one, the last for all that follow; one number is everyone's.
    case listed([Double])
    /// Drawn anew for every data set, uniformly from one end to the other.
    case uniform(ClosedRange<Double>)

    package init(_ number: Double) { self = .listed([number]) }

    /// Every number that it names.
    package var named: [Double] {
        switch self {
        case .listed(let numbers): numbers
        case .uniform(let range): [range.lowerBound, range.upperBound]
        }
    }

    /// The most that all experiments' numbers can add up to.
    func greatestSum(over experiments: Int) -> Double {
        switch self {
        case .uniform(let range): return range.upperBound * Double(experiments)
        case .listed(let numbers):
            let first = numbers.prefix(experiments)
            let rest = Double(experiments - first.count) * (numbers.last ?? 0)
            return first.reduce(0, +) + rest
        }
    }

    /// The number of experiment k; only a range takes a draw.
    func number(_ k: Int, _ cursor: inout RandomCursor) -> Double {
        switch self {
        case .listed(let numbers): numbers[min(k, numbers.count - 1)]
        case .uniform(let range): range.lowerBound + (range.upperBound - range.lowerBound) * cursor.uniform()
        }
    }

    /// The same as a count: of a range every whole number in it is as likely.
    func count(_ k: Int, _ cursor: inout RandomCursor) -> Int {
        switch self {
        case .listed(let numbers): Int(numbers[min(k, numbers.count - 1)])
        case .uniform(let range):
            Int(range.lowerBound) + Int((range.upperBound - range.lowerBound + 1) * cursor.uniform())
        }
    }
}
