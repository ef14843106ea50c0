import Documents
import Markdown
import Markup
import Parallelism
import Reports

extension BlockHTML {
    /// The blocks of the document, tabs among them.
    ///
    /// They are made on all processors, some at a time. What shortening would leave as it is becomes text at once where
    /// `isShort`: the tree of a book is then never whole, and what made a piece of it is freed while it is still at hand.
    func body(_ nodes: [Node], isShort: Bool) -> [MarkupNode] {
        let flow = nodes.flow
        // What number a set of tabs has depends on those before it.
        var sets = 0
        let numbers = flow.map { item in
            if case .tabs = item { sets += 1 }
            return sets
        }
        // A few blocks take the time of a thousand others: those with figures.
        let chunk = min(64, max(4, flow.count / 16))
        return concurrentMap((flow.count + chunk - 1) / chunk) { index in
            let lower = index * chunk
            let nodes = (lower..<min(lower + chunk, flow.count)).map { index -> MarkupNode in
                let node: MarkupNode =
                    switch flow[index] {
                    case .block(let node): .fragment(blocks([node]))
                    case .tabs(let set):
                        .fragment([TabsHTML(blocks: self, set: set, number: numbers[index]).node(), .text("\n")])
                    }
                return isShort && PageShortening.leaves(node) ? .serialised(node.shortHTML) : node
            }
            return .fragment(nodes)
        }
    }
}
