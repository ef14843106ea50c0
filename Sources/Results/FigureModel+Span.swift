extension FigureModel {
    /// Which area stands for which number.
    package struct SizeScale: Sendable {
        /// Words with units.
        package var title: String
        /// The number of the largest point.
        package var largest: Double

        package init(_ title: String, largest: Double) {
            self.title = title
            self.largest = largest
        }
    }

    /// Which way the values of a mark run.
    package enum Direction: String, Sendable {
        /// To the right, at places up and down.
        case x
        /// Upwards, at places along x.
        case y
    }

    /// From one value to another at a place of the other axis: a bar, or an interval with its estimate.
    package struct Span: Sendable {
        /// The place: an index on a category axis.
        package var at: Double
        /// An open end is infinite, and drawn as an arrow at the frame.
        package var lower: Double
        package var upper: Double
        package var estimate: Double?
        /// The 66% interval inside.
        package var inner: ClosedRange<Double>?
        /// Shown on hover.
        package var label: String

        package init(
            at: Double, lower: Double, upper: Double, estimate: Double? = nil, inner: ClosedRange<Double>? = nil,
            label: String = ""
        ) {
            self.at = at
            self.lower = lower
            self.upper = upper
            self.estimate = estimate
            self.inner = inner
            self.label = label
        }
    }
}
