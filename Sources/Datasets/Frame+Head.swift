package import Workspace

extension Frame {
    /// The names of a file's columns by its first 64 KiB, for who must not wait for a survey; empty where they do not
    /// tell.
    package static func columnNames(of file: File, in workspace: any FileSystem) -> [String] {
        guard let source = try? workspace.open(file.path) else { return [] }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { piece.deallocate() }
        guard let count = try? source.read(into: piece), count > 0 else { return [] }
        let bytes = UnsafeRawBufferPointer(rebasing: piece[0..<count])
        let isWhole = source.size <= count
        switch file.format {
        case .csv, .tsv:
            var names: [String] = []
            var parser = DelimitedParser(
                file: file.shown, delimiter: file.format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ","))
            let take = { (record: inout Record) throws(DataFault) in
                if names.isEmpty { names = (0..<record.count).compactMap { record.cell($0).validText } }
            }
            try? parser.feed(bytes, take)
            if isWhole { try? parser.finish(take) }
            return names
        case .jsonl:
            var parser = JSONLinesParser(file: file.shown, columns: [], discovers: true)
            try? parser.feed(bytes) { (_: inout Record) throws(DataFault) in }
            if isWhole { try? parser.finish { (_: inout Record) throws(DataFault) in } }
            return parser.columns
        }
    }
}
