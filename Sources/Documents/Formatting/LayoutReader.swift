import Diagnostics

/// Reads how a piece of YAML is written: the nodes tell what stands where, the text between them the rest.
struct LayoutReader {
    let bytes: [UInt8]
    let range: SourceRange

    init(_ range: SourceRange) {
        self.range = range
        bytes = range.file.utf8
    }

    /// The layout of the mapping that the range holds.
    ///
    /// - Parameter keys: The order of its keys; nil leaves them, and those of all mappings in it, as they are.
    /// - Returns: nil where nothing is to be done: there is nothing but comments, or brackets around everything with
    ///   comments beside them.
    func layout(of root: OptionNode, keys: [KeySchema]?) -> YAMLLayout.Value? {
        guard !root.entries.isEmpty else { return nil }
        let before = trivia(from: range.lower, to: root.range.lower)
        let behind = trivia(from: root.range.upper, to: range.upper)
        let type = keys.map { OptionType.mapping($0) } ?? .any
        guard isBlock(root) else {
            guard (before + behind).allSatisfy({ $0.line == .blank }) else { return nil }
            return value(root, type, parent: 0, inFlow: false)
        }
        var collection = self.collection(root, type, before: before.map(\.line))
        finish(&collection, with: behind, hasNext: false)
        // Only now does each entry have its comments.
        collection.sort()
        return .block(collection)
    }

    // MARK: Blocks

    func value(_ node: OptionNode, _ type: OptionType, parent: Int, inFlow: Bool) -> YAMLLayout.Value {
        if node.scalar != nil { return .scalar(scalar(node, parent: parent, inFlow: inFlow)) }
        if !inFlow, isBlock(node) { return .block(collection(node, type, before: [])) }
        if !inFlow, !isPlainFlow(node) {
            return .verbatim(YAMLLayout.Verbatim(lines: lines(node.range.lower, node.range.upper), column: parent))
        }
        return .flow(flow(node, type))
    }

    private func isBlock(_ node: OptionNode) -> Bool {
        let first = byte(node.range.lower)
        return node.scalar == nil && first != UInt8(ascii: "[") && first != UInt8(ascii: "{")
    }

    /// - Parameter before: What stands between what the collection belongs to and its first item.
    private func collection(
        _ node: OptionNode, _ type: OptionType, before: [YAMLLayout.Line]
    ) -> YAMLLayout.Collection {
        let column = self.column(of: node.range.lower)
        var collection = YAMLLayout.Collection(column: column, items: [])
        let names = node.entries.map(\.key)
        var end = node.range.lower
        for (index, part) in parts(of: node).enumerated() {
            let gap = trivia(from: end, to: part.lower)
            if index > 0 {
                finish(&collection, with: gap, hasNext: true)
            }
            let own = index > 0 ? pending(gap, in: collection) : before + gap.map(\.line)
            var item: YAMLLayout.Item
            if let key = part.key {
                let inner = KeyOrder.type(of: key.key, in: type, for: names)
                item = self.item(part.value, inner, from: key.keyRange.upper, before: own, parent: column)
                item.key = self.key(key, inFlow: false)
                item.name = key.key
            } else {
                item = self.item(part.value, KeyOrder.item(of: type), from: part.lower, before: own, parent: column)
            }
            collection.items.append(item)
            end = max(part.value.range.upper, part.key?.keyRange.upper ?? 0)
        }
        collection.order = KeyOrder.keys(of: type, for: names)
        return collection
    }

    private struct Part {
        var key: OptionNode.Entry?
        var value: OptionNode
        var lower: Int
    }

    private func parts(of node: OptionNode) -> [Part] {
        switch node.content {
        case .scalar: []
        case .list(let items): items.map { Part(key: nil, value: $0, lower: $0.range.lower) }
        case .mapping(let entries): entries.map { Part(key: $0, value: $0.value, lower: $0.keyRange.lower) }
        }
    }

