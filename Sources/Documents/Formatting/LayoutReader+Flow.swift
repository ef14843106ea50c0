import Diagnostics

/// Lists and mappings in brackets.
extension LayoutReader {
    /// Whether a collection in brackets has no comment in it and no text over several lines: what is read of it says all.
    func isPlainFlow(_ node: OptionNode) -> Bool {
        switch node.content {
        case .scalar: return lines(node.range.lower, node.range.upper).count == 1
        case .list(let items):
            return hasNoComment(node, between: items.map(\.range)) && items.allSatisfy(isPlainFlow)
        case .mapping(let entries):
            return hasNoComment(node, between: entries.flatMap { [$0.keyRange, $0.value.range] })
                && entries.allSatisfy { isPlainFlow($0.value) }
        }
    }

    private func hasNoComment(_ node: OptionNode, between parts: [SourceRange]) -> Bool {
        var end = node.range.lower
        for part in parts {
            guard trivia(from: end, to: max(end, part.lower)).allSatisfy({ $0.line == .blank }) else { return false }
            end = max(end, part.upper)
        }
        return trivia(from: end, to: node.range.upper).allSatisfy { $0.line == .blank }
    }

    func flow(_ node: OptionNode, _ type: OptionType) -> YAMLLayout.Flow {
        let opening = byte(node.range.lower)
        let hasBrackets = opening == UInt8(ascii: "[") || opening == UInt8(ascii: "{")
        var flow = YAMLLayout.Flow(
            isMapping: !node.entries.isEmpty || opening == UInt8(ascii: "{"), items: [], breaks: [])
        flow.hasBrackets = hasBrackets
        var end = node.range.lower
        func isBroken(to lower: Int) -> Bool { lines(end, max(end, lower)).count > 1 }
        switch node.content {
        case .scalar: break
        case .list(let items):
            for item in items {
                flow.breaks.append(isBroken(to: item.range.lower))
                flow.items.append(
                    YAMLLayout.FlowItem(value: value(item, KeyOrder.item(of: type), parent: 0, inFlow: true)))
                end = item.range.upper
            }
        case .mapping(let entries):
            let names = entries.map(\.key)
            for entry in entries {
                flow.breaks.append(isBroken(to: entry.keyRange.lower))
                let inner = KeyOrder.type(of: entry.key, in: type, for: names)
                var item = YAMLLayout.FlowItem(value: value(entry.value, inner, parent: 0, inFlow: true))
                item.key = key(entry, inFlow: true)
                item.name = entry.key
                item.hasColon = hasColon(behind: entry)
                flow.items.append(item)
                end = max(entry.value.range.upper, entry.keyRange.upper)
            }
            if let keys = KeyOrder.keys(of: type, for: names) {
                flow.items = KeyOrder.order(names, by: keys).map { flow.items[$0] }
            }
        }
        flow.breaks.append(isBroken(to: node.range.upper))
        return flow
    }

    private func hasColon(behind entry: OptionNode.Entry) -> Bool {
        var index = entry.keyRange.upper
        while byte(index) == 0x20 || byte(index) == 0x09 || byte(index) == 0x0A || byte(index) == 0x0D { index += 1 }
        return byte(index) == UInt8(ascii: ":")
    }
}
