package import Diagnostics

/// What a project's `report.yaml` says of one engine: a client that is run for each query, or bounds of a built-in one.
package struct EngineSettings: Sendable, Hashable {
    package var name: String
    /// The client and its arguments; empty for a built-in engine's own.
    package var command: [String] = []
    /// What the client's SQL is called; nil for that of the engine's name.
    package var dialect: String?
    /// After so many seconds a query is ended.
    package var seconds = 600.0
    /// What DuckDB or SQLite may take of the machine's memory, in gigabytes; nil for most of it.
    package var memory: Double?
    /// How many processors DuckDB or PostgreSQL may use for a query; more than one add numbers up in an order that changes.
    package var threads = 1
    /// What a client prints for a missing cell.
    package var null: String?
    /// What a client prints.
    package var output = Output.csv
    package var range: SourceRange

    package enum Output: String, Sendable, CaseIterable {
        case csv
        case tsv
        case jsonl
    }

    /// The engines that need no settings.
    package static let builtIn = ["duckdb", "sqlite", "postgres", "spark"]
    package static let dialects = ["duckdb", "sqlite", "postgres", "spark", "trino", "bigquery", "snowflake"]

    package init(name: String, range: SourceRange) {
        self.name = name
        self.range = range
    }

    /// Whether the client is Spark's own, which is told itself what to read and how to print.
    package var isSpark: Bool {
        (dialect ?? name) == "spark" && !command.contains("<sql>") && !command.contains("<file>")
    }

    static let keys: [KeySchema] = [
        KeySchema(
            "command", .oneOrMore(of: .string),
            "The client and its arguments, run without a shell once the project is trusted. A query goes to its standard "
                + "input, takes the place of the argument `<sql>`, or lies in a file whose path takes that of `<file>`; the "
                + "client prints rows with a header. Of the dialect spark and without a place for the query it is run as "
                + "`spark-sql` is."),
        KeySchema("dialect", .choice(dialects), "The SQL that it speaks."),
        KeySchema(
            "timeout", .number(NumberBounds(0, 1_000_000, isOpen: true)), default: "600",
            "Seconds after which a query is ended."),
        KeySchema(
            "memory", .number(NumberBounds(0, 1_000_000, isOpen: true)), default: "three quarters of the machine's",
            "Gigabytes that a query may take where DuckDB or SQLite runs on this machine."),
        KeySchema(
            "threads", .integer(1...1024), default: "1",
            "Processors that DuckDB or PostgreSQL may use for a query. More than one are faster, and add numbers up in an order that "
                + "changes, so that last digits may differ from build to build; the report says so."),
        KeySchema("null", .string, default: "\"\"", "What the client prints for a missing cell."),
        KeySchema(
            "output", .choice(Output.allCases.map(\.rawValue)), default: "csv",
            "What the client prints; jsonl is one JSON object a line, null for a missing cell."),
    ]

    /// What is wrong is diagnosed and left out.
    static func read(_ node: OptionNode, diagnostics: inout [Diagnostic]) -> [EngineSettings] {
        node.entries.map { entry in
            var engine = EngineSettings(name: entry.key, range: entry.keyRange)
            let own = entry.value
            engine.command = own["command"]?.strings ?? []
            engine.dialect = own["dialect"]?.string
            engine.seconds = own["timeout"]?.number ?? engine.seconds
            engine.memory = own["memory"]?.number
            engine.threads = own["threads"]?.number.map { Int($0) } ?? engine.threads
            engine.null = own["null"]?.string
            engine.output = own["output"]?.string.flatMap(Output.init) ?? .csv
            if !builtIn.contains(entry.key) {
                for key in ["command", "dialect"] where own[key] == nil {
                    diagnostics.append(
                        .error(
                            .missingKey, "The engine \(entry.key) needs '\(key)': no engine of that name is built in",
                            at: entry.keyRange))
                }
            }
            return engine
        }
    }
}
