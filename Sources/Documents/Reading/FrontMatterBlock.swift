import Diagnostics

/// Where a file's front matter stands: between a first line `---` and the next such line.
struct FrontMatterBlock {
    /// The whole block with both delimiters; empty where there is none.
    var range: SourceRange
    /// The YAML; nil where there is no front matter.
    var yaml: SourceRange?
    var isClosed = true
    /// Where the Markdown begins.
    var bodyStart: Int

    init(_ source: SourceFile) {
        let bytes = source.utf8
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        range = SourceRange(file: source, lower: start, upper: start)
        bodyStart = 0
        guard FrontMatterBlock.isDelimiter(bytes, start) else { return }
        let first = source.offset(ofLine: 2)
        var line = 2
        while source.offset(ofLine: line) < bytes.count {
            let lower = source.offset(ofLine: line)
            if FrontMatterBlock.isDelimiter(bytes, lower) {
                yaml = SourceRange(file: source, lower: first, upper: lower)
                bodyStart = source.offset(ofLine: line + 1)
                range = SourceRange(file: source, lower: start, upper: bodyStart)
                return
            }
            line += 1
        }
        isClosed = false
        bodyStart = first
        range = SourceRange(file: source, lower: start, upper: first)
    }

    /// Whether the line that begins at `offset` is three hyphens and white space.
    private static func isDelimiter(_ bytes: [UInt8], _ offset: Int) -> Bool {
        guard offset + 3 <= bytes.count, bytes[offset..<(offset + 3)].allSatisfy({ $0 == 0x2D }) else { return false }
        var index = offset + 3
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        return index == bytes.count || bytes[index] == 0x0A || bytes[index] == 0x0D
    }
}
