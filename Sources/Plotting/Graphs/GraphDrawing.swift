package import Markup

/// A graph as SVG, in its own size: boxes for what is done, rounded ones for what is read.
package struct GraphDrawing: Sendable {
    package var model: GraphModel
    /// Unique in the page; ids inside the drawing begin with it.
    package var id: String
    package var title: String
    /// The graph in words, for those who do not see it.
    package var description: String

    package init(_ model: GraphModel, id: String, title: String, description: String) {
        self.model = model
        self.id = id
        self.title = title
        self.description = description
    }

    /// The rules of a graph in a page, which defines the variables.
    package static let rules = """
        .graph svg{display:block;font:\(coordinate(TextSize.label))px var(--sans)}
        .graph text{fill:var(--ink);font-weight:600}
        .graph text+text{font-size:\(coordinate(TextSize.tick))px;font-weight:400;fill:var(--quiet)}
        .graph rect{fill:var(--paper);stroke:var(--line)}
        .graph .source{fill:none;stroke-dasharray:3 2}
        .graph .source+text{font-weight:400}
        .graph path{fill:none;stroke:var(--line);stroke-width:1.2}
        .graph marker path{fill:var(--line);stroke:none}

        """

    /// The drawing for a page, inside an element of class `graph`.
    package func svg() -> MarkupNode {
        let layout = GraphLayout(model)
        return svg(
            width: layout.width, height: layout.height, isFile: false,
            content: [GraphDrawing.nodes(layout, markerID: "\(id)-head")])
    }

    /// The drawing as a file of its own; several graphs stand under each other, each under its title.
    package static func file(_ drawings: [GraphDrawing]) -> MarkupNode {
        let margin = 12.0
        var content: [MarkupNode] = []
        var width = 0.0
        var top = margin
        for (index, drawing) in drawings.enumerated() {
            let layout = GraphLayout(drawing.model)
            if drawings.count > 1 {
                content.append(
                    .tag("text", ["x": coordinate(margin), "y": coordinate(top + 12)], text: drawing.title))
                width = max(width, textWidth(drawing.title, isBold: true))
                top += 24
            }
            let place = "translate(\(coordinate(margin)),\(coordinate(top)))"
            content.append(.tag("g", ["transform": place], [nodes(layout, markerID: "graph-\(index)-head")]))
            width = max(width, layout.width)
            top += layout.height + 2 * margin
        }
        width += 2 * margin
        top = max(top - margin, margin)
        let style = """
            :root{--sans:system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,sans-serif;\(FigureStyle.light)}
            @media(prefers-color-scheme:dark){:root{\(FigureStyle.dark)}}
            .paper.paper{fill:var(--paper);stroke:none}
            \(rules.replacing(".graph svg", with: ".graph"))
            """
        let paper: MarkupNode = .tag(
            "rect", ["width": coordinate(width), "height": coordinate(top), "class": "paper"])
        let whole = GraphDrawing(
            GraphModel(nodes: [], edges: []), id: "graph",
            title: drawings.map(\.title).joined(separator: ", "),
            description: drawings.map(\.description).joined(separator: " "))
        return whole.svg(
            width: width, height: top, isFile: true, content: [.tag("style", [:], text: style), paper] + content)
    }

    /// In a page HTML itself knows the element.
    private func svg(width: Double, height: Double, isFile: Bool, content: [MarkupNode]) -> MarkupNode {
        .tag(
            "svg",
            [
                "xmlns": isFile ? "http://www.w3.org/2000/svg" : nil,
                "viewBox": "0 0 \(coordinate(width)) \(coordinate(height))", "width": coordinate(width),
                "height": coordinate(height), "role": "img",
                "aria-labelledby": "\(id)-title \(id)-desc", "class": "graph",
            ],
            [
                .tag("title", ["id": "\(id)-title"], text: title),
                .tag("desc", ["id": "\(id)-desc"], text: description),
            ] + content)
    }

    private static func nodes(_ layout: GraphLayout, markerID: String) -> MarkupNode {
        let head: MarkupNode = .tag(
            "marker",
            [
                "id": markerID, "viewBox": "0 0 6 6", "refX": "1", "refY": "3", "markerWidth": "6",
                "markerHeight": "6", "markerUnits": "userSpaceOnUse", "orient": "auto",
            ], [.tag("path", ["d": "M0 0 6 3 0 6z"])])
        let edges: MarkupNode = .tag(
            "g", ["marker-end": "url(#\(markerID))"], layout.edges.map { .tag("path", ["d": $0]) })
        return .fragment([layout.edges.isEmpty ? .nothing : .fragment([head, edges])] + layout.boxes.map(box))
    }

    private static func box(_ box: GraphLayout.Box) -> MarkupNode {
        let isSource = box.shape == .source
        // Where the title stands: the group's place.
        let (left, line) = (GraphLayout.padding, box.subtitle.isEmpty ? 17.0 : 16)
        return .tag(
            "g", ["transform": "translate(\(coordinate(box.left + left)) \(coordinate(box.top + line)))"],
            [
                .tag(
                    "rect",
                    [
                        "x": coordinate(-left), "y": coordinate(-line), "width": coordinate(box.width),
                        "height": coordinate(box.height),
                        "rx": coordinate(isSource ? box.height / 2 : 4), "class": isSource ? "source" : nil,
                    ]),
                .tag("text", text: box.title),
                box.subtitle.isEmpty ? .nothing : .tag("text", ["y": "15"], text: box.subtitle),
            ])
    }
}
