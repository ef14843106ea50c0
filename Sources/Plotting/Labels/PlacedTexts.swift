import Results

extension PanelLayout {
    /// The names of horizontal rules and bands that stand inside the frame.
    static func innerEnds(
        _ panel: FigureModel.Panel, slot: Slot, y: any PositionScale, frame: Frame, styles: SeriesStyles
    ) -> [End] {
        let rules = ruleEnds(panel, y: y, frame: frame, styles: styles).filter { isLong($0.text, slot.width) }
        let bands = panel.marks.compactMap { mark -> End? in
            guard case .bandY(let range, let label, let series) = mark, !label.isEmpty else { return nil }
            let style = styles.style(of: series.name, isMuted: series.isMuted)
            // Under the upper edge.
            let edge = min(y.clamped(range.lowerBound), y.clamped(range.upperBound))
            return (label, style, Place(x: frame.right, y: edge + 19))
        }
        return rules + bands
    }
}

extension PanelLabels {
    /// Words at their places, or beside them where something stands there; one that finds no room is left out.
    mutating func placeTexts(_ texts: [PanelLayout.End], _ obstacles: LabelObstacles, in frame: Frame) {
        for (text, style, place) in texts {
            var candidates = [(0.0, 0.0, Label.Anchor.middle)]
            for gap in [12.0, 24, 38, 56] {
                candidates += [
                    (0, -gap, .middle), (0, gap, .middle), (gap / 2, 0, .start), (-gap / 2, 0, .end),
                    (gap / 2, -gap * 0.7, .start), (-gap / 2, -gap * 0.7, .end), (gap / 2, gap * 0.7, .start),
                    (-gap / 2, gap * 0.7, .end),
                ]
            }
            let labels = candidates.enumerated().map { rank, at in
                var label = Label(
                    text: text, style: style, place: Place(x: place.x + at.0, y: place.y + 4 + at.1), anchor: at.2,
                    origin: nil)
                // Near an edge words are pushed back into the frame.
                let box = label.box
                label.place.x += max(0, frame.left + 2 - box.left) - max(0, box.right - frame.right + 2)
                return (label: label, cost: Double(rank) * 0.12)
            }
            var soft = obstacles
            soft.rules += soft.strokes
            soft.strokes = []
            // The word's own point is no obstacle to it.
            soft.points.removeAll { $0 == place }
            if let best = cheapest(labels, soft, frame) { self.labels.append(best) }
        }
    }

    /// A name at the right above a horizontal rule, below it where something stands there, else at the left.
    mutating func placeAbove(_ end: PanelLayout.End, _ obstacles: LabelObstacles, in frame: Frame) {
        let text = shortened(end.text, to: frame.width - 8)
        let candidates = [(frame.right - 4, Label.Anchor.end), (frame.left + 4, .start)].enumerated().flatMap {
            side, at in
            [-6.0, 15].enumerated().map { row, shift in
                (
                    label: Label(
                        text: text, style: end.style, place: Place(x: at.0, y: end.place.y + shift), anchor: at.1,
                        origin: nil), cost: Double(side) * 0.5 + Double(row) * 0.3
                )
            }
        }
        var soft = obstacles
        soft.points += soft.strokes.flatMap { $0 }
        soft.strokes = []
        soft.rules = []
        if let best = cheapest(candidates, soft, frame) { labels.append(best) }
    }

    /// A name at the top of a vertical band, beside it where it is wider.
    mutating func placeInBand(_ text: String, style: SeriesStyle, from left: Double, to right: Double, in frame: Frame)
    {
        for row in 0..<4 {
            let y = frame.top + 12 + Double(row) * PanelLabels.lineHeight
            let places: [(Double, Label.Anchor)] = [
                ((left + right) / 2, .middle), (right + 4, .start), (left - 4, .end),
            ]
            for (index, (x, anchor)) in places.enumerated() {
                let label = Label(text: text, style: style, place: Place(x: x, y: y), anchor: anchor, origin: nil)
                let isInside = index > 0 || label.box.left >= left && label.box.right <= right
                guard isInside, frame.holds(label.box), !labels.contains(where: { $0.box.overlaps(label.box) }) else {
                    continue
                }
                labels.append(label)
                return
            }
        }
    }
}
