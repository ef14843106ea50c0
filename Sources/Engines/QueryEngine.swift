package import Datasets

/// What runs queries: a database in process, or the client of one.
package protocol QueryEngine: Sendable {
    /// As an analysis calls it.
    var name: String { get }
    var dialect: SQLDialect { get }
    func version() throws(DataFault) -> String
    /// Holds an analysis's own query to be one `SELECT`, by the engine's word, and asks for its columns.
    func checked(_ query: String) throws(DataFault) -> CheckedQuery
    /// Sends a query of this program and reads its rows as they come.
    func read(_ sql: String, _ body: (inout Record) throws(DataFault) -> Void) throws(DataFault)
}

/// An analysis's query, once its engine has looked at it.
package struct CheckedQuery: Sendable, Hashable {
    /// One `SELECT` that can stand in parentheses.
    package var text: String
    package var columns: [RowSourceColumn]

    package init(text: String, columns: [RowSourceColumn]) {
        self.text = text
        self.columns = columns
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
}
