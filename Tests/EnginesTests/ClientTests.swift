import Datasets
import PresentationSupport
import Synchronization
import Testing
import Workspace

@testable import Engines

/// A client whose output is known for each query.
struct ScriptedClient: ProcessRunner {
    /// Of what it is given, as an argument, on its input or in a file.
    let answer: @Sendable (String) -> String

    func run(_ command: ProcessCommand) -> ProcessOutput {
        let given = command.arguments + [command.input, command.file ?? []].map { String(decoding: $0, as: UTF8.self) }
        return ProcessOutput(exitCode: 0, output: Array(answer(given.joined(separator: "\n")).utf8))
    }
}

/// Clients of a project's commands and of Spark.
@Suite("Clients of engines")
struct ClientTests {
    static func command(
        _ dialect: SQLDialect, _ form: RowForm, arguments: [String] = ["<sql>"],
        _ answer: @escaping @Sendable (String) -> String
    ) -> CommandEngine {
        CommandEngine(
            "mine", dialect: dialect, processes: ScriptedClient(answer: answer), command: ProcessCommand("/client", []),
            arguments: arguments, form: form, parameters: nil)
    }

    static func spark(_ answer: @escaping @Sendable (String) -> String) -> SparkEngine {
        SparkEngine(
            "spark", processes: ScriptedClient(answer: answer), command: ProcessCommand("/spark-sql", []),
            arguments: [],
            source: [], parameters: nil)
    }

    static func rows(
        _ engine: some QueryEngine, _ columns: Int, areFew: Bool
    ) throws(DataFault) -> [[String?]] {
        var rows: [[String?]] = []
        let expected = ExpectedRows(columns: columns, areFew: areFew)
        try engine.read("select a, b from t", expected) { (record) throws(DataFault) in
            rows.append(
                (0..<record.count).map {
                    record.isAbsent($0) ? nil : String(decoding: record.cell($0), as: UTF8.self)
                })
        }
        return rows
    }

    // MARK: Ends

    static let forms: [(form: RowForm, few: String, many: String)] = [
        (
            .delimited(UInt8(ascii: ","), null: ""), "report_end,report_row,a,b\n0,0,x,1\n0,0,\"y\nz\",\n1,,,\n",
            "a,b,report_rows\nx,1,2\n\"y\nz\",,2\n"
        ),
        (
            .delimited(UInt8(ascii: "\t"), null: "NULL"),
            "report_end\treport_row\ta\tb\n0\t0\tx\t1\n0\t0\t\"y\nz\"\tNULL\n1\tNULL\tNULL\tNULL\n",
            "a\tb\treport_rows\nx\t1\t2\n\"y\nz\"\tNULL\t2\n"
        ),
        (
            .objects,
            """
            {"report_end":0,"report_row":0,"a":"x","b":1}
            {"report_end":0,"report_row":0,"a":"y\\nz","b":null}
            {"report_end":1,"report_row":null,"a":null,"b":null}

            """,
            """
            {"a":"x","b":1,"report_rows":2}
            {"a":"y\\nz","b":null,"report_rows":2}

            """
        ),
    ]

