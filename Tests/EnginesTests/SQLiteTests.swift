import Datasets
import Foundation
import Testing

@testable import Engines

/// SQLite in process: one SELECT over one file, and nothing else. One test at a time, for its bound of memory is the process's.
@Suite("SQLite", .serialized)
final class SQLiteTests {
    private let folder: URL
    private let database: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        database = folder.appendingPathComponent("a ?#%.db").path
        // A database of one table t(a, b) with (1, 'x'), (2.5, NULL), as `sqlite3` writes it.
        let run = Process()
        run.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        run.arguments = [
            "python3", "-c",
            "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('create table t(a, b)');"
                + "c.execute('insert into t values (1, ?), (2.5, null)', ('x',)); c.commit()", database,
        ]
        try run.run()
        run.waitUntilExit()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func engine(_ setup: [String] = [], seconds: Int = 1, memory: Double? = nil) -> SQLiteEngine {
        SQLiteEngine(
            path: database, shown: "a.db", setup: setup, seconds: seconds, memory: EngineMemory(gigabytes: memory))
    }

    private func rows(_ sql: String, _ setup: [String] = []) throws -> [[String?]] {
        var rows: [[String?]] = []
        try engine(setup).read(sql, ExpectedRows(columns: 1, areFew: true)) { (record) throws(DataFault) in
            rows.append(
                (0..<record.count).map {
                    record.isAbsent($0) ? nil : String(decoding: record.cell($0), as: UTF8.self)
                })
        }
        return rows
    }

    @Test("Cells come with all their digits, and missing ones as such")
    func cells() throws {
        #expect(
            try rows("select a, b, 0.1, 12345678901234567 from t") == [
                ["1", "x", "0.1", "12345678901234567"], ["2.5", nil, "0.1", "12345678901234567"],
            ])
    }

    @Test(
        "A query is one SELECT",
        arguments: [
            "select a from t; drop table t", "delete from t", "create table u(a)", "attach 'x.db' as x",
            "pragma table_info(t)", "vacuum into 'x.db'", "explain select 1", "select load_extension('x')", "",
            "-- nothing",
            "insert into t values (3, 3) returning a", "begin", "select * from pragma_table_info('t')",
            "with x as (select 1) delete from t", "select 1) union select 2 --",
        ])
    func one(_ query: String) {
        #expect(throws: DataFault.self) { try engine().checked(query) }
    }

    @Test(
        "One that is one stands in parentheses, whatever follows it",
        arguments: [
            "select a from t", "select a from t;", "select a from t -- ;",
            "with x as (select a from t) select * from x ; -- y",
            "values (1)", "select ';' as a",
        ])
    func wrapped(_ query: String) throws {
        let checked = try engine().checked(query)
        #expect(checked.columns.count == 1)
        #expect(!(try rows("select * from (\n\(checked.text)\n) as q").isEmpty))
    }

    @Test("SQLite itself reads texts and names back as they were")
    func quoted() throws {
        let texts = SQLDialectTests.hostile + SQLDialectTests.random(500, seed: 3)
        let items = texts.map { "\(SQLDialect.sqlite.text($0)) as \(SQLDialect.sqlite.identifier($0))" }
        for start in stride(from: 0, to: items.count, by: 100) {
            let own = Array(texts[start...].prefix(100))
            let sql = "select " + items[start...].prefix(100).joined(separator: ", ")
            let cells = try #require(try rows(sql).first)
            #expect(zip(cells, own).allSatisfy { SQLDialectTests.isSame($0, $1) })
            let names = try engine().checked(sql).columns.map(\.name)
            #expect(zip(names, own).allSatisfy { SQLDialectTests.isSame($0, $1) })
        }
    }

    @Test("A query that takes much memory is ended")
    func greedy() {
        let sql =
            "with recursive n(i) as (select 1 union all select i + 1 from n limit 10000000) select i from n order by i % 7919"
        let fault = #expect(throws: DataFault.self) {
            let rows = ExpectedRows(columns: 1, areFew: false)
            try engine(seconds: 60, memory: 0.02).read(sql, rows) { (_) throws(DataFault) in }
        }
        #expect(fault?.message == "The query took too much memory")
    }

    @Test("A query that runs on is ended")
    func late() {
        let endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
        let fault = #expect(throws: DataFault.self) { try rows(endless) }
        #expect(fault?.message == "The query took too long")
    }

    @Test("Nothing lies beside the database afterwards")
    func beside() throws {
        _ = try rows("select p0 from report_parameters", ["create temp view report_parameters as select 1 as p0"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a ?#%.db"])
    }

    @Test("What is no database is told so")
    func other() throws {
        try Data("not a database, however long it is ".utf8).write(to: URL(fileURLWithPath: database))
        let fault = #expect(throws: DataFault.self) { try engine().checked("select 1 as a from t") }
        #expect(fault?.message == "The file is no SQLite database")
    }

    @Test("Changes that are not part of the file yet are not overlooked")
    func log() throws {
        try Data([1]).write(to: URL(fileURLWithPath: database + "-wal"))
        #expect(throws: DataFault.self) { try engine().checked("select a from t") }
    }
}
