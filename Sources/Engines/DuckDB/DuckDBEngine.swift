package import Datasets
package import Workspace

/// DuckDB by its command-line client: a process a query, in memory or over one database that is only read.
///
/// Fences, before anything of an analysis is read: no file but those named can be opened, extensions are neither loaded nor
/// fetched, nothing spills to disk, memory is bounded, settings are locked; the client reads no settings of the user and no
/// variable of the environment. An
/// analysis's query is first only parsed, by DuckDB, and what is sent later is what it wrote of the tree of one `SELECT`, in
/// which no table is the work of a function that does more than read.
package struct DuckDBEngine: QueryEngine {
    private let client: ClientProcess
    private let database: String?
    private let files: [String]
    private let fences: [String]
    /// What the table `source` is.
    private var view: String?
    private let parameters: [String]
    /// Whether each of several processes may take the memory that one may.
    private let isBounded: Bool
    private let threads: Int

    private var setup: [String] {
        fences + (view.map { ["create temp view source as \($0)"] } ?? []) + parameters
            + ["set lock_configuration = true"]
    }

    /// - Parameters:
    ///   - program: The client, absolute.
    ///   - database: A file, absolute and real.
    ///   - root: A folder whose files may be read; nil for none. DuckDB follows no link out of it.
    ///   - files: Those that may be read, absolute and real.
    ///   - view: What the table `source` is, of these files; nil for no such table.
    ///   - parameters: Further tables.
    ///   - folder: Where relative paths of a query begin.
    ///   - memory: DuckDB keeps its bound for what it buffers alone, so that the system holds it to one for all.
    ///   - threads: Of one, rows and their sums come in an order that is always the same.
    package init(
        program: String, processes: any ProcessRunner, database: String?, root: String?, files: [String],
        view: String?,
        parameters: [String], folder: String, seconds: Double, memory: EngineMemory, threads: Int
    ) {
        // Times are those of no machine.
        var command = ProcessCommand(program, [], environment: ["TZ": "UTC"], seconds: seconds)
        command.folder = folder
        // A GB for the stacks and tables of its threads.
        command.memory = memory.bytes + 1_000_000_000
        client = ClientProcess(
            "duckdb", processes: processes, command: command,
            form: .delimited(UInt8(ascii: ","), null: "\\N"), end: DuckDBEngine.end)
        self.database = database
        self.files = files
        self.view = view
        self.parameters = parameters
        isBounded = memory.asked != nil
        self.threads = threads
        let text = { (text: String) in SQLDialect.duckdb.text(text) }
        var fences = ["set autoinstall_known_extensions = false", "set autoload_known_extensions = false"]
        fences.append("set allow_persistent_secrets = false")
        fences.append("set threads = \(threads)")
        if let bytes = memory.asked { fences.append("set memory_limit = '\(bytes)B'") }
        if !files.isEmpty { fences.append("set allowed_paths = [\(files.map(text).joined(separator: ", "))]") }
        if let root { fences.append("set allowed_directories = [\(text(root))]") }
        fences.append("set temp_directory = ''")
        fences.append("set enable_external_access = false")
        self.fences = fences
    }

    /// Printed behind the rows, so that an output that was cut short is known.
    private static let end = "report: end of rows"

    package var name: String { "duckdb" }
    package var dialect: SQLDialect { .duckdb }
    package var addsInOrder: Bool { threads == 1 }

    /// `v1.5.6`.
    package func version() throws(DataFault) -> String {
        let words = try client.output(of: ["-version"], limit: 1 << 16)
        return String(words.prefix { $0 != " " && !$0.isNewline })
    }

    /// All rows of the files: a query of this program, which nobody has to look at.
    package static let allRows = "select * from source"

    package func tellsVersion(of query: String) -> Bool { query == DuckDBEngine.allRows }

    /// A database may have a `version` of its own.
    private static let ownVersion = "system.main.version()"

    package func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery {
        let text = query == DuckDBEngine.allRows ? #"SELECT * FROM "source""# : try written(query)
        let isParquet = query == DuckDBEngine.allRows && DuckDBSource.areParquet(files)
        let rows = isParquet ? "(\(DuckDBSource.mostRows(of: files)))" : "0"
        var columns: [RowSourceColumn] = []
        var version: String?
        var most = 0
        try read(
            "select column_name, column_type, \(DuckDBEngine.ownVersion), \(rows) from (describe \(text))",
            ExpectedRows(columns: 4, areFew: true)
        ) { (record) throws(DataFault) in
            guard record.count == 4 else { return }
            let cells = (0..<4).map { String(decoding: record.cell($0), as: UTF8.self) }
            columns.append(RowSourceColumn(cells[0], DuckDBEngine.kind(cells[1])))
            version = cells[2]
            most = Int(cells[3]) ?? 0
        }
        return CheckedQuery(text: text, columns: columns, version: version, rows: isParquet ? most : nil)
    }

    package func parts(of query: CheckedQuery) -> [any QueryEngine] {
        guard let rows = query.rows, threads == 1, !isBounded else { return [] }
        return DuckDBSource.parts(of: files, rows: rows, columns: query.columns).map { view in
            var engine = self
            engine.view = view
            return engine
        }
    }

    /// An analysis's query as DuckDB writes what it read, which is one `SELECT`.
    private func written(_ query: String) throws(DataFault) -> String {
        let parsed = "(select json_serialize_sql(\(dialect.text(query))) as tree)"
        let isOne = "tree->>'error' = 'false' and json_array_length(tree->'statements') = 1"
        let functions =
            "select string_agg(distinct lower(atom->>'$'), ' ') from json_tree(json_serialize_sql(\(dialect.text(query)))) "
            + "where key = 'function_name' and path like '%.function'"
        var cells: [String?] = []
        try run(
            [],
            "select tree->>'error_message', case when \(isOne) then json_deserialize_sql(tree) end, (\(functions)) "
                + "from \(parsed)"
        ) { (record) throws(DataFault) in
            cells = (0..<record.count).map {
                record.isAbsent($0) ? nil : String(decoding: record.cell($0), as: UTF8.self)
            }
        }
        guard cells.count == 3, var text = cells[1] else { throw .notOneSelect(name, (cells.first ?? nil) ?? "") }
        // A database is all that its queries reach, so that its own functions may stand in them.
        let used = database == nil ? (cells[2] ?? "").split(separator: " ").map(String.init) : []
        if let other = used.first(where: { !DuckDBSource.functions.contains($0) }) {
            throw .engine(name, "A query reads tables and files, and \(other) does something else")
        }
        while text.last == ";" { text.removeLast() }
        return text
    }

    private static func kind(_ type: String) -> RowSourceColumn.Kind {
        let numbers = [
            "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
            "UHUGEINT", "FLOAT", "DOUBLE",
        ]
        let isDecimal = type.hasPrefix("DECIMAL(") && type.hasSuffix(")")
        return type == "VARCHAR" ? .text : numbers.contains(type) || isDecimal ? .number : .other
    }

    package func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        try run(setup, sql, body)
    }

    /// A text that begins with a dot would be a command of the client's, so none does. One that is too long for an argument
    /// goes into a file, in which no line begins with a dot.
    private func run(
        _ setup: [String], _ sql: String, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        var arguments = ["-no-init", "-batch", "-bail", "-csv", "-nullvalue", "\\N"]
        if let database { arguments += ["-readonly", database] }
        for statement in setup { arguments += ["-c", statement] }
        let isLong = sql.utf8.count > ClientProcess.longestArgument
        let isFile =
            isLong && !setup.isEmpty
            && !sql.split(whereSeparator: \.isNewline).contains { $0.first == "." || $0.first == "#" }
        arguments += isFile ? ["-f", ProcessCommand.filePlace] : ["-c", sql]
        arguments += ["-c", "select '\(DuckDBEngine.end)' as \"\(DuckDBEngine.end)\""]
        try client.read(arguments, file: isFile ? sql : nil, body)
    }
}
