import Documents

/// Ticks of a time axis at what a calendar begins: years, quarters, months, weeks, days, hours, minutes.
///
/// The finest such step that gives no more than `count` ticks is taken. A tick tells what it begins, and the first one, or
/// one that begins more, tells that too: `Nov 2025`, `Dec`, `2026`, `Feb`.
func timeTicks(in domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
    guard domain.lowerBound.magnitude < 1e11, domain.upperBound.magnitude < 1e11, count > 0 else { return [] }
    for step in TimeStep.all {
        let times = step.times(in: domain, atMost: count)
        if let times { return labelled(times, step) }
    }
    return linearTicks(in: domain, atMost: count).map { Tick(mantissa: $0.mantissa, exponent: $0.exponent, text: "") }
}

private enum TimeStep {
    case seconds(Int)
    case days(Int)
    case months(Int)
    case years(Int)

    static let all: [TimeStep] =
        [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map(TimeStep.seconds)
        + [1, 2, 7, 14].map(TimeStep.days) + [1, 2, 3, 6].map(TimeStep.months)
        + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map(TimeStep.years)

    /// The times of this step in a domain; nil where there are more than `count`.
    func times(in domain: ClosedRange<Double>, atMost count: Int) -> [Int]? {
        switch self {
        case .seconds(let step): return multiples(of: step, from: 0, in: domain, atMost: count)
        // Weeks begin on Mondays: 1970 began on a Thursday.
        case .days(let step):
            return multiples(of: step * 86_400, from: step % 7 == 0 ? 4 * 86_400 : 0, in: domain, atMost: count)
        case .months(let step): return months(step, in: domain, atMost: count)
        case .years(let step): return months(step * 12, in: domain, atMost: count)
        }
    }

    private func multiples(
        of step: Int, from origin: Int, in domain: ClosedRange<Double>, atMost count: Int
    ) -> [Int]? {
        let first = ((domain.lowerBound - Double(origin)) / Double(step)).rounded(.up)
        let last = ((domain.upperBound - Double(origin)) / Double(step)).rounded(.down)
        guard last - first < Double(count) else { return nil }
        return last < first ? [] : (Int(first)...Int(last)).map { origin + $0 * step }
    }

    private func months(_ step: Int, in domain: ClosedRange<Double>, atMost count: Int) -> [Int]? {
        func month(_ seconds: Double) -> Int {
            let date = CalendarTime.date(days: Int((seconds / CalendarTime.day).rounded(.down)))
            return date.year * 12 + date.month - 1
        }
        func start(_ month: Int) -> Int {
            let year = month >= 0 ? month / 12 : -((11 - month) / 12)
            return CalendarTime.days(year: year, month: month - year * 12 + 1, day: 1) * 86_400
        }
        let first = month(domain.lowerBound) / step * step
        let last = month(domain.upperBound)
        guard first <= last else { return [] }
        guard (last - first) / step <= count + 1 else { return nil }
        let times = stride(from: first, through: last, by: step).map(start).filter { domain.contains(Double($0)) }
        return times.count <= count ? times : nil
    }
}

private func labelled(_ times: [Int], _ step: TimeStep) -> [Tick] {
    times.enumerated().map { index, time in
        let days = Int((Double(time) / CalendarTime.day).rounded(.down))
        let rest = time - days * 86_400
        let (year, month, day) = CalendarTime.date(days: days)
        let name = String(CalendarTime.monthNames[month - 1].prefix(3))
        let isFirst = index == 0
        let text: String
        switch step {
        case .years: text = String(year)
        case .months: text = month == 1 ? String(year) : isFirst ? "\(name) \(year)" : name
        case .days:
            let earlier = isFirst ? nil : times[index - 1]
            let isNewYear =
                earlier.map { CalendarTime.date(days: Int((Double($0) / 86_400).rounded(.down))).year != year } ?? true
            text = isNewYear ? "\(day) \(name) \(year)" : "\(day) \(name)"
        case .seconds:
            text = isFirst || rest == 0 ? "\(day) \(name) \(CalendarTime.clock(rest))" : CalendarTime.clock(rest)
        }
        return Tick(mantissa: time, exponent: 0, text: text)
    }
}
