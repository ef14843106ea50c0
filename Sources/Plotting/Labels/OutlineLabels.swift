import Results

/// What an outline's label must keep clear of.
struct LabelObstacles {
    /// Strokes: outlines and lines.
    var strokes: [[Place]] = []
    /// Points, which a label covers only where there is no better place.
    var points: [Place] = []
    /// Lines that may run behind a label, though it had better not: no effect.
    var rules: [[Place]] = []

    func isStruck(_ box: Frame) -> Bool { strokes.contains { LabelObstacles.crosses($0, box) } }

    func cost(_ box: Frame) -> Double {
        let covered = points.count { box.left <= $0.x && $0.x <= box.right && box.top <= $0.y && $0.y <= box.bottom }
        return Double(covered) + 3 * Double(rules.count { LabelObstacles.crosses($0, box) })
    }

    private static func crosses(_ stroke: [Place], _ box: Frame) -> Bool {
        zip(stroke, stroke.dropFirst()).contains { box.clip($0, $1) != nil }
    }
}

extension PanelLabels {
    /// Labels just outside closed outlines, each at the place around its own that covers least.
    ///
    /// The smallest chooses first: it has the fewest places. A label that finds none makes the panel crowded.
    mutating func placeAround(
        _ outlines: [(text: String, style: SeriesStyle, outline: [Place])], _ obstacles: LabelObstacles, in frame: Frame
    ) {
        let sizes = outlines.map { PanelLabels.extent($0.outline) }
        for index in outlines.indices.sorted(by: { (sizes[$0], $0) < (sizes[$1], $1) }) {
            let (text, style, outline) = outlines[index]
            let candidates = PanelLabels.candidates(text, style, outline).filter { candidate in
                let box = candidate.label.box
                return frame.holds(box) && !obstacles.isStruck(box) && !labels.contains { $0.box.overlaps(box) }
            }
            let costs = candidates.map { $0.cost + obstacles.cost($0.label.box) }
            guard let best = costs.indices.min(by: { (costs[$0], $0) < (costs[$1], $1) }) else {
                isCrowded = true
                continue
            }
            labels.append(candidates[best].label)
        }
    }

    /// Labels at places around an outline, with a small cost for where a reader looks later: left and below.
    private static func candidates(
        _ text: String, _ style: SeriesStyle, _ outline: [Place]
    ) -> [(label: Label, cost: Double)] {
        let count = Double(max(1, outline.count))
        let centre = Place(
            x: outline.reduce(0) { $0 + $1.x } / count, y: outline.reduce(0) { $0 + $1.y } / count)
        return outline.indices.flatMap { index -> [(label: Label, cost: Double)] in
            let place = outline[index]
            let (dx, dy) = (place.x - centre.x, place.y - centre.y)
            let length = (dx * dx + dy * dy).squareRoot()
            guard length > 0 else { return [] }
            let (ux, uy) = (dx / length, dy / length)
            let cost = (ux < 0 ? 0.3 : 0) + (uy > 0 ? 0.4 : 0) + 0.2 * uy.magnitude
            return [7.0, 12].map { gap in
                let anchor: Label.Anchor = ux > 0.25 ? .start : ux < -0.25 ? .end : .middle
                let at = Place(x: place.x + gap * ux, y: place.y + 4 + (gap + 2) * uy)
                return (
                    Label(text: text, style: style, place: at, anchor: anchor, origin: nil), cost + gap / 20
                )
            }
        }
    }

    private static func extent(_ outline: [Place]) -> Double {
        var x = Extent()
        var y = Extent()
        x.add(outline.map(\.x))
        y.add(outline.map(\.y))
        return x.width + y.width
    }
}
