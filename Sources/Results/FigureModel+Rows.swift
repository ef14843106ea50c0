extension FigureModel.Mark {
    /// What the mark draws, a row each.
    package var rows: [FigureRow] {
        switch self {
        case .points(let points, let series): points.map { $0.row("point", series) }
        case .hollow(let points, let series): points.map { $0.row("open point", series) }
        case .texts(let points, let series): points.map { $0.row("label", series, $0.callout) }
        case .cloud(let x, let y, let series): pairs("point", x, y, series)
        case .line(let x, let y, let series): pairs("line", x, y, series, isOnCurve: true)
        // What lies between two of its places cannot be told from them.
        case .trace(let x, let y, let series): pairs("line", x, y, series)
        case .bars(let edges, let heights, let series):
            zip(heights.indices, zip(edges, edges.dropFirst())).map { index, ends in
                FigureRow("bar", series.label, x: .init(nil, ends), y: .init(heights[index]))
            }
        case .slope(let slope, let intercept, let series):
            [FigureRow("fitted line", series.label, measures: [.slope: slope, .intercept: intercept])]
        case .ribbon(let x, let lower, let upper, let level, let series):
            band(x, lower, upper, series).map { row in
                var row = row
                row.measures[.level] = level
                return row
            }
        case .area(let x, let lower, let upper, let series): band(x, lower, upper, series)
        case .density(let x, let y, let median, let interval, let inner, let series):
            (median == nil && interval == nil
                ? [] : [FigureRow("density", series.label, x: .init(median, between: interval, inner: inner))])
                + pairs("density", x, y, series, isOnCurve: true)
        case .halfEye(let row, let x, let y, let median, let interval, let inner, let series):
            [
                FigureRow(
                    "density", series.label, x: .init(median, between: interval, inner: inner), y: .init(Double(row)))
            ]
                + zip(x, y).map { x, height in
                    FigureRow(
                        "density", series.label, x: .init(x), y: .init(Double(row)), measures: [.density: height],
                        isOnCurve: true)
                }
        case .intervals(let rows, let series):
            rows.map { row in
                FigureRow(
                    "interval", series.label, x: .init(row.estimate, row.outer, inner: row.inner),
                    y: .init(Double(row.row)), measures: row.weight.map { [.weight: $0] } ?? [:])
            }
        case .diamond(let row, let estimate, let lower, let upper, let series):
            [FigureRow("diamond", series.label, x: .init(estimate, (lower, upper)), y: .init(Double(row)))]
        case .ruleX(let at, let label, let series): [FigureRow("rule", told(series, label), label, x: .init(at))]
        case .ruleY(let at, let label, let series): [FigureRow("rule", told(series, label), label, y: .init(at))]
        case .bandX(let range, let label, let series):
            [FigureRow("band", told(series, label), label, x: .init(nil, between: range))]
        case .bandY(let range, let label, let series):
            [FigureRow("band", told(series, label), label, y: .init(nil, between: range))]
        case .ellipse(let ellipse, let series): [ellipse.row(series)]
        case .spans(let spans, let direction, let series):
            spans.map { span in
                let along = FigureRow.Place(
                    span.estimate, (span.lower, span.upper), inner: span.inner.map { ($0.lowerBound, $0.upperBound) })
                return span.row("interval", series, along, direction)
            }
        case .bar(let spans, let direction, let isStacked, let series):
            spans.map { $0.row("bar", series, $0.bar(isStacked: isStacked), direction) }
        case .dots(let points, let row, let series):
            points.map { point in
                FigureRow(
                    "dot", series.label, point.label, x: .init(point.x), y: .init(row.map { Double($0) }))
            }
        case .cells(let cells, _):
            cells.map { cell in
                FigureRow(
                    "cell", x: .init(Double(cell.column)), y: .init(Double(cell.row)), measures: [.value: cell.value])
            }
        }
    }

    private func pairs(
        _ mark: String, _ x: [Double], _ y: [Double], _ series: FigureModel.Series, isOnCurve: Bool = false
    ) -> [FigureRow] {
        zip(x, y).map { x, y in
            FigureRow(mark, series.label, x: .init(x), y: .init(y), isOnCurve: isOnCurve)
        }
    }

    private func band(
        _ x: [Double], _ lower: [Double], _ upper: [Double], _ series: FigureModel.Series
    ) -> [FigureRow] {
        zip(x, zip(lower, upper)).map { x, ends in
            FigureRow("band", series.label, x: .init(x), y: .init(nil, ends), isOnCurve: true)
        }
    }

    /// The name of a series that does not only say again what stands at the rule.
    private func told(_ series: FigureModel.Series, _ label: String) -> String {
        label.isEmpty ? series.label : ""
    }
}

extension FigureModel.Point {
    fileprivate func row(_ mark: String, _ series: FigureModel.Series, _ words: String? = nil) -> FigureRow {
        var measures: [FigureRow.Measure: Double] = [:]
        measures[.value] = value
        measures[.size] = size
        return FigureRow(
            mark, series.label, words ?? (label.isEmpty ? callout : label), x: .init(x, between: xInterval),
            y: .init(y, between: yInterval), measures: measures)
    }
}

extension FigureModel.Span {
    fileprivate func row(
        _ mark: String, _ series: FigureModel.Series, _ along: FigureRow.Place, _ direction: FigureModel.Direction
    ) -> FigureRow {
        let place = FigureRow.Place(at)
        return direction == .x
            ? FigureRow(mark, series.label, x: along, y: place) : FigureRow(mark, series.label, x: place, y: along)
    }

    /// A bar that begins at zero is told by its other end, one in a stack by its length, any other by both ends.
    fileprivate func bar(isStacked: Bool) -> FigureRow.Place {
        if isStacked { return .init(upper - lower, (lower, upper)) }
        if lower == 0 { return .init(upper) }
        return upper == 0 ? .init(lower) : .init(nil, (lower, upper))
    }
}

extension FigureModel.Ellipse {
    /// Its centre, how far it reaches either way, and how the two go together.
    fileprivate func row(_ series: FigureModel.Series) -> FigureRow {
        let reach = reach
        var measures: [FigureRow.Measure: Double] = [.level: level]
        let product = reach.x * reach.y
        if product > 0 { measures[.correlation] = (major.x * major.y + minor.x * minor.y) / product }
        return FigureRow(
            "ellipse", series.label, x: .init(centre.x, (centre.x - reach.x, centre.x + reach.x)),
            y: .init(centre.y, (centre.y - reach.y, centre.y + reach.y)), measures: measures)
    }
}
