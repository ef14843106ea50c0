package import Diagnostics
package import Documents
package import Markdown
import Values

/// Reads the little Markdown that the sample report is written in, so that tests of presentation stand on their own.
package struct SampleReader {
    package let file: SourceFile
    package var values: [SourceRange: InlineValue] = [:]
    package var claims: [SourceRange: Claim] = [:]
    package var fences: [(word: String, body: String, range: SourceRange)] = []

    package init(_ file: SourceFile) { self.file = file }

    private func range(_ lower: Int, _ upper: Int) -> SourceRange { SourceRange(file: file, lower: lower, upper: upper) }

    /// The blocks between two offsets; `lead` is what lines of a quote begin with.
    package mutating func blocks(_ lower: Int, _ upper: Int) -> [Node] {
        let text = String(decoding: file.utf8[lower..<upper], as: UTF8.self)
        var nodes: [Node] = []
        var offset = lower
        for part in text.split(separator: "\n\n", omittingEmptySubsequences: false) {
            let end = offset + part.utf8.count
            if !part.allSatisfy(\.isWhitespace) { nodes.append(block(String(part), offset, end)) }
            offset = end + 2
        }
        return nodes
    }

    private mutating func block(_ text: String, _ lower: Int, _ upper: Int) -> Node {
        let whole = range(lower, upper)
        if text.hasPrefix("```") {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let word = String(lines[0].dropFirst(3))
            let body = lines.dropFirst().dropLast().joined(separator: "\n") + "\n"
            fences.append((word, body, whole))
            return Node(.codeBlock(.init(info: word, literal: body, isFenced: true, bodyRange: whole)), range: whole)
        }
        if text.hasPrefix("#") {
            let level = text.prefix { $0 == "#" }.count
            return Node(.heading(level: level), range: whole, children: inlines(lower + level + 1, upper))
        }
        if text.hasPrefix("<") { return Node(.htmlBlock(text), range: whole) }
        if text.hasPrefix("> ") {
            var children: [Node] = []
            for (start, end) in lines(lower, upper) {
                if !children.isEmpty { children.append(Node(.softBreak, range: range(start, start))) }
                children += inlines(start + 2, end)
            }
            return Node(.blockQuote, range: whole, children: [Node(.paragraph, range: whole, children: children)])
        }
        if text.hasPrefix("- ") {
            let items = lines(lower, upper).map { start, end -> Node in
                let isTask = file.utf8[start + 2] == UInt8(ascii: "[")
                let content = inlines(start + (isTask ? 6 : 2), end)
                let checked = isTask ? file.utf8[start + 3] == UInt8(ascii: "x") : nil
                return Node(
                    .item(checked: checked), range: range(start, end),
                    children: [Node(.paragraph, range: range(start, end), children: content)])
            }
            return Node(.list(.init(start: nil, isTight: true)), range: whole, children: items)
        }
        if text.hasPrefix("[^") {
            let label = String(text.dropFirst(2).prefix { $0 != "]" })
            let content = Node(.paragraph, range: whole, children: inlines(lower + label.utf8.count + 5, upper))
            return Node(.footnoteDefinition(label: label), range: whole, children: [content])
        }
        return Node(.paragraph, range: whole, children: inlines(lower, upper))
    }

    private func lines(_ lower: Int, _ upper: Int) -> [(Int, Int)] {
        var result: [(Int, Int)] = []
        var start = lower
        for index in lower..<upper where file.utf8[index] == 0x0A {
            result.append((start, index))
            start = index + 1
        }
        return result + [(start, upper)]
    }

    /// Code spans, links, footnote references, tags, strong and text.
    package mutating func inlines(_ lower: Int, _ upper: Int) -> [Node] {
        var nodes: [Node] = []
        var start = lower
        var index = lower
        func flush(to end: Int) {
            guard end > start else { return }
            nodes.append(Node(.text(range(start, end).text), range: range(start, end)))
        }
        func find(_ pattern: String, from: Int) -> Int? {
            let wanted = Array(pattern.utf8)
            guard from + wanted.count <= upper else { return nil }
            return (from...(upper - wanted.count)).first { file.utf8[$0..<($0 + wanted.count)].elementsEqual(wanted) }
        }
        while index < upper {
            let byte = file.utf8[index]
            var node: Node?
            if byte == UInt8(ascii: "`"), let end = find("`", from: index + 1) {
                node = code(range(index, end + 1))
            } else if byte == UInt8(ascii: "*"), find("**", from: index) == index, let end = find("**", from: index + 2) {
                node = Node(.strong, range: range(index, end + 2), children: inlines(index + 2, end))
            } else if byte == UInt8(ascii: "["), find("[^", from: index) == index, let end = find("]", from: index) {
                node = Node(
                    .footnoteReference(label: range(index + 2, end).text), range: range(index, end + 1))
            } else if byte == UInt8(ascii: "["), let middle = find("](", from: index), let end = find(")", from: middle) {
                node = link(range(index, end + 1), text: range(index + 1, middle), target: range(middle + 2, end).text)
            } else if byte == UInt8(ascii: "<"), let end = find(">", from: index) {
                node = Node(.html(range(index, end + 1).text), range: range(index, end + 1))
            } else if byte == 0x0A {
                node = Node(.softBreak, range: range(index, index + 1))
            }
            guard let node else {
                index += 1
                continue
            }
            flush(to: index)
            nodes.append(node)
            index = node.range.upper
            start = index
        }
        flush(to: upper)
        return nodes
    }

    private mutating func code(_ range: SourceRange) -> Node {
        let literal = String(range.text.dropFirst().dropLast())
        if literal.hasPrefix("{"), literal.hasSuffix("}") {
            let parts = literal.dropFirst().dropLast().split(separator: "|")
            if let path = ResultPath(parsing: parts[0].filter { $0 != " " }) {
                let format = parts.count > 1 ? NumberFormat(parsing: parts[1].drop { $0 == " " }) : nil
                values[range] = InlineValue(path: path, format: format, range: range)
            }
        }
        return Node(.code(.init(literal: literal, backticks: 1)), range: range)
    }

    private mutating func link(_ whole: SourceRange, text: SourceRange, target: String) -> Node {
        let children = inlines(text.lower, text.upper)
        if target.hasPrefix("#"), target.contains("."), let path = ResultPath(parsing: target.dropFirst()) {
            claims[whole] = Claim(path: path, text: text.text, textRange: text, range: whole, condition: .rounds)
        }
        return Node(.link(destination: target, title: ""), range: whole, children: children)
    }

    /// One paragraph of rich text, from a scalar of its own.
    package static func rich(_ text: String) -> RichText {
        let file = SourceFile(path: "Analyses/proxy.md", text: text)
        var reader = SampleReader(file)
        let node = Node(
            .document, range: file.range,
            children: [Node(.paragraph, range: file.range, children: reader.inlines(0, file.utf8.count))])
        return RichText(source: text, node: node, values: reader.values, claims: reader.claims, range: file.range)
    }
}
