/// The records of comma- or tab-separated text (RFC 4180) that begins and ends between records.
///
/// A cell may be quoted, with `""` for a quote in it, and may then hold delimiters and line ends. Lines end with LF,
/// CR LF or CR. Blank lines are passed over. Cells stay where they lie in the text: an escaped quote moves what follows
/// it within its cell, so that the text can be read but once.
struct DelimitedText {
    private let base: UnsafeMutablePointer<UInt8>
    private let end: Int
    private let file: String
    private let delimiter: UInt8
    private(set) var index: Int
    /// The line on which the next record begins.
    private(set) var line: Int
    private let cells = CellSpans()
    private var count = 0
    /// The cells of the last record, until the next is read.
    var spans: UnsafeBufferPointer<CellSpan> { UnsafeBufferPointer(start: cells.start, count: count) }
    /// The line on which the last record began.
    private(set) var recordLine = 0

    /// - Parameters:
    ///   - start: Where the first record begins.
    ///   - line: On which line.
    ///   - file: As people see it.
    init(
        _ text: UnsafeMutableBufferPointer<UInt8>, from start: Int = 0, line: Int, delimiter: UInt8, file: String
    ) {
        // Of no bytes none is read.
        base = text.baseAddress ?? UnsafeMutablePointer(bitPattern: 1).unsafelyUnwrapped
        end = text.count
        index = start
        self.line = line
        self.delimiter = delimiter
        self.file = file
    }

    /// Reads a record, whose cells are `spans`; false where there is none.
    mutating func next() throws(DataFault) -> Bool {
        while index < end {
            count = 0
            recordLine = line
            let start = index
            let hasQuotes = try readRecord(from: start)
            if count > 1 || hasQuotes || cells.start[0].end > cells.start[0].start { return true }
        }
        return false
    }

    /// - Returns: whether any cell is quoted, so that an empty quoted one is no blank line.
    private mutating func readRecord(from start: Int) throws(DataFault) -> Bool {
        let (base, end, delimiter, cells) = (base, end, delimiter, cells.start)
        var hasQuotes = false
        var (index, count) = (start, 0)
        defer { (self.index, self.count) = (index, count) }
        while true {
            let cell: CellSpan
            let first = index
            if index < end, base[index] == UInt8(ascii: "\"") {
                hasQuotes = true
                cell = try quoted(&index)
            } else {
                index = plainEnd(from: first)
                cell = CellSpan(first, index)
            }
            if index &- first > RecordLimits.cellBytes { throw fault("A cell holds at most 1 MiB") }
            if index &- start > RecordLimits.recordBytes { throw fault("A record holds at most 64 MiB") }
            cells[count] = cell
            count &+= 1
            if count == RecordLimits.columns { throw fault("A record has at most \(RecordLimits.columns) cells") }
            guard index < end else { break }
            let byte = base[index]
            index &+= 1
            if byte == delimiter { continue }
            if byte == UInt8(ascii: "\n") { break }
            switch byte {
            case UInt8(ascii: "\r"): if index < end, base[index] == UInt8(ascii: "\n") { index &+= 1 }
            case 0: throw fault("Text holds no NUL byte; is this a binary file?")
            default: throw fault("A quote stands around a whole cell, and is doubled inside one (RFC 4180)")
            }
            break
        }
        line += 1
        return hasQuotes
    }

    /// Where a cell without quotes ends: at a delimiter, a line end, or something that it must not hold.
    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        var index = start
        while index + 8 <= end {
            let eight = EightBytes(base + index)
            // Line ends and NUL are below 14, and tabs too, which may be text.
            let found = eight.find(delimiter) | eight.find(below: 14) | eight.find(UInt8(ascii: "\""))
            guard let place = found.first else {
                index += 8
                continue
            }
            index += place
            if isEnd(base[index]) { return index }
            index += 1
        }
        while index < end, !isEnd(base[index]) { index += 1 }
        return index
    }

    @inline(__always)
    private func isEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\"")
            || byte == 0
    }

    private mutating func quoted(_ index: inout Int) throws(DataFault) -> CellSpan {
        index += 1
        let start = index
        var place = start
        while true {
            guard index < end else { throw fault("A quoted cell is closed before the file ends") }
            let byte = base[index]
            index += 1
            if byte == UInt8(ascii: "\"") {
                guard index < end, base[index] == byte else { break }
                index += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
            base[place] = byte
            place += 1
            if place - start > RecordLimits.cellBytes { throw fault("A cell holds at most 1 MiB") }
        }
        if index < end, base[index] == 0 { throw fault("Text holds no NUL byte; is this a binary file?") }
        guard
            index == end || base[index] == delimiter || base[index] == UInt8(ascii: "\n")
                || base[index] == UInt8(ascii: "\r")
        else {
            throw fault("Behind a cell's closing quote stands a delimiter or the end of the line (RFC 4180)")
        }
        return CellSpan(start, place)
    }

    @inline(never)
    private func fault(_ message: String) -> DataFault { DataFault(file: file, line: line, message: message) }
}

/// Room for the cells of one record.
private final class CellSpans {
    let start = UnsafeMutablePointer<CellSpan>.allocate(capacity: RecordLimits.columns)

    deinit { start.deallocate() }
}
