import Markdown

/// A block quote that begins with `[!NOTE]` or one of its kin.
struct Callout {
    /// `note`, `tip`, `important`, `warning`, `caution`.
    let kind: String
    let title: String
    let content: [Node]

    init?(_ quote: Node) {
        guard case .blockQuote = quote.kind, var first = quote.children.first, first.kind == .paragraph else { return nil }
        let lineEnd = first.children.firstIndex { $0.kind == .softBreak || $0.kind == .lineBreak } ?? first.children.count
        let line = first.children[..<lineEnd].map(\.plainText).joined()
        guard line.hasPrefix("[!"), line.hasSuffix("]") else { return nil }
        let word = line.dropFirst(2).dropLast().lowercased()
        guard ["note", "tip", "important", "warning", "caution"].contains(word) else { return nil }
        kind = word
        title = word.prefix(1).uppercased() + word.dropFirst()
        first.children.removeFirst(min(lineEnd + 1, first.children.count))
        content = (first.children.isEmpty ? [] : [first]) + quote.children.dropFirst()
    }
}
