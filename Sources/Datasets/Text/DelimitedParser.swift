/// Records of comma- or tab-separated text (RFC 4180), fed in pieces of any size. A byte order mark is passed over.
/// Memory is bounded by a piece and one record.
struct DelimitedParser {
    private let file: String
    private let delimiter: UInt8
    private var ends = RecordEnds()
    /// Bytes whose record is not whole yet.
    private var pending: [UInt8] = []
    private var line = 1
    private var isAtStart = true
    private var record = Record()

    init(file: String, delimiter: UInt8) {
        self.file = file
        self.delimiter = delimiter
    }

    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        let before = pending.count
        pending.append(contentsOf: bytes)
        let end = pending.withUnsafeBufferPointer { ends.last(in: UnsafeBufferPointer(rebasing: $0[before...])) }
        if let end {
            try read(before + end, body)
        } else if pending.count > RecordLimits.recordBytes + RecordLimits.cellBytes {
            // Too long, or wrong before it became so.
            try read(pending.count, body)
        }
    }

    mutating func finish(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        try read(pending.count, body)
    }

    /// Reads the first bytes, which end with a record.
    private mutating func read(
        _ count: Int, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        let (file, delimiter, first) = (file, delimiter, line)
        var (record, isAtStart, next) = (record, isAtStart, line)
        defer { (self.record, self.isAtStart, line) = (record, isAtStart, next) }
        try pending.withUnsafeMutableBufferPointer { (buffer) throws(DataFault) in
            let start = isAtStart && buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            isAtStart = false
            let bytes = UnsafeMutableBufferPointer(rebasing: buffer[..<max(start, count)])
            var text = DelimitedText(bytes, from: start, line: first, delimiter: delimiter, file: file)
            while try text.next() {
                record.clear()
                record.line = text.recordLine
                for span in text.spans { record.append(UnsafeMutableBufferPointer(rebasing: bytes[span.range])) }
                try body(&record)
            }
            next = text.line
        }
        pending.removeFirst(count)
    }
}