    @Test("Rows come with their end, and one cut anywhere is told", arguments: forms.indices, [true, false])
    func cut(_ index: Int, _ areFew: Bool) throws {
        let (form, few, many) = Self.forms[index]
        let whole = areFew ? few : many
        // A count of an output without rows says that there are some.
        let counted: String =
            switch form {
            case .objects:
                "{\"report_end\":0,\"report_row\":0,\"n\":2}\n{\"report_end\":1,\"report_row\":null,\"n\":null}\n"
            case .delimited(let delimiter, _):
                ["report_end,report_row,n", "0,0,2", "1,,"].joined(separator: "\n")
                    .replacing(",", with: String(UnicodeScalar(delimiter)))
            case .arrays: ""
            }
        let found = try Self.rows(Self.command(.trino, form) { _ in whole }, 2, areFew: areFew)
        #expect(found == [["x", "1"], ["y\nz", nil]])
        // Without its last line's end an output is whole; a last cell of two digits could be cut, and this one has one.
        for count in 0..<(whole.utf8.count - 1) {
            let cut = String(decoding: whole.utf8.prefix(count), as: UTF8.self)
            let engine = Self.command(.trino, form) { $0.contains("count(*) as n") ? counted : cut }
            // A marked end that lacks missing cells at its very end is still an end.
            if cut.hasSuffix("\n1,,") || cut.hasSuffix("NULL\tNULL\tNUL") || cut.hasSuffix("NULL\tNULL\tNU")
                || cut.hasSuffix("NULL\tNULL\tN") || cut.hasSuffix("NULL\tNULL\t")
            {
                continue
            }
            #expect(throws: DataFault.self, "\(cut)") { try Self.rows(engine, 2, areFew: areFew) }
        }
    }

    @Test("No rows are no rows only where the client says so")
    func none() throws {
        let header = "report_end,report_row,a,b\n"
        let form = Self.forms[0].form
        #expect(try Self.rows(Self.command(.trino, form) { _ in header + "0,,,\n1,,,\n" }, 2, areFew: true).isEmpty)
        let empty = Self.command(.trino, form) {
            $0.contains("count(*) as n") ? "report_end,report_row,n\n0,0,0\n1,,\n" : "a,b,report_rows\n"
        }
        #expect(try Self.rows(empty, 2, areFew: false).isEmpty)
    }

    @Test("How ends are asked for")
    func ends() {
        let query = "select a, b from t"
        let all = [
            EndOfRows(marked: query, of: "x").sql, EndOfRows(counted: query, of: "x").sql, EndOfRows.header(of: query),
        ]
        expectGolden(all.joined(separator: ";\n\n") + "\n", "ends.sql")
    }

    @Test("A query that no argument holds is told, and a file holds it")
    func long() throws {
        let long = "select '\(String(repeating: "x", count: 140_000))' as a"
        let form = Self.forms[0].form
        let header: @Sendable (String) -> String = { _ in "report_end,report_row,a\n1,,\n" }
        let fault = #expect(throws: DataFault.self) { try Self.command(.trino, form, header).checked(long) }
        #expect(fault?.message == "The query is too long for the client of mine")
        for arguments in [["-f", "<file>"], []] {
            let columns = try Self.command(.trino, form, arguments: arguments, header).checked(long).columns
            #expect(columns.map(\.name) == ["a"])
        }
    }

    // MARK: Spark

    @Test("What Spark's client is given")
    func script() throws {
        let given = Given()
        let engine = Self.spark { text in
            given.add(text)
            return text.contains("describe query")
                ? "[\"3.5.9 7c14\"]\na                   \tdouble              \ta comment\nb  \tint\nb                   \tstring              \t                    \n[\"report: columns\"]\n{\"a\":null,\"b\":null}\n[\"report: end of rows\"]\n"
                : "[\"1.0\",\"x\"]\n[\"report: end of rows\"]\n"
        }
        let checked = try engine.checked("select a, b from t -- all\n;", source: nil)
        #expect(checked.columns == [RowSourceColumn("a", .number), RowSourceColumn("b", .text)])
        #expect(checked.version == "3.5.9" && checked.text == "select a, b from t")
        #expect(try Self.rows(engine, 2, areFew: true) == [["1.0", "x"]])
        expectGolden(given.texts.joined(separator: "\n-- next\n"), "spark-client.txt")
    }

