import CSQLite
import Datasets
import Digests
import Foundation

/// A database that was opened to be read.
final class SQLiteConnection {
    private var handle: OpaquePointer?
    private let deadline: UnsafeMutablePointer<time_t>

    static var version: String { String(cString: sqlite3_libversion()) }

    init(_ path: String, shown: String, setup: [String], seconds: Int, memory: EngineMemory) throws(DataFault) {
        deadline = .allocate(capacity: 1)
        deadline.initialize(to: time(nil) + seconds)
        // An immutable file is read without locks and without its log, which would be writing beside it.
        var status = stat()
        if stat(path + "-wal", &status) == 0, status.st_size > 0 {
            throw .engine(
                "sqlite", "\(shown) has a log of changes beside it, \(shown)-wal, that is not part of it yet",
                "`PRAGMA wal_checkpoint(TRUNCATE)` by who writes it makes it whole")
        }
        var escaped = ""
        for byte in path.utf8 {
            let isPlain = (byte > 0x20 && byte < 0x7F && !"%?#".utf8.contains(byte))
            escaped += isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }
        sqlite3_hard_heap_limit64(sqlite3_int64(memory.bytes))
        guard reader_open("file:\(escaped)?mode=ro&immutable=1", &handle) == SQLITE_OK else { throw failure() }
        guard addMD5() == SQLITE_OK else { throw failure() }
        for sql in ["pragma temp_store = memory"] + setup {
            guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure() }
        }
        reader_fence(handle, deadline)
    }

    deinit {
        sqlite3_close_v2(handle)
        deadline.deallocate()
    }

    /// `md5(text)`, as other engines have it: by it a draft's units are chosen.
    private func addMD5() -> Int32 {
        sqlite3_create_function_v2(
            handle, "md5", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
            { context, _, values in
                guard let value = values?[0], sqlite3_value_type(value) != SQLITE_NULL else {
                    return sqlite3_result_null(context)
                }
                // Its length in UTF-8 is known once it is that.
                let start = sqlite3_value_text(value)
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
                reader_result_text(context, Digests.hexadecimal(md5(bytes)))
            }, nil, nil, nil)
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count < 2 ? "0" + digits : digits
    }

    func failure() -> DataFault {
        let code = sqlite3_errcode(handle)
        let message =
            switch code {
            case SQLITE_AUTH: "A query is one SELECT, and nothing else"
            case SQLITE_INTERRUPT: "The query took too long"
            case SQLITE_NOMEM: "The query took too much memory"
            case SQLITE_NOTADB: "The file is no SQLite database"
            default: "SQLite refuses the query"
            }
        return .engine("sqlite", message, String(cString: sqlite3_errmsg(handle)))
    }

    func statement(_ sql: String) throws(DataFault) -> SQLiteStatement {
        guard !sql.contains("\0") else { throw .engine("sqlite", "A query holds no NUL") }
        var statement: OpaquePointer?
        var consumed = 0
        let code = sql.withCString { start in
            var rest: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(handle, start, -1, &statement, &rest)
            consumed = rest.map { $0 - start } ?? 0
            return code
        }
        guard code == SQLITE_OK else { throw failure() }
        guard let statement else { throw .notOneSelect("sqlite") }
        let bytes = Array(sql.utf8)
        return SQLiteStatement(
            self, statement, text: String(decoding: bytes[..<consumed], as: UTF8.self),
            rest: String(decoding: bytes[consumed...], as: UTF8.self))
    }

    /// Whether a text holds nothing but blanks and comments.
    func isEmpty(_ sql: String) throws(DataFault) -> Bool {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        return sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK && statement == nil
    }
}

/// A prepared statement.
final class SQLiteStatement {
    private let connection: SQLiteConnection
    private let handle: OpaquePointer
    /// The statement itself, and what stood behind it.
    let text: String
    let rest: String

    init(_ connection: SQLiteConnection, _ handle: OpaquePointer, text: String, rest: String) {
        self.connection = connection
        self.handle = handle
        self.text = text
        self.rest = rest
    }

    deinit { sqlite3_finalize(handle) }

    /// Whether it only reads, and has rows.
    var isQuery: Bool {
        sqlite3_stmt_readonly(handle) != 0 && sqlite3_stmt_isexplain(handle) == 0 && sqlite3_column_count(handle) > 0
    }

    var columns: [String] {
        (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    }

    func forEachRow(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        var record = Record()
        let count = sqlite3_column_count(handle)
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: break
            case SQLITE_DONE: return
            default: throw connection.failure()
            }
            record.clear()
            for index in 0..<count { append(index, to: &record) }
            try body(&record)
        }
    }

    /// A cell as text; a number with all its digits.
    private func append(_ index: Int32, to record: inout Record) {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_NULL: record.append([], isAbsent: true)
        case SQLITE_INTEGER: record.append("\(sqlite3_column_int64(handle, index))".utf8)
        case SQLITE_FLOAT: record.append("\(sqlite3_column_double(handle, index))".utf8)
        default:
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(handle, index), count: Int(sqlite3_column_bytes(handle, index)))
            record.append(bytes)
        }
    }
}
