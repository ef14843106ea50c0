import Diagnostics

/// What an editor counts when it counts characters of a line.
enum PositionEncoding: String, Sendable {
    case utf8 = "utf-8"
    case utf16 = "utf-16"

    /// The first that the client offers and the server knows; every client knows UTF-16.
    init(offered: [String]?) {
        self = offered?.compactMap(PositionEncoding.init).first ?? .utf16
    }

    /// The byte offset of a position; one behind a line's end counts as its end, one behind the last line as the text's.
    func offset(of position: LSP.Position, in file: SourceFile) -> Int {
        guard position.line >= 0 else { return 0 }
        guard position.line < file.lineCount else { return file.utf8.count }
        let start = file.offset(ofLine: position.line + 1)
        let end = file.lineEnd(position.line + 1)
        var offset = start
        var units = 0
        while offset < end, units < position.character {
            let width = SourceFile.width(file.utf8[offset])
            let count = self == .utf8 ? width : width == 4 ? 2 : 1
            // A position inside a character is that of its beginning.
            if units + count > position.character { break }
            units += count
            offset += width
        }
        return min(offset, end)
    }

    func position(of offset: Int, in file: SourceFile) -> LSP.Position {
        let offset = min(max(offset, 0), file.utf8.count)
        let line = file.location(at: offset).line
        let character =
            self == .utf8 ? offset - file.offset(ofLine: line) : file.utf16Column(at: offset) - 1
        return LSP.Position(line: line - 1, character: character)
    }

    func range(_ range: SourceRange) -> LSP.Range {
        LSP.Range(start: position(of: range.lower, in: range.file), end: position(of: range.upper, in: range.file))
    }
}

extension SourceFile {
    /// Where line `number` (from 1) ends, before its line ending.
    func lineEnd(_ number: Int) -> Int {
        let start = offset(ofLine: number)
        var end = offset(ofLine: number + 1)
        while end > start, utf8[end - 1] == 0x0A || utf8[end - 1] == 0x0D { end -= 1 }
        return end
    }

    /// Where the line around a place begins and ends, before its line ending.
    func line(around offset: Int) -> (start: Int, end: Int) {
        let number = location(at: offset).line
        return (self.offset(ofLine: number), lineEnd(number))
    }

    /// How many bytes the character takes that begins with a byte.
    static func width(_ byte: UInt8) -> Int {
        switch byte {
        case 0xC0...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xFF: 4
        default: 1
        }
    }
}
