import Markup
import Results

extension PanelDrawing {
    /// The names under the bands of an x axis.
    func bandTexts(_ names: BandNames) -> [MarkupNode] {
        names.shown.flatMap { index -> [MarkupNode] in
            let x = layout.x.position(Double(index))
            let full = panel.x.categories[index].label
            if names.isSlanted {
                let label = names.lines[index][0]
                let place = "translate(\(coordinate(x + 4)) \(coordinate(frame.bottom + 14))) rotate(-40)"
                return [
                    .tag(
                        "text", ["transform": place, "class": "band", "text-anchor": "end"],
                        label == full ? [.text(label)] : [.text(label), .tag("title", text: full)])
                ]
            }
            return names.lines[index].enumerated().map { line, part in
                text(part, x, frame.bottom + 16 + Double(line) * 14, "band", anchor: "middle")
            }
        }
    }
}
