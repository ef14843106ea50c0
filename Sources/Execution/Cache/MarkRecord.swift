import Results
import Values

/// The marks of a kept figure: a word, what is drawn, its series.
extension FigureModel.Mark {
    var record: Value {
        switch self {
        case .points(let points, let series): ["points", .list(points.map(\.record)), series.record]
        case .hollow(let points, let series): ["hollow", .list(points.map(\.record)), series.record]
        case .cloud(let x, let y, let series): ["cloud", Value(exactly: x), Value(exactly: y), series.record]
        case .line(let x, let y, let series): ["line", Value(exactly: x), Value(exactly: y), series.record]
        case .trace(let x, let y, let series): ["trace", Value(exactly: x), Value(exactly: y), series.record]
        case .bars(let edges, let heights, let series):
            ["bars", Value(exactly: edges), Value(exactly: heights), series.record]
        case .slope(let slope, let intercept, let series):
            ["slope", Value(exactly: slope), Value(exactly: intercept), series.record]
        case .ribbon(let x, let lower, let upper, let level, let series):
            [
                "ribbon", Value(exactly: x), Value(exactly: lower), Value(exactly: upper), Value(exactly: level),
                series.record,
            ]
        case .density(let x, let y, let median, let interval, let inner, let series):
            [
                "density", Value(exactly: x), Value(exactly: y), Value(exactly: median), Value(exactly: interval),
                Value(exactly: inner), series.record,
            ]
        case .intervals(let rows, let series): ["intervals", .list(rows.map(\.record)), series.record]
        case .diamond(let row, let estimate, let lower, let upper, let series):
            ["diamond", Value(row), Value(exactly: [estimate, lower, upper]), series.record]
        case .ruleX(let at, let label, let series): ["rule-x", Value(exactly: at), .string(label), series.record]
        case .ruleY(let at, let label, let series): ["rule-y", Value(exactly: at), .string(label), series.record]
        case .ellipse(let ellipse, let series): ["ellipse", ellipse.record, series.record]
        case .cells(let cells, let scale): ["cells", .list(cells.map(\.record)), scale.record]
        case .area, .spans, .bar, .halfEye, .dots, .texts, .bandX, .bandY: freeRecord ?? .null
        }
    }

    /// nil where the record does not read.
    init?(record: Value) {
        guard let items = record.list, items.count >= 3, let word = items[0].string else { return nil }
        let rest = Array(items[1...])
        if word == "cells" {
            guard rest.count == 2, let cells = rest[0].read(FigureModel.Cell.init(record:)),
                let scale = FigureModel.ColourScale(record: rest[1])
            else { return nil }
            self = .cells(cells, scale)
            return
        }
        guard let series = FigureModel.Series(record: rest[rest.count - 1]),
            let mark = FigureModel.Mark(word, Array(rest.dropLast()), series)
        else { return nil }
        self = mark
    }

    private init?(_ word: String, _ parts: [Value], _ series: FigureModel.Series) {
        switch (word, parts.count) {
        case ("points", 1):
            guard let points = parts[0].read(FigureModel.Point.init(record:)) else { return nil }
            self = .points(points, series)
        case ("hollow", 1):
            guard let points = parts[0].read(FigureModel.Point.init(record:)) else { return nil }
            self = .hollow(points, series)
        case ("intervals", 1):
            guard let rows = parts[0].read(FigureModel.Interval.init(record:)) else { return nil }
            self = .intervals(rows, series)
        case ("ellipse", 1):
            guard let ellipse = FigureModel.Ellipse(record: parts[0]) else { return nil }
            self = .ellipse(ellipse, series)
        case ("rule-x", 2), ("rule-y", 2):
            guard let at = parts[0].exactNumber, let label = parts[1].string else { return nil }
            self = word == "rule-x" ? .ruleX(at, label: label, series) : .ruleY(at, label: label, series)
        case ("slope", 2):
            guard let slope = parts[0].exactNumber, let intercept = parts[1].exactNumber else { return nil }
            self = .slope(slope: slope, intercept: intercept, series)
        case ("diamond", 2):
            guard let row = parts[0].integer, let at = parts[1].exactNumbers, at.count == 3 else { return nil }
            self = .diamond(row: row, estimate: at[0], lower: at[1], upper: at[2], series)
        case ("cloud", 2), ("line", 2), ("trace", 2), ("bars", 2):
            guard let x = parts[0].exactNumbers, let y = parts[1].exactNumbers else { return nil }
            switch word {
            case "cloud": self = .cloud(x: x, y: y, series)
            case "line": self = .line(x: x, y: y, series)
            case "trace": self = .trace(x: x, y: y, series)
            default: self = .bars(edges: x, heights: y, series)
            }
        case ("ribbon", 4):
            guard let x = parts[0].exactNumbers, let lower = parts[1].exactNumbers, let upper = parts[2].exactNumbers,
                let level = parts[3].exactNumber
            else { return nil }
            self = .ribbon(x: x, lower: lower, upper: upper, level: level, series)
        case ("density", 5):
            guard let x = parts[0].exactNumbers, let y = parts[1].exactNumbers else { return nil }
            self = .density(
                x: x, y: y, median: parts[2].exactNumber, interval: parts[3].exactRange, inner: parts[4].exactRange,
                series)
        default: self.init(free: word, parts, series)
        }
    }
}

