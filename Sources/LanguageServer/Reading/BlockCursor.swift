import Diagnostics

/// What kind of block a place stands in, by the lines of the file alone.
enum BlockCursor {
    /// Front matter or a directive's body: its lines, delimiters left out.
    case frontMatter(lines: Range<Int>)
    case body(word: String, lines: Range<Int>)
    /// The line that opens a fence, behind its marks: the word so far.
    case fence(word: Range<Int>)
    case prose
    /// Code in another language.
    case code

    init(_ file: SourceFile, at offset: Int) {
        let target = file.location(at: offset).line
        var number = 1
        if BlockCursor.isDelimiter(file, 1) {
            number = 2
            while number <= file.lineCount, !BlockCursor.isDelimiter(file, number) { number += 1 }
            if target == 1 || target == number {
                self = .code
                return
            }
            if target < number {
                self = .frontMatter(lines: 2..<number)
                return
            }
            number += 1
        }
        while number <= file.lineCount, number <= target {
            guard let fence = Fence(file, number) else {
                number += 1
                continue
            }
            if number == target {
                self = offset >= fence.word.lowerBound ? .fence(word: fence.word) : .code
                return
            }
            let first = number + 1
            number = first
            while number <= file.lineCount, !fence.isClosed(by: number, in: file) { number += 1 }
            if target < number {
                let word = String(decoding: file.utf8[fence.word], as: UTF8.self)
                self = .body(word: word, lines: first..<number)
                return
            }
            if target == number {
                self = .code
                return
            }
            number += 1
        }
        self = .prose
    }

    private static func isDelimiter(_ file: SourceFile, _ number: Int) -> Bool {
        var line = file.line(number)[...]
        if number == 1, line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
        return line.hasPrefix("---") && line.dropFirst(3).allSatisfy { $0 == " " || $0 == "\t" }
    }

    /// An opening line of backticks or tildes.
    private struct Fence {
        var mark: UInt8
        var length: Int
        var word: Range<Int>

        init?(_ file: SourceFile, _ number: Int) {
            let bytes = file.utf8
            let end = file.lineEnd(number)
            var index = file.offset(ofLine: number)
            let start = index
            while index < end, bytes[index] == 0x20, index - start < 4 { index += 1 }
            guard index - start < 4, index < end, bytes[index] == UInt8(ascii: "`") || bytes[index] == UInt8(ascii: "~")
            else { return nil }
            mark = bytes[index]
            let first = index
            while index < end, bytes[index] == mark { index += 1 }
            length = index - first
            guard length >= 3, mark != UInt8(ascii: "`") || !bytes[index..<end].contains(mark) else { return nil }
            while index < end, bytes[index] == 0x20 { index += 1 }
            let from = index
            while index < end, bytes[index] != 0x20 { index += 1 }
            word = from..<index
        }

        func isClosed(by number: Int, in file: SourceFile) -> Bool {
            let line = file.line(number).drop { $0 == " " }
            let marks = line.utf8.prefix { $0 == mark }.count
            return marks >= length && line.utf8.dropFirst(marks).allSatisfy { $0 == 0x20 || $0 == 0x09 }
        }
    }
}
