/// Records of comma- or tab-separated text (RFC 4180), fed in pieces of any size.
///
/// A cell may be quoted, with `""` for a quote in it, and may then hold delimiters and line ends. Lines end with LF,
/// CR LF or CR. A byte order mark and blank lines are passed over. Memory is bounded by one record.
struct DelimitedParser {
    private enum State {
        case cellStart
        case plain
        case quoted
        /// Behind a quote in a quoted cell: its end, or the first half of an escaped quote.
        case quoteInQuoted
    }

    private let file: String
    private let delimiter: UInt8
    private var state = State.cellStart
    private var record = Record()
    private var line = 1
    private var sawCarriageReturn = false
    private var byteOrderMark = 0
    /// Whether the record so far holds a quoted cell, so that an empty quoted one is no blank line.
    private var hasQuotes = false

    init(file: String, delimiter: UInt8) {
        self.file = file
        self.delimiter = delimiter
    }

    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        var index = 0
        while index < bytes.count {
            if byteOrderMark < 3 {
                try takeFirst(bytes[index], body)
                index += 1
                continue
            }
            // Runs of ordinary bytes are taken whole; only what has a meaning goes through the state machine.
            let end = runEnd(bytes, from: index)
            if end > index {
                try append(UnsafeRawBufferPointer(rebasing: bytes[index..<end]))
                index = end
            } else {
                try take(bytes[index], body)
                index += 1
            }
        }
    }

    /// The first three bytes may be a byte order mark, EF BB BF.
    private mutating func takeFirst(
        _ byte: UInt8, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        if byte == mark[byteOrderMark] {
            byteOrderMark += 1
            return
        }
        let held = byteOrderMark
        byteOrderMark = 3
        for index in 0..<held { try take(mark[index], body) }
        try take(byte, body)
    }

    /// Where the run of bytes that only belong to the cell ends.
    private func runEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        switch state {
        case .plain:
            while index < bytes.count {
                let byte = bytes[index]
                if byte == delimiter || byte <= 0x0D || byte == UInt8(ascii: "\"") { break }
                index += 1
            }
        case .quoted:
            while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\n") {
                index += 1
            }
        case .cellStart, .quoteInQuoted: break
        }
        return index
    }

    private mutating func take(
        _ byte: UInt8, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        if sawCarriageReturn {
            sawCarriageReturn = false
            if byte == UInt8(ascii: "\n"), state != .quoted { return }
        }
        switch state {
        case .quoted:
            if byte == UInt8(ascii: "\"") {
                state = .quoteInQuoted
            } else {
                if byte == UInt8(ascii: "\n") { line += 1 }
                try append(byte)
            }
        case .cellStart where byte == UInt8(ascii: "\""):
            state = .quoted
            hasQuotes = true
        case .quoteInQuoted where byte == UInt8(ascii: "\""):
            state = .quoted
            try append(byte)
        default:
            switch byte {
            case delimiter: try endCell()
            case UInt8(ascii: "\n"): try endRecord(body)
            case UInt8(ascii: "\r"):
                sawCarriageReturn = true
                try endRecord(body)
            case UInt8(ascii: "\""):
                throw fault("A quote stands around a whole cell, and is doubled inside one (RFC 4180)")
            case 0: throw fault("Text holds no NUL byte; is this a binary file?")
            default:
                if state == .quoteInQuoted {
                    throw fault("Behind a cell's closing quote stands a delimiter or the end of the line (RFC 4180)")
                }
                state = .plain
                try append(byte)
            }
        }
    }

    /// Ends the last record; an open quote is a fault.
    mutating func finish(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        if state == .quoted { throw fault("A quoted cell is closed before the file ends") }
        if state != .cellStart || record.count > 0 { try endRecord(body) }
    }

    private mutating func append(_ byte: UInt8) throws(DataFault) {
        record.bytes.append(byte)
        try checkLimits()
    }

    private mutating func append(_ run: UnsafeRawBufferPointer) throws(DataFault) {
        record.bytes.append(contentsOf: run)
        try checkLimits()
    }

    private func checkLimits() throws(DataFault) {
        let start = record.ends.last ?? 0
        if record.bytes.count - start > RecordLimits.cellBytes { throw fault("A cell holds at most 1 MiB") }
        if record.bytes.count > RecordLimits.recordBytes { throw fault("A record holds at most 64 MiB") }
    }

    private mutating func endCell() throws(DataFault) {
        record.ends.append(record.bytes.count)
        state = .cellStart
        if record.count >= RecordLimits.columns { throw fault("A record has at most \(RecordLimits.columns) cells") }
    }

    private mutating func endRecord(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        try endCell()
        let isBlank = record.count == 1 && record.bytes.isEmpty && !hasQuotes
        if !isBlank { try body(&record) }
        line += 1
        record.clear()
        record.line = line
        hasQuotes = false
    }

    private func fault(_ message: String) -> DataFault { DataFault(file: file, line: line, message: message) }
}