extension FigureModel.Series {
    var record: Value { [.string(name), .string(label), .boolean(isMuted)] }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 3, let name = items[0].string, let label = items[1].string,
            let isMuted = items[2].boolean
        else { return nil }
        self.init(name: name, label: label, isMuted: isMuted)
    }
}

extension FigureModel.Point {
    var record: Value {
        [
            Value(exactly: [x, y]), Value(exactly: xInterval), Value(exactly: yInterval), .string(label),
            .string(callout), Value(exactly: size), Value(exactly: value),
        ]
    }

    init?(record: Value) {
        guard let items = record.list, items.count == 7, let (x, y) = items[0].exactPair, let label = items[3].string,
            let callout = items[4].string
        else { return nil }
        self.init(
            x: x, y: y, xInterval: items[1].exactRange, yInterval: items[2].exactRange, label: label, callout: callout)
        size = items[5].exactNumber
        value = items[6].exactNumber
    }
}

extension FigureModel.Interval {
    fileprivate var record: Value {
        [
            Value(row), Value(exactly: estimate), Value(exactly: [outer.lower, outer.upper]),
            inner.map { Value(exactly: [$0.lower, $0.upper]) } ?? .null, Value(exactly: weight), .string(label),
        ]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 6, let row = items[0].integer,
            let estimate = items[1].exactNumber, let (lower, upper) = items[2].exactPair, let label = items[5].string
        else { return nil }
        self.init(
            row: row, estimate: estimate, outer: (lower, upper),
            inner: items[3].exactPair.map { (lower: $0, upper: $1) },
            weight: items[4].exactNumber, label: label)
    }
}

extension FigureModel.Ellipse {
    fileprivate var record: Value {
        [
            Value(exactly: [centre.x, centre.y]), Value(exactly: [major.x, major.y]),
            Value(exactly: [minor.x, minor.y]),
            Value(exactly: level), .boolean(isRepaired),
        ]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 5, let centre = items[0].exactPair,
            let major = items[1].exactPair, let minor = items[2].exactPair, let level = items[3].exactNumber,
            let isRepaired = items[4].boolean
        else { return nil }
        self.init(centre: centre, major: major, minor: minor, level: level, isRepaired: isRepaired)
    }
}

extension FigureModel.Cell {
    fileprivate var record: Value {
        [Value(column), Value(row), Value(exactly: value), .string(text), .string(label)]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 5, let column = items[0].integer, let row = items[1].integer,
            let value = items[2].exactNumber, let text = items[3].string, let label = items[4].string
        else { return nil }
        self.init(column: column, row: row, value: value, text: text, label: label)
    }
}

extension FigureModel.ColourScale {
    var record: Value {
        [.string(title), .string(format), Value(exactly: domain), Value(exactly: middle)]
    }

    init?(record: Value) {
        guard let items = record.list, items.count == 4, let title = items[0].string, let format = items[1].string,
            let domain = items[2].exactRange
        else { return nil }
        self.init(title, format: format, domain: domain, middle: items[3].exactNumber)
    }
}
