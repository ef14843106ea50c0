import Digests
import Workspace

/// One pass over a file: its bytes through a digest and a parser, record by record.
struct RecordStream {
    let file: Frame.File
    let workspace: any FileSystem

    /// Reads every record. `columns` are the frame's; the body is told where each stands in the record, -1 for nowhere.
    func read(
        columns: [String], _ body: (Record, [Int]) throws(DataFault) -> Void
    ) throws(DataFault) -> Frame.Fingerprint {
        switch file.format {
        case .csv, .tsv:
            var mapping: [Int]?
            return try delimited { (record: inout Record) throws(DataFault) in
                if let mapping { return try body(record, mapping) }
                let header = try self.header(record)
                mapping = columns.map { header.firstIndex(of: $0) ?? -1 }
            }
        case .jsonl:
            let mapping = Array(columns.indices)
            var parser = JSONLinesParser(file: file.shown, columns: columns, discovers: false)
            return try pump { (bytes: UnsafeRawBufferPointer?) throws(DataFault) in
                let visit = { (record: inout Record) throws(DataFault) in try body(record, mapping) }
                if let bytes { try parser.feed(bytes, visit) } else { try parser.finish(visit) }
            }
        }
    }

    /// Reads every record to learn the columns, in order, and to look at every cell.
    func survey(
        _ body: (Record, _ columns: [String]) throws(DataFault) -> Void
    ) throws(DataFault) -> (columns: [String], fingerprint: Frame.Fingerprint) {
        var columns: [String]?
        let print: Frame.Fingerprint
        switch file.format {
        case .csv, .tsv:
            print = try delimited { (record: inout Record) throws(DataFault) in
                if let columns { return try body(record, columns) }
                columns = try self.header(record)
            }
        case .jsonl:
            var parser = JSONLinesParser(file: file.shown, columns: [], discovers: true)
            print = try pump { (bytes: UnsafeRawBufferPointer?) throws(DataFault) in
                // Cells stand in the order in which their columns were found, a prefix of the list at any time.
                let visit = { (record: inout Record) throws(DataFault) in try body(record, []) }
                if let bytes { try parser.feed(bytes, visit) } else { try parser.finish(visit) }
            }
            columns = parser.columns
        }
        guard let columns, !columns.isEmpty else {
            throw DataFault(file: file.shown, message: "A data file has a header and rows, and this one is empty")
        }
        return (columns, print)
    }

    private func delimited(
        _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> Frame.Fingerprint {
        var parser = DelimitedParser(
            file: file.shown, delimiter: file.format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ","))
        var width: Int?
        func check(_ record: inout Record) throws(DataFault) {
            if let width, record.count != width {
                throw DataFault(
                    file: file.shown, line: record.line,
                    message: "A row has as many cells as the header: \(width), where this one has \(record.count)")
            }
            width = record.count
            try body(&record)
        }
        return try pump { (bytes: UnsafeRawBufferPointer?) throws(DataFault) in
            if let bytes { try parser.feed(bytes, check) } else { try parser.finish(check) }
        }
    }

    private func header(_ record: Record) throws(DataFault) -> [String] {
        var names: [String] = []
        for index in 0..<record.count {
            guard let name = record.cell(index).validText else {
                throw DataFault(file: file.shown, line: record.line, message: "A header is UTF-8 text")
            }
            if name.isEmpty {
                throw DataFault(
                    file: file.shown, line: record.line,
                    message: "Every column has a name, and column \(index + 1) has none")
            }
            names.append(name)
        }
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
            throw DataFault(
                file: file.shown, line: record.line, column: twice, message: "Columns have different names")
        }
        return names
    }

    /// Reads the file to its end in pieces, then calls `consume` with nil.
    private func pump(
        _ consume: (UnsafeRawBufferPointer?) throws(DataFault) -> Void
    ) throws(DataFault) -> Frame.Fingerprint {
        var digest = StreamingDigest()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { piece.deallocate() }
        do {
            let source = try workspace.open(file.path)
            while true {
                let count = try source.read(into: piece)
                guard count > 0 else { break }
                let bytes = UnsafeRawBufferPointer(rebasing: piece[0..<count])
                digest.update(bytes)
                try consume(bytes)
            }
        } catch let fault as DataFault {
            throw fault
        } catch {
            let reason = (error as? FileError)?.reason ?? "it cannot be read"
            throw DataFault(file: file.shown, message: "The file cannot be read: \(reason)")
        }
        try consume(nil)
        return Frame.Fingerprint(bytes: digest.byteCount, sha256: digest.finalize())
    }
}