    /// An item whose key ends, or whose hyphen stands before, `start`.
    private func item(
        _ node: OptionNode, _ type: OptionType, from start: Int, before: [YAMLLayout.Line], parent: Int
    ) -> YAMLLayout.Item {
        var item = YAMLLayout.Item(before: before, value: .scalar(YAMLLayout.Scalar(first: "")))
        var gap = start < node.range.lower ? trivia(from: start, to: node.range.lower) : []
        if let first = gap.first, !first.isOwnLine, case .comment(let text, _) = first.line {
            item.head = text
            gap.removeFirst()
        }
        if isBlock(node) {
            item.value = .block(collection(node, type, before: gap.map(\.line)))
        } else {
            item.value = value(node, type, parent: parent, inFlow: false)
            // Nothing stands between a key and a value on its line.
            if let head = item.head { item.after = head }
            item.head = nil
            item.before += gap.map(\.line).filter { $0 != .blank }
        }
        return item
    }

    // MARK: What stands between items

    /// Gives the last item of a collection what belongs to it of the text behind it.
    private func finish(_ collection: inout YAMLLayout.Collection, with gap: [Trivia], hasNext: Bool) {
        guard let last = collection.items.indices.last else { return }
        var rest = gap[...]
        if let first = rest.first, !first.isOwnLine, case .comment(let text, _) = first.line {
            collection.items[last].attach(after: text)
        }
        rest = ownLines(gap, behind: collection.items[last].value)
        let inner = split(rest, in: collection)
        var nearest = Int.max
        for index in inner.indices {
            let line = inner[index]
            // A blank line goes with the comment behind it.
            for case .comment(_, let column) in inner[index...].lazy.map(\.line) {
                nearest = min(nearest, column)
                break
            }
            guard case .block(var block) = collection.items[last].value else { continue }
            block.attach(end: [line.line], column: nearest)
            collection.items[last].value = .block(block)
        }
        if !hasNext { collection.end += rest[inner.endIndex...].map(\.line) }
    }

    /// The lines of a gap that stand before the next item.
    private func pending(_ gap: [Trivia], in collection: YAMLLayout.Collection) -> [YAMLLayout.Line] {
        guard let last = collection.items.last else { return gap.map(\.line) }
        let rest = ownLines(gap, behind: last.value)
        return rest[split(rest, in: collection).endIndex...].map(\.line)
    }

    private func ownLines(_ gap: [Trivia], behind value: YAMLLayout.Value) -> ArraySlice<Trivia> {
        var rest = gap[...]
        if let first = rest.first, !first.isOwnLine, first.line != .blank { rest.removeFirst() }
        // Lines of white space at the end of a block scalar may be its own.
        for _ in 0..<value.blankTail where rest.first?.line == .blank { rest.removeFirst() }
        return rest
    }

    /// The lines that belong into the last item: up to the last comment before one that stands no further right than the
    /// collection.
    private func split(_ lines: ArraySlice<Trivia>, in collection: YAMLLayout.Collection) -> ArraySlice<Trivia> {
        guard collection.items.last?.value.block != nil else { return lines.prefix(0) }
        var end = lines.startIndex
        for index in lines.indices {
            guard case .comment(_, let column) = lines[index].line else { continue }
            // Behind the hyphen of the next item a comment is that item's.
            guard column > collection.column, lines[index].isOwnLine else { break }
            end = index + 1
        }
        return lines[..<end]
    }
}

extension YAMLLayout.Collection {
    /// Orders the entries, and those of all collections in it. Comments go with their entries; those that a blank line
    /// parts from the first stay on top.
    mutating func sort() {
        for index in items.indices {
            guard case .block(var inner) = items[index].value else { continue }
            inner.sort()
            items[index].value = .block(inner)
        }
        guard let keys = order, let first = items.first else { return }
        let sorted = KeyOrder.order(items.map { $0.name ?? "" }, by: keys)
        guard sorted != Array(items.indices) else { return }
        let top = first.before.lastIndex(of: .blank).map { Array(first.before[...$0]) } ?? []
        items[0].before.removeFirst(top.count)
        items = sorted.map { index in
            var item = items[index]
            item.before.removeAll { $0 == .blank }
            return item
        }
        // A top of blank lines alone is none.
        if top.contains(where: { $0 != .blank }) { items[0].before = top + items[0].before }
    }
}
