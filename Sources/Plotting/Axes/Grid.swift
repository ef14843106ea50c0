import Markup
import Results

extension PanelDrawing {
    /// Light lines at the ticks of the value axis; the null, where nothing happens, is stronger.
    func grid() -> MarkupNode {
        let isRows = panel.y.scale == .category || panel.y.scale == .hidden
        var lines: [MarkupNode] = []
        if isRows {
            lines += layout.xTicks.map { vertical(layout.x.position($0.value), "grid") }
        } else {
            lines += layout.yTicks.map { horizontal(layout.y.position($0.value), "grid") }
        }
        if let null = panel.x.null, layout.x.contains(null) { lines.append(vertical(layout.x.position(null), "null")) }
        if let null = panel.y.null, layout.y.contains(null), panel.y.scale != .category, panel.y.scale != .hidden {
            lines.append(horizontal(layout.y.position(null), "null"))
        }
        if let rows = layout.rows, !rows.isStacked {
            // What the rows come to stands below a rule, as in a sum.
            for case .diamond(let row, _, _, _, _) in panel.marks where row > 0 && row < rows.middles.count {
                let y = (rows.middles[row - 1] + rows.middles[row]) / 2
                lines.append(
                    segment(
                        Place(x: layout.slot.left, y: y), Place(x: layout.slot.left + layout.slot.width, y: y), "grid"))
            }
        }
        if panel.y.scale == .hidden { lines.append(horizontal(layout.baseline, "axis")) }
        return .fragment(lines)
    }

    func vertical(_ x: Double, _ cssClass: String, dash: String? = nil) -> MarkupNode {
        segment(Place(x: x, y: frame.top), Place(x: x, y: frame.bottom), cssClass, dash: dash)
    }

    func horizontal(_ y: Double, _ cssClass: String, dash: String? = nil) -> MarkupNode {
        segment(Place(x: frame.left, y: y), Place(x: frame.right, y: y), cssClass, dash: dash)
    }

    func segment(_ a: Place, _ b: Place, _ cssClass: String, dash: String? = nil) -> MarkupNode {
        .tag(
            "line",
            [
                "x1": coordinate(a.x), "y1": coordinate(a.y), "x2": coordinate(b.x), "y2": coordinate(b.y),
                "class": cssClass, "stroke-dasharray": dash,
            ])
    }
}
