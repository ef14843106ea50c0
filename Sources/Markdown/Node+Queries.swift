package import Diagnostics

/// A boxed remark: `> [!NOTE]` and what follows.
package struct Callout: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case note, tip, important, warning, caution
    }

    package var kind: Kind
    /// The blocks of the quote without the marker.
    package var content: [Node]
}

extension Node {
    /// The quote as a callout; nil for every other node.
    package var callout: Callout? {
        guard kind == .blockQuote, let first = children.first, first.kind == .paragraph,
            case .text(let text) = first.children.first?.kind, text.hasPrefix("[!")
        else { return nil }
        let marker = text.prefix { $0 != "]" }
        guard let kind = Callout.Kind(rawValue: marker.dropFirst(2).lowercased()),
            text.dropFirst(marker.count) == "]"
        else { return nil }
        var rest = first
        rest.children.removeFirst()
        if let next = rest.children.first {
            guard next.kind == .softBreak || next.kind == .lineBreak else { return nil }
            rest.children.removeFirst()
        }
        let tail = Array(children.dropFirst())
        return Callout(kind: kind, content: rest.children.isEmpty ? tail : [rest] + tail)
    }

    /// The path of `<!-- include: path.md -->`; nil for every other node.
    package var includePath: String? {
        if case .htmlBlock(let html) = kind { Safety.includePath(html) } else { nil }
    }

    /// The formulas of the node and of all below it, in order, with their places.
    package var formulas: [(formula: Formula, range: SourceRange)] {
        var found: [(formula: Formula, range: SourceRange)] = []
        collectFormulas(&found)
        return found
    }

    private func collectFormulas(_ found: inout [(formula: Formula, range: SourceRange)]) {
        if case .formula(let formula) = kind { return found.append((formula, range)) }
        for child in children where child.contents.contains(.formula) { child.collectFormulas(&found) }
    }

    /// The displayed formula that a paragraph is wholly; nil for every other node.
    package var displayedFormula: Node? {
        guard kind == .paragraph, children.count == 1, case .formula(let formula) = children[0].kind,
            formula.isDisplay
        else { return nil }
        return children[0]
    }

    /// Whether the node is `<!-- references -->`, where the reference list stands.
    package var isReferencesMark: Bool {
        if case .htmlBlock(let html) = kind { Safety.comment(html) == "references" } else { false }
    }

    /// Whether blocks can stand in the node.
    package var holdsBlocks: Bool {
        switch kind {
        case .document, .blockQuote, .list, .item, .footnoteDefinition: true
        default: false
        }
    }
}
