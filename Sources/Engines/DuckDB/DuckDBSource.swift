import Datasets
import Workspace

/// The table `source` of a query that files are given to.
package enum DuckDBSource {
    /// What files with an extension are read by; nil for those that DuckDB reads not.
    package static func view(of files: [String], extension name: String) -> String? {
        let list = list(files)
        return switch name {
        case "parquet": "select * from read_parquet([\(list)])"
        // A first line is always a header, as it is to the native reader.
        case "csv": "select * from read_csv([\(list)], header = true, delim = ',', union_by_name = true)"
        case "tsv": "select * from read_csv([\(list)], header = true, delim = '\t', union_by_name = true)"
        case "jsonl", "ndjson": "select * from read_json([\(list)], format = 'newline_delimited', union_by_name = true)"
        default: nil
        }
    }

    package static func areParquet(_ files: [String]) -> Bool {
        !files.isEmpty && files.allSatisfy { Paths.pathExtension(of: $0) == "parquet" }
    }

    /// How many rows the longest of files of Parquet has, which their ends tell.
    static func mostRows(of files: [String]) -> String {
        "select max(num_rows) from parquet_file_metadata([\(list(files))])"
    }

    /// Views of files of Parquet, of which each has some of the rows: what a process of one thread is given, so that several
    /// work at once and yet add numbers up in an order that is always the same. How many there are depends on the number of
    /// rows and on nothing of the machine.
    static func parts(of files: [String], rows: Int, columns: [RowSourceColumn]) -> [String] {
        let number = "file_row_number"
        let count = min(16, (rows + rowsOfPart - 1) / rowsOfPart)
        guard count > 1, !columns.contains(where: { $0.name.lowercased() == number }) else { return [] }
        return (0..<count).map { part in
            // Groups of rows that a part has none of are passed over.
            let first = part > 0 ? "\(number) >= \(rows * part / count)" : nil
            let last = part + 1 < count ? "\(number) < \(rows * (part + 1) / count)" : nil
            let condition = [first, last].compactMap(\.self).joined(separator: " and ")
            return
                "select * exclude (\(number)) from read_parquet([\(list(files))], \(number) = true) where \(condition)"
        }
    }

    private static let rowsOfPart = 10_000_000

    private static func list(_ files: [String]) -> String {
        files.map { SQLDialect.duckdb.text($0) }.joined(separator: ", ")
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
