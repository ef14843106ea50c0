import Markup
import Results

/// Where everything of a figure stands: the key on top where one is needed, and under it the panels in columns.
struct FigureLayout {
    let drawing: FigureDrawing
    let surface: FigureDrawing.Surface
    let width: Double
    let isCompact: Bool
    let styles: SeriesStyles
    let key: Key?
    let colours: ColourBar?
    let sizes: SizeKey?
    let panels: [PanelLayout]
    let height: Double

    init(_ drawing: FigureDrawing, surface: FigureDrawing.Surface, size: FigureDrawing.Size) {
        self.drawing = drawing
        self.surface = surface
        width = size.width
        isCompact = size == .compact
        let model = drawing.model
        let naming = Naming(model)
        styles = SeriesStyles(names: naming.allNames)
        let colours = FigureLayout.colourScale(model).map { ColourBar($0, width: size.width) }
        self.colours = colours
        let sizes = model.panels.lazy.compactMap(\.sizes).first.map {
            SizeKey($0, width: size.width, top: colours?.height ?? 0)
        }
        self.sizes = sizes
        let above = (colours?.height ?? 0) + (sizes?.height ?? 0)
        let grid = PanelGrid(model, width: size.width, isCompact: size == .compact)
        // Names stand at the ends of what they name; where they do not fit, all of them move into a key.
        if !naming.prefersKey {
            let panels = grid.panels(top: above, naming: naming, styles: styles, inPlace: true)
            if panels.allSatisfy({ !$0.labels.isCrowded }) {
                key = naming.pointEntries.isEmpty ? nil : Key(naming.pointEntries, width: size.width, top: above)
                let top = above + (key?.height ?? 0)
                self.panels =
                    key != nil
                    ? grid.panels(top: top, naming: naming, styles: styles, inPlace: true) : panels
                height = (self.panels.map(\.bottom).max() ?? 0) + 2
                return
            }
        }
        let entries = naming.keyEntries
        key = entries.isEmpty ? nil : Key(entries, width: size.width, top: above)
        panels = grid.panels(top: above + (key?.height ?? 0), naming: naming, styles: styles, inPlace: false)
        height = (panels.map(\.bottom).max() ?? 0) + 2
    }

    func svg() -> MarkupNode {
        var attributes = [
            MarkupNode.Attribute("xmlns", "http://www.w3.org/2000/svg"),
            MarkupNode.Attribute("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))"),
            // A picture hides what is in it from assistive technology; with points in it to reach it is a document.
            MarkupNode.Attribute("role", reachesPoints ? "document" : "img"),
            MarkupNode.Attribute("aria-labelledby", "\(drawing.id)-title \(drawing.id)-desc"),
            MarkupNode.Attribute("class", "plot plot-\(drawing.model.kind)"),
        ]
        if surface == .file {
            attributes.append(.init("width", coordinate(width)))
            attributes.append(.init("height", coordinate(height)))
        }
        var children: [MarkupNode] = [
            .tag("title", ["id": "\(drawing.id)-title"], text: drawing.title),
            .tag("desc", ["id": "\(drawing.id)-desc"], text: description),
        ]
        if surface == .file {
            children.append(.tag("style", [:], text: FigureStyle.file(for: drawing.model)))
            children.append(
                .tag("rect", ["width": coordinate(width), "height": coordinate(height), "class": "paper"]))
        }
        if let key { children.append(key.node(styles)) }
        if let colours { children.append(colours.node()) }
        if let sizes { children.append(sizes.node()) }
        children += panels.map { PanelDrawing(layout: $0, styles: styles, reachesPoints: reachesPoints).node() }
        return .element(.init("svg", attributes: attributes, children: children))
    }

    /// In a page points can be reached by keyboard, where there are not so many that they bury what follows.
    private var reachesPoints: Bool {
        guard surface == .page else { return false }
        let count = drawing.model.panels.flatMap(\.marks).reduce(0) { count, mark in
            switch mark {
            case .points(let points, _), .hollow(let points, _): count + points.filter { !$0.label.isEmpty }.count
            case .intervals(let intervals, _): count + intervals.filter { !$0.label.isEmpty }.count
            case .dots(let points, _, _): count + points.filter { !$0.label.isEmpty }.count
            case .spans(let spans, _, _), .bar(let spans, _, _, _):
                count + spans.filter { !$0.label.isEmpty }.count
            case .halfEye: count + 1
            case .cells(let cells, _): count + cells.filter { !$0.label.isEmpty }.count
            default: count
            }
        }
        return count > 0 && count <= 120
    }

    /// One scale for all panels: a figure has one bar.
    private static func colourScale(_ model: FigureModel) -> FigureModel.ColourScale? {
        for case .cells(_, let scale) in model.panels.flatMap(\.marks) { return scale }
        return model.panels.lazy.compactMap(\.colours).first
    }

    /// What the figure says, and how many of its points the frame leaves out.
    private var description: String {
        let outside = panels.reduce(0) { $0 + $1.outsideCount }
        guard outside > 0 else { return drawing.description }
        let total = panels.reduce(0) { $0 + $1.pointCount }
        let note = "\(outside) of \(total) points lie outside the frame and are marked at its edge."
        return drawing.description.isEmpty ? note : drawing.description + " " + note
    }
}
