/// A file with its formulas covered, byte for byte, by text in which CommonMark sees nothing.
///
/// CommonMark would eat backslashes and see emphasis and lists in TeX. A formula becomes a mark that occurs nowhere in
/// the file and dollars, on each of its lines as many bytes as there were, so that no position moves.
struct FormulaMask {
    let bytes: [UInt8]
    /// In order of their places.
    let spans: [FormulaSpan]
    let mark: Unicode.Scalar

    /// nil for a file in which every possible mark occurs.
    init?(_ source: Bytes, _ spans: [FormulaSpan]) {
        guard let mark = FormulaMask.freeMark(source) else { return nil }
        var bytes = Array(source)
        for span in spans {
            for line in span.lines(in: source) {
                for index in line.lower..<line.upper { bytes[index] = UInt8(ascii: "$") }
            }
            bytes.replaceSubrange(span.lower..<(span.lower + 2), with: Array(String(mark).utf8))
        }
        self.bytes = bytes
        self.spans = spans
        self.mark = mark
    }

    /// A mark of two bytes. Punctuation, as the dollar that it covers, so that emphasis around it stays what it was.
    private static func freeMark(_ source: Bytes) -> Unicode.Scalar? {
        let punctuation: [ClosedRange<UInt32>] = [
            0x055A...0x055F, 0x0589...0x058A, 0x05BE...0x05BE, 0x05C0...0x05C0, 0x05F3...0x05F4, 0x0609...0x060A,
            0x066A...0x066D, 0x0700...0x070D, 0x07F7...0x07F9, 0x00A1...0x00A1, 0x00BF...0x00BF, 0x00B6...0x00B7,
        ]
        var seen = Set<UInt32>()
        for index in 0..<max(0, source.count - 1) where source[index] & 0xE0 == 0xC0 {
            seen.insert(UInt32(source[index] & 0x1F) << 6 | UInt32(source[index + 1] & 0x3F))
        }
        return punctuation.joined().first { !seen.contains($0) }.flatMap(Unicode.Scalar.init)
    }

    /// The first span at or behind an offset.
    func firstSpan(from offset: Int) -> Int {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].lower < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
