import Results

/// The smallest and the largest of the values seen.
struct Extent {
    private(set) var lower = Double.infinity
    private(set) var upper = -Double.infinity

    mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        lower = min(lower, value)
        upper = max(upper, value)
    }

    mutating func add(_ values: some Sequence<Double>) { for value in values { add(value) } }

    mutating func add(_ other: Extent) {
        add(other.lower)
        add(other.upper)
    }

    var isEmpty: Bool { lower > upper }
    var width: Double { isEmpty ? 0 : upper - lower }

    /// Widened by a share of the width on both sides, by something where there is no width.
    func padded(_ share: Double) -> ClosedRange<Double> {
        guard !isEmpty else { return 0...1 }
        if width > 0, share == 0 { return lower...upper }
        let pad = width > 0 ? width * share : max(lower.magnitude * 0.1, 0.5)
        return (lower - pad)...(upper + pad)
    }

    /// A widened domain without what was added beyond zero, where zero is an end.
    func grounded(_ domain: ClosedRange<Double>) -> ClosedRange<Double> {
        if lower == 0, domain.upperBound > 0 { return 0...domain.upperBound }
        return upper == 0 && domain.lowerBound < 0 ? domain.lowerBound...0 : domain
    }

    /// The same for a logarithmic axis.
    func paddedByRatio(_ ratio: Double) -> ClosedRange<Double> {
        guard !isEmpty, upper > 0 else { return 1...10 }
        let floor = lower > 0 ? lower : upper / 1000
        return floor < upper || ratio > 1 ? (floor / ratio)...(upper * ratio) : (floor / 2)...(upper * 2)
    }
}

/// What the marks of a panel reach to, apart for estimates and for what surrounds them.
///
/// One very uncertain estimate must not press all others into a corner: an interval widens a frame by at most as much
/// again as the estimates span, and what reaches beyond is drawn to the frame and ends in an arrow.
struct PanelExtent {
    var x = Extent()
    var y = Extent()
    private var outerX = Extent()
    private var outerY = Extent()

    init(_ panel: FigureModel.Panel) {
        for mark in panel.marks { add(mark) }
        if let null = panel.x.null { x.add(null) }
        if let null = panel.y.null { y.add(null) }
        x = PanelExtent.surrounded(x, by: outerX)
        y = PanelExtent.surrounded(y, by: outerY)
    }

    private mutating func add(_ mark: FigureModel.Mark) {
        switch mark {
        case .points(let points, _), .hollow(let points, _):
            for point in points {
                x.add(point.x)
                y.add(point.y)
                if let interval = point.xInterval { outerX.add([interval.lowerBound, interval.upperBound]) }
                if let interval = point.yInterval { outerY.add([interval.lowerBound, interval.upperBound]) }
            }
        case .line(let xs, let ys, _), .trace(let xs, let ys, _), .cloud(let xs, let ys, _):
            x.add(xs)
            y.add(ys)
        case .ribbon(let xs, let lower, let upper, _, _):
            x.add(xs)
            outerY.add(lower)
            outerY.add(upper)
        case .bars(let edges, let heights, _):
            x.add(edges)
            y.add([0] + heights)
        case .density(let xs, let ys, let median, let interval, _, _):
            addDensity(xs, ys)
            if let median { x.add(median) }
            if let interval { x.add([interval.lowerBound, interval.upperBound]) }
        case .intervals(let intervals, _):
            for interval in intervals {
                x.add(interval.estimate)
                outerX.add([interval.outer.lower, interval.outer.upper])
            }
        case .diamond(_, let estimate, let lower, let upper, _): x.add([estimate, lower, upper])
        case .ruleX(let value, _, _): x.add(value)
        case .ruleY(let value, _, _): y.add(value)
        case .ellipse(let ellipse, _):
            let (centre, reach) = (ellipse.centre, ellipse.reach)
            x.add([centre.x - reach.x, centre.x + reach.x])
            y.add([centre.y - reach.y, centre.y + reach.y])
        case .area(let xs, let lower, let upper, _):
            x.add(xs)
            y.add(lower)
            y.add(upper)
        case .spans(let spans, let direction, _):
            for span in spans {
                add(span.at, along: direction == .x ? .y : .x)
                if let estimate = span.estimate { add(estimate, along: direction) }
                if direction == .x {
                    outerX.add([span.lower, span.upper])
                } else {
                    outerY.add([span.lower, span.upper])
                }
            }
        case .bar(let spans, let direction, _, _):
            for span in spans {
                add(span.at, along: direction == .x ? .y : .x)
                for end in [span.lower, span.upper] { add(end, along: direction) }
            }
        case .halfEye(_, let xs, let ys, let median, let interval, _, _):
            let peak = ys.max() ?? 0
            for (value, height) in zip(xs, ys) where height > peak * 0.004 { x.add(value) }
            if let median { x.add(median) }
            if let interval { x.add([interval.lowerBound, interval.upperBound]) }
        case .dots(let points, _, _): x.add(points.map(\.x))
        case .texts(let points, _):
            x.add(points.map(\.x))
            y.add(points.map(\.y))
        case .bandX(let range, _, _): x.add([range.lowerBound, range.upperBound])
        case .bandY(let range, _, _): y.add([range.lowerBound, range.upperBound])
        case .slope, .cells: break
        }
    }

    private mutating func add(_ value: Double, along direction: FigureModel.Direction) {
        if direction == .x { x.add(value) } else { y.add(value) }
    }

    /// A density counts as far as it stands out from the axis.
    private mutating func addDensity(_ xs: [Double], _ ys: [Double]) {
        let peak = ys.max() ?? 0
        y.add([0, peak])
        for (value, height) in zip(xs, ys) where height > peak * 0.004 { x.add(value) }
    }

    private static func surrounded(_ inner: Extent, by outer: Extent) -> Extent {
        guard !outer.isEmpty else { return inner }
        guard !inner.isEmpty else { return outer }
        let reach = inner.width > 0 ? inner.width : outer.width
        var result = inner
        result.add(max(outer.lower, inner.lower - reach))
        result.add(min(outer.upper, inner.upper + reach))
        return result
    }
}