    @Test("What Spark said of a query is whole or nothing")
    func description() {
        let whole =
            "[\"3.5\"]\na                   \tint\t\n[\"report: columns\"]\n{\"a\":null}\n[\"report: end of rows\"]\n"
        let read = { (text: String) in
            SparkDescription(text, columns: "report: columns", end: "report: end of rows")?.columns
        }
        #expect(read(whole) == [RowSourceColumn("a", .number)])
        for count in 0..<(whole.utf8.count - 1) { #expect(read(String(whole.prefix(count))) == nil) }
        // A type that cannot be told costs no name.
        #expect(read(whole.replacing("\tint\t", with: "other")) == [RowSourceColumn("a", .unknown)])
    }

    @Test("Files become a table, whatever their names")
    func source() {
        #expect(SparkSource.statements(of: ["/a"], extension: "xls") == nil)
        #expect(
            SparkSource.statements(of: ["/a;b/{x}.parquet", "/c'd.parquet"], extension: "parquet") == [
                #"create temporary view source using parquet options (path 'file:{/a\u003Bb/\\{x\\}.parquet,/c\'d.parquet}')"#
            ])
    }

    // MARK: Snapshots

    @Test("A table's snapshot is asked for and read in its dialect")
    func snapshots() throws {
        var texts: [String] = []
        for dialect in SQLDialect.allCases {
            for format in SnapshotTable.Format.allCases {
                let table = try #require(SnapshotTable(format, named: "lake.sales.the \"`; units"))
                guard let current = dialect.currentSnapshot(of: table) else { continue }
                texts.append(
                    "-- \(dialect.rawValue) \(format.rawValue)\n\(current)\n\(dialect.rows(of: table, at: "5"))\n")
            }
        }
        expectGolden(texts.joined(separator: "\n"), "snapshots.sql")
        #expect(SnapshotTable(.iceberg, named: "a..b") == nil && SnapshotTable(.iceberg, named: "") == nil)
        #expect(SnapshotTable(.delta, named: "a.b")?.pin("5") == "delta version 5 of a.b")
    }

    @Test("The current snapshot is what the client says, or a fault")
    func current() throws {
        let iceberg = try #require(SnapshotTable(.iceberg, named: "lake.units"))
        let delta = try #require(SnapshotTable(.delta, named: "units"))
        let end = "[\"report: end of rows\"]\n"
        #expect(
            try Self.spark { _ in "[\"8027658604211071520\"]\n" + end }.snapshot(of: iceberg) == "8027658604211071520")
        // Delta's history is a table of text in which more than the first cell may hold anything.
        #expect(try Self.spark { _ in "5\t2026-01-01\tx\ny\n" + end }.snapshot(of: delta) == "5")
        let trino = Self.command(.trino, Self.forms[0].form) { _ in "report_end,report_row,snapshot\n0,0,7\n1,,\n" }
        #expect(try trino.snapshot(of: iceberg) == "7")
        for text in ["", end, "5\t2026", "[\"x\"]\n" + end, "[\"1 or 1=1\"]\n" + end] {
            #expect(throws: DataFault.self) { try Self.spark { _ in text }.snapshot(of: iceberg) }
            #expect(throws: DataFault.self) { try Self.spark { _ in text }.snapshot(of: delta) }
        }
        #expect(throws: DataFault.self) { try Self.command(.snowflake, .objects) { _ in "" }.snapshot(of: iceberg) }
    }

    @Test("A query reads the table as of its snapshot")
    func pinned() throws {
        let table = try #require(SnapshotTable(.iceberg, named: "lake.units"))
        let engine = Self.command(.trino, Self.forms[0].form) { _ in "report_end,report_row,a\n1,,\n" }
        let checked = try engine.checked("select a from source;", source: SQLDialect.trino.rows(of: table, at: "5"))
        #expect(
            checked.text == """
                with source as (select * from "lake"."units" for version as of 5)
                select * from (
                select a from source
                ) as r
                """)
    }
}

/// Texts in the order in which they came.
private final class Given: Sendable {
    private let held = Mutex<[String]>([])

    var texts: [String] { held.withLock { $0 } }

    func add(_ text: String) { held.withLock { $0.append(text) } }
}
