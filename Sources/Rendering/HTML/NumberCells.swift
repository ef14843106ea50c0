import Markup

/// Cells of numbers without the class that stands them right: the page's rules tell them by the value that they hold.
enum NumberCells {
    /// Behind the theme, and weaker than any class of a cell.
    static let rules = """
        td:where(:has(>data:only-child)){text-align:right;white-space:nowrap}
        @media print{td:where(:has(>data:only-child)){white-space:normal}}
        td.left{text-align:left;white-space:normal}

        """

    /// A cell of one value and nothing else lacks its class; one that holds a value and stands left says so.
    static func short(_ cell: MarkupNode.Element) -> MarkupNode.Element {
        guard cell.name == "td" else { return cell }
        let children = flat(cell.children)
        let elements = children.compactMap { child -> String? in
            if case .element(let element) = child { element.name } else { nil }
        }
        guard elements == ["data"] else { return cell }
        var cell = cell
        let index = cell.attributes.firstIndex { $0.name == "class" }
        let classes = index.map { cell.attributes[$0].value.split(separator: " ") } ?? []
        if classes == ["right"], children.count == 1, let index {
            cell.attributes.remove(at: index)
        } else if !classes.contains("right"), !classes.contains("center") {
            cell.attributes.removeAll { $0.name == "class" }
            cell.attributes.append(.init("class", (classes + ["left"]).joined(separator: " ")))
        }
        return cell
    }

    private static func flat(_ nodes: [MarkupNode]) -> [MarkupNode] {
        nodes.flatMap { node in
            if case .fragment(let nodes) = node { flat(nodes) } else { node.isEmpty ? [] : [node] }
        }
    }
}
