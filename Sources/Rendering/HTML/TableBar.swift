import Markup
import Reports
import Values

/// A small drawing beside a number: its interval with the estimate as a dot, or a bar from the null to the number; all of
/// a column along one axis, with the null as a line through all rows.
struct TableBar {
    let axis: ReportTable.Axis

    /// The drawing is as high as its row, so that lines meet; strokes keep their width.
    func svg(_ value: Value) -> MarkupNode {
        let (estimate, intervals) = value.barExtent
        var paths: [MarkupNode] = []
        if let null = axis.null { paths.append(path("null", "M\(coordinate(place(null)))-1v22")) }
        for interval in intervals where interval.upper >= axis.lower && interval.lower <= axis.upper {
            let (from, to) = (place(interval.lower), place(interval.upper))
            paths.append(path(nil, "M\(coordinate(from)) 10H\(coordinate(to))"))
            // What goes on beyond the axis ends in an arrow.
            if interval.lower < axis.lower { paths.append(path(nil, "M\(coordinate(from + 4)) 7l-4 3 4 3")) }
            if interval.upper > axis.upper { paths.append(path(nil, "M\(coordinate(to - 4)) 7l4 3-4 3")) }
        }
        if let estimate, intervals.isEmpty {
            paths.append(
                path("solid", "M\(coordinate(place(axis.null ?? axis.lower))) 10H\(coordinate(place(estimate)))"))
        } else if let estimate, (axis.lower...axis.upper).contains(estimate) {
            paths.append(path("dot", "M\(coordinate(place(estimate))) 10h0"))
        }
        return .tag("svg", ["viewBox": "0 0 100 20", "preserveAspectRatio": "none"], paths)
    }

    private func path(_ name: String?, _ data: String) -> MarkupNode { .tag("path", ["class": name, "d": data]) }

    /// From 4 to 96, what lies beyond at the ends.
    private func place(_ number: Double) -> Double {
        4 + 92 * (min(max(number, axis.lower), axis.upper) - axis.lower) / (axis.upper - axis.lower)
    }
}
