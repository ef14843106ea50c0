import Results
import Values

/// A figure as it is kept. Unlike its form in the results file, it reads back the same to the bit and the label.
extension FigureModel {
    var record: Value {
        [
            .string(kind), .list(panels.map(\.record)), Value(columns), Value(compactColumns), .boolean(prefersKey),
            .string(summary),
        ]
    }

    /// nil where the record does not read.
    init?(record: Value) {
        guard let items = record.list, items.count == 6, let kind = items[0].string,
            let panels = items[1].read(Panel.init(record:)), let columns = items[2].integer,
            let compactColumns = items[3].integer, let prefersKey = items[4].boolean, let summary = items[5].string
        else { return nil }
        self.init(
            kind: kind, panels: panels, columns: columns, compactColumns: compactColumns, prefersKey: prefersKey,
            summary: summary)
    }
}

extension FigureModel.Panel {
    fileprivate var record: Value {
        [
            title.map { .string($0) } ?? .null, x.record, y.record, .list(marks.map(\.record)), .boolean(isSquare),
            colours?.record ?? .null, sizes?.record ?? .null,
        ]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 7, let x = FigureModel.Axis(record: items[1]),
            let y = FigureModel.Axis(record: items[2]), let marks = items[3].read(FigureModel.Mark.init(record:)),
            let isSquare = items[4].boolean, items[0] == .null || items[0].string != nil
        else { return nil }
        self.init(title: items[0].string, x: x, y: y, marks: marks, isSquare: isSquare)
        colours = FigureModel.ColourScale(record: items[5])
        sizes = FigureModel.SizeScale(record: items[6])
        if (items[5] != .null && colours == nil) || (items[6] != .null && sizes == nil) { return nil }
    }
}

extension FigureModel.Axis {
    fileprivate var record: Value {
        [
            .string(title), .string(scale.rawValue), .string(format), Value(exactly: domain), Value(exactly: null),
            .boolean(isReversed), .list(categories.map(\.record)), Value(headings),
            Value(exactly: threshold), .boolean(isFree),
        ]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 10, let title = items[0].string,
            let scale = items[1].string.flatMap(Scale.init), let format = items[2].string,
            let isReversed = items[5].boolean, let categories = items[6].read(FigureModel.Category.init(record:)),
            let headings = items[7].read(\.string), let isFree = items[9].boolean
        else { return nil }
        self.init(
            title, scale: scale, format: format, domain: items[3].exactRange, null: items[4].exactNumber,
            isReversed: isReversed, categories: categories, headings: headings)
        threshold = items[8].exactNumber
        self.isFree = isFree
    }
}

extension FigureModel.Category {
    fileprivate var record: Value {
        [.string(label), Value(annotations), group.map { .string($0) } ?? .null]
    }

    fileprivate init?(record: Value) {
        guard let items = record.list, items.count == 3, let label = items[0].string,
            let annotations = items[1].read(\.string)
        else { return nil }
        self.init(label: label, annotations: annotations, group: items[2].string)
    }
}

// MARK: Values of records

extension Value {
    /// A number to the bit; one that is not finite as its name.
    init(exactly number: Double) {
        self = number.isFinite ? .number(number) : .string(number.isNaN ? "nan" : number > 0 ? "inf" : "-inf")
    }

    init(exactly number: Double?) { self = number.map { Value(exactly: $0) } ?? .null }
    init(exactly numbers: [Double]) { self = .list(numbers.map { Value(exactly: $0) }) }

    init(exactly range: ClosedRange<Double>?) {
        self = range.map { Value(exactly: [$0.lowerBound, $0.upperBound]) } ?? .null
    }

    var exactNumber: Double? {
        switch self {
        case .number(let number): number
        case .string("nan"): .nan
        case .string("inf"): .infinity
        case .string("-inf"): -.infinity
        default: nil
        }
    }

    var exactNumbers: [Double]? { read(\.exactNumber) }

    /// Two numbers, the first not above the second.
    var exactRange: ClosedRange<Double>? {
        guard let ends = exactNumbers, ends.count == 2, ends[0] <= ends[1] else { return nil }
        return ends[0]...ends[1]
    }

    var exactPair: (Double, Double)? {
        guard let items = exactNumbers, items.count == 2 else { return nil }
        return (items[0], items[1])
    }

    var integer: Int? { number.flatMap { Int(exactly: $0) } }

    /// A count or a place: an integer that is not negative.
    package var wholeNumber: Int? { integer.flatMap { $0 >= 0 ? $0 : nil } }

    /// All items of a list; nil where it is none, or one of them does not read.
    func read<Item>(_ item: (Value) -> Item?) -> [Item]? {
        guard let list else { return nil }
        var items: [Item] = []
        items.reserveCapacity(list.count)
        for value in list {
            guard let read = item(value) else { return nil }
            items.append(read)
        }
        return items
    }
}
