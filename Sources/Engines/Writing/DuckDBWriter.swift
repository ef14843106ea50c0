package import Datasets
package import Workspace

/// A new DuckDB database of one table, or a Parquet file, by DuckDB's client: rows go to a file beside it first, which the
/// client reads with the types that the columns have.
package struct DuckDBWriter: TableWriter {
    private let program: String
    private let processes: any ProcessRunner
    private let files: any FileSystem
    private let path: String
    private let isDatabase: Bool

    /// - Parameters:
    ///   - program: The client, absolute.
    ///   - path: Absolute, and nothing stands there.
    ///   - isDatabase: Whether it is a database, or else Parquet.
    package init(
        program: String, processes: any ProcessRunner, files: any FileSystem, path: String, isDatabase: Bool
    ) {
        self.program = program
        self.processes = processes
        self.files = files
        self.path = path
        self.isDatabase = isDatabase
    }

    package func write(_ table: NewTable, replaces: Bool, _ rows: () -> [UInt8]?) throws(DataFault) {
        let text = path + ".csv"
        defer { try? files.remove(text) }
        do throws(FileError) { try files.write(text, rows) } catch {
            throw .engine("duckdb", "Rows for DuckDB cannot be written", error.reason)
        }
        let dialect = SQLDialect.duckdb
        let types = table.columns.map { "\(dialect.text($0.name)): \(dialect.text(dialect.type(of: $0.kind)))" }
        let query =
            "select * from read_csv(\(dialect.text(text)), header = false, auto_detect = false, delim = ',', "
            + "columns = {\(types.joined(separator: ", "))})"
        let allowed = [text, path].map(dialect.text).joined(separator: ", ")
        let statements = [
            "set autoinstall_known_extensions = false", "set autoload_known_extensions = false",
            "set allowed_paths = [\(allowed)]", "set temp_directory = ''", "set enable_external_access = false",
            "set lock_configuration = true",
            isDatabase
                ? "create table \(table.identifier(dialect)) as \(query)"
                : "copy (\(query)) to \(dialect.text(path)) (format parquet)",
        ]
        let client = ClientProcess(
            "duckdb", processes: processes,
            command: ProcessCommand(program, [], environment: [:], seconds: 86_400),
            form: .delimited(UInt8(ascii: ","), null: nil))
        let arguments = ["-no-init", "-batch", "-bail"] + (isDatabase ? [path] : [])
        try client.output(of: arguments + statements.flatMap { ["-c", $0] }, limit: 1 << 16)
    }
}
