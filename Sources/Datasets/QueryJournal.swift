import Synchronization

/// A query as it was sent, and what came back.
package struct SentQuery: Sendable, Hashable {
    /// `duckdb`, with its version.
    package var engine: String
    package var version: String
    package var sql: String
    /// How many rows came.
    package var rows: Int
    /// SHA-256 of their cells.
    package var sha256: String
    /// What tells the state of the data that was asked: files' digests, or a snapshot's name. nil for none: the same query
    /// may find other rows tomorrow.
    package var pin: String?

    package init(engine: String, version: String, sql: String, rows: Int, sha256: String, pin: String?) {
        self.engine = engine
        self.version = version
        self.sql = sql
        self.rows = rows
        self.sha256 = sha256
        self.pin = pin
    }
}

/// The queries that one directive sent, in order.
package final class QueryJournal: Sendable {
    private let entries = Mutex<[SentQuery]>([])

    package init() {}

    package func add(_ query: SentQuery) { entries.withLock { $0.append(query) } }

    /// Each once, for rows may be read more than once.
    package var queries: [SentQuery] {
        entries.withLock { entries in
            var known: Set<SentQuery> = []
            return entries.filter { known.insert($0).inserted }
        }
    }
}
