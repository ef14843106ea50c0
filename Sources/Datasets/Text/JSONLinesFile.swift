import Digests
import Workspace

/// One pass over a file of JSON Lines: its bytes through a digest and a parser, record by record.
struct JSONLinesFile {
    let file: Frame.File
    let workspace: any FileSystem

    /// Reads every record, its cells in the order of `columns`.
    func read(
        columns: [String], _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> Frame.Fingerprint {
        var parser = JSONLinesParser(file: file.shown, columns: columns, discovers: false)
        return try pump(&parser, body)
    }

    /// Reads every record to learn the columns, in order. Cells stand in the order in which their columns were found, a prefix
    /// of the list at any time.
    func survey(
        _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> (columns: [String], fingerprint: Frame.Fingerprint) {
        var parser = JSONLinesParser(file: file.shown, columns: [], discovers: true)
        let print = try pump(&parser, body)
        guard !parser.columns.isEmpty else { throw DelimitedFile.empty(file) }
        return (parser.columns, print)
    }

    private func pump(
        _ parser: inout JSONLinesParser, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> Frame.Fingerprint {
        var digest = StreamingDigest()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        let source: any ByteSource
        do throws(FileError) { source = try workspace.open(file.path) } catch { throw fault(error) }
        while true {
            let count: Int
            do throws(FileError) { count = try source.read(into: piece) } catch { throw fault(error) }
            guard count > 0 else { break }
            let bytes = UnsafeRawBufferPointer(rebasing: piece[0..<count])
            digest.update(bytes)
            try parser.feed(bytes, body)
        }
        try parser.finish(body)
        return Frame.Fingerprint(bytes: digest.byteCount, sha256: digest.finalize())
    }

    private func fault(_ error: FileError) -> DataFault {
        DataFault(file: file.shown, message: "The file cannot be read: \(error.reason)")
    }
}
