import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// What is wrong with the units of `effects`, told all at once.
@Suite struct UnitFaultTests {
    private func errors(
        _ change: (inout [[String]]) -> Void, _ keys: String = "", metrics: String = "orders"
    ) throws -> [Diagnostic] {
        var cells = UnitDesignStepTests.table(UnitDesignStepTests.units).split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        change(&cells)
        let table = cells.map { $0.joined(separator: ",") }.joined(separator: "\n")
        let (outcome, _) = UnitDesignStepTests.outcome(keys, metrics: metrics, table: table)
        return try #require(outcome).diagnostics.filter { $0.severity == .error }
    }

    /// Column 4 is orders, 5 before, 7 views; line 1 is the header.
    @Test(arguments: ["", "winsorise: {orders: {upper-quantile: 0.9}}"])
    func textInNumbers(_ keys: String) throws {
        let found = try errors(
            { rows in
                for line in 10..<24 { rows[line][4] = "n/a" }
                rows[30][4] = "inf"
                rows[11][5] = "?"
            }, keys + "\ncovariates: before")
        #expect(found.map(\.code.name) == ["bad-data", "bad-data"])
        let messages = ["orders", "before"].map {
            "This column is used as numbers, and not all that it holds are finite numbers: \($0)"
        }
        #expect(found.map(\.message) == messages)
        // Ten places in all, in the order of the data.
        #expect(found[0].notes.count == 10 && found[1].notes.count == 1)
        #expect(found[0].notes[0].message == "at Analyses/rows.csv:11: “n/a”")
        #expect(found[0].notes[9].message == "and 6 more")
        #expect(found[1].notes[0].message == "at Analyses/rows.csv:12: “?”")
    }

    @Test func oneTextAlone() throws {
        let found = try errors({ $0[30][4] = "inf" })
        #expect(found.map(\.message) == ["A number is finite, which “inf” is not"])
        #expect(found[0].notes.map(\.message) == ["at Analyses/rows.csv:31, column orders"])
    }

    @Test func metricsTwice() throws {
        let found = try errors({ _ in }, metrics: "orders, before, orders")
        #expect(found.map(\.message) == ["A metric stands once in a list"])
        let range = try #require(found.first?.range)
        #expect(range.text == "orders" && range.start.column > 20)
    }

    /// The condition that leaves an experiment out is one that works.
    @Test func denominatorNearZero() throws {
        let ratio = "ratios: {ctr: {numerator: clicks, denominator: views}}"
        let found = try errors(
            { rows in
                for line in rows.indices.dropFirst() where rows[line][1] == "t1" {
                    rows[line][7] = line.isMultiple(of: 2) ? "1" : "-1"
                }
            }, ratio, metrics: "ctr")
        #expect(found.map(\.code.name) == ["near-zero-denominator"])
        let note = try #require(found[0].notes.last?.message)
        #expect(note == "where: 'not `test` in (\"t1\")' in the data's directive leaves it out")
    }
}
