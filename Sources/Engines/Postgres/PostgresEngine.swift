package import Datasets

/// PostgreSQL by libpq: one statement at a time by the extended protocol, in a transaction that only reads. Who asks and with
/// which password is between libpq and its own files and variables.
package struct PostgresEngine: QueryEngine {
    private let connection: String?
    private let parameters: String?
    private let seconds: Double
    private let threads: Int

    /// - Parameters:
    ///   - connection: A service's name or a URI without a password; nil for what libpq's variables say.
    ///   - parameters: The row of the table `report_parameters`.
    ///   - threads: Of one, sums come in an order that is always the same.
    package init(connection: String?, parameters: String?, seconds: Double, threads: Int) {
        self.connection = connection
        self.parameters = parameters
        self.seconds = seconds
        self.threads = threads
    }

    package var name: String { "postgres" }
    package var dialect: SQLDialect { .postgres }
    package var addsInOrder: Bool { threads == 1 }

    package func version() throws(DataFault) -> String { try open().version }

    package func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery {
        // What stands in parentheses can be nothing but a query; data is changed in none that is within another.
        let text = query.withoutEnd.withTables([("report_parameters", parameters)])
        let connection = try open()
        var functions: Set<String> = []
        try connection.forEachRow(of: PostgresFunctions.query) { (record) throws(DataFault) in
            functions.insert(String(decoding: record.cell(0), as: UTF8.self))
        }
        if let function = PostgresFunctions.called(by: query, of: functions) {
            throw .notOneSelect(name, "\(function) does more than give a value, and data needs none of that")
        }
        let columns = try connection.describe("select * from (\n\(text)\n) as q")
        return CheckedQuery(text: text, columns: columns)
    }

    package func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        try open().forEachRow(of: sql, body)
    }

    private func open() throws(DataFault) -> PostgresConnection {
        try PostgresConnection(connection, seconds: seconds, threads: threads)
    }
}
