/// The layers of a graph: each node behind all that it needs, and in each layer an order in which few edges cross.
///
/// Sugiyama, Tagawa and Toda's method (1981): longest paths give the layers, a place of its own in every layer that an
/// edge passes keeps it clear of the boxes there, and sweeps by barycentres order them. Nothing is random: the same
/// graph has the same layers.
struct GraphLayers {
    /// A node, or the place at which an edge passes a layer.
    struct Place {
        /// nil where an edge passes.
        var node: Int?
        var layer: Int
        /// Places of the layer before, and of the one behind.
        var before: [Int] = []
        var behind: [Int] = []
    }

    private(set) var places: [Place]
    /// Indices of places from top to bottom, layer by layer.
    private(set) var layers: [[Int]] = []
    /// For each drawn edge the places it goes through, both ends included. An edge that closes a circle is not drawn.
    private(set) var routes: [[Int]] = []

    init(_ model: GraphModel) {
        let (layerOf, edges) = GraphLayers.layers(of: model)
        places = layerOf.enumerated().map { Place(node: $0, layer: $1) }
        layers = Array(repeating: [], count: (layerOf.max() ?? -1) + 1)
        for (index, place) in places.enumerated() { layers[place.layer].append(index) }
        for edge in edges {
            var route = [edge.from]
            for layer in (layerOf[edge.from] + 1)..<layerOf[edge.to] {
                places.append(Place(node: nil, layer: layer))
                layers[layer].append(places.count - 1)
                route.append(places.count - 1)
            }
            route.append(edge.to)
            for (a, b) in zip(route, route.dropFirst()) {
                places[a].behind.append(b)
                places[b].before.append(a)
            }
            routes.append(route)
        }
        order()
    }

    /// Each node one layer behind the last of what it needs; what is only read, right before the first that reads it.
    private static func layers(of model: GraphModel) -> (layers: [Int], edges: [GraphModel.Edge]) {
        let count = model.nodes.count
        var seen: Set<GraphModel.Edge> = []
        var edges = model.edges.filter {
            (0..<count).contains($0.from) && (0..<count).contains($0.to) && $0.from != $0.to && seen.insert($0).inserted
        }
        var waiting = Array(repeating: 0, count: count)
        var users: [[Int]] = Array(repeating: [], count: count)
        for edge in edges {
            waiting[edge.to] += 1
            users[edge.from].append(edge.to)
        }
        var layers = Array(repeating: 0, count: count)
        var rank: [Int?] = Array(repeating: nil, count: count)
        var ready = (0..<count).filter { waiting[$0] == 0 }
        var next = 0
        for position in 0..<count {
            if next == ready.count, let first = rank.indices.first(where: { rank[$0] == nil }) {
                // All that is left stands in circles: one is opened at its first node.
                ready.append(first)
            }
            let node = ready[next]
            next += 1
            rank[node] = position
            for user in users[node] where rank[user] == nil {
                layers[user] = max(layers[user], layers[node] + 1)
                waiting[user] -= 1
                if waiting[user] == 0 { ready.append(user) }
            }
        }
        edges.removeAll { (rank[$0.from] ?? 0) > (rank[$0.to] ?? 0) }
        let isNeedy = Set(edges.map(\.to))
        for node in 0..<count where model.nodes[node].shape == .source && !isNeedy.contains(node) {
            if let nearest = users[node].map({ layers[$0] }).min(), nearest > 0 { layers[node] = nearest - 1 }
        }
        return (layers, edges)
    }

    /// Sweeps there and back; the order with the fewest crossings is kept. Fewer of them, or none, where they would take
    /// long and help nobody.
    private mutating func order() {
        guard places.count <= 10_000 else { return }
        var best = layers
        var fewest = crossings()
        for sweep in 0..<(places.count <= 1000 ? 12 : 2) where fewest > 0 {
            let isForward = sweep % 2 == 0
            for layer in isForward ? Array(layers.indices) : layers.indices.reversed() {
                let rank = ranks()
                let keyed = layers[layer].enumerated().map { position, place in
                    let neighbours = isForward ? places[place].before : places[place].behind
                    let sum = neighbours.reduce(0) { $0 + rank[$1] }
                    let centre = neighbours.isEmpty ? Double(position) : Double(sum) / Double(neighbours.count)
                    return (centre, position, place)
                }
                layers[layer] = keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
            }
            let count = crossings()
            if count < fewest {
                fewest = count
                best = layers
            }
        }
        layers = best
    }

    /// The position of each place in its layer.
    private func ranks() -> [Int] {
        var ranks = Array(repeating: 0, count: places.count)
        for layer in layers { for (position, place) in layer.enumerated() { ranks[place] = position } }
        return ranks
    }

    private func crossings() -> Int {
        let rank = ranks()
        var count = 0
        for layer in layers {
            let segments = layer.flatMap { place in places[place].behind.map { (rank[place], rank[$0]) } }
            for (index, a) in segments.enumerated() {
                for b in segments[..<index] where (a.0 - b.0) * (a.1 - b.1) < 0 { count += 1 }
            }
        }
        return count
    }
}
