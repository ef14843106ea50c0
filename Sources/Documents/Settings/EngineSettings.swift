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
    /// What a client prints for a missing cell.
    package var null: String?
    /// Whether a client prints tab-separated text instead of comma-separated.
    package var isTabbed = false
    package var range: SourceRange

    /// The engines that need no settings.
    package static let builtIn = ["duckdb", "sqlite", "postgres", "spark"]
    package static let dialects = ["duckdb", "sqlite", "postgres", "spark", "trino", "bigquery", "snowflake"]

    package init(name: String, range: SourceRange) {
        self.name = name
        self.range = range
    }

    /// Spark by its own client, wherever its settings say that the master is; nothing is kept where it runs.
    package mutating func useSpark() {
        command = [
            "spark-sql", "-S", "--conf", "spark.sql.cli.print.header=true", "--conf", "spark.ui.enabled=false",
            "--conf",
            "spark.sql.catalogImplementation=in-memory", "-e", "<sql>",
        ]
        dialect = "spark"
        null = null ?? "NULL"
        isTabbed = true
    }

    static let keys: [KeySchema] = [
        KeySchema(
            "command", .oneOrMore(of: .string),
            "The client and its arguments, run without a shell once the project is trusted. A query goes to its standard "
                + "input, or takes the place of the argument `<sql>`; the client prints rows with a header."),
        KeySchema("dialect", .choice(dialects), "The SQL that it speaks."),
        KeySchema(
            "timeout", .number(NumberBounds(0, nil, isOpen: true)), default: "600",
            "Seconds after which a query is ended."),
        KeySchema("null", .string, default: "\"\"", "What the client prints for a missing cell."),
        KeySchema("output", .choice(["csv", "tsv"]), default: "csv", "What the client prints."),
    ]

    /// What is wrong is diagnosed and left out.
    static func read(_ node: OptionNode, diagnostics: inout [Diagnostic]) -> [EngineSettings] {
        node.entries.map { entry in
            var engine = EngineSettings(name: entry.key, range: entry.keyRange)
            let own = entry.value
            engine.command = own["command"]?.strings ?? []
            engine.dialect = own["dialect"]?.string
            engine.seconds = own["timeout"]?.number ?? engine.seconds
            engine.null = own["null"]?.string
            engine.isTabbed = own["output"]?.string == "tsv"
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
