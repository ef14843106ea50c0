import Results

/// What an outline's label must keep clear of.
struct LabelObstacles {
    /// Strokes: outlines and lines.
    var strokes: [[Place]] = []
    /// Points, which a label covers only where there is no better place.
    var points: [Place] = []
    /// Lines that may run behind a label, though it had better not: no effect.
    var rules: [[Place]] = []
    /// Thin lines that matter less: the intervals of points.
    var hairs: [[Place]] = []

    func isStruck(_ box: Frame) -> Bool { strokes.contains { LabelObstacles.crosses($0, box) } }

    func cost(_ box: Frame) -> Double {
        let covered = points.count { box.left <= $0.x && $0.x <= box.right && box.top <= $0.y && $0.y <= box.bottom }
        return Double(covered) + 3 * Double(rules.count { LabelObstacles.crosses($0, box) })
            + 0.6 * Double(hairs.count { LabelObstacles.crosses($0, box) })
    }

    /// How unclear it is what a tied label belongs to: other strokes near where its tie ends, and those that it crosses.
    func ambiguity(of label: PanelLabels.Label) -> Double {
        guard let origin = label.origin else { return 0 }
        let near = Frame(left: origin.x - 9, top: origin.y - 9, right: origin.x + 9, bottom: origin.y + 9)
        let tie = [origin, Place(x: label.place.x, y: label.place.y - 4)]
        let crossed = strokes.count { stroke in
            zip(stroke, stroke.dropFirst()).contains { LabelObstacles.meet($0, $1, tie[0], tie[1]) }
        }
        return 3 * Double(strokes.count { LabelObstacles.crosses($0, near) }) + 1.5 * Double(crossed)
    }

    /// Whether the segments from a to b and from c to d have a place in common.
    private static func meet(_ a: Place, _ b: Place, _ c: Place, _ d: Place) -> Bool {
        func side(_ p: Place, _ q: Place, _ r: Place) -> Double {
            (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
        }
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }

    private static func crosses(_ stroke: [Place], _ box: Frame) -> Bool {
        for index in stroke.indices.dropFirst() {
            let (a, b) = (stroke[index - 1], stroke[index])
            // Nearly all segments lie on one side of a box as small as a label's.
            if a.x < box.left && b.x < box.left || a.x > box.right && b.x > box.right { continue }
            if a.y < box.top && b.y < box.top || a.y > box.bottom && b.y > box.bottom { continue }
            if box.clip(a, b) != nil { return true }
        }
        return false
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
            // Further off, a thin line ties the label to its outline.
            var others = obstacles
            others.strokes = outlines.indices.filter { $0 != index }.map { outlines[$0].outline }
            func cheapest(_ gaps: [Double], more: (Label) -> Double) -> Label? {
                self.cheapest(PanelLabels.candidates(text, style, outline, gaps), obstacles, frame, more: more)
            }
            let best =
                cheapest([7, 12], more: { _ in 0 })
                ?? cheapest([26, 42, 60, 80, 105, 130], more: others.ambiguity(of:))
            if let best { labels.append(best) } else { isCrowded = true }
        }
    }

    /// The first of the cheapest of those candidates that touch nothing.
    ///
    /// - Parameter more: What a candidate costs besides, not below 0.
    func cheapest(
        _ candidates: [(label: Label, cost: Double)], _ obstacles: LabelObstacles, _ frame: Frame,
        more: (Label) -> Double = { _ in 0 }
    ) -> Label? {
        let taken = labels.map(\.box)
        var best: (label: Label, cost: Double)?
        for (label, cost) in candidates {
            // One that is dearer by itself need not be looked at.
            if let best, best.cost <= cost { continue }
            let box = label.box
            // Words side by side keep a space between them, whatever the reader's font makes of their widths.
            let aired = Frame(left: box.left - 3, top: box.top, right: box.right + 3, bottom: box.bottom)
            guard frame.holds(box), !taken.contains(where: { $0.overlaps(aired) }), !obstacles.isStruck(box) else {
                continue
            }
            let whole = cost + more(label) + obstacles.cost(box)
            if let best, best.cost <= whole { continue }
            best = (label, whole)
        }
        return best?.label
    }

    /// Labels at places around an outline, with a small cost for where a reader looks later: left and below.
    private static func candidates(
        _ text: String, _ style: SeriesStyle, _ outline: [Place], _ gaps: [Double]
    ) -> [(label: Label, cost: Double)] {
        let count = Double(max(1, outline.count))
        let centre = Place(
            x: outline.reduce(0) { $0 + $1.x } / count, y: outline.reduce(0) { $0 + $1.y } / count)
        let width = textWidth(text)
        return outline.indices.flatMap { index -> [(label: Label, cost: Double)] in
            let place = outline[index]
            let (dx, dy) = (place.x - centre.x, place.y - centre.y)
            let length = (dx * dx + dy * dy).squareRoot()
            guard length > 0 else { return [] }
            let (ux, uy) = (dx / length, dy / length)
            let cost = (ux < 0 ? 0.3 : 0) + (uy > 0 ? 0.4 : 0) + 0.2 * uy.magnitude
            return gaps.map { gap in
                let isTied = gap > 20
                let anchor: Label.Anchor =
                    ux > (isTied ? 0 : 0.25) ? .start : isTied || ux < -0.25 ? .end : .middle
                let at = Place(x: place.x + gap * ux, y: place.y + 4 + (gap + 2) * uy)
                return (
                    Label(
                        text: text, style: style, place: at, anchor: anchor, origin: isTied ? place : nil, width: width),
                    cost + gap / 20
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
