import Diagnostics
import Documents
import PresentationSupport
import Reports
import Results
import Testing
import Values

@testable import Rendering

/// What a table becomes beside its cells: a file of numbers, and a script that sorts.
@Suite struct TableFileTests {
    private static func report() -> Report {
        let document = SampleAnalysis.document()
        var diagnostics: [Diagnostic] = []
        return Report.assemble(
            document: document, results: SampleAnalysis.results(document, isComplete: true),
            toolVersion: "0.1.0", diagnostics: &diagnostics)
    }

    /// RFC 4180, section 2; texts of which OWASP's "CSV Injection" says that spreadsheets run them stand behind an
    /// apostrophe.
    @Test(arguments: [
        ("web", "web"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1", "'+1"), ("-1+cmd", "'-1+cmd"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "\"'\r=1\""), ("＝1", "'＝1"), ("−1", "−1"), ("", ""),
        // To Swift a quote and the accent behind it are one character, and to a reader of the file a quote.
        ("\"\u{301},", "\"\"\"\u{301},\""),
    ])
    func cellsRunNothing(text: String, cell: String) { #expect(CSVText.cell(text) == cell) }

    @Test func numbersAreWhole() throws {
        let report = TableFileTests.report()
        let table = try #require(report.items["slope"]?.table)
        #expect(
            TableCSV(report: report, table: table).text
                == "Estimator,Slope,Slope lower,Slope upper,Arms,Holds when\r\n"
                + "Naive,0.7123,0.6173000000000001,0.8073,94,effects are measured without noise\r\n"
                + "JIVE,0.8049,0.6849,0.9248999999999999,94,direct effects are unrelated to proxy effects\r\n")
    }

    /// What a browser would read back is the text.
    @Test func linkHoldsTheText() throws {
        let report = TableFileTests.report()
        let csv = TableCSV(report: report, table: try #require(report.items["wide"]?.table))
        let head = "data:text/csv;charset=utf-8,"
        #expect(csv.dataURI.hasPrefix(head) && csv.dataURI.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(PercentDecoding.text(csv.dataURI.dropFirst(head.count)) == csv.text)
        #expect(csv.text.contains("Experiment | arm") && csv.text.contains("<script>alert(1)</script>"))
    }
}

private enum PercentDecoding {
    static func text(_ encoded: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = encoded[...]
        while let first = rest.utf8.first {
            let isEscape = first == UInt8(ascii: "%")
            bytes.append(isEscape ? UInt8(rest.dropFirst().prefix(2), radix: 16) ?? 0 : first)
            rest = rest.dropFirst(isEscape ? 3 : 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
