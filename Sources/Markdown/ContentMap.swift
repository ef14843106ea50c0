/// Where each byte of a block's text stands in the file.
///
/// cmark hands the inlines of a block to its inline parser as one text, without the quotes' and lists' prefixes, the
/// indentation of its lines and the escapes of a table cell; its own positions then drift. This map does not.
struct ContentMap {
    /// The first piece stands apart: most blocks have no other, and an array costs an allocation.
    private var first: (content: Int, source: Int)?
    private var others: [(content: Int, source: Int)] = []

    /// From `content` on, bytes follow each other as they do from `source` on.
    mutating func append(content: Int, source: Int) {
        if first == nil { first = (content, source) } else { others.append((content, source)) }
    }

    /// The offset in the file of byte `offset` of the text.
    func source(_ offset: Int) -> Int {
        guard let first else { return 0 }
        var low = -1
        var high = others.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if others[middle].content <= offset { low = middle } else { high = middle }
        }
        let piece = low < 0 ? first : others[low]
        return piece.source + max(0, offset - piece.content)
    }

    /// The range in the file of bytes `lower..<upper` of the text.
    func source(_ lower: Int, _ upper: Int) -> (lower: Int, upper: Int) {
        let start = source(lower)
        return (start, upper > lower ? source(upper - 1) + 1 : start)
    }
}
