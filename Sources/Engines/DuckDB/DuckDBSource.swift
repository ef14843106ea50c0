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

    /// Functions that make tables and do nothing else. Some of those that are not here write files wherever others are read,
    /// `enable_logging` and `enable_profiling` among them, or run a text as a query.
    static let functions: Set<String> = [
        "generate_series", "glob", "json_each", "json_tree", "parquet_file_metadata", "parquet_full_metadata",
        "parquet_kv_metadata", "parquet_metadata", "parquet_scan", "parquet_schema", "query_table", "range",
        "read_blob",
        "read_csv", "read_csv_auto", "read_duckdb", "read_json", "read_json_auto", "read_json_objects",
        "read_json_objects_auto", "read_ndjson", "read_ndjson_auto", "read_ndjson_objects", "read_parquet", "read_text",
        "repeat", "repeat_row", "sniff_csv", "summary", "unnest",
    ]

    /// Extensions of databases.
    package static let databases = ["duckdb", "db", "ddb"]
}
