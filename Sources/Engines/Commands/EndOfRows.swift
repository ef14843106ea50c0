import Datasets

/// A query whose own rows tell whether all of them came, for a client's exit code does not: outputs end at the border of a
/// row as well as anywhere.
///
/// Of few rows a last one is marked, which is there though the query finds none. That sorts all of them, so of many each
/// tells how many there are, which leaves open whether there are none.
struct EndOfRows {
    /// What is sent.
    let sql: String
    private let engine: String
    private let isMarked: Bool
    private var rows = 0
    private var hasEnded = false
    private var counted: Int?

    init(marked query: String, of engine: String) {
        self.engine = engine
        isMarked = true
        sql = """
            select e.report_end, r.* from (select 0 as report_end union all select 1 as report_end) as e
            left join (select 0 as report_row, q.* from (
            \(query)
            ) as q) as r on e.report_end = r.report_row
            order by e.report_end
            """
    }

    init(counted query: String, of engine: String) {
        self.engine = engine
        isMarked = false
        sql = "select q.*, count(*) over () as report_rows from (\n\(query)\n) as q"
    }

    /// What finds the names of a query's columns behind two others: a row of missing cells, for some clients print no names
    /// where they print no rows.
    static func header(of query: String) -> String {
        """
        select e.report_end, r.* from (select 1 as report_end) as e
        left join (select 2 as report_row, q.* from (
        \(query)
        ) as q where 1 = 0) as r on e.report_end = r.report_row
        """
    }

    /// Takes what was added off a row.
    ///
    /// - Returns: Whether it is a row of the query.
    mutating func take(_ record: inout Record) throws(DataFault) -> Bool {
        guard !hasEnded else { throw .engine(engine, "A row stands behind the end of the output") }
        rows += 1
        if isMarked {
            hasEnded = try EndOfRows.number(record, 0, of: engine) == 1
            // Whatever the client prints for the missing cell of no row.
            let isRow = record.count > 1 && DecimalNumber.read(record.cell(1)) == .number(0)
            record.drop(first: 2, last: 0)
            return isRow && !hasEnded
        }
        counted = try EndOfRows.number(record, record.count - 1, of: engine)
        record.drop(first: 0, last: 1)
        return true
    }

    /// - Throws: where rows are missing.
    func check() throws(DataFault) {
        guard isMarked ? hasEnded : counted == nil || counted == rows else { throw .cutShort(engine) }
    }

    /// Whether nothing tells that there really are no rows.
    var isUnknown: Bool { !isMarked && counted == nil }

    static func number(_ record: Record, _ place: Int, of engine: String) throws(DataFault) -> Int {
        guard place >= 0, place < record.count,
            case .number(let number) = DecimalNumber.read(record.cell(place)), let whole = Int(exactly: number)
        else { throw .engine(engine, "The output of \(engine)'s client tells not whether all rows came") }
        return whole
    }
}
