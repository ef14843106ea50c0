import Markup
import Results

/// Names of series in their places in a panel, and whether they found room.
struct PanelLabels: Sendable {
    struct Label: Sendable {
        enum Anchor: String, Sendable { case start, middle, end }

        let text: String
        let style: SeriesStyle
        var place: Place
        let anchor: Anchor
        /// What the label had to be moved away from; a thin line ties it.
        let origin: Place?
        private let width: Double

        /// - Parameter width: The text's, for who tries many places for it.
        init(
            text: String, style: SeriesStyle, place: Place, anchor: Anchor, origin: Place?, width: Double? = nil
        ) {
            self.text = text
            self.style = style
            self.place = place
            self.anchor = anchor
            self.origin = origin
            self.width = width ?? textWidth(text)
        }

        /// The rectangle that the text takes.
        var box: Frame {
            let left = anchor == .start ? place.x : anchor == .end ? place.x - width : place.x - width / 2
            return Frame(left: left, top: place.y - 11, right: left + width, bottom: place.y + 3.5)
        }

        /// Where a line from `origin` meets the text: at its end, or above or below `origin` where the text reaches over it.
        func tieEnd(_ origin: Place) -> Place {
            let box = self.box
            if box.left < origin.x, origin.x < box.right {
                return Place(x: origin.x + 1, y: origin.y > box.bottom ? box.bottom : box.top)
            }
            return Place(x: place.x + (anchor == .end ? 3 : -3), y: place.y - 4)
        }
    }

    var labels: [Label] = []
    /// There was no room for some of them.
    var isCrowded = false

    static let lineHeight = 15.0

    /// Labels in the right margin, each beside the end of its line, moved apart where they would touch.
    ///
    /// `ends` are the places where lines leave the frame. Labels keep the order of their ends; a block of touching
    /// labels is centred on the mean of its ends and kept within `top...bottom`.
    mutating func placeAtEnds(
        _ ends: [(text: String, style: SeriesStyle, place: Place)], x: Double, top: Double, bottom: Double
    ) {
        let sorted = ends.enumerated().sorted { ($0.element.place.y, $0.offset) < ($1.element.place.y, $1.offset) }
            .map(\.element)
        guard !sorted.isEmpty else { return }
        let height = PanelLabels.lineHeight
        if Double(sorted.count - 1) * height > bottom - top { isCrowded = true }
        var blocks: [(members: [Int], centre: Double)] = []
        for index in sorted.indices {
            blocks.append(([index], min(max(sorted[index].place.y, top), bottom)))
            while blocks.count > 1, let last = blocks.last {
                let previous = blocks[blocks.count - 2]
                let need = Double(last.members.count + previous.members.count) / 2 * height
                guard last.centre - previous.centre < need else { break }
                let members = previous.members + last.members
                let mean = members.reduce(0.0) { $0 + sorted[$1].place.y } / Double(members.count)
                let reach = Double(members.count - 1) / 2 * height
                blocks.removeLast(2)
                blocks.append((members, min(max(mean, top + reach), max(bottom - reach, top + reach))))
            }
        }
        for block in blocks {
            for (offset, member) in block.members.enumerated() {
                let y = block.centre + (Double(offset) - Double(block.members.count - 1) / 2) * height
                let end = sorted[member]
                let shift = (y - end.place.y).magnitude
                if shift > 42 { isCrowded = true }
                labels.append(
                    Label(
                        text: end.text, style: end.style, place: Place(x: x, y: y + 4), anchor: .start,
                        origin: shift > 5 ? end.place : nil))
            }
        }
    }

    /// Labels above the peaks of densities: the leftmost stands to the left of its peak, the rightmost to the right.
    mutating func placeAtPeaks(_ peaks: [(text: String, style: SeriesStyle, place: Place)], in frame: Frame) {
        let sorted = peaks.enumerated().sorted { ($0.element.place.x, $0.offset) < ($1.element.place.x, $1.offset) }
            .map(\.element)
        for (index, peak) in sorted.enumerated() {
            let isAlone = sorted.count == 1
            let anchor: Label.Anchor =
                isAlone ? .middle : index == 0 ? .end : index == sorted.count - 1 ? .start : .middle
            let shift = anchor == .end ? -4.0 : anchor == .start ? 4 : 0
            let place = Place(x: peak.place.x + shift, y: max(peak.place.y - 5, frame.top + 11))
            let label = Label(text: peak.text, style: peak.style, place: place, anchor: anchor, origin: nil)
            if labels.contains(where: { $0.box.overlaps(label.box) }) || label.box.left < frame.left
                || label.box.right > frame.right
            {
                isCrowded = true
            }
            labels.append(label)
        }
    }

    /// A label beside a vertical rule, at the top of the frame, on the side where there is room.
    mutating func placeAtRule(_ text: String, style: SeriesStyle, x: Double, in frame: Frame) {
        for row in 0..<4 {
            let y = frame.top + 11 + Double(row) * PanelLabels.lineHeight
            for (anchor, shift) in [(Label.Anchor.start, 5.0), (.end, -5)] {
                let label = Label(
                    text: text, style: style, place: Place(x: x + shift, y: y), anchor: anchor, origin: nil)
                guard frame.holds(label.box), !labels.contains(where: { $0.box.overlaps(label.box) }) else { continue }
                labels.append(label)
                return
            }
        }
    }

    func node(frame: Frame) -> MarkupNode {
        .fragment(
            labels.map { label in
                var parts: [MarkupNode] = []
                if let origin = label.origin {
                    parts.append(
                        .tag(
                            "path",
                            [
                                "d": pathData([[Place(x: origin.x + 1, y: origin.y), label.tieEnd(origin)]]),
                                "class": "tie",
                            ]))
                }
                parts.append(
                    .tag(
                        "text",
                        [
                            "x": coordinate(label.place.x), "y": coordinate(label.place.y), "class": "name",
                            "text-anchor": label.anchor == .start ? nil : label.anchor.rawValue,
                        ], text: label.text))
                return .tag("g", ["class": label.style.cssClass], parts)
            })
    }
}
