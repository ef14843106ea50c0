package import Values

/// A figure as it stands in the results file: every series that it draws, at full precision.
extension FigureModel {
    package var value: Value {
        [
            "kind": .string(kind), "summary": .string(summary),
            "panels": .list(panels.map(\.value)),
        ]
    }
}

extension FigureModel.Panel {
    fileprivate var value: Value {
        var object: Object = [:]
        if let title { object["title"] = .string(title) }
        object["x"] = x.value
        object["y"] = y.value
        if let colours { object["colours"] = colours.value }
        if let sizes { object["sizes"] = ["title": .string(sizes.title), "largest": Value(sizes.largest)] }
        object["marks"] = .list(marks.map(\.value))
        return .object(object)
    }
}

extension FigureModel.Axis {
    fileprivate var value: Value {
        var object: Object = ["title": .string(title), "scale": .string(scale.rawValue)]
        if let domain { object["domain"] = [Value(domain.lowerBound), Value(domain.upperBound)] }
        if let threshold { object["threshold"] = Value(threshold) }
        if isReversed { object["reversed"] = true }
        if !categories.isEmpty { object["categories"] = Value(categories.map(\.label)) }
        return .object(object)
    }
}

extension FigureModel.Mark {
    fileprivate var value: Value {
        switch self {
        case .points(let points, let series), .hollow(let points, let series):
            var object = named(series)
            object["points"] = .list(points.map(\.object))
            return .object(object)
        case .line(let x, let y, let series), .trace(let x, let y, let series), .cloud(let x, let y, let series):
            return .object(named(series, ["x": Value(x), "y": Value(y)]))
        case .bars(let edges, let heights, let series):
            return .object(named(series, ["edges": Value(edges), "heights": Value(heights)]))
        case .slope(let slope, let intercept, let series):
            return .object(named(series, ["slope": Value(slope), "intercept": Value(intercept)]))
        case .ribbon(let x, let lower, let upper, let level, let series):
            return .object(
                named(series, ["x": Value(x), "lower": Value(lower), "upper": Value(upper), "level": Value(level)]))
        case .density(let x, let y, let median, let interval, let inner, let series):
            var object = named(
                series, ["x": Value(x), "y": Value(y), "median": Value(median), "interval": pair(interval)])
            if inner != nil { object["inner"] = pair(inner) }
            return .object(object)
        case .intervals(let rows, let series):
            var object = named(series)
            object["rows"] = .list(rows.map(\.value))
            return .object(object)
        case .diamond(let row, let estimate, let lower, let upper, let series):
            return .object(
                named(series, ["row": Value(row), "estimate": Value(estimate), "interval": Value([lower, upper])]))
        case .ruleX(let at, let label, let series), .ruleY(let at, let label, let series):
            return .object(named(series, ["at": Value(at), "text": .string(label)]))
        case .ellipse(let ellipse, let series):
            return .object(
                named(
                    series,
                    [
                        "centre": Value([ellipse.centre.x, ellipse.centre.y]),
                        "axes": Value([[ellipse.major.x, ellipse.major.y], [ellipse.minor.x, ellipse.minor.y]]),
                        "level": Value(ellipse.level), "repaired": .boolean(ellipse.isRepaired),
                    ]))
        case .area(let x, let lower, let upper, let series):
            return .object(named(series, ["x": Value(x), "lower": Value(lower), "upper": Value(upper)]))
        case .spans(let spans, let direction, let series):
            return .object(
                named(series, ["along": .string(direction.rawValue), "spans": .list(spans.map(\.value))]))
        case .bar(let spans, let direction, let isStacked, let series):
            return .object(
                named(
                    series,
                    [
                        "along": .string(direction.rawValue), "stacked": .boolean(isStacked),
                        "bars": .list(spans.map(\.value)),
                    ]))
        case .halfEye(let row, let x, let y, let median, let interval, let inner, let series):
            return .object(
                named(
                    series,
                    [
                        "row": Value(row), "x": Value(x), "y": Value(y), "median": Value(median),
                        "interval": pair(interval), "inner": pair(inner),
                    ]))
        case .dots(let points, let row, let series):
            var object = named(series, ["x": Value(points.map(\.x))])
            if let row { object["row"] = Value(row) }
            return .object(object)
        case .texts(let points, let series):
            return .object(named(series, ["points": .list(points.map(\.object))]))
        case .bandX(let range, let label, let series), .bandY(let range, let label, let series):
            return .object(named(series, ["between": pair(range), "text": .string(label)]))
        case .cells(let cells, let scale):
            var object: Object = ["mark": .string(word)]
            for (key, value) in scale.value.object ?? Object() { object[key] = value }
            object["cells"] = .list(cells.map(\.object))
            return .object(object)
        }
    }

    private var word: String {
        switch self {
        case .points: "points"
        case .cloud: "cloud"
        case .line: "line"
        case .trace: "trace"
        case .bars: "bars"
        case .slope: "slope"
        case .ribbon: "ribbon"
        case .density: "density"
        case .intervals: "intervals"
        case .diamond: "diamond"
        case .hollow: "hollow"
        case .ruleX: "rule-x"
        case .ruleY: "rule-y"
        case .ellipse: "ellipse"
        case .area: "area"
        case .spans: "spans"
        case .bar: "bar"
        case .halfEye: "half-eye"
        case .dots: "dots"
        case .texts: "texts"
        case .bandX: "band-x"
        case .bandY: "band-y"
        case .cells: "cells"
        }
    }

    private func named(_ series: FigureModel.Series, _ rest: Object = [:]) -> Object {
        var object: Object = ["mark": .string(word), "series": .string(series.name)]
        for (key, value) in rest { object[key] = value }
        return object
    }
}

extension FigureModel.Point {
    fileprivate var object: Value {
        var object: Object = ["x": Value(x), "y": Value(y)]
        if xInterval != nil { object["xInterval"] = pair(xInterval) }
        if yInterval != nil { object["yInterval"] = pair(yInterval) }
        if !label.isEmpty { object["label"] = .string(label) }
        if !callout.isEmpty { object["callout"] = .string(callout) }
        if size != nil { object["size"] = Value(size) }
        if value != nil { object["value"] = Value(value) }
        return .object(object)
    }
}

extension FigureModel.Interval {
    fileprivate var value: Value {
        var object: Object = [
            "row": Value(row), "estimate": Value(estimate), "interval": Value([outer.lower, outer.upper]),
        ]
        if let inner { object["inner"] = Value([inner.lower, inner.upper]) }
        if let weight { object["weight"] = Value(weight) }
        return .object(object)
    }
}

extension FigureModel.Span {
    fileprivate var value: Value {
        var object: Object = ["at": Value(at), "lower": Value(lower), "upper": Value(upper)]
        if estimate != nil { object["estimate"] = Value(estimate) }
        if inner != nil { object["inner"] = pair(inner) }
        return .object(object)
    }
}

extension FigureModel.ColourScale {
    fileprivate var value: Value {
        [
            "title": .string(title), "domain": Value([domain.lowerBound, domain.upperBound]), "middle": Value(middle),
        ]
    }
}

extension FigureModel.Cell {
    fileprivate var object: Value {
        ["column": Value(column), "row": Value(row), "value": Value(value)]
    }
}

private func pair(_ range: ClosedRange<Double>?) -> Value {
    range.map { [Value($0.lowerBound), Value($0.upperBound)] } ?? .null
}
