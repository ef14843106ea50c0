package import Datasets

/// A new table of PostgreSQL's, made in one transaction: nobody sees it before it is whole.
package struct PostgresWriter: TableWriter {
    private let connection: String?

    /// - Parameter connection: A service's name or a URI without a password; nil for what libpq's variables say.
    package init(connection: String?) { self.connection = connection }

    package func write(_ table: NewTable, replaces: Bool, _ rows: () -> [UInt8]?) throws(DataFault) {
        // It takes as long as it takes: no statement of it waits for others.
        let session = try PostgresConnection(connection, seconds: 0, changes: true)
        let name = table.identifier(.postgres)
        if replaces { try session.run("drop table if exists \(name)", "PostgreSQL keeps the table that is there") }
        try session.run(table.creation(.postgres), "PostgreSQL refuses the new table")
        try session.copy("copy \(name) from stdin (format csv)", rows)
        try session.run("commit", "PostgreSQL does not keep the table")
    }
}
