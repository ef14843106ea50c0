package import Datasets
package import Workspace

/// Spark by its client `spark-sql`, a process a query, wherever its settings or the client's own arguments say that the
/// master is.
///
/// The client prints text without quotes, so each row is asked for as one array of JSON, and an end stands behind the last.
/// Queries lie in a file that the client is given, with nothing in it at which the client's own reading of it could go
/// astray (`QueryScan`): it is cut at semicolons, loses lines that begin with two hyphens and has variables put in, none of
/// which depends on quotes. Fences: an analysis's query is analysed by Spark before any is run, names no file and calls
/// nothing of the host's.
package struct SparkEngine: QueryEngine {
    package let name: String
    private let client: ClientProcess
    private let arguments: [String]
    private let setup: [String]
    private let parameters: String?

    private static let end = "report: end of rows"
    private static let columns = "report: columns"

    /// What may be otherwise where the client's own arguments say so.
    private static let defaults = [
        "spark.ui.enabled=false", "spark.sql.catalogImplementation=in-memory", "spark.sql.runSQLOnFiles=false",
        // Times are those of no machine.
        "spark.sql.session.timeZone=UTC",
    ]
    /// What must be so: what is read of the client, and what literals are.
    private static let fixed = [
        "spark.sql.cli.print.header=false", "spark.sql.variable.substitute=false",
        "spark.sql.parser.escapedStringLiterals=false", "spark.sql.ansi.doubleQuotedIdentifiers=false",
    ]

    /// - Parameters:
    ///   - command: The client, absolute, its environment and bounds.
    ///   - arguments: The user's own.
    ///   - source: What the table `source` is made by; nil for no such table.
    ///   - parameters: The row of the table `report_parameters`.
    package init(
        _ name: String, processes: any ProcessRunner, command: ProcessCommand, arguments: [String], source: [String],
        parameters: String?
    ) {
        self.name = name
        self.parameters = parameters
        setup = source
        // The client may stand behind another program of the command, so what is added follows it.
        let free = SparkEngine.defaults.filter { setting in
            !arguments.contains { $0.contains(setting.prefix { $0 != "=" } + "=") }
        }
        self.arguments =
            arguments + (free + SparkEngine.fixed).flatMap { ["--conf", $0] } + ["-S", "-f", ProcessCommand.filePlace]
        var command = command
        command.environment = SparkEngine.environment(command.environment)
        // It leaves folders where it runs.
        command.runsBesideFile = true
        client = ClientProcess(
            name, processes: processes, command: command, form: .arrays(1), end: SparkEngine.end,
            isNoise: SparkEngine.isNoise)
    }

    package var dialect: SQLDialect { .spark }
    package var addsInOrder: Bool { false }
    package func tellsVersion(of query: String) -> Bool { true }

    /// The user's, in which Java reads files as UTF-8 and names of files, too, whatever the language.
    private static func environment(_ own: [String: String]) -> [String: String] {
        var environment = own
        let language = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { own[$0] }.first { !$0.isEmpty } ?? ""
        if !["utf-8", "utf8"].contains(where: { language.lowercased().contains($0) }) {
            environment["LC_ALL"] = "C.UTF-8"
        }
        environment["SPARK_SUBMIT_OPTS"] = ["-Dfile.encoding=UTF-8", own["SPARK_SUBMIT_OPTS"]].compactMap(\.self)
            .joined(separator: " ")
        return environment
    }

    /// What Spark says each time it is started, and frames of its stack.
    private static func isNoise(_ line: Substring) -> Bool {
        let starts = [
            "Setting default log level", "To adjust logging level", "Using Spark's default log4j", "WARNING: ",
            "Time taken: ",
            "\tat ", "Picked up ", "NOTE: Picked up",
        ]
        // `26/11/29 12:29:33 WARN NativeCodeLoader: …`, as its log begins lines.
        let isLog = line.split(separator: " ", maxSplits: 3).dropFirst(2).first.map {
            ["WARN", "INFO", "DEBUG"].contains($0)
        }
        return isLog == true || starts.contains { line.hasPrefix($0) }
    }

    private func script(_ statements: [String]) throws(DataFault) -> String {
        for statement in statements {
            if let fault = QueryScan.clientFault(of: statement) {
                throw .engine(name, "Spark cannot be asked this", fault)
            }
        }
        let all = setup + statements + [SparkEngine.mark(SparkEngine.end)]
        return all.map { $0 + "\n;\n" }.joined()
    }

    private static func mark(_ text: String) -> String { "select '[\"\(text)\"]'" }

    package func version() throws(DataFault) -> String {
        var found = ""
        try read("select version()", ExpectedRows(columns: 1, areFew: true)) { (record) throws(DataFault) in
            found = String(decoding: record.cell(0), as: UTF8.self)
        }
        return SparkEngine.short(found)
    }

    /// `3.5.9` of `3.5.9 7c14a3c…`.
    private static func short(_ version: String) -> String { String(version.prefix { $0 != " " }) }

    package func looked(at query: String) throws(DataFault) -> String {
        do throws(QueryScan.Fault) {
            return try QueryScan.scanned(query, .spark).get()
        } catch {
            throw .notOneSelect(name, error.message)
        }
    }

    package func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery {
        let text = try looked(at: query).withTables([("report_parameters", parameters), ("source", source)])
        let names = """
            select to_json(struct(r.*), map('ignoreNullFields', 'false')) from (select 1 as report_one) as o
            left join (select * from (
            \(text)
            ) as q where 1 = 0) as r on o.report_one = 2
            """
        let output = try client.output(
            of: arguments,
            file: try script([
                "select to_json(array(version()))", "describe query select * from (\n\(text)\n) as q",
                SparkEngine.mark(SparkEngine.columns), names,
            ]), limit: 64 << 20)
        guard let description = SparkDescription(output, columns: SparkEngine.columns, end: SparkEngine.end) else {
            throw .cutShort(name)
        }
        return CheckedQuery(
            text: text, columns: description.columns, version: SparkEngine.short(description.version))
    }

    package func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        let names = (0..<rows.columns).map { "c\($0)" }
        let cells = names.map { "cast(\($0) as string)" }.joined(separator: ", ")
        let wrapped = "select to_json(array(\(cells))) from (\n\(sql)\n) as q(\(names.joined(separator: ", ")))"
        try client.read(arguments, file: try script([wrapped]), form: .arrays(rows.columns), body)
    }

    package func answer(of statement: String) throws(DataFault) -> String? {
        let output = try client.output(of: arguments, file: try script([statement]), limit: 16 << 20)
        let lines = output.split(separator: "\n")
        guard lines.last == "[\"\(SparkEngine.end)\"]" else { throw .cutShort(name) }
        guard lines.count > 1 else { return nil }
        return String(lines[0].prefix { $0 != "\t" })
    }
}
