import Markup

/// Where the boxes and edges of a graph stand: layers from left to right, each as wide as its widest box.
struct GraphLayout {
    static let boxHeight = 38.0
    static let sourceHeight = 25.0
    static let padding = 10.0
    /// Between layers: room for edges to change height.
    private static let gapX = 36.0
    private static let gapY = 12.0
    /// A longer text is cut.
    private static let widestText = 190.0

    struct Box {
        var left: Double
        var top: Double
        var width: Double
        var height: Double
        var title: String
        var subtitle: String
        var shape: GraphModel.Shape
    }

    /// In the order of the model's nodes.
    private(set) var boxes: [Box] = []
    /// As `d` of a path.
    private(set) var edges: [String] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    init(_ model: GraphModel) {
        let layers = GraphLayers(model)
        let texts = model.nodes.map {
            (
                title: shortened($0.title, to: GraphLayout.widestText, size: TextSize.label),
                subtitle: shortened($0.subtitle, to: GraphLayout.widestText, size: TextSize.tick)
            )
        }
        let widths = texts.map {
            (max(textWidth($0.title, isBold: true), textWidth($0.subtitle, size: TextSize.tick))
                + 2 * GraphLayout.padding).rounded(.up)
        }
        let heights = layers.places.map { place in
            place.node.map { model.nodes[$0].subtitle.isEmpty ? GraphLayout.sourceHeight : GraphLayout.boxHeight } ?? 0
        }
        var lefts: [Double] = []
        var columns: [Double] = []
        var left = 1.0
        for layer in layers.layers {
            let column = layer.compactMap { layers.places[$0].node }.map { widths[$0] }.max() ?? 0
            lefts.append(left)
            columns.append(column)
            left += column + GraphLayout.gapX
        }
        width = max(0, left - GraphLayout.gapX) + 1
        let middles = GraphLayout.middles(layers, heights)
        height = (layers.places.indices.map { middles[$0] + heights[$0] / 2 }.max() ?? 0) + 1
        boxes = model.nodes.indices.map { node in
            Box(
                left: lefts[layers.places[node].layer], top: middles[node] - heights[node] / 2, width: widths[node],
                height: heights[node], title: texts[node].title, subtitle: texts[node].subtitle,
                shape: model.nodes[node].shape)
        }
        edges = layers.routes.map { route in
            GraphLayout.path(
                from: boxes[layers.places[route[0]].node ?? 0],
                route.enumerated().map { index, place in
                    let layer = layers.places[place].layer
                    // An edge ends short of the box, where its head begins.
                    let tip = index == route.count - 1 ? 5.0 : 0
                    return (lefts[layer] - tip, lefts[layer] + columns[layer], middles[place])
                })
        }
    }

    /// Out of the first box, level to the end of its layer and past every layer on the way, into the last box: between
    /// layers a curve that begins and ends level, so that it stays in the room between them.
    private static func path(from box: Box, _ stops: [(left: Double, right: Double, middle: Double)]) -> String {
        var x = whole(box.left + box.width)
        var path = "M\(x) \(whole(stops[0].middle))"
        func level(to end: Double) {
            if whole(end) != x { path += "h\(whole(end) - x)" }
            x = whole(end)
        }
        for (from, to) in zip(stops, stops.dropFirst()) where whole(from.middle) != whole(to.middle) {
            level(to: from.right)
            let centre = whole((from.right + to.left) / 2) - x
            let (along, down) = (whole(to.left) - x, whole(to.middle) - whole(from.middle))
            path += "c\(centre) 0 \(centre) \(down) \(along) \(down)"
            x = whole(to.left)
        }
        level(to: stops[stops.count - 1].left)
        return path
    }

    /// The height of each place's middle: near its neighbours', in the layer's order, nothing over anything.
    private static func middles(_ layers: GraphLayers, _ heights: [Double]) -> [Double] {
        var middles = Array(repeating: 0.0, count: layers.places.count)
        for sweep in 0..<8 {
            let isForward = sweep % 2 == 0
            for layer in isForward ? layers.layers : layers.layers.reversed() {
                let wanted = layer.map { place in
                    let neighbours = isForward ? layers.places[place].before : layers.places[place].behind
                    guard !neighbours.isEmpty else { return middles[place] }
                    return neighbours.reduce(0) { $0 + middles[$1] } / Double(neighbours.count)
                }
                var offsets = [0.0]
                for (a, b) in zip(layer, layer.dropFirst()) {
                    offsets.append((offsets.last ?? 0) + (heights[a] + heights[b]) / 2 + gapY)
                }
                let placed = nonDecreasing(zip(wanted, offsets).map { $0 - $1 })
                for (position, place) in layer.enumerated() { middles[place] = placed[position] + offsets[position] }
            }
        }
        let top = (layers.places.indices.map { middles[$0] - heights[$0] / 2 }.min() ?? 0) - 1
        return middles.map { ($0 - top).rounded() }
    }

    /// The nearest non-decreasing numbers in least squares, by pooling neighbours that are out of order.
    static func nonDecreasing(_ numbers: [Double]) -> [Double] {
        var pools: [(sum: Double, count: Int)] = []
        for number in numbers {
            pools.append((number, 1))
            while pools.count > 1, let last = pools.last {
                let before = pools[pools.count - 2]
                guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
                pools.removeLast()
                pools[pools.count - 1] = (before.sum + last.sum, before.count + last.count)
            }
        }
        return pools.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    }

    private static func whole(_ x: Double) -> Int { Int(x.rounded()) }
}
