/// What a program prints its rows as.
package enum RowForm: Sendable, Hashable {
    /// Text between delimiters with a header; `null` is the cell that stands for a missing one.
    case delimited(UInt8, null: String?)
    /// Lines of JSON, an object each, which tells its columns.
    case objects
    /// Lines of JSON, an array of so many cells each.
    case arrays(Int)
}

/// Rows as a program writes them, fed in pieces of any size.
package struct RecordReader {
    private enum Parser {
        case text(DelimitedParser)
        case json(JSONRowsParser)
    }

    private var parser: Parser
    private let file: String
    private let null: [UInt8]?
    private let end: [UInt8]?
    /// How often `end` comes: once as a row, and where there are headers as one of its own, too.
    private let endCount: Int
    private var ends = 0
    /// The names of the columns, once they were read.
    package private(set) var header: [String]?

    /// - Parameters:
    ///   - file: As people see it.
    ///   - end: What stands behind the last row in a row of its own, where the program says so.
    package init(file: String, form: RowForm, end: String? = nil) {
        self.file = file
        self.end = end.map { Array($0.utf8) }
        switch form {
        case .delimited(let delimiter, let null):
            self.null = null.map { Array($0.utf8) }
            endCount = 2
            parser = .text(DelimitedParser(file: file, delimiter: delimiter))
        case .objects:
            null = nil
            endCount = 2
            parser = .json(JSONRowsParser(file: file, haveNames: true))
        case .arrays(let count):
            null = nil
            endCount = 1
            header = (0..<count).map { "\($0)" }
            parser = .json(JSONRowsParser(file: file, haveNames: false))
        }
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
        try feed(bytes, visit)
        guard bytes == nil, end != nil, ends != endCount else { return }
        throw DataFault(file: file, message: "The output is cut short: its end is missing", engine: [])
    }

    private mutating func feed(
        _ bytes: UnsafeRawBufferPointer?, _ visit: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        switch parser {
        case .text(var own):
            // Not held twice while it grows.
            parser = .json(JSONRowsParser(file: file, haveNames: false))
            defer { parser = .text(own) }
            if let bytes { try own.feed(bytes, visit) } else { try own.finish(visit) }
        case .json(var own):
            parser = .text(DelimitedParser(file: file, delimiter: 0))
            defer { parser = .json(own) }
            if let bytes { try own.feed(bytes, visit) } else { try own.finish(visit) }
        }
    }
}
