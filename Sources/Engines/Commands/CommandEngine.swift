package import Datasets
package import Workspace

/// Any engine by the command of a trusted project's `report.yaml`: a client that takes SQL and prints rows.
///
/// A client may stop in the middle and end well all the same, so every query tells in its own rows whether all of them came.
package struct CommandEngine: QueryEngine {
    package let name: String
    package let dialect: SQLDialect
    private let client: ClientProcess
    private let arguments: [String]
    private let parameters: String?

    /// What an argument is that a query takes the place of.
    private static let place = "<sql>"

    /// - Parameters:
    ///   - command: The program, absolute, its environment and bounds.
    ///   - arguments: With `<sql>` for the query or `<file>` for the path of a file that holds it, or it goes to the standard
    ///     input.
    ///   - parameters: The row of the table `report_parameters`.
    package init(
        _ name: String, dialect: SQLDialect, processes: any ProcessRunner, command: ProcessCommand,
        arguments: [String], form: RowForm, parameters: String?
    ) {
        self.name = name
        self.dialect = dialect
        self.arguments = arguments
        self.parameters = parameters
        client = ClientProcess(name, processes: processes, command: command, form: form)
    }

    package var addsInOrder: Bool { false }

    package func version() throws(DataFault) -> String {
        let sql: String
        switch dialect {
        case .bigquery: return "unknown"
        case .snowflake: sql = "select current_version() as version"
        case .sqlite: sql = "select sqlite_version() as version"
        default: sql = "select version() as version"
        }
        var found = ""
        try read(sql, ExpectedRows(columns: 1, areFew: true)) { (record) throws(DataFault) in
            found = String(decoding: record.cell(0), as: UTF8.self)
        }
        return String(found.prefix { !$0.isNewline }.prefix(60))
    }

    package func looked(at query: String) throws(DataFault) -> String {
        do throws(QueryScan.Fault) {
            return try QueryScan.scanned(query, dialect).get()
        } catch {
            throw .notOneSelect(name, error.message)
        }
    }

    package func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery {
        let text = try looked(at: query).withTables([("report_parameters", parameters), ("source", source)])
        var rows = 0
        let header = try run(EndOfRows.header(of: text)) { (_) throws(DataFault) in rows += 1 }
        guard rows == 1 else { throw .cutShort(name) }
        guard header.count > 2 else { throw .engine(name, "The client of \(name) prints the names of columns first") }
        return CheckedQuery(text: text, columns: header.dropFirst(2).map { RowSourceColumn($0, .unknown) })
    }

    package func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        var end = rows.areFew ? EndOfRows(marked: sql, of: name) : EndOfRows(counted: sql, of: name)
        _ = try run(end.sql) { (record) throws(DataFault) in
            if try end.take(&record) { try body(&record) }
        }
        try end.check()
        guard end.isUnknown else { return }
        // Of no rows none tells how many there are.
        var count = EndOfRows(marked: "select count(*) as n from (\n\(sql)\n) as q", of: name)
        var isEmpty = false
        _ = try run(count.sql) { (record) throws(DataFault) in
            guard try count.take(&record) else { return }
            isEmpty = try EndOfRows.number(record, 0, of: name) == 0
        }
        try count.check()
        guard isEmpty else { throw .cutShort(name) }
    }

    package func answer(of statement: String) throws(DataFault) -> String? {
        var found: String?
        _ = try run(statement) { (record) throws(DataFault) in
            guard found == nil, record.count > 0 else { return }
            found = String(decoding: record.cell(0), as: UTF8.self)
        }
        return found
    }

    /// Runs a statement of this program whose output says nothing.
    func change(_ sql: String) throws(DataFault) {
        try client.output(
            of: command(sql), input: takesInput ? sql + ";\n" : "", file: takesFile ? sql + ";\n" : nil, limit: 1 << 20)
    }

    /// Whether a statement is an argument, which the system bounds, and not the client's input or a file.
    var takesArgument: Bool { arguments.contains(CommandEngine.place) }
    private var takesFile: Bool { arguments.contains(ProcessCommand.filePlace) }
    private var takesInput: Bool { !takesFile && !takesArgument }

    private func command(_ sql: String) -> [String] { arguments.map { $0 == CommandEngine.place ? sql : $0 } }

    private func run(
        _ sql: String, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> [String] {
        if dialect == .spark, let fault = QueryScan.clientFault(of: sql) {
            throw .engine(name, "Spark cannot be asked this", fault)
        }
        return try client.read(
            command(sql), input: takesInput ? sql + ";\n" : "", file: takesFile ? sql + ";\n" : nil, body)
    }
}
