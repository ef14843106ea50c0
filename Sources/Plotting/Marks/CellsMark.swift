import Markup
import Results

extension PanelDrawing {
    /// Coloured cells with their numbers; without room for these, the sides of the middle are told apart by a line
    /// between them and a stroke in each cell below it, and not by hue alone.
    func cells(_ cells: [FigureModel.Cell], _ scale: FigureModel.ColourScale) -> MarkupNode {
        guard let layout = layout.cells else { return .nothing }
        let steps = ColourSteps(scale)
        var nodes: [MarkupNode] = []
        if layout.textSize == nil, cells.count > 400 {
            nodes = runs(cells, steps, layout)
        } else {
            nodes = cells.map { cell($0, steps, layout) }
        }
        if layout.textSize == nil, let middle = scale.middle { nodes.append(divide(cells, middle, layout)) }
        return .fragment(nodes)
    }

    private func cell(_ cell: FigureModel.Cell, _ steps: ColourSteps, _ layout: CellLayout) -> MarkupNode {
        let x = layout.columnMiddles[cell.column]
        let y = layout.rowMiddles[cell.row]
        let step = steps.step(of: cell.value)
        var parts = [rect(x, y, columns: 1, step, layout)]
        if let size = layout.textSize {
            parts.append(
                .tag(
                    "text",
                    [
                        "x": coordinate(x), "y": coordinate(y + size * 0.36), "text-anchor": "middle",
                        "class": "number" + (size == TextSize.tick ? "" : size < 10 ? " tiny" : " small")
                            + (step?.takesInk ?? true ? "" : " out"),
                    ], text: cell.text))
        } else if step?.hue == .low {
            parts.append(minus(x, y, step, layout))
        }
        return labelled(cell.label, parts)
    }

    private func minus(_ x: Double, _ y: Double, _ step: ColourSteps.Step?, _ layout: CellLayout) -> MarkupNode {
        guard layout.cellWidth >= 6, layout.cellHeight >= 6 else { return .nothing }
        let half = min(3.5, layout.cellWidth * 0.22)
        return segment(
            Place(x: x - half, y: y), Place(x: x + half, y: y), step?.takesInk ?? true ? "minus" : "minus out")
    }

    private func rect(
        _ x: Double, _ y: Double, columns: Int, _ step: ColourSteps.Step?, _ layout: CellLayout
    ) -> MarkupNode {
        // Without paper between them cells overlap by a hair, so that none shines through.
        let gap = layout.gap > 0 ? layout.gap : -0.3
        return .tag(
            "rect",
            [
                "x": coordinate(x - layout.cellWidth / 2 + gap / 2),
                "y": coordinate(y - layout.cellHeight / 2 + gap / 2),
                "width": coordinate(layout.cellWidth * Double(columns) - gap),
                "height": coordinate(layout.cellHeight - gap),
                "class": step.map { "cell \($0.cssClass)" } ?? (layout.gap > 0 ? "cell zero" : "cell none"),
            ])
    }

    /// Many cells: neighbours of one colour in a row become one.
    private func runs(_ cells: [FigureModel.Cell], _ steps: ColourSteps, _ layout: CellLayout) -> [MarkupNode] {
        var nodes: [MarkupNode] = []
        var run: (row: Int, first: Int, last: Int, step: ColourSteps.Step?)?
        func flush() {
            guard let run else { return }
            let x = layout.columnMiddles[run.first]
            let y = layout.rowMiddles[run.row]
            nodes.append(rect(x, y, columns: run.last - run.first + 1, run.step, layout))
            if run.step?.hue == .low {
                nodes.append(minus((x + layout.columnMiddles[run.last]) / 2, y, run.step, layout))
            }
        }
        for cell in cells.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) {
            let step = steps.step(of: cell.value)
            if let open = run, open.row == cell.row, open.last + 1 == cell.column, open.step == step {
                run?.last = cell.column
            } else {
                flush()
                run = (cell.row, cell.column, cell.column, step)
            }
        }
        flush()
        return nodes
    }

    /// The border between cells above the middle and cells below it.
    private func divide(_ cells: [FigureModel.Cell], _ middle: Double, _ layout: CellLayout) -> MarkupNode {
        var isAbove: [[Bool?]] = Array(
            repeating: Array(repeating: nil, count: layout.columnMiddles.count), count: layout.rowMiddles.count)
        for cell in cells { isAbove[cell.row][cell.column] = cell.value >= middle }
        var borders: [[Place]] = []
        let (halfWidth, halfHeight) = (layout.cellWidth / 2, layout.cellHeight / 2)
        for row in isAbove.indices {
            for column in isAbove[row].indices {
                guard let here = isAbove[row][column] else { continue }
                let x = layout.columnMiddles[column]
                let y = layout.rowMiddles[row]
                if column + 1 < isAbove[row].count, let right = isAbove[row][column + 1], right != here {
                    borders.append([
                        Place(x: x + halfWidth, y: y - halfHeight), Place(x: x + halfWidth, y: y + halfHeight),
                    ])
                }
                if row + 1 < isAbove.count, let below = isAbove[row + 1][column], below != here {
                    borders.append([
                        Place(x: x - halfWidth, y: y + halfHeight), Place(x: x + halfWidth, y: y + halfHeight),
                    ])
                }
            }
        }
        return borders.isEmpty ? .nothing : .tag("path", ["d": pathData(borders), "class": "divide"])
    }
}
