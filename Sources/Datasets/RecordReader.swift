/// Rows as a program writes them: delimited text with a header, fed in pieces of any size.
package struct RecordReader {
    private var parser: DelimitedParser
    private let file: String
    private let null: [UInt8]?
    private let end: [UInt8]?
    /// How often `end` came.
    private var ends = 0
    /// The names of the columns, once they were read.
    package private(set) var header: [String]?

    /// - Parameters:
    ///   - file: As people see it.
    ///   - null: The cell that stands for a missing one.
    ///   - end: What stands behind the last row in two lines of its own, where the program says so.
    package init(file: String, delimiter: UInt8 = UInt8(ascii: ","), null: String?, end: String? = nil) {
        self.file = file
        self.null = null.map { Array($0.utf8) }
        self.end = end.map { Array($0.utf8) }
        parser = DelimitedParser(file: file, delimiter: delimiter)
    }

    /// Takes a piece, nil for the end. Rows are counted from 1.
    package mutating func take(
        _ bytes: UnsafeRawBufferPointer?, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        let (file, null, end) = (file, null, end)
        var (header, ends) = (header, ends)
        defer { (self.header, self.ends) = (header, ends) }
        func visit(_ record: inout Record) throws(DataFault) {
            guard let names = header else {
                header = (0..<record.count).map { String(decoding: record.cell($0), as: UTF8.self) }
                return
            }
            if let end, record.count == 1, record.cell(0).elementsEqual(end) {
                ends += 1
                return
            }
            record.line -= 1
            guard record.count == names.count, ends == 0 else {
                throw DataFault(
                    file: file, line: record.line,
                    message:
                        "A row of the output has \(names.count) cells, where this one has \(record.count): it may be cut short",
                    engine: []
                )
            }
            if let null {
                for index in record.spans.indices where record.cell(index).elementsEqual(null) {
                    record.spans[index] = .absent
                }
            }
            try body(&record)
        }
        if let bytes { return try parser.feed(bytes, visit) }
        try parser.finish(visit)
        guard end == nil || ends == 2 else {
            throw DataFault(file: file, message: "The output is cut short: its end is missing", engine: [])
        }
    }
}
