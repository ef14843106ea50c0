import Datasets
import Estimation
import LinearAlgebra
import Testing

@testable import Engines

/// Rows that several processes add up, each its part of them.
@Suite("Rows in parts")
struct PartsTests {
    private typealias Unit = (experiment: String, variant: String, values: [Double])

    /// An engine that sends moments of its rows, as its parts do of theirs.
    private struct PartedEngine: QueryEngine {
        var rows: [String]
        var others: [[String]] = []
        var name: String { "duckdb" }
        var dialect: SQLDialect { .duckdb }

        func version() -> String { "1" }
        func checked(_ query: String, source: String?) -> CheckedQuery { CheckedQuery(text: query, columns: []) }
        func parts(of query: CheckedQuery) -> [any QueryEngine] { others.map { PartedEngine(rows: $0) } }
        func read(
            _ sql: String, _ rows: ExpectedRows, _ body: (inout Record) throws(DataFault) -> Void
        ) throws(DataFault) {
            guard self.rows != ["fault"] else { throw .engine(name, "The client failed") }
            var reader = RecordReader(file: name, form: .delimited(UInt8(ascii: ","), null: "\\N"))
            let head = (0..<rows.columns).map { "c\($0)" }.joined(separator: ",")
            let text = Array(([head] + self.rows).map { $0 + "\n" }.joined().utf8)
            var fault: DataFault?
            text.withUnsafeBytes { bytes in
                do throws(DataFault) { try reader.take(bytes, body) } catch { fault = error }
            }
            if let fault { throw fault }
            try reader.take(nil, body)
        }
    }

    private static let units: [Unit] = (0..<200).map { index in
        let experiment = ["b", "\u{E9}", "x y", "a"][index % 4]
        let variant = index < 8 || index % 3 == 0 ? "C" : "A"
        let size = Double(index * index % 97)
        return (experiment, variant, [size / 7, 100 - size * size / 50 + Double(index % 5)])
    }

    /// What an engine sends of units.
    private static func moments(_ units: some Sequence<Unit>) -> [String] {
        var groups: [(key: [String], moments: MomentAccumulator)] = []
        for unit in units {
            let key = [unit.experiment, unit.variant]
            let same = { (other: [String]) in zip(key, other).allSatisfy { Array($0.utf8) == Array($1.utf8) } }
            let place = groups.firstIndex { same($0.key) } ?? groups.count
            if place == groups.count { groups.append((key, MomentAccumulator(metrics: 2))) }
            groups[place].moments.add(unit.values)
        }
        groups.sort { $0.key.joined(separator: " ").utf8.lexicographicallyPrecedes($1.key.joined(separator: " ").utf8) }
        return groups.map { key, moments in
            let covariance = moments.covariance
            let cell = { (i: Int, j: Int) in covariance.map { "\($0[i, j])" } ?? "\\N" }
            let numbers = (0..<2).map { "\(moments.count),\(moments.mean[$0]),\(cell($0, $0))" }
            return (key + ["\(moments.count)"] + numbers + [cell(1, 0)]).joined(separator: ",")
        }
    }

