package import Datasets
import Foundation

/// SQLite in this process, over one file that is only read: immutable, nothing attached, no statement but `SELECT`.
package struct SQLiteEngine: QueryEngine {
    private let path: String
    private let shownFile: String
    /// Run before the fences stand: what `{params.x}` of a query are.
    private let setup: [String]
    private let seconds: Int
    private let memory: EngineMemory

    /// - Parameter path: Absolute and real.
    package init(path: String, shown: String, setup: [String], seconds: Int, memory: EngineMemory) {
        self.path = path
        shownFile = shown
        self.setup = setup
        self.seconds = seconds
        self.memory = memory
    }

    package var name: String { "sqlite" }
    package var dialect: SQLDialect { .sqlite }

    package func version() throws(DataFault) -> String { SQLiteConnection.version }

    package func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery {
        let connection = try open()
        let statement = try connection.statement(query)
        guard statement.isQuery else { throw .notOneSelect(name) }
        guard try connection.isEmpty(statement.rest) else { throw .notOneSelect(name) }
        var text = statement.text
        while let last = text.last, last == ";" || last.isWhitespace { text.removeLast() }
        return CheckedQuery(text: text, columns: statement.columns.map { RowSourceColumn($0, .unknown) })
    }

    package func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        try open().statement(sql).forEachRow(body)
    }

    private func open() throws(DataFault) -> SQLiteConnection {
        try SQLiteConnection(path, shown: shownFile, setup: setup, seconds: seconds, memory: memory)
    }
}

extension DataFault {
    static func notOneSelect(_ engine: String, _ words: String = "") -> DataFault {
        .engine(engine, "A query is one SELECT, and nothing else", words)
    }
}
