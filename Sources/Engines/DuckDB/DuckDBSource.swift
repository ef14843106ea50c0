/// The table `source` of a query that files are given to.
package enum DuckDBSource {
    /// What files with an extension are read by; nil for those that DuckDB reads not.
    package static func view(of files: [String], extension name: String) -> String? {
        let list = files.map { SQLDialect.duckdb.text($0) }.joined(separator: ", ")
        return switch name {
        case "parquet": "select * from read_parquet([\(list)])"
        // A first line is always a header, as it is to the native reader.
        case "csv": "select * from read_csv([\(list)], header = true, delim = ',', union_by_name = true)"
        case "tsv": "select * from read_csv([\(list)], header = true, delim = '\t', union_by_name = true)"
        case "jsonl", "ndjson": "select * from read_json([\(list)], format = 'newline_delimited', union_by_name = true)"
        default: nil
        }
    }

    /// Extensions of databases.
    package static let databases = ["duckdb", "db", "ddb"]
}
