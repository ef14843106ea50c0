import Values

/// A tick as an exact decimal number, mantissa × 10^exponent, so that its text needs no rounding.
struct Tick: Hashable {
    var mantissa: Int
    var exponent: Int
    /// What stands at it where it is no number: a date.
    var text: String?

    init(mantissa: Int, exponent: Int, text: String? = nil) {
        self.mantissa = mantissa
        self.exponent = exponent
        self.text = text
    }

    /// The nearest floating-point number.
    var value: Double { Double("\(mantissa)e\(exponent)") ?? 0 }
}

/// Round numbers in a domain, at most `count` of them: multiples of 1, 2 or 5 times a power of ten.
///
/// The finest such step that gives no more than `count` ticks is taken (as Heckbert 1990, "Nice numbers for graph
/// labels", but with the count as a limit and not as a wish).
func linearTicks(in domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    let width = domain.upperBound - domain.lowerBound
    guard width > 0, width.isFinite, count > 0 else { return [] }
    let magnitude = Value.shortestDigits(width).exponent
    for exponent in (magnitude - 3)...(magnitude + 1) {
        for digit in [1, 2, 5] {
            let step = Tick(mantissa: digit, exponent: exponent).value
            // A hair of slack keeps a tick that stands exactly at the end of the domain.
            let first = (domain.lowerBound / step - 1e-9).rounded(.up)
            let last = (domain.upperBound / step + 1e-9).rounded(.down)
            guard last - first < Double(count), first.magnitude < 1e12, last.magnitude < 1e12 else { continue }
            guard last >= first else { return [] }
            return (Int(first)...Int(last)).map { Tick(mantissa: $0 * digit, exponent: exponent) }
        }
    }
    return []
}

/// Ticks of a logarithmic axis: powers of ten, with twos and fives where there is room.
func logTicks(in domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    guard domain.lowerBound > 0, count > 0 else { return [] }
    let low = Value.shortestDigits(domain.lowerBound).exponent - 1
    let high = Value.shortestDigits(domain.upperBound).exponent
    func ticks(_ digits: [Int], every stride: Int) -> [Tick] {
        (low...max(low, high)).filter { $0 % stride == 0 }.flatMap { exponent in
            digits.map { Tick(mantissa: $0, exponent: exponent) }
        }.filter { domain.contains($0.value) }
    }
    for digits in [[1, 2, 5], [1, 3], [1]] {
        let found = ticks(digits, every: 1)
        if found.count >= 2, found.count <= count { return found }
    }
    for stride in 2...max(2, high - low + 1) {
        let found = ticks([1], every: stride)
        if found.count >= 2, found.count <= count { return found }
    }
    return linearTicks(in: domain, atMost: count)
}
