import Markup
import Results

extension PanelDrawing {
    /// Raw estimates, hollow, a little above their row, each tied to its shrunken one.
    func hollow(_ points: [FigureModel.Point], _ series: FigureModel.Series) -> MarkupNode {
        let targets = tieTargets
        let lift = layout.rows == nil ? 0 : -4.0
        let symbol = style(series).symbol
        return group(
            series,
            points.map { point in
                let place = Place(x: layout.x.clamped(point.x), y: layout.y.clamped(point.y) + lift)
                var parts: [MarkupNode] = []
                if let target = targets[tieKey(point)] { parts.append(segment(place, target, "tie")) }
                if let (dx, dy) = outside(point.x, point.y) {
                    parts.append(edgeArrow(at: place, dx: dx, dy: dy))
                } else {
                    parts.append(symbol.node(at: place, radius: 3, class: "open"))
                }
                return labelled(point.label, parts)
            })
    }

    /// On rows a raw estimate belongs to the interval of its row; elsewhere to the point of the same label.
    private func tieKey(_ point: FigureModel.Point) -> String {
        layout.rows == nil ? point.label : String(Int(point.y.rounded()))
    }

    private var tieTargets: [String: Place] {
        var targets: [String: Place] = [:]
        for mark in panel.marks {
            switch mark {
            case .intervals(let intervals, _):
                for interval in intervals {
                    let place = Place(
                        x: layout.x.clamped(interval.estimate), y: layout.y.position(Double(interval.row)))
                    targets[String(interval.row)] = place
                }
            case .points(let points, _):
                for point in points where !point.label.isEmpty || layout.rows != nil {
                    targets[tieKey(point)] = Place(x: layout.x.clamped(point.x), y: layout.y.clamped(point.y))
                }
            default: break
            }
        }
        return targets
    }
}
