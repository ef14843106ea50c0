package import Datasets

/// A new table by a client's command: a process for each batch of rows. It is the slowest way, and no transaction: where a
/// batch fails the table that was begun is dropped, for half of one would be taken for a whole one.
package struct CommandWriter: TableWriter {
    private let engine: CommandEngine

    package init(_ engine: CommandEngine) { self.engine = engine }

    package func write(_ table: NewTable, replaces: Bool, _ rows: () -> [UInt8]?) throws(DataFault) {
        let name = table.identifier(engine.dialect)
        if replaces { try engine.change("drop table if exists \(name)") }
        try engine.change(table.creation(engine.dialect))
        do throws(DataFault) {
            try fill(table, name, rows)
        } catch {
            try? engine.change("drop table if exists \(name)")
            throw error
        }
    }

    private func fill(_ table: NewTable, _ name: String, _ rows: () -> [UInt8]?) throws(DataFault) {
        // An argument has at most 128 KiB on Linux.
        let limit = engine.takesArgument ? 90_000 : 1 << 20
        let start = "insert into \(name) values\n"
        var batch = ""
        try table.forEachRow(of: rows) { (record) throws(DataFault) in
            var cells: [String] = []
            for index in 0..<record.count {
                cells.append(try table.literal(record.cell(index), index, engine.dialect))
            }
            batch += "\(batch.isEmpty ? start : ",\n")(\(cells.joined(separator: ", ")))"
            if batch.utf8.count > limit {
                try engine.change(batch)
                batch = ""
            }
        }
        if !batch.isEmpty { try engine.change(batch) }
    }
}
