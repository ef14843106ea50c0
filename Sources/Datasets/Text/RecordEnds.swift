/// Where records of delimited text (RFC 4180) end, found without reading them: at line ends with an even number of quotes
/// before them. Bytes come in pieces of any size.
struct RecordEnds {
    private var isQuoted = false
    /// Whether the last byte was a carriage return, which a line feed may belong to.
    private var endsWithReturn = false

    /// Looks at further bytes.
    ///
    /// - Returns: how many of them come before the end of the last record that ends in them; nil where none does.
    mutating func last(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !bytes.isEmpty else { return nil }
        let feed = UInt8(ascii: "\n")
        if !isQuoted, bytes.first(UInt8(ascii: "\"")) == nil {
            if let last = bytes.lastIndex(of: feed) {
                endsWithReturn = bytes[bytes.count - 1] == UInt8(ascii: "\r")
                return last + 1
            }
        }
        var end: Int?
        for (index, byte) in bytes.enumerated() {
            if endsWithReturn, byte != feed { end = index }
            endsWithReturn = false
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case feed where !isQuoted: end = index + 1
            case UInt8(ascii: "\r") where !isQuoted: endsWithReturn = true
            default: break
            }
        }
        return end
    }
}
