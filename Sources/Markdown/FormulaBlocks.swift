import Diagnostics

/// Where a document's formulas may stand: the blocks that hold text, and what in them is no text.
struct FormulaBlocks {
    /// Paragraphs, headings and cells, in order.
    private var leaves: [(lower: Int, upper: Int, isCell: Bool)] = []
    /// Code, raw HTML, addresses and the tails of links, in order.
    private(set) var closed: [(lower: Int, upper: Int)] = []

    init(_ document: Node) {
        visit(document)
        leaves.sort { $0.lower < $1.lower }
        closed.sort { ($0.lower, $0.upper) < ($1.lower, $1.upper) }
    }

    private mutating func visit(_ node: Node) {
        switch node.kind {
        case .paragraph, .heading: leaves.append((node.range.lower, node.range.upper, false))
        case .tableCell: leaves.append((node.range.lower, node.range.upper, true))
        case .code, .codeBlock, .html, .htmlBlock: closed.append((node.range.lower, node.range.upper))
        case .link, .image:
            let isBracketed = node.range.text.hasPrefix("[") || node.range.text.hasPrefix("!")
            let textEnd = isBracketed ? node.children.last?.range.upper ?? node.range.lower : node.range.lower
            closed.append((textEnd, node.range.upper))
        default: break
        }
        node.children.forEach { visit($0) }
    }

    /// The block of text at an offset.
    func leaf(at offset: Int) -> (lower: Int, upper: Int, isCell: Bool)? {
        var low = 0
        var high = leaves.count
        while low < high {
            let middle = (low + high) / 2
            if leaves[middle].lower <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset < leaves[low - 1].upper else { return nil }
        return leaves[low - 1]
    }

    /// Whether something that is no text begins in `lower..<upper` and ends behind it.
    func isCut(_ lower: Int, _ upper: Int) -> Bool {
        var low = 0
        var high = closed.count
        while low < high {
            let middle = (low + high) / 2
            if closed[middle].lower < lower { low = middle + 1 } else { high = middle }
        }
        while low < closed.count, closed[low].lower < upper {
            if closed[low].upper > upper { return true }
            low += 1
        }
        return false
    }
}
