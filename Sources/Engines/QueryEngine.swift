package import Datasets

/// What runs queries: a database in process, or the client of one.
package protocol QueryEngine: Sendable {
    /// As an analysis calls it.
    var name: String { get }
    var dialect: SQLDialect { get }
    /// Whether sums are made in an order that is always the same, so that they have the same bits.
    var addsInOrder: Bool { get }
    func version() throws(DataFault) -> String
    /// The query, as far as it can be told without asking that it is one `SELECT`: of an engine that would run a program of the
    /// project's to say so.
    @discardableResult
    func looked(at query: String) throws(DataFault) -> String
    /// Holds an analysis's own query to be one `SELECT`, by the engine's word, and asks for its columns.
    ///
    /// - Parameter source: What the table `source` of the query is; nil for what it is by itself.
    func checked(_ query: String, source: String?) throws(DataFault) -> CheckedQuery
    /// Whether `checked` tells the version for no more than `version` costs.
    func tellsVersion(of query: String) -> Bool
    /// Sends a query of this program and reads its rows as they come.
    func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault)
    /// The same engine over parts of the rows of a query that was checked, which are asked side by side and whose sums are
    /// added up in the order of the parts; none where one process does all.
    func parts(of query: CheckedQuery) -> [any QueryEngine]
    /// The first cell of what a statement that is no query prints; nil for none.
    func answer(of statement: String) throws(DataFault) -> String?
}

extension QueryEngine {
    package var addsInOrder: Bool { true }

    package func checked(_ query: String) throws(DataFault) -> CheckedQuery { try checked(query, source: nil) }

    package func looked(at query: String) throws(DataFault) -> String { query }

    package func tellsVersion(of query: String) -> Bool { false }

    package func parts(of query: CheckedQuery) -> [any QueryEngine] { [] }

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
    /// How many rows the longest of the files has that it reads, where the engine tells that besides.
    package var rows: Int?

    package init(text: String, columns: [RowSourceColumn], version: String? = nil, rows: Int? = nil) {
        self.text = text
        self.columns = columns
        self.version = version
        self.rows = rows
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
