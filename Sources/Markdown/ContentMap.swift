/// Where each byte of a block's text stands in the file.
///
/// cmark hands the inlines of a block to its inline parser as one text, without the quotes' and lists' prefixes, the
/// indentation of its lines and the escapes of a table cell; its own positions then drift. This map does not.
struct ContentMap {
    private var contents: [Int] = []
    private var sources: [Int] = []

    /// From `content` on, bytes follow each other as they do from `source` on.
    mutating func append(content: Int, source: Int) {
        contents.append(content)
        sources.append(source)
    }

    /// The offset in the file of byte `offset` of the text.
    func source(_ offset: Int) -> Int {
        guard !contents.isEmpty else { return 0 }
        var low = 0
        var high = contents.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if contents[middle] <= offset { low = middle } else { high = middle }
        }
        return sources[low] + max(0, offset - contents[low])
    }

    /// The range in the file of bytes `lower..<upper` of the text.
    func source(_ lower: Int, _ upper: Int) -> (lower: Int, upper: Int) {
        let start = source(lower)
        return (start, upper > lower ? source(upper - 1) + 1 : start)
    }
}
