package import Datasets
package import Workspace

/// Any engine by the command of a trusted project's `report.yaml`: a client that takes SQL and prints rows with a header.
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
    ///   - arguments: With `<sql>`, or the query goes to its standard input.
    ///   - parameters: The row of the table `report_parameters`.
    package init(
        _ name: String, dialect: SQLDialect, processes: any ProcessRunner, command: ProcessCommand,
        arguments: [String], null: String, isTabbed: Bool, parameters: String?
    ) {
        self.name = name
        self.dialect = dialect
        self.arguments = arguments
        self.parameters = parameters
        client = ClientProcess(
            name, processes: processes, command: command, null: null,
            delimiter: isTabbed ? UInt8(ascii: "\t") : UInt8(ascii: ","))
    }

    package func version() throws(DataFault) -> String {
        let sql: String
        switch dialect {
        case .bigquery: return "unknown"
        case .snowflake: sql = "select current_version() as version"
        case .sqlite: sql = "select sqlite_version() as version"
        default: sql = "select version() as version"
        }
        var found = ""
        try read(sql) { (record) throws(DataFault) in
            if record.count > 0 { found = String(decoding: record.cell(0), as: UTF8.self) }
        }
        return String(found.prefix { !$0.isNewline }.prefix(60))
    }

    package func checked(_ query: String) throws(DataFault) -> CheckedQuery {
        if let fault = QueryScan.fault(of: query, dialect) { throw .notOneSelect(name, fault) }
        let text = query.withoutEnd.withParameters(parameters)
        let header = try run("select * from (\n\(text)\n) as q where 1 = 0") { (_) throws(DataFault) in }
        guard !header.isEmpty else { throw .engine(name, "The client of \(name) prints the names of columns first") }
        return CheckedQuery(text: text, columns: header.map { RowSourceColumn($0, .unknown) })
    }

    package func read(_ sql: String, _ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        _ = try run(sql, body)
    }

    private func run(
        _ sql: String, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) -> [String] {
        let isArgument = arguments.contains(CommandEngine.place)
        return try client.read(
            arguments.map { $0 == CommandEngine.place ? sql : $0 }, input: isArgument ? "" : sql + ";\n", body)
    }
}
