import Workspace

/// One pass over a file of comma- or tab-separated text with a header, block by block.
struct DelimitedFile {
    private let file: Frame.File
    private let delimiter: UInt8
    private var blocks: TextBlocks
    private var isAtStart = true
    /// The names of the columns, once the first block was read.
    private(set) var header: [String] = []

    init(_ file: Frame.File, in workspace: any FileSystem) throws(DataFault) {
        self.file = file
        delimiter = file.format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ",")
        do throws(FileError) {
            blocks = try TextBlocks(of: file, in: workspace)
        } catch {
            throw DataFault(file: file.shown, message: "The file cannot be read: \(error.reason)")
        }
    }

    /// The next rows; nil at the file's end.
    mutating func next() throws(DataFault) -> DelimitedBlock? {
        let read: TextBlock?
        do throws(FileError) {
            read = try blocks.next()
        } catch {
            throw DataFault(file: file.shown, message: "The file cannot be read: \(error.reason)")
        }
        guard let block = read else {
            if header.isEmpty { throw DelimitedFile.empty(file) }
            return nil
        }
        var start = 0
        var lines = 0
        if header.isEmpty {
            let mark = isAtStart && block.text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            var text = DelimitedText(block.text, from: mark, line: 0, delimiter: delimiter, file: file.shown)
            do throws(DataFault) {
                if try text.next() { header = try names(text, block) }
            } catch {
                throw error.shifted(by: 1)
            }
            (start, lines) = (text.index, text.line)
            isAtStart = false
        }
        return DelimitedBlock(
            block: block, start: start, line: lines, file: file.shown, delimiter: delimiter, width: header.count)
    }

    /// Of all bytes, once `next` returned nil.
    ///
    /// - Throws: where the file changed on the way.
    func fingerprint() throws(DataFault) -> Frame.Fingerprint {
        guard let found = blocks.fingerprint else { throw DelimitedFile.changed(file) }
        return found
    }

    static func changed(_ file: Frame.File) -> DataFault {
        DataFault(file: file.shown, message: "A data file stays as it is while a report is built")
    }

    static func empty(_ file: Frame.File) -> DataFault {
        DataFault(file: file.shown, message: "A data file has a header and rows, and this one is empty")
    }

    private func names(_ text: DelimitedText, _ block: TextBlock) throws(DataFault) -> [String] {
        func fault(_ column: String?, _ message: String) -> DataFault {
            DataFault(file: file.shown, line: text.recordLine, column: column, message: message)
        }
        var names: [String] = []
        for (index, span) in text.spans.enumerated() {
            guard let name = block.text[span.range].validText else { throw fault(nil, "A header is UTF-8 text") }
            if name.isEmpty { throw fault(nil, "Every column has a name, and column \(index + 1) has none") }
            names.append(name)
        }
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
            throw fault(twice, "Columns have different names")
        }
        return names
    }
}

/// Rows of a file that lie in one block. They can be read once.
struct DelimitedBlock: Sendable {
    fileprivate let block: TextBlock
    /// Where they begin, and how many lines of the block come before.
    fileprivate let start: Int
    fileprivate let line: Int
    fileprivate let file: String
    fileprivate let delimiter: UInt8
    let width: Int

    /// Calls the body for each row, whose lines are counted from `first`, that of the block's first line.
    ///
    /// - Returns: the number of the line behind the block.
    func forEachRow(
        _ context: Row.Context, from first: Int, _ body: (inout Row) throws(DataFault) -> Void
    ) throws(DataFault) -> Int {
        var text = DelimitedText(block.text, from: start, line: first + line, delimiter: delimiter, file: file)
        let bytes = UnsafePointer(block.bytes.baseAddress ?? UnsafeMutablePointer(bitPattern: 1).unsafelyUnwrapped)
        while try text.next() {
            guard text.spans.count == width else {
                throw DataFault(
                    file: file, line: text.recordLine,
                    message: "A row has as many cells as the header: \(width), where this one has \(text.spans.count)")
            }
            var row = Row(context: context, bytes: bytes, spans: text.spans, line: text.recordLine)
            try body(&row)
        }
        return text.line
    }
}

extension DataFault {
    /// The same so many lines later.
    package func shifted(by lines: Int) -> DataFault {
        var fault = self
        fault.line = line.map { $0 + lines }
        return fault
    }
}
