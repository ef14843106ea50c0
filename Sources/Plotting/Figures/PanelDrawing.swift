import Markup
import Results

/// Draws a panel: grid, axes, marks, names, from the back to the front.
struct PanelDrawing {
    let layout: PanelLayout
    let styles: SeriesStyles
    /// Whether points can be reached by keyboard.
    let reachesPoints: Bool

    var frame: Frame { layout.frame }
    var panel: FigureModel.Panel { layout.panel }

    func node() -> MarkupNode {
        .tag(
            "g", ["class": "panel"],
            [regions(), grid(), .fragment(panel.marks.indices.map(mark)), axes(), layout.labels.node(frame: frame)])
    }

    private func mark(_ index: Int) -> MarkupNode {
        switch panel.marks[index] {
        case .points(let points, let series): self.points(points, series)
        case .cloud(let x, let y, let series): cloud(x, y, series)
        case .line(let x, let y, let series): line(x, y, series)
        case .trace(let x, let y, let series): line(x, y, series, "trace")
        case .bars(let edges, let heights, let series): bars(edges, heights, series)
        case .slope(let slope, let intercept, let series): self.slope(slope, intercept, series)
        case .ribbon(let x, let lower, let upper, let level, let series): ribbon(x, lower, upper, level, series)
        case .density(let x, let y, let median, let interval, let inner, let series):
            density(x, y, median, interval, inner, series, strip: stripIndex(before: index))
        case .intervals(let intervals, let series): self.intervals(intervals, series, offset: dodge(index))
        case .diamond(let row, let estimate, let lower, let upper, let series):
            diamond(row, estimate, lower, upper, series)
        case .hollow(let points, let series): hollow(points, series)
        case .ruleX(let value, _, let series): ruleX(value, series)
        case .ruleY(let value, _, let series): ruleY(value, series)
        case .ellipse(let ellipse, let series): self.ellipse(ellipse, series)
        case .area(let x, let lower, let upper, let series): area(x, lower, upper, series)
        case .spans(let spans, let direction, let series):
            self.spans(spans, direction, series, offset: layout.dodge(index).offset)
        case .bar(let spans, let direction, _, let series): bar(spans, direction, series, layout.dodge(index))
        case .halfEye(let row, let x, let y, let median, let interval, let inner, let series):
            halfEye(row, x, y, median, interval, inner, series)
        case .dots(let points, let row, let series): dots(index, points, row, series)
        // Words are placed with the names, bands lie behind the grid.
        case .texts, .bandX, .bandY: .nothing
        case .cells(let cells, let scale): self.cells(cells, scale)
        }
    }

    private func regions() -> MarkupNode {
        .fragment(
            panel.marks.compactMap { mark in
                switch mark {
                case .bandX(let range, _, let series): bandX(range, series)
                case .bandY(let range, _, let series): bandY(range, series)
                default: nil
                }
            })
    }

    func style(_ series: FigureModel.Series) -> SeriesStyle {
        styles.style(of: series.name, isMuted: series.isMuted)
    }

    /// The group that a series is drawn in; its class sets the colour.
    func group(_ series: FigureModel.Series, _ children: [MarkupNode]) -> MarkupNode {
        .tag("g", ["class": style(series).cssClass], children)
    }

    /// How many strips stand above that of the mark at `index`.
    private func stripIndex(before index: Int) -> Int {
        var before = panel
        before.marks = Array(panel.marks[..<index])
        return PanelLayout.stripCount(before)
    }

    /// How far from the rows' middles the intervals of the mark at `index` stand.
    private func dodge(_ index: Int) -> Double {
        let depth = RowLayout.depth(panel)
        guard depth > 1 else { return 0 }
        let before = panel.marks[..<index].reduce(0) { count, mark in
            if case .intervals = mark { count + 1 } else { count }
        }
        return RowLayout.offset(min(before, depth - 1), of: depth, isThin: layout.rows?.isThin ?? false)
    }
}
