extension FigureModel {
    /// What is drawn over the axes of a panel.
    package enum Mark: Sendable {
        case points([Point], Series)
        /// Points too many to have names, drawn as one path.
        case cloud(x: [Double], y: [Double], Series)
        /// A polyline through (x, y).
        case line(x: [Double], y: [Double], Series)
        /// A polyline that jumps, drawn thin: the draws of a chain.
        case trace(x: [Double], y: [Double], Series)
        /// Bars from 0 to each height, between one edge and the next: `edges` is one longer.
        case bars(edges: [Double], heights: [Double], Series)
        /// y = intercept + slope × x over the whole frame.
        case slope(slope: Double, intercept: Double, Series)
        /// The area between two curves over x; `level` (0.66, 0.95) sets its strength.
        case ribbon(x: [Double], lower: [Double], upper: [Double], level: Double, Series)
        /// A density over x, filled softly; its median, 95% interval and (`inner`) 66% interval are marked below where
        /// given.
        case density(
            x: [Double], y: [Double], median: Double?, interval: ClosedRange<Double>?, inner: ClosedRange<Double>?,
            Series)
        case intervals([Interval], Series)
        /// A diamond on a category axis: a pooled estimate.
        case diamond(row: Int, estimate: Double, lower: Double, upper: Double, Series)
        /// The raw estimates of a shrinkage plot, hollow, each tied to its shrunken one.
        case hollow([Point], Series)
        /// A rule across the frame at a value of x or of y.
        case ruleX(Double, label: String, Series)
        case ruleY(Double, label: String, Series)
        /// An outline, softly filled.
        case ellipse(Ellipse, Series)
        /// The area between two curves over x, the upper one drawn as a line.
        case area(x: [Double], lower: [Double], upper: [Double], Series)
        /// Intervals with their estimates at values of the other axis: 95% thin, 66% thick.
        case spans([Span], Direction, Series)
        /// Bars that stand apart; those of several series stand beside each other unless stacked.
        case bar([Span], Direction, isStacked: Bool, Series)
        /// A density above a row of a category axis, and on the row its median, 66% interval and 95% interval.
        case halfEye(
            row: Int, x: [Double], y: [Double], median: Double?, interval: ClosedRange<Double>?,
            inner: ClosedRange<Double>?, Series)
        /// A dot for each value, stacked where they are near each other; above a row where the y axis has categories.
        case dots([Point], row: Int?, Series)
        /// Words at places; those that find no room are left out.
        case texts([Point], Series)
        /// A stretch of one axis over the whole of the other.
        case bandX(ClosedRange<Double>, label: String, Series)
        case bandY(ClosedRange<Double>, label: String, Series)
        /// Coloured cells over two category axes.
        case cells([Cell], ColourScale)
    }
}
