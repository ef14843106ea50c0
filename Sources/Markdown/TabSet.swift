package import Diagnostics

/// Blocks between `<!-- tabs -->` and `<!-- /tabs -->`, cut at headings of one level: each heading is a tab.
///
/// A forge does not show the comments; there the tabs stand one after another under their headings.
package struct TabSet: Sendable {
    package struct Tab: Sendable {
        package var heading: Node
        package var content: [Node]
    }

    /// The comment that opens the set.
    package var mark: SourceRange
    /// What stands before the first heading, where it does not belong.
    package var lead: [Node] = []
    package var tabs: [Tab] = []

    init(mark: SourceRange) { self.mark = mark }

    mutating func add(_ node: Node) {
        if case .heading(let level) = node.kind, level <= self.level ?? level {
            tabs.append(Tab(heading: node, content: []))
        } else if tabs.isEmpty {
            lead.append(node)
        } else {
            tabs[tabs.count - 1].content.append(node)
        }
    }

    /// The level of the headings that are tabs: that of the first.
    package var level: Int? {
        if case .heading(let level) = tabs.first?.heading.kind { level } else { nil }
    }

    /// Every heading in the set: those of tabs and those below them.
    package var headings: [Node] {
        (tabs.flatMap { [$0.heading] + $0.content }).filter { if case .heading = $0.kind { true } else { false } }
    }
}

/// Where a set of tabs begins or ends.
package enum TabMark: String, Sendable {
    case open = "tabs"
    case close = "/tabs"
}

/// What a document's blocks come to once tabs are gathered.
package enum FlowItem: Sendable {
    case block(Node)
    case tabs(TabSet)
}

extension Node {
    /// Whether the node is `<!-- tabs -->` or `<!-- /tabs -->`; nil for every other node.
    package var tabMark: TabMark? {
        if case .htmlBlock(let html) = kind {
            Safety.comment(html).flatMap { TabMark(rawValue: String($0)) }
        } else {
            nil
        }
    }
}

extension [Node] {
    /// The blocks with those between marks of tabs gathered into sets.
    ///
    /// A set that nothing closes runs to the end; marks without a meaning are passed over. (Reading has diagnosed both.)
    package var flow: [FlowItem] {
        var items: [FlowItem] = []
        var open: TabSet?
        for node in self {
            switch (node.tabMark, open) {
            case (.open, nil): open = TabSet(mark: node.range)
            case (.close, let set?):
                items.append(.tabs(set))
                open = nil
            case (.some, _): break
            case (nil, nil): items.append(.block(node))
            case (nil, _): open?.add(node)
            }
        }
        if let open { items.append(.tabs(open)) }
        return items
    }

    /// The sets of tabs among the blocks.
    package var tabSets: [TabSet] {
        flow.compactMap { if case .tabs(let set) = $0 { set } else { nil } }
    }
}
