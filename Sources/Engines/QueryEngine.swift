package import Datasets

/// What runs queries: a database in process, or the client of one.
package protocol QueryEngine: Sendable {
    /// As an analysis calls it.
    var name: String { get }
    var dialect: SQLDialect { get }
    func version() throws(DataFault) -> String
    /// Holds an analysis's own query to be one `SELECT`, by the engine's word, and asks for its columns.
    ///
    /// - Parameter source: What the table `source` of the query is; nil for what it is by itself.
    func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery
    /// Sends a query of this program and reads its rows as they come.
    func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault)
    /// The first cell of what a statement that is no query prints; nil for none.
    func answer(of statement: String) throws(DataFault) -> String?
}

extension QueryEngine {
    package func checked(_ query: String) throws(DataFault) -> CheckedQuery { try checked(query, source: nil) }

    package func answer(of statement: String) throws(DataFault) -> String? { nil }
}

/// What is known beforehand of the rows that a query finds.
package struct ExpectedRows: Sendable, Hashable {
    /// How many cells each has.
    package var columns: Int
    /// Whether they are sums and the like, so that more may be done to tell whether all of them came.
    package var areFew: Bool

    package init(columns: Int, areFew: Bool) {
        self.columns = columns
        self.areFew = areFew
    }
}

/// An analysis's query, once its engine has looked at it.
package struct CheckedQuery: Sendable, Hashable {
    /// One `SELECT` that can stand in parentheses.
    package var text: String
    package var columns: [RowSourceColumn]
    /// The engine's version, where it told that besides.
    package var version: String?

    package init(text: String, columns: [RowSourceColumn], version: String? = nil) {
        self.text = text
        self.columns = columns
        self.version = version
    }
}

extension DataFault {
    /// An engine's own words.
    package static func engine(_ name: String, _ message: String, _ words: String = "") -> DataFault {
        let lines = words.split(whereSeparator: \.isNewline).map { String($0.prefix(300)) }.filter { line in
            line.contains { !$0.isWhitespace }
        }
        return DataFault(file: name, message: message, engine: Array(lines.prefix(8)))
    }

    /// Rows that a client left out though it ended well.
    static func cutShort(_ engine: String) -> DataFault {
        .engine(engine, "The output of \(engine)'s client is cut short", "it ended well, and not all rows came")
    }
}
