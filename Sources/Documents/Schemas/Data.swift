import Diagnostics

extension DirectiveSchema {
    static let data = DirectiveSchema(
        "data", "A frame: the rows of one or more files, or of an engine's query.", show: .none,
        keys: [
            KeySchema(
                "source", .oneOrMore(of: .string),
                "A file, a glob, or a list of them: of csv, tsv or jsonl; for duckdb of parquet, too, or one database; for "
                    + "sqlite one database; for spark files that all its workers see."),
            KeySchema(
                "engine", .name,
                "What runs 'query': duckdb, sqlite, postgres, spark, or one of 'engines' in report.yaml. Rows stay there; "
                    + "of layout 'units' only moments come out."),
            KeySchema(
                "query", .string,
                "One SELECT. Files that 'source' names are the table `source` to duckdb and spark, and so is 'table'; "
                    + "`{params.x}` is a value, whatever is in it."),
            KeySchema(
                "table", .string,
                "A table with snapshots, as `catalog.schema.table`: it is read as of its current one, which the report names."
            ),
            KeySchema(
                "snapshot", .choice(["iceberg", "delta"]),
                "What keeps the snapshots of 'table'. Spark and Trino read such a table as of one."),
            KeySchema("connection", .string, "For postgres, a service's name or a URI without a password."),
            KeySchema(
                "fresh", .string,
                "One SELECT whose result changes when the data does: while it is the same, results come from the cache."
            ),
            KeySchema(
                "format", .choice(["csv", "tsv", "jsonl"]), "The files' format where the extension does not tell."),
            KeySchema("columns", .oneOrMore(of: .name), "The columns to keep; all of them otherwise."),
            KeySchema("where", .predicate, "The rows to keep."),
            KeySchema(
                "missing", .oneOrMore(of: .string), default: "[\"\"]", "Texts that stand for a missing value."),
        ],
        oneOf: ["source", "engine"], results: dataResults,
        rule: { node, diagnostics in DataRule.check(node, &diagnostics) })
}

/// Which keys go with which engine.
private enum DataRule {
    static func check(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        guard let engine = node["engine"] else {
            for key in ["query", "connection", "fresh", "table", "snapshot"] {
                guard let entry = node.entries.first(where: { $0.key == key }) else { continue }
                diagnostics.append(.error(.missingKey, "'\(key)' needs 'engine'", at: entry.keyRange))
            }
            need("source", of: node, "'data'", at: nil, &diagnostics)
            return
        }
        guard let name = engine.string, engine.scalar?.isUnresolved == false else { return }
        for entry in node.entries where ["missing", "format"].contains(entry.key) {
            diagnostics.append(
                .error(
                    .keyConflict, "An engine tells itself what is missing and how files are read", at: entry.keyRange))
        }
        // Of an engine in report.yaml its settings tell.
        let takesFiles = name != "postgres"
        if name == "sqlite" || name == "duckdb" && node["query"] == nil {
            need("source", of: node, "Engine '\(name)'", at: engine.range, &diagnostics)
        }
        if ["sqlite", "postgres"].contains(name) || node["source"] == nil, node["table"] == nil {
            need("query", of: node, "Engine '\(name)'", at: engine.range, &diagnostics)
        }
        checkTable(node, name, takesFiles, &diagnostics)
        for entry in node.entries {
            let isForeign = entry.key == "source" && !takesFiles || entry.key == "connection" && name != "postgres"
            guard isForeign else { continue }
            diagnostics.append(
                .error(.keyConflict, "Engine '\(name)' has no key '\(entry.key)'", at: entry.keyRange))
        }
    }

    private static func checkTable(
        _ node: OptionNode, _ engine: String, _ takesFiles: Bool, _ diagnostics: inout [Diagnostic]
    ) {
        for (key, other) in [("table", "snapshot"), ("snapshot", "table")] where node[other] == nil {
            guard let entry = node.entries.first(where: { $0.key == key }) else { continue }
            diagnostics.append(.error(.missingKey, "'\(key)' needs '\(other)'", at: entry.keyRange))
        }
        guard let entry = node.entries.first(where: { $0.key == "table" }) else { return }
        if node["source"] != nil {
            diagnostics.append(.error(.keyConflict, "`source` is one table: 'source' or 'table'", at: entry.keyRange))
        }
        if EngineSettings.builtIn.contains(engine), engine != "spark" {
            diagnostics.append(.error(.keyConflict, "Engine '\(engine)' has no key 'table'", at: entry.keyRange))
        }
    }

    private static func need(
        _ key: String, of node: OptionNode, _ what: String, at range: SourceRange?, _ diagnostics: inout [Diagnostic]
    ) {
        guard node[key] == nil else { return }
        let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
        diagnostics.append(.error(.missingKey, "\(what) needs the key '\(key)'", at: range ?? start))
    }
}
