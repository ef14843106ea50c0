import Results

extension PanelLayout {
    /// The points that have their names beside them, the first before the others.
    static func callouts(
        _ panel: FigureModel.Panel, x: any PositionScale, y: any PositionScale, styles: SeriesStyles
    ) -> [End] {
        panel.marks.flatMap { mark -> [End] in
            if case .points(let points, let series) = mark { named(points, series, x: x, y: y, styles) } else { [] }
        }
    }

    /// The words of a panel with their places.
    static func texts(
        _ panel: FigureModel.Panel, x: any PositionScale, y: any PositionScale, styles: SeriesStyles
    ) -> [End] {
        panel.marks.flatMap { mark -> [End] in
            if case .texts(let points, let series) = mark { named(points, series, x: x, y: y, styles) } else { [] }
        }
    }

    /// Those of the points in the frame that have something to say.
    private static func named(
        _ points: [FigureModel.Point], _ series: FigureModel.Series, x: any PositionScale, y: any PositionScale,
        _ styles: SeriesStyles
    ) -> [End] {
        let style = styles.style(of: series.name, isMuted: series.isMuted)
        return points.filter { !$0.callout.isEmpty && x.contains($0.x) && y.contains($0.y) }.map {
            ($0.callout, style, Place(x: x.position($0.x), y: y.position($0.y)))
        }
    }
}

extension PanelLabels {
    /// Names beside points, each where it covers least, a thin line to those further off. They may run over one line
    /// where there is no better place. A name that finds none is left out: its point tells it when pointed at.
    mutating func placeBeside(_ points: [PanelLayout.End], _ obstacles: LabelObstacles, in frame: Frame) {
        var soft = obstacles
        soft.rules += soft.strokes
        soft.strokes = []
        for (text, style, place) in points {
            func candidates(_ gaps: [Double]) -> [(label: Label, cost: Double)] {
                gaps.flatMap { gap in
                    PanelLabels.sides.map { PanelLabels.label(text, style, place, $0, gap: gap, in: frame) }
                }
            }
            let best =
                cheapest(candidates([6]), soft, frame, limit: 0.9)
                ?? cheapest(candidates([14, 24, 38, 54]), soft, frame, limit: 4)
            if let best { labels.append(best) }
        }
    }

    /// Right, left, above, below and between, in the order of preference.
    private static let sides: [(dx: Double, dy: Double)] = [
        (1, 0), (0.75, -0.75), (-1, 0), (-0.75, -0.75), (0, -1), (0.75, 0.75), (-0.75, 0.75), (0, 1),
    ]

    private static func label(
        _ text: String, _ style: SeriesStyle, _ place: Place, _ side: (dx: Double, dy: Double), gap: Double,
        in frame: Frame
    ) -> (label: Label, cost: Double) {
        let at = Place(x: place.x + gap * side.dx, y: place.y + 4 + (gap + 6) * side.dy)
        let anchor: Label.Anchor = side.dx > 0 ? .start : side.dx < 0 ? .end : .middle
        var label = Label(text: text, style: style, place: at, anchor: anchor, origin: gap > 10 ? place : nil)
        // Above or below its point a name may be pushed back into the frame.
        if side.dy != 0, gap > 10 {
            label.place.x += max(0, frame.left + 1 - label.box.left) - max(0, label.box.right - frame.right + 1)
        }
        return (label, gap / 100 + (side.dx > 0 ? 0 : 0.05))
    }

    private func cheapest(
        _ candidates: [(label: Label, cost: Double)], _ obstacles: LabelObstacles, _ frame: Frame, limit: Double
    ) -> Label? {
        cheapest(candidates.filter { obstacles.cost($0.label.box) < limit }, obstacles, frame)
    }
}
