extension DirectiveSchema {
    static let data = DirectiveSchema(
        "data", "A frame: the rows of one or more files.", show: .none,
        keys: [
            KeySchema("source", .oneOrMore(of: .string), required: true, "A file, a glob, or a list of them."),
            KeySchema(
                "format", .choice(["csv", "tsv", "jsonl"]), "The files' format where the extension does not tell."),
            KeySchema("columns", .oneOrMore(of: .name), "The columns to keep; all of them otherwise."),
            KeySchema("where", .predicate, "The rows to keep."),
            KeySchema(
                "missing", .oneOrMore(of: .string), default: "[\"\"]", "Texts that stand for a missing value."),
        ],
        results: dataResults,
        unavailable: Dictionary(
            uniqueKeysWithValues: ["query", "engine", "connection", "fresh"].map {
                ($0, "'\($0)' needs an engine, and this version has none: 'source' reads csv, tsv and jsonl files")
            }))
}
