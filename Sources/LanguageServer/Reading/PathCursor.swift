import Diagnostics
import Values

/// A path into results as far as it is written: what leads up to the component at a place, and that component.
struct PathCursor {
    /// What leads up to it; empty at the root.
    let base: ResultPath
    /// The component's text, which the place may stand in.
    let token: Range<Int>
    /// Where the dot or the bracket before it stands; the token's beginning at the root.
    let separator: Int
    /// `["` or `[` has been written.
    let isBracket: Bool

    /// - Parameter start: Where the path begins. nil where what stands before the place is no path.
    init?(_ file: SourceFile, from start: Int, at offset: Int) {
        let bytes = file.utf8
        guard start <= offset, offset <= bytes.count else { return nil }
        var lower = offset
        while lower > start, ResultPath.isPlain(bytes[lower - 1]) || bytes[lower - 1] == 0x20 { lower -= 1 }
        // Spaces belong to a name in quotes alone.
        if lower > start, bytes[lower - 1] != UInt8(ascii: "\"") {
            lower = offset
            while lower > start, ResultPath.isPlain(bytes[lower - 1]) { lower -= 1 }
        }
        var upper = offset
        while upper < bytes.count, ResultPath.isPlain(bytes[upper]) { upper += 1 }
        token = lower..<upper
        guard lower > start else {
            (base, separator, isBracket) = (ResultPath([]), lower, false)
            return
        }
        var end = lower - 1
        if bytes[end] == UInt8(ascii: "\""), end > start { end -= 1 }
        guard bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: "["), end > start,
            let base = ResultPath(parsing: String(decoding: bytes[start..<end], as: UTF8.self))
        else { return nil }
        self.base = base
        separator = end
        isBracket = bytes[end] == UInt8(ascii: "[")
    }
}
