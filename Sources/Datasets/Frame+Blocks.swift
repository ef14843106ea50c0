import Parallelism
import Synchronization
package import Workspace

/// Some rows of a frame that follow one another. They can be read once.
package struct FrameBlock: Sendable {
    fileprivate enum Rows: Sendable {
        case text(DelimitedBlock)
        case records([Record])
    }

    fileprivate let rows: Rows
    fileprivate let context: Row.Context
    fileprivate let read = LineCount()

    /// Calls the body for every row that the frame's condition keeps. Lines are counted from 0 where the block begins: only
    /// who takes the blocks in order knows how many come before.
    package func forEachRow(_ body: (inout Row) throws(DataFault) -> Void) throws(DataFault) {
        let context = Row.Context(copying: context)
        switch rows {
        case .text(let block):
            let lines = try block.forEachRow(context, from: 0) { (row) throws(DataFault) in
                try context.keep(&row, body)
            }
            read.set(lines)
        case .records(let records):
            for record in records {
                try context.visit(record) { (row) throws(DataFault) in try context.keep(&row, body) }
            }
        }
    }

    /// `data/asos.csv:12`, or `row 12 of duckdb`, of a line of the file.
    package func place(ofLine line: Int) -> String { context.place(ofLine: line) }
}

/// How many lines a block was found to have.
private final class LineCount: Sendable {
    private let lines = Atomic(0)

    func set(_ count: Int) { lines.store(count, ordering: .relaxed) }
    var value: Int { lines.load(ordering: .relaxed) }
}

extension Frame {
    /// Calls `map` with blocks of rows, on all processors, and `take` with what it made, in the order of the rows.
    ///
    /// - Parameters:
    ///   - map: Reads a whole block. A fault is part of what it makes, its line counted from 0.
    ///   - take: Is told beside how many lines of the file come before the block.
    /// - Throws: as `forEachRow`.
    package func forEachBlock<Part: Sendable>(
        in workspace: any FileSystem, _ map: @Sendable (FrameBlock) -> Part,
        take: (_ part: Part, _ linesBefore: Int) throws(DataFault) -> Void
    ) throws(DataFault) {
        if let source {
            var records = GatheredRecords(try context(source.shown, header: columns))
            do throws(DataFault) {
                try source.forEachRecord { (record) throws(DataFault) in
                    if let block = records.add(record) { try take(map(block), 0) }
                }
            } catch {
                try take(map(records.flush()), 0)
                throw error
            }
            try take(map(records.flush()), 0)
        }
        for (index, file) in files.enumerated() {
            if file.format == .jsonl {
                var records = GatheredRecords(try context(file.shown, header: columns))
                let print: Fingerprint
                do throws(DataFault) {
                    print = try JSONLinesFile(file: file, workspace: workspace).read(columns: columns) {
                        (record) throws(DataFault) in
                        if let block = records.add(record) { try take(map(block), 0) }
                    }
                } catch {
                    try take(map(records.flush()), 0)
                    throw error
                }
                try take(map(records.flush()), 0)
                try hold(print, at: index)
                continue
            }
            var reader = try DelimitedFile(file, in: workspace)
            var context: Row.Context?
            var lines = 1
            try orderedPipeline { () throws(DataFault) -> FrameBlock? in
                guard let block = try reader.next() else { return nil }
                let own = if let context { context } else { try self.context(file.shown, header: reader.header) }
                context = own
                return FrameBlock(rows: .text(block), context: own)
            } map: { block in
                (map(block), block.read.value)
            } take: { (part) throws(DataFault) in
                try take(part.0, lines)
                lines += part.1
            }
            try hold(reader.fingerprint(), at: index)
        }
    }
}

/// Records that come one by one, made blocks of. Their lines are those of the file. What was read before a fault comes
/// before it, for it may have a fault itself.
private struct GatheredRecords {
    private let context: Row.Context
    private var records: [Record] = []
    private var bytes = 0

    init(_ context: Row.Context) { self.context = context }

    mutating func add(_ record: Record) -> FrameBlock? {
        records.append(record)
        bytes += record.bytes.count
        return records.count == 4096 || bytes > 1 << 20 ? flush() : nil
    }

    mutating func flush() -> FrameBlock {
        defer { (records, bytes) = ([], 0) }
        return FrameBlock(rows: .records(records), context: context)
    }
}
