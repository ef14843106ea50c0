import Diagnostics

/// Putting formulas back where the mask covered them.
extension TreeReader {
    /// The inlines with every covered formula as a node of its own.
    func uncovered(_ nodes: [Node]) -> [Node] {
        guard let mask else { return nodes }
        var out: [Node] = []
        var rest = nodes[...]
        while let node = rest.popFirst() {
            guard case .text(let string) = node.kind, string.unicodeScalars.contains(mask.mark) else {
                out.append(node)
                continue
            }
            var text = Remainder(text: string[...], lower: node.range.lower, upper: node.range.upper)
            while let next = formula(in: &text, &rest) { out += next }
            if !text.text.isEmpty { out.append(text.node(in: range.file)) }
        }
        return out
    }

    /// What of a text is still to be read, and where it stands.
    private struct Remainder {
        var text: Substring
        var lower: Int
        var upper: Int

        func node(in file: SourceFile) -> Node {
            Node(.text(String(text)), range: SourceRange(file: file, lower: lower, upper: upper))
        }

        /// Takes bytes off the front; false where there are fewer.
        mutating func drop(_ count: Int) -> Bool {
            let bytes = text.utf8
            guard let end = bytes.index(bytes.startIndex, offsetBy: count, limitedBy: bytes.endIndex) else {
                return false
            }
            text = text[end...]
            return true
        }
    }

    /// Takes the first formula off a text, with what stands before it; nil where there is none.
    private func formula(in text: inout Remainder, _ nodes: inout ArraySlice<Node>) -> [Node]? {
        guard let mask, let at = text.text.unicodeScalars.firstIndex(of: mask.mark) else { return nil }
        let index = mask.firstSpan(from: text.lower)
        guard index < mask.spans.count else { return nil }
        let span = mask.spans[index]
        var before = text
        before.text = text.text[..<at]
        before.upper = span.lower
        var behind = text
        behind.text = text.text[at...]
        var left = nodes
        guard uncover(span, &behind, &left) else { return nil }
        nodes = left
        var formula = span.formula(in: original)
        behind.lower = span.upper
        if span.isDisplay, let label = original.equationLabel(at: span.upper), behind.drop(label.upper - span.upper) {
            behind.lower = label.upper
            formula.label = checked(label.name, at: place(span.upper, label.upper))
        }
        found.insert(index)
        text = behind
        let node = Node(.formula(formula), range: place(span.lower, behind.lower))
        return before.text.isEmpty ? [node] : [before.node(in: range.file), node]
    }

    /// Takes a formula's lines off a text and the nodes behind it.
    private func uncover(_ span: FormulaSpan, _ text: inout Remainder, _ nodes: inout ArraySlice<Node>) -> Bool {
        for (number, line) in span.lines(in: original).enumerated() {
            if number > 0 {
                guard text.text.isEmpty, let lineBreak = nodes.popFirst(), lineBreak.isLineBreak,
                    let next = nodes.popFirst(), case .text(let more) = next.kind
                else { return false }
                text.text = more[...]
                text.upper = next.range.upper
            }
            guard text.drop(line.upper - line.lower) else { return false }
        }
        return true
    }

    /// The name of an equation; nil, with a diagnostic, where it is malformed.
    private func checked(_ name: String, at range: SourceRange) -> String? {
        if name.hasPrefix("eq-"), name.utf8.count > 3, name.utf8.allSatisfy(\.isNameByte) { return name }
        report(
            .error(
                .equationName, "An equation's name begins with 'eq-' and has lower-case letters, digits and '-'",
                at: range))
        return nil
    }
}

extension Node {
    fileprivate var isLineBreak: Bool { kind == .softBreak || kind == .lineBreak }
}

extension UInt8 {
    fileprivate var isNameByte: Bool { isAlphanumeric && !(0x41...0x5A).contains(self) || self == UInt8(ascii: "-") }
}
