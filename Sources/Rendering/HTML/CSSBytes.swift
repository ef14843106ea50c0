/// What readers of style sheets pass over as a whole.
extension [UInt8] {
    /// Where the string that begins at an index ends, past its quote.
    func endOfString(at start: Int) -> Int {
        var end = start + 1
        while end < count, self[end] != self[start] { end += self[end] == UInt8(ascii: "\\") ? 2 : 1 }
        return Swift.min(end + 1, count)
    }

    /// Where the comment that begins at an index ends; nil where none begins there.
    func endOfComment(at start: Int) -> Int? {
        guard self[start] == UInt8(ascii: "/"), start + 1 < count, self[start + 1] == UInt8(ascii: "*") else {
            return nil
        }
        var end = start + 2
        while end + 1 < count, self[end] != UInt8(ascii: "*") || self[end + 1] != UInt8(ascii: "/") { end += 1 }
        return Swift.min(end + 2, count)
    }
}
