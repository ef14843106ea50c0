import Markup
import PresentationSupport
import Testing

@testable import Plotting

/// Drawings of graphs: the same every time, nothing over anything.
@Suite struct GraphTests {
    /// Every node waits for some before it, by a fixed rule that looks random.
    static func graph(_ count: Int, _ seed: Int) -> GraphModel {
        var state = UInt64(seed)
        func next(_ bound: Int) -> Int {
            // Knuth's linear congruential generator.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var edges: [GraphModel.Edge] = []
        for node in 1..<max(2, count) { for _ in 0..<next(4) { edges.append(.init(from: next(node), to: node)) } }
        let nodes = (0..<count).map { index in
            index % 5 == 0
                ? GraphModel.Node("file-\(index).csv", shape: .source) : GraphModel.Node("id-\(index)", "word")
        }
        return GraphModel(nodes: nodes, edges: edges)
    }

    /// Points along an edge's path, read back from its text.
    static func points(_ path: String) -> [(x: Double, y: Double)] {
        var points: [(x: Double, y: Double)] = []
        for match in path.matches(of: /([Mhc])([^Mhc]+)/) {
            let numbers = match.2.split(separator: " ").compactMap { Double($0) }
            switch match.1 {
            case "h":
                let from = points[points.count - 1]
                points += (1...10).map { (from.x + numbers[0] * Double($0) / 10, from.y) }
            case "c":
                let from = points[points.count - 1]
                points += (1...20).map { step in
                    let t = Double(step) / 20
                    let (b, c, d) = (3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t, t * t * t)
                    return (
                        from.x + b * numbers[0] + c * numbers[2] + d * numbers[4],
                        from.y + b * numbers[1] + c * numbers[3] + d * numbers[5]
                    )
                }
            default: points.append((numbers[0], numbers[1]))
            }
        }
        return points
    }

    @Test(arguments: [2, 5, 12, 40], 1...6) func nothingLiesOverAnything(count: Int, seed: Int) {
        let layout = GraphLayout(GraphTests.graph(count, seed))
        for (index, a) in layout.boxes.enumerated() {
            #expect(a.left >= 0 && a.top >= 0 && a.left + a.width <= layout.width && a.top + a.height <= layout.height)
            for b in layout.boxes[..<index] {
                let isApart =
                    a.left + a.width < b.left || b.left + b.width < a.left || a.top + a.height < b.top
                    || b.top + b.height < a.top
                #expect(isApart, "\(a.title) over \(b.title)")
            }
        }
        for edge in layout.edges {
            for point in GraphTests.points(edge) {
                let hit = layout.boxes.first {
                    $0.left + 0.6 < point.x && point.x < $0.left + $0.width - 0.6 && $0.top < point.y
                        && point.y < $0.top + $0.height
                }
                #expect(hit == nil, "\(edge) crosses \(hit?.title ?? "")")
            }
        }
    }

    @Test func layersFollowWhatIsNeeded() {
        let layers = GraphLayers(
            GraphModel(
                nodes: [
                    .init("table"), .init("model"), .init("rows"), .init("rows.csv", shape: .source),
                    .init("more.csv", shape: .source),
                ],
                edges: [
                    .init(from: 1, to: 0), .init(from: 2, to: 1), .init(from: 3, to: 2), .init(from: 4, to: 0),
                    .init(from: 2, to: 0),
                ]))
        // A file stands right before what reads it.
        #expect(layers.places.prefix(5).map(\.layer) == [3, 2, 1, 0, 2])
        #expect(layers.routes.map(\.count) == [2, 2, 2, 2, 3])
    }

    @Test func circlesAreDrawnOpen() {
        let layout = GraphLayout(
            GraphModel(
                nodes: [.init("a"), .init("b"), .init("c")],
                edges: [.init(from: 0, to: 1), .init(from: 1, to: 0), .init(from: 1, to: 2), .init(from: 2, to: 2)]))
        #expect(layout.edges.count == 2)
    }

    /// Barycentres untangle two crossing edges.
    @Test func edgesAreUntangled() {
        let layers = GraphLayers(
            GraphModel(
                nodes: [.init("a"), .init("b"), .init("c"), .init("d")],
                edges: [.init(from: 0, to: 3), .init(from: 1, to: 2)]))
        #expect(layers.layers.map { $0.map { layers.places[$0].node } } == [[0, 1], [3, 2]])
    }

    @Test func pooling() {
        // By hand: 3 and 1 pool to 2, then 2, 2 and 1 to 5/3.
        #expect(GraphLayout.nonDecreasing([3, 1, 1, 4]).map { ($0 * 3).rounded() } == [5, 5, 5, 12])
        #expect(GraphLayout.nonDecreasing([]) == [])
    }

    @Test func namesOfDataAreText() {
        let model = GraphModel(nodes: [.init("<b>\"x\"</b>", "&")], edges: [])
        let svg = GraphDrawing(model, id: "g", title: "<t>", description: "").svg().serialised
        #expect(svg.contains("&lt;b&gt;") && !svg.contains("<b>"))
    }

    @Test func goldenDrawing() {
        let drawing = GraphDrawing(
            GraphTests.graph(9, 3), id: "graph", title: "What waits for what", description: "Nine things.")
        expectGolden(GraphDrawing.file([drawing]).serialised + "\n", "graph.svg")
    }
}
