/// One of the things that a figure draws, in numbers: a row of the figure's data.
package struct FigureRow: Sendable {
    /// Where it is along an axis; on one of categories, an index into them.
    package struct Place: Sendable {
        package var value: Double?
        /// Of an interval, a bar or a band; open ones are infinite.
        package var ends: (lower: Double, upper: Double)?
        /// The interval inside, drawn thick.
        package var inner: (lower: Double, upper: Double)?

        init(
            _ value: Double? = nil, _ ends: (lower: Double, upper: Double)? = nil,
            inner: (lower: Double, upper: Double)? = nil
        ) {
            self.value = value
            self.ends = ends
            self.inner = inner
        }

        init(_ value: Double?, between range: ClosedRange<Double>?, inner: ClosedRange<Double>? = nil) {
            self.init(
                value, range.map { ($0.lowerBound, $0.upperBound) },
                inner: inner.map { ($0.lowerBound, $0.upperBound) })
        }
    }

    /// What some things have besides a place, in the order of a table's columns.
    package enum Measure: String, CaseIterable, Sendable {
        case density
        /// What a colour stands for.
        case value
        /// What an area stands for.
        case size
        /// Relative to the heaviest.
        case weight
        case intercept
        case slope
        /// Of an ellipse: how its two directions go together, −1…1.
        case correlation
        /// The share that a ribbon or an ellipse holds.
        case level
    }

    /// What is drawn, in a word: `point`, `line`, `interval`.
    package var mark: String
    /// As a reader is told it; empty where it has no name.
    package var series: String
    /// Its own name or words; empty where it has none.
    package var label: String
    package var x: Place
    package var y: Place
    package var measures: [Measure: Double]
    /// It is a place on a curve and means little without its neighbours.
    package var isOnCurve: Bool

    init(
        _ mark: String, _ series: String = "", _ label: String = "", x: Place = Place(), y: Place = Place(),
        measures: [Measure: Double] = [:], isOnCurve: Bool = false
    ) {
        self.mark = mark
        self.series = series
        self.label = label
        self.x = x
        self.y = y
        self.measures = measures
        self.isOnCurve = isOnCurve
    }
}

extension FigureModel.Panel {
    /// Everything that the panel draws, mark by mark in their order: the one place that tells a figure as rows.
    package var rows: [FigureRow] {
        marks.flatMap(\.rows).map { row in
            var row = row
            // An axis without ticks is that of a density.
            if y.scale == .hidden, row.isOnCurve, let height = row.y.value {
                row.measures[.density] = height
                row.y.value = nil
            }
            if let size = row.measures[.size], let sizes { row.measures[.size] = size * sizes.largest }
            return row
        }
    }
}
