import Values

/// Ticks of a symlog axis: zero, and on both sides powers of ten from the threshold on; every second, third … where there
/// is no room for all.
func symlogTicks(in domain: ClosedRange<Double>, threshold: Double, atMost count: Int) -> [Tick] {
    let largest = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
    guard largest > 0, threshold > 0, count > 0 else { return [] }
    let low = Value.shortestDigits(threshold).exponent - 1
    let high = max(low, Value.shortestDigits(largest).exponent - 1)
    for stride in 1...(high - low + 1) {
        // From the largest power down, so that the ends of the axis are told.
        let sizes = (low...high).filter { (high - $0) % stride == 0 }
        let ticks =
            sizes.reversed().map { Tick(mantissa: -1, exponent: $0) } + [Tick(mantissa: 0, exponent: 0)]
            + sizes.map { Tick(mantissa: 1, exponent: $0) }
        let found = ticks.filter { domain.contains($0.value) }
        if found.count <= max(2, count) { return found.count > 1 ? found : linearTicks(in: domain, atMost: count) }
    }
    return linearTicks(in: domain, atMost: count)
}
