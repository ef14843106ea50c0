import CSQLite
package import Datasets

/// A new SQLite database of one table.
package struct SQLiteWriter: TableWriter {
    private let path: String

    /// - Parameter path: Absolute, and nothing stands there.
    package init(path: String) { self.path = path }

    package func write(_ table: NewTable, replaces: Bool, _ rows: () -> [UInt8]?) throws(DataFault) {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &handle, flags, nil) == SQLITE_OK else { throw failure(handle) }
        // Whoever finds the file under its name finds it whole, so nothing need be undone within it.
        for sql in ["pragma journal_mode = off", "pragma synchronous = off", table.creation(.sqlite), "begin"] {
            try run(sql, handle)
        }
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        let places = table.columns.map { _ in "?" }.joined(separator: ", ")
        let sql = "insert into \(table.identifier(.sqlite)) values (\(places))"
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure(handle) }
        try table.forEachRow(of: rows) { (record) throws(DataFault) in
            for (index, column) in table.columns.enumerated() {
                try bind(record.cell(index), column.kind, Int32(index + 1), statement)
            }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw failure(handle) }
            sqlite3_reset(statement)
        }
        try run("commit", handle)
    }

    private func bind(
        _ cell: ArraySlice<UInt8>, _ kind: NewTable.Kind, _ place: Int32, _ statement: OpaquePointer?
    ) throws(DataFault) {
        guard kind != .text else {
            reader_bind_text(statement, place, String(decoding: cell, as: UTF8.self))
            return
        }
        guard case .number(let number) = DecimalNumber.read(cell) else {
            throw .engine("sqlite", "A number is written as one", String(decoding: cell, as: UTF8.self))
        }
        if kind == .whole {
            sqlite3_bind_int64(statement, place, Int64(number))
        } else {
            sqlite3_bind_double(statement, place, number)
        }
    }

    private func run(_ sql: String, _ handle: OpaquePointer?) throws(DataFault) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure(handle) }
    }

    private func failure(_ handle: OpaquePointer?) -> DataFault {
        .engine("sqlite", "SQLite cannot write the table", String(cString: sqlite3_errmsg(handle)))
    }
}
