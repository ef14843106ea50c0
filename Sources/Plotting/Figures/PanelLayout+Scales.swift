import Results

/// The scales and ticks of a panel's axes.
extension PanelLayout {
    static func ticks(_ axis: FigureModel.Axis, _ domain: ClosedRange<Double>, atMost count: Int) -> [Tick] {
        switch axis.scale {
        case .linear: linearTicks(in: domain, atMost: count)
        case .log: logTicks(in: domain, atMost: count)
        case .symlog:
            symlogTicks(
                in: domain, threshold: axis.threshold ?? SymlogScale.threshold(for: domain), atMost: count)
        case .time: timeTicks(in: domain, atMost: count)
        case .category, .hidden: []
        }
    }

    static func scale(
        _ axis: FigureModel.Axis, _ domain: ClosedRange<Double>, from start: Double, to end: Double
    ) -> any PositionScale {
        switch axis.scale {
        case .log where domain.lowerBound > 0: LogScale(domain: domain, start: start, end: end)
        case .symlog:
            SymlogScale(
                domain: domain, threshold: axis.threshold ?? SymlogScale.threshold(for: domain), start: start, end: end)
        case .category: BandScale(count: axis.categories.count, start: start, end: end)
        default: LinearScale(domain: domain, start: start, end: end)
        }
    }

    /// As many ticks as there is room for between their texts, seven at the most.
    static func xTicks(
        _ axis: FigureModel.Axis, _ domain: ClosedRange<Double>, scale: any PositionScale, text: TickText, width: Double
    ) -> [Tick] {
        guard axis.scale != .hidden, axis.scale != .category else { return [] }
        for count in stride(from: width > 300 ? 7 : 5, through: 2, by: -1) {
            let ticks = ticks(axis, domain, atMost: count)
            let fits = zip(ticks, ticks.dropFirst()).allSatisfy { a, b in
                let half =
                    (textWidth(text.text(a), size: TextSize.tick) + textWidth(text.text(b), size: TextSize.tick)) / 2
                return (scale.position(b.value) - scale.position(a.value)).magnitude > half + 14
            }
            if fits, !ticks.isEmpty { return ticks }
        }
        return ticks(axis, domain, atMost: 1)
    }
}
