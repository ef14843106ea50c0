package import Datasets
package import Digests
import Parallelism

/// The rows of an analysis's query, of which an engine is asked no more than is used.
package struct QueryTable: RowSource {
    package let engine: any QueryEngine
    package let version: String
    /// Over parts of the rows; none where one process does all.
    private let parts: [any QueryEngine]
    /// The analysis's query.
    let query: String
    package private(set) var columns: [RowSourceColumn]
    private var conditions: [Predicate.Expression]
    /// All columns of the query, which conditions may name.
    private let known: [RowSourceColumn]
    private var last: LastRows?
    private let pin: String?
    private var journal: QueryJournal?
    /// Of a draft, the units whose rows are kept and the column that names them.
    private var sample: (units: UnitSample, column: RowSourceColumn)?

    /// - Parameter pin: What tells the state of the data; nil where nothing does.
    package init(
        _ engine: any QueryEngine, version: String, _ query: CheckedQuery, where condition: Predicate.Expression?,
        pin: String?
    ) {
        self.engine = engine
        parts = engine.parts(of: query)
        self.version = version
        self.query = query.text
        columns = query.columns
        known = query.columns
        conditions = condition.map { [$0] } ?? []
        self.pin = pin
    }

    package var shown: String { engine.name }

    package func selecting(_ columns: [RowSourceColumn], where condition: Predicate.Expression?) -> any RowSource {
        var table = self
        table.columns = columns
        if let condition { table.conditions.append(condition) }
        return table
    }

    package func sampled(_ sample: UnitSample, by column: String) -> any RowSource {
        var table = self
        table.sample = known.first { $0.name == column }.map { (sample, $0) }
        return table
    }

    package func lasting(_ column: RowSourceColumn, by keys: [RowSourceColumn]) -> any RowSource {
        var table = self
        table.last = LastRows(column: column, keys: keys)
        return table
    }

    package func recorded(in journal: QueryJournal) -> any RowSource {
        var table = self
        table.journal = journal
        return table
    }

    /// The columns of the names, in the query's order.
    package func columns(_ names: [String]) -> [RowSourceColumn] { known.filter { names.contains($0.name) } }

    // MARK: What is sent

    /// What follows `from`: the query and which of its rows are kept.
    func relation() throws(DataFault) -> String {
        var from = "(\n\(query)\n) as q"
        var texts: [String] = []
        for condition in conditions { texts.append(try engine.dialect.condition(condition, over: known)) }
        if let sample { texts.append(engine.dialect.condition(of: sample.units, by: sample.column)) }
        if !texts.isEmpty { from += "\nwhere " + texts.joined(separator: " and ") }
        return last.map { engine.dialect.last($0, of: from, known: known) } ?? from
    }

    /// Holds the conditions to the columns that there are.
    package func checkConditions() throws(DataFault) { _ = try relation() }

    /// The same rows with some of the columns.
    package func selecting(_ columns: [RowSourceColumn]) -> QueryTable {
        var table = self
        table.columns = columns
        return table
    }

    package func forEachRecord(_ body: (inout Record) throws(DataFault) -> Void) throws(DataFault) {
        let list = columns.map { engine.dialect.identifier($0.name) }.joined(separator: ", ")
        try send(
            "select \(list) from \(try relation())", ExpectedRows(columns: columns.count, areFew: false), body)
    }

    /// Sends a query that finds few rows, and tells it and what came back to the journal.
    package func send(
        _ sql: String, columns: Int, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        try send(sql, ExpectedRows(columns: columns, areFew: true), body)
    }

    /// Sends a query whose sums over parts of the rows add up: to each part at once, where there are such and all rows count.
    ///
    /// - Parameters:
    ///   - inParts: Whether the rows may be cut in parts.
    ///   - make: Of a part's row, by any thread.
    /// - Returns: By part, what was made of its rows in order; one part where the rows have none.
    func sendParts<Item: Sendable>(
        _ sql: String, inParts: Bool, columns: Int, _ make: @Sendable (inout Record) throws(DataFault) -> Item
    ) throws(DataFault) -> [[Item]] {
        let engines = parts.isEmpty || last != nil || !inParts ? [engine] : parts
        let expected = ExpectedRows(columns: columns, areFew: true)
        let isRecorded = journal != nil
        let all = concurrentMap(engines.count) { index in
            Answer(engines[index], sql, expected, isRecorded: isRecorded, make)
        }
        var items: [[Item]] = []
        var digest = StreamingDigest()
        for answer in all {
            if let fault = answer.fault { throw fault }
            digest.update(Array(answer.sha256.utf8))
            items.append(answer.items)
        }
        let sha256 = all.count == 1 ? all[0].sha256 : digest.finalize()
        journal?.add(
            SentQuery(
                engine: engine.name, version: version, sql: sql, rows: items.reduce(0) { $0 + $1.count },
                sha256: sha256, pin: pin))
        return items
    }

    /// What one part of the rows has to say.
    private struct Answer<Item: Sendable>: Sendable {
        var items: [Item] = []
        var sha256 = ""
        var fault: DataFault?

        init(
            _ engine: any QueryEngine, _ sql: String, _ expected: ExpectedRows, isRecorded: Bool,
            _ make: (inout Record) throws(DataFault) -> Item
        ) {
            var digest = StreamingDigest()
            do throws(DataFault) {
                try engine.read(sql, expected) { (record) throws(DataFault) in
                    try QueryTable.hold(record, to: expected, engine)
                    record.line = items.count + 1
                    if isRecorded { record.digest(into: &digest) }
                    items.append(try make(&record))
                }
            } catch {
                fault = error
            }
            sha256 = digest.finalize()
        }
    }

    private static func hold(
        _ record: Record, to expected: ExpectedRows, _ engine: any QueryEngine
    ) throws(DataFault) {
        guard record.count == expected.columns else {
            throw .engine(engine.name, "A row has \(record.count) cells, where \(expected.columns) were asked for")
        }
    }

    private func send(
        _ sql: String, _ expected: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {
        var digest = StreamingDigest()
        var rows = 0
        try engine.read(sql, expected) { (record) throws(DataFault) in
            try QueryTable.hold(record, to: expected, engine)
            rows += 1
            record.line = rows
            if journal != nil { record.digest(into: &digest) }
            try body(&record)
        }
        journal?.add(
            SentQuery(
                engine: engine.name, version: version, sql: sql, rows: rows, sha256: digest.finalize(), pin: pin))
    }
}