    private static func read(
        _ engine: PartedEngine, _ kind: RowSourceColumn.Kind = .text, _ journal: QueryJournal = QueryJournal()
    ) throws -> UnitMoments {
        let columns = [
            RowSourceColumn("test", kind), RowSourceColumn("arm", .text), RowSourceColumn("y", .number),
            RowSourceColumn("z", .number),
        ]
        let table = try #require(
            QueryTable(
                engine, version: "1", CheckedQuery(text: "select * from source", columns: columns), where: nil, pin: nil
            ).recorded(in: journal) as? QueryTable)
        let query = UnitQuery(
            table, experiment: columns[0], variant: columns[1], numbers: [.init(columns[2]), .init(columns[3])],
            design: UnitDesign(metrics: [.init("y", numerator: 0), .init("z", numerator: 1)]))
        return try UnitMoments.read(query)
    }

    @Test("Sums of parts are those of all rows, and of one part alone they have its bits")
    func sums() throws {
        let all = Self.moments(Self.units)
        let whole = try Self.read(PartedEngine(rows: all))
        #expect(whole.experiments.map(\.name) == ["a", "b", "x y", "\u{E9}"] && whole.experiments[0].arms.count == 2)
        for cuts in [[50, 100, 150], [1, 2, 3], [199], [8]] {
            let bounds = zip([0] + cuts, cuts + [Self.units.count])
            let engine = PartedEngine(rows: ["fault"], others: bounds.map { Self.moments(Self.units[$0..<$1]) })
            let journal = QueryJournal()
            let parted = try Self.read(engine, .text, journal)
            #expect(parted.experiments.map(\.name) == whole.experiments.map(\.name))
            for (one, other) in zip(parted.experiments, whole.experiments) {
                #expect(one.arms.map(\.name) == other.arms.map(\.name))
                for (arm, same) in zip(one.arms, other.arms) {
                    #expect(arm.units == same.units && arm.assigned == same.assigned && arm.count == same.count)
                    #expect(zip(arm.mean, same.mean).allSatisfy { abs($0 - $1) <= 1e-13 * max(1, abs($1)) })
                    let difference = try #require(arm.covariance) - #require(same.covariance)
                    #expect(difference.largestMagnitude < 1e-10)
                }
            }
            #expect(journal.queries.count == 1 && journal.queries[0].rows == engine.others.joined().count)
        }
        let alone = PartedEngine(rows: ["fault"], others: [all])
        #expect(try Self.read(alone).experiments == whole.experiments)
    }

    @Test("What one part has to say of a fault is told; of keys that text may confuse one process is asked")
    func faults() throws {
        let all = Self.moments(Self.units)
        let engine = PartedEngine(rows: all, others: [all, ["fault"]])
        let fault = #expect(throws: DataFault.self) { try Self.read(engine) }
        #expect(fault?.message == "The client failed")
        #expect(try Self.read(engine, .other).experiments.count == 4)
        // An engine's two names that are one to Swift are told, in parts as in one.
        let named = ["\u{E9}", "e\u{301}"].map { name in
            Self.moments(Self.units.map { (name, $0.variant, $0.values) })
        }
        for engine in [PartedEngine(rows: named[0] + named[1]), PartedEngine(rows: [], others: named)] {
            let fault = #expect(throws: DataFault.self) { try Self.read(engine) }
            #expect(fault?.message.hasPrefix("Names are told apart by what they are as text") == true)
        }
    }

    @Test("Parts of Parquet have every row once, and are as many on every machine")
    func parquet() {
        let columns = [RowSourceColumn("y", .number)]
        func parts(_ rows: Int, _ names: [RowSourceColumn] = columns) -> [String] {
            DuckDBSource.parts(of: ["/a.parquet", "/it's.parquet"], rows: rows, columns: names)
        }
        #expect(parts(0).isEmpty && parts(10_000_000).isEmpty)
        #expect(
            parts(10_000_001) == [
                "select * exclude (file_row_number) from read_parquet(['/a.parquet', '/it''s.parquet'], file_row_number = true) where file_row_number < 5000000",
                "select * exclude (file_row_number) from read_parquet(['/a.parquet', '/it''s.parquet'], file_row_number = true) where file_row_number >= 5000000",
            ])
        for rows in [12_345_678, 20_000_000, 1_000_000_000_000] {
            let bounds = parts(rows).map { part in
                part.split(separator: "where ").last?.split(separator: " and ").map { $0.split(separator: " ") } ?? []
            }
            #expect(bounds.count == min(16, (rows + 9_999_999) / 10_000_000))
            for (one, next) in zip(bounds, bounds.dropFirst()) {
                #expect(one.last?[1] == "<" && next.first?[1] == ">=" && one.last?[2] == next.first?[2])
            }
        }
        #expect(parts(20_000_000, [RowSourceColumn("File_Row_Number", .number)]).isEmpty)
    }
}
