import Markup
import Results

extension PanelDrawing {
    /// Titles, ticks and the labels of rows.
    func axes() -> MarkupNode {
        var nodes: [MarkupNode] = []
        if let title = panel.title {
            for (line, part) in wrapped(title, to: layout.slot.width, isBold: true).enumerated() {
                nodes.append(
                    text(part, layout.slot.left, layout.titleBaseline + Double(line) * 15, "panel-title"))
            }
        }
        if layout.showsYTitle {
            let title = shortened(panel.y.title, to: layout.slot.width)
            nodes.append(text(title, layout.slot.left, layout.yTitleBaseline, "axis-title"))
        }
        if let cells = layout.cells { return .fragment(nodes + cellAxes(cells)) }
        nodes += xAxis()
        nodes += layout.rows.map(rowTexts) ?? yTexts()
        return .fragment(nodes)
    }

    private func xAxis() -> [MarkupNode] {
        let isRows = panel.y.scale == .category || panel.y.scale == .hidden
        var nodes = layout.bands.map(bandTexts) ?? []
        for tick in layout.xTicks {
            let x = layout.x.position(tick.value)
            if !isRows {
                nodes.append(segment(Place(x: x, y: frame.bottom), Place(x: x, y: frame.bottom + 4), "axis"))
            }
            let label = layout.xText.text(tick)
            // A long number or date at the end of an axis would stick out of the figure.
            let half = textWidth(label, size: TextSize.tick) / 2
            let middle = min(max(x, layout.slot.left + half), layout.slot.left + layout.slot.width - half)
            nodes.append(text(label, middle, frame.bottom + 17, "tick", anchor: "middle"))
        }
        if layout.showsXTitle {
            let title = shortened(panel.x.title, to: layout.slot.width)
            // Under the frame's end, where the axis points to; a long title reaches left past the frame.
            let right = max(frame.right, layout.slot.left + textWidth(title))
            nodes.append(
                text(title, right, frame.bottom + (layout.bands?.height ?? 20) + 15, "axis-title", anchor: "end"))
        }
        if layout.outsideCount > 0 {
            let note = "▸ \(layout.outsideCount) of \(layout.pointCount) beyond the frame"
            nodes.append(text(note, layout.slot.left, layout.bottom - 4, "tick"))
        }
        return nodes
    }

    private func yTexts() -> [MarkupNode] {
        layout.yTicks.map { tick in
            text(
                layout.yText.text(tick), frame.left - 7, layout.y.position(tick.value) + 4, "tick", anchor: "end")
        }
    }

    private func rowTexts(_ rows: RowLayout) -> [MarkupNode] {
        var nodes = rows.groups.map { text($0.text, layout.slot.left, $0.baseline, "panel-title") }
        let pooled = pooledRows
        for (index, middle) in rows.middles.enumerated() where rows.named[index] {
            let baseline = rows.isStacked ? middle - rows.labelLift : middle + 4
            let full = panel.y.categories[index].label
            let label = rows.labels[index]
            let isPooled = pooled.contains(index)
            nodes.append(
                .tag(
                    "text",
                    [
                        "x": coordinate(layout.slot.left), "y": coordinate(baseline),
                        "class": isPooled ? "row pooled" : "row",
                    ],
                    label == full ? [.text(label)] : [.text(label), .tag("title", text: full)]))
            nodes += columns(rows.annotations[index], rows, baseline, isPooled ? "tick pooled" : "tick")
        }
        return nodes + columns(rows.headings, rows, layout.yTitleBaseline, "tick")
    }

    /// Texts in the columns of the right margin.
    private func columns(_ texts: [String], _ rows: RowLayout, _ baseline: Double, _ cssClass: String) -> [MarkupNode] {
        let right = layout.slot.left + layout.slot.width
        return zip(texts, rows.columnOffsets).filter { !$0.0.isEmpty }.map { string, offset in
            text(string, right - offset, baseline, cssClass, anchor: "end")
        }
    }

    /// Rows that hold a diamond: what the others come to.
    private var pooledRows: Set<Int> {
        Set(panel.marks.compactMap { if case .diamond(let row, _, _, _, _) = $0 { row } else { nil } })
    }

    func text(_ string: String, _ x: Double, _ y: Double, _ cssClass: String, anchor: String? = nil) -> MarkupNode {
        .tag(
            "text", ["x": coordinate(x), "y": coordinate(y), "class": cssClass, "text-anchor": anchor], text: string)
    }
}
