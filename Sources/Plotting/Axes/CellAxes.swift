import Markup
import Results

extension PanelDrawing {
    /// The names of a heat map's rows and columns, and the title of its columns.
    func cellAxes(_ cells: CellLayout) -> [MarkupNode] {
        var nodes: [MarkupNode] = []
        for row in cells.shownRows {
            let label = cells.rowTexts[row]
            nodes.append(
                name(
                    label, full: panel.y.categories[row].label,
                    at: "translate(\(coordinate(frame.left - 8)) \(coordinate(cells.rowMiddles[row] + 4)))", "label"))
        }
        for column in cells.shownColumns {
            let x = cells.columnMiddles[column]
            let label = cells.columnTexts[column]
            let full = panel.x.categories[column].label
            if cells.isSlanted {
                let place = "\(coordinate(x + 4)) \(coordinate(frame.bottom + 13))"
                nodes.append(name(label, full: full, at: "translate(\(place)) rotate(-40)", "column"))
            } else {
                nodes.append(text(label, x, frame.bottom + 16, "column", anchor: "middle"))
            }
        }
        if layout.showsXTitle {
            let title = shortened(panel.x.title, to: layout.slot.width)
            let right = max(frame.right, layout.slot.left + textWidth(title))
            nodes.append(text(title, right, cells.namesBottom + 15, "axis-title", anchor: "end"))
        }
        return nodes
    }

    private func name(_ label: String, full: String, at place: String, _ cssClass: String) -> MarkupNode {
        .tag(
            "text", ["transform": place, "class": cssClass, "text-anchor": "end"],
            label == full ? [.text(label)] : [.text(label), .tag("title", text: full)])
    }
}
