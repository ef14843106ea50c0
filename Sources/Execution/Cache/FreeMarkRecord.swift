import Results
import Values

/// The marks of free figures as they are kept, in the form of `MarkRecord`.
extension FigureModel.Mark {
    /// nil for the marks of kinds.
    var freeRecord: Value? {
        switch self {
        case .area(let x, let lower, let upper, let series):
            ["area", Value(exactly: x), Value(exactly: lower), Value(exactly: upper), series.record]
        case .spans(let spans, let direction, let series):
            ["spans", .list(spans.map(\.record)), .string(direction.rawValue), series.record]
        case .bar(let spans, let direction, let isStacked, let series):
            [
                "bar", .list(spans.map(\.record)), .string(direction.rawValue), .boolean(isStacked), series.record,
            ]
        case .halfEye(let row, let x, let y, let median, let interval, let inner, let series):
            [
                "half-eye", Value(row), Value(exactly: x), Value(exactly: y), Value(exactly: median),
                Value(exactly: interval), Value(exactly: inner), series.record,
            ]
        case .dots(let points, let row, let series):
            ["dots", .list(points.map(\.record)), row.map { Value($0) } ?? .null, series.record]
        case .texts(let points, let series): ["texts", .list(points.map(\.record)), series.record]
        case .bandX(let range, let label, let series):
            ["band-x", Value(exactly: range), .string(label), series.record]
        case .bandY(let range, let label, let series):
            ["band-y", Value(exactly: range), .string(label), series.record]
        default: nil
        }
    }

    /// nil where the record does not read.
    init?(free word: String, _ parts: [Value], _ series: FigureModel.Series) {
        switch (word, parts.count) {
        case ("area", 3):
            guard let x = parts[0].exactNumbers, let lower = parts[1].exactNumbers, let upper = parts[2].exactNumbers
            else { return nil }
            self = .area(x: x, lower: lower, upper: upper, series)
        case ("spans", 2), ("bar", 3):
            guard let spans = parts[0].read(FigureModel.Span.init(record:)),
                let direction = parts[1].string.flatMap(FigureModel.Direction.init)
            else { return nil }
            if word == "spans" {
                self = .spans(spans, direction, series)
            } else {
                guard let isStacked = parts[2].boolean else { return nil }
                self = .bar(spans, direction, isStacked: isStacked, series)
            }
        case ("half-eye", 6):
            guard let row = parts[0].integer, let x = parts[1].exactNumbers, let y = parts[2].exactNumbers else {
                return nil
            }
            self = .halfEye(
                row: row, x: x, y: y, median: parts[3].exactNumber, interval: parts[4].exactRange,
                inner: parts[5].exactRange, series)
        case ("dots", 2):
            guard let points = parts[0].read(FigureModel.Point.init(record:)),
                parts[1] == .null || parts[1].integer != nil
            else { return nil }
            self = .dots(points, row: parts[1].integer, series)
        case ("texts", 1):
            guard let points = parts[0].read(FigureModel.Point.init(record:)) else { return nil }
            self = .texts(points, series)
        case ("band-x", 2), ("band-y", 2):
            guard let range = parts[0].exactRange, let label = parts[1].string else { return nil }
            self = word == "band-x" ? .bandX(range, label: label, series) : .bandY(range, label: label, series)
        default: return nil
        }
    }
}

extension FigureModel.Span {
    fileprivate var record: Value {
        [
            Value(exactly: [at, lower, upper]), Value(exactly: estimate), Value(exactly: inner), .string(label),
        ]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 4, let places = items[0].exactNumbers, places.count == 3,
            let label = items[3].string
        else { return nil }
        self.init(
            at: places[0], lower: places[1], upper: places[2], estimate: items[1].exactNumber,
            inner: items[2].exactRange, label: label)
    }
}

extension FigureModel.SizeScale {
    var record: Value { [.string(title), Value(exactly: largest)] }

    init?(record: Value) {
        guard let items = record.list, items.count == 2, let title = items[0].string,
            let largest = items[1].exactNumber
        else { return nil }
        self.init(title, largest: largest)
    }
}
