import Diagnostics
import Documents
import Values

/// A place inside `{path | format}`, written out or not yet closed.
struct BraceCursor {
    let file: SourceFile
    /// The opening brace.
    let lower: Int
    /// Behind the closing brace, or the end of what may belong to it.
    let upper: Int
    private let offset: Int

    /// nil where the place is in no braces of its line.
    init?(_ file: SourceFile, at offset: Int) {
        let bytes = file.utf8
        let (start, end) = file.line(around: offset)
        var index = min(offset, end)
        while index > start, bytes[index - 1] != UInt8(ascii: "{") {
            index -= 1
            if bytes[index] == UInt8(ascii: "}") || bytes[index] == UInt8(ascii: "`") { return nil }
        }
        guard index > start else { return nil }
        lower = index - 1
        var last = min(offset, end)
        while last < end, bytes[last] != UInt8(ascii: "}"), bytes[last] != UInt8(ascii: "`") { last += 1 }
        upper = last < end && bytes[last] == UInt8(ascii: "}") ? last + 1 : last
        self.file = file
        self.offset = offset
    }

    var range: SourceRange { SourceRange(file: file, lower: lower, upper: upper) }

    /// What the braces refer to; nil where they do not close or hold something else.
    var reference: Reference? {
        let text = range.text
        guard text.hasSuffix("}"), case .success(let reference) = Reference.parse(text) else { return nil }
        return reference
    }

    /// Whether a single backtick stands before the brace, as around a value in prose.
    var isInCode: Bool { lower > 0 && file.utf8[lower - 1] == UInt8(ascii: "`") }

    /// Where the path's text begins.
    var pathStart: Int {
        var index = lower + 1
        while index < offset, file.utf8[index] == 0x20 { index += 1 }
        return index
    }

    /// The bar between path and format, where it stands before the place.
    var bar: Int? {
        var isQuoted = false
        for index in (lower + 1)..<max(lower + 1, offset) {
            if file.utf8[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            if file.utf8[index] == UInt8(ascii: "|"), !isQuoted { return index }
        }
        return nil
    }
}
