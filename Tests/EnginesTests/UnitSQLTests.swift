import Datasets
import Estimation
import PresentationSupport
import Testing

@testable import Engines

/// An engine that answers nothing: only its dialect is asked.
struct SilentEngine: QueryEngine {
    let dialect: SQLDialect
    var name: String { dialect.rawValue }

    func version() -> String { "1" }
    func checked(_ query: String, source: String?) -> CheckedQuery { CheckedQuery(text: query, columns: []) }
    func read(
        _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
    ) throws(DataFault) {}
}

/// The SQL of unit-level designs, dialect by dialect.
@Suite("SQL of unit-level designs")
struct UnitSQLTests {
    static func table(_ dialect: SQLDialect, where condition: Predicate.Expression?) -> QueryTable {
        let kind: RowSourceColumn.Kind = dialect == .sqlite ? .unknown : .number
        let columns =
            ["clicks", "views", "before", "weight", "day"].map { RowSourceColumn($0, kind) }
            + ["test", "the \"arm\"", "shop"].map { RowSourceColumn($0, dialect == .sqlite ? .unknown : .text) }
        return QueryTable(
            SilentEngine(dialect: dialect), version: "1",
            CheckedQuery(text: "select * from units", columns: columns), where: condition, pin: nil)
    }

    static func columns(_ table: QueryTable, _ names: String...) -> [RowSourceColumn] {
        names.map { name in table.columns.first { $0.name == name } ?? RowSourceColumn(name, .unknown) }
    }

    @Test("Plain means are one scan", arguments: SQLDialect.allCases.filter(\.hasMoments))
    func plain(_ dialect: SQLDialect) throws {
        let table = Self.table(dialect, where: .compare(column: "day", .less, .number(14)))
        let named = Self.columns(table, "test", "the \"arm\"", "clicks", "before")
        let query = UnitQuery(
            table, experiment: named[0], variant: named[1], numbers: [.init(named[2]), .init(named[3])],
            design: UnitDesign(
                metrics: [.init("clicks", numerator: 0)], covariates: [.init("before", numerator: 1)]))
        #expect(PlainMomentsSQL.reaches(query))
        expectGolden(try PlainMomentsSQL.text(query) + "\n", "plain-\(dialect.rawValue).sql")
    }

    @Test("Every design is sums about means", arguments: SQLDialect.allCases)
    func sums(_ dialect: SQLDialect) throws {
        let condition = Predicate.Expression.and(
            .isIn(column: "shop", [.text("a'b"), .text("c\\")]), .not(.isMissing(column: "day")))
        let table = Self.table(dialect, where: condition)
        let named = Self.columns(table, "test", "the \"arm\"", "shop", "clicks", "views", "before", "weight")
        let query = UnitQuery(
            table, experiment: named[0], variant: named[1], cluster: named[2],
            numbers: [.init(named[3], upper: 9), .init(named[4]), .init(named[5], fill: 0), .init(named[6])],
            design: UnitDesign(
                metrics: [.init("ctr", numerator: 0, denominator: 1)], covariates: [.init("before", numerator: 2)],
                weight: 3, isClustered: true))
        #expect(!PlainMomentsSQL.reaches(query))
        expectGolden(try UnitSumsSQL(query, isCentred: true).text() + "\n", "sums-\(dialect.rawValue).sql")
    }

    @Test("Of several checkpoints the last is chosen by a window", arguments: SQLDialect.allCases)
    func last(_ dialect: SQLDialect) throws {
        let table = Self.table(dialect, where: .compare(column: "views", .greater, .number(0)))
        let named = Self.columns(table, "day", "test", "the \"arm\"")
        let chosen = try #require(table.lasting(named[0], by: [named[1], named[2]]) as? QueryTable)
        expectGolden(try chosen.relation() + "\n", "last-\(dialect.rawValue).sql")
    }

    @Test("A column of a query that is called as this program would is not mistaken for it")
    func taken() {
        let column = RowSourceColumn("day", .number)
        let known = [column, RowSourceColumn("Report_Last", .number)]
        let sql = SQLDialect.duckdb.last(LastRows(column: column, keys: []), of: "t as q", known: known)
        #expect(sql.contains("max(cast(\"day\" as double)) over () as report_last_\n"))
        #expect(sql.hasSuffix("< report_last_))"))
    }

    @Test("A text is not compared with a number")
    func mixed() {
        let table = Self.table(.duckdb, where: .compare(column: "shop", .less, .number(14)))
        #expect(throws: DataFault.self) { try table.checkConditions() }
    }

    @Test("Digits are lost where a mean is far from 0 in standard deviations")
    func digits() {
        #expect(!LostDigits.areMany(mean: 30, variance: 1))
        #expect(LostDigits.areMany(mean: 1e9, variance: 1))
        #expect(LostDigits.areMany(mean: 1, variance: 0))
        #expect(!LostDigits.areMany(mean: 0, variance: 0))
    }
}
