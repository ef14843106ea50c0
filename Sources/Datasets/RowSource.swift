package import Digests

/// What delivers a frame's rows where they do not lie in files of the project: an engine and a query.
package protocol RowSource: Sendable {
    /// As people see it: `duckdb`.
    var shown: String { get }
    var columns: [RowSourceColumn] { get }
    /// The same rows with some of the columns, and of them those that a condition keeps; both are left to the engine.
    func selecting(_ columns: [RowSourceColumn], where condition: Predicate.Expression?) -> any RowSource
    /// Of the same rows those of a sample's units, which a column names; rows without a name stay, for who reads them to tell.
    func sampled(_ sample: UnitSample, by column: String) -> any RowSource
    /// Of the rows that have the same in `keys` those with the largest number in a column, and those without a number.
    func lasting(_ column: RowSourceColumn, by keys: [RowSourceColumn]) -> any RowSource
    /// The same rows, what is sent for them told to a journal.
    func recorded(in journal: QueryJournal) -> any RowSource
    /// Calls the body for every row, its cells in the order of `columns`.
    func forEachRecord(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault)
}

/// A column of an engine's rows.
package struct RowSourceColumn: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case number
        case text
        /// Neither, as a date or a truth value: it is read as text.
        case other
        /// The engine does not tell.
        case unknown
    }

    package var name: String
    package var kind: Kind

    package init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
