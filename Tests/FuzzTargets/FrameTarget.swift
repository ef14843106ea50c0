import Datasets
import Workspace

extension FuzzTarget {
    /// A data file: its first byte says of which kind, csv, tsv or JSON Lines.
    static let frame = FuzzTarget(
        name: "frame",
        seeds: [
            "cx,y\n1,a\n2,\"b \"\"c\"\"\n\"\n", "tx\ty\r\n1.5e3\tNA\r\n\r\n-0\t\u{E9}\r\n", "c\u{FEFF}x\n1\r2\n",
            "j{\"x\": 1, \"y\": \"a\"}\n{\"y\": null, \"z\": true}\n\n{\"x\": 1e-7}\n",
            "c\(String(repeating: "column,", count: 30))x\n",
        ],
        words: [
            "\"", "\"\"", ",", "\t", "\r\n", "\n", "\r", "\u{FEFF}", "\u{0}", "NA", "1e400", "-0", "nan", "{\"x\":",
            "}\n",
            "null", "true", "[1]", "{}", "1e-400", "\\ud800", "0x10", "+.5", "5.",
        ]
    ) { bytes in
        let format: Frame.Format =
            switch bytes.first {
            case UInt8(ascii: "t"): .tsv
            case UInt8(ascii: "j"): .jsonl
            default: .csv
            }
        let data = Array(bytes.dropFirst())
        let whole = reading(data, format, pieces: 1 << 18)
        try expect(whole == reading(data, format, pieces: 1), "bytes one by one are read as another table")
        try expect(whole == reading(data, format, pieces: 7), "bytes by sevens are read as another table")
    }

    /// The columns' kinds, the rows' places and cells, or the fault.
    private static func reading(_ data: [UInt8], _ format: Frame.Format, pieces: Int) -> [String] {
        let files = PieceFiles(data, pieces: pieces)
        var frame = Frame(
            files: [.init(path: "/d", shown: "d", format: format)], missing: ["", "NA"], filter: nil)
        var lines: [String] = []
        do throws(DataFault) {
            let survey = try FrameSurvey(of: &frame, in: files)
            lines = survey.columns.map { "\($0)" } + ["\(survey.rows) rows"]
            let columns = frame.columns.indices.prefix(20)
            try frame.forEachRow(in: files) { (row) throws(DataFault) in
                var cells: [String] = []
                for column in columns {
                    let number = try? row.number(column)
                    let text = try? row.text(column)
                    cells.append("\(row.isMissing(column)) \(String(describing: number)) \(String(describing: text))")
                }
                lines.append("\(row.place): \(cells)")
            }
        } catch {
            lines.append("\(error.place): \(error.message)")
        }
        return lines
    }
}

/// One file, read in pieces of a size.
private struct PieceFiles: FileSystem {
    private let memory = MemoryFileSystem()
    private let pieces: Int

    init(_ data: [UInt8], pieces: Int) {
        memory.add("/d", data)
        self.pieces = pieces
    }

    func status(of path: String) -> FileStatus? { memory.status(of: path) }
    func linkStatus(of path: String) -> FileStatus? { memory.linkStatus(of: path) }
    func realPath(of path: String) -> String? { memory.realPath(of: path) }
    func names(in folder: String) throws(FileError) -> [String] { try memory.names(in: folder) }
    func replace(_ files: [FileContent]) throws(FileError) { try memory.replace(files) }
    func remove(_ path: String) throws(FileError) { try memory.remove(path) }
    func touch(_ path: String) {}
    func lock(_ path: String, waiting time: Duration) throws(FileError) -> (any FileLock)? {
        try memory.lock(path, waiting: time)
    }
    func settle(_ paths: [String], in folder: String) throws(FileError) {}
    func open(_ path: String) throws(FileError) -> any ByteSource {
        Pieces(source: try memory.open(path), size: pieces)
    }

    private final class Pieces: ByteSource {
        private let source: any ByteSource
        private let most: Int

        init(source: any ByteSource, size: Int) {
            self.source = source
            most = size
        }

        var size: Int { source.size }

        func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
            try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(most)))
        }
    }
}
