/// What waits for what: things and arrows between them, to be drawn in layers.
package struct GraphModel: Sendable {
    package enum Shape: Sendable {
        /// Something that is done.
        case box
        /// Something that is read.
        case source
    }

    package struct Node: Sendable {
        package var title: String
        /// Under the title; empty for none.
        package var subtitle: String
        package var shape: Shape

        package init(_ title: String, _ subtitle: String = "", shape: Shape = .box) {
            self.title = title
            self.subtitle = subtitle
            self.shape = shape
        }
    }

    /// From what is needed to what needs it: indices of nodes.
    package struct Edge: Sendable, Hashable {
        package var from: Int
        package var to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    package var nodes: [Node]
    package var edges: [Edge]

    package init(nodes: [Node], edges: [Edge]) {
        self.nodes = nodes
        self.edges = edges
    }
}
