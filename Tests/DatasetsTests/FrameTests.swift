import Testing
import Values
import Workspace

@testable import Datasets

/// A frame over files in memory, surveyed.
private func frame(
    _ texts: [String: String], missing: [String] = [""], where condition: String? = nil
) throws -> (Frame, FrameSurvey, MemoryFileSystem) {
    let files = MemoryFileSystem(Dictionary(uniqueKeysWithValues: texts.map { ("/p/" + $0.key, $0.value) }))
    let list = texts.keys.sorted().map { name in
        Frame.File(
            path: "/p/" + name, shown: name, format: Frame.Format(rawValue: Paths.pathExtension(of: name)) ?? .csv)
    }
    let filter = try condition.map { try Predicate(parsing: $0) { $0.description == "params.low" ? 2 : nil } }
    var frame = Frame(files: list, missing: missing, filter: filter)
    let survey = try FrameSurvey(of: &frame, in: files)
    return (frame, survey, files)
}

private func texts(_ frame: Frame, _ files: MemoryFileSystem) throws -> [[String?]] {
    var rows: [[String?]] = []
    try frame.forEachRow(in: files) { (row) throws(DataFault) in
        var cells: [String?] = []
        for index in frame.columns.indices { cells.append(try row.text(index)) }
        rows.append(cells)
    }
    return rows
}

@Suite struct DelimitedTests {
    @Test func quotesDelimitersAndLineEnds() throws {
        let (frame, _, files) = try frame(["a.csv": "\u{FEFF}a,b\r\n\"x,\"\"y\"\"\nz\",1\r\n,\"\"\n\nq,2"])
        #expect(frame.columns == ["a", "b"])
        #expect(try texts(frame, files) == [["x,\"y\"\nz", "1"], [nil, nil], ["q", "2"]])
    }

    @Test func loneCarriageReturnsAndTabs() throws {
        let (frame, _, files) = try frame(["a.tsv": "a\tb\r1\t2\r3\t4"])
        #expect(try texts(frame, files) == [["1", "2"], ["3", "4"]])
    }

    @Test(arguments: [
        ("a,b\n1", "as many cells"), ("a,a\n1,2", "different names"), ("a,\n1,2", "has a name"),
        ("a\n\"x", "closed before"), ("a\nx\"y", "whole cell"), ("a\n\"x\"y", "closing quote"),
        ("a\nx\u{0}y", "NUL"), ("", "empty"),
    ])
    func faults(text: String, rule: String) {
        #expect { try frame(["a.csv": text]) } throws: { ($0 as? DataFault)?.message.contains(rule) == true }
    }

    @Test func hugeCellsAndRecordsAreRefused() {
        let cell = "a\n" + String(repeating: "x", count: 2 << 20)
        #expect { try frame(["a.csv": cell]) } throws: { ($0 as? DataFault)?.message.contains("1 MiB") == true }
        let wide = String(repeating: ",", count: 100_000)
        #expect { try frame(["a.csv": wide]) } throws: { ($0 as? DataFault)?.message.contains("cells") == true }
    }

    @Test func surveyCountsKindsAndMissing() throws {
        let (_, survey, _) = try frame(["a.csv": "a,b,c\n1,x,\n2.5,3,\nNA,y,\n"], missing: ["", "NA"])
        #expect(survey.rows == 3)
        #expect(survey.columns.map(\.kind) == [.number, .text, .empty])
        #expect(survey.columns.map(\.missing) == [1, 0, 3])
    }

    @Test func numbersSayWhatTheyAreNot() throws {
        for (cell, rule) in [("NaN", "finite"), ("inf", "finite"), ("1e999", "finite"), ("abc", "is none")] {
            let (frame, _, files) = try frame(["a.csv": "a\n1\n\(cell)\n"])
            #expect {
                try frame.forEachRow(in: files) { (row) throws(DataFault) in _ = try row.number(0) }
            } throws: {
                guard let fault = $0 as? DataFault else { return false }
                return fault.message.contains(rule) && fault.place == "a.csv:3, column a"
            }
        }
    }

    @Test func aFileThatChangesIsNoticed() throws {
        let (frame, _, files) = try frame(["a.csv": "a\n1\n"])
        files.add("/p/a.csv", Array("a\n2\n".utf8))
        #expect(throws: DataFault.self) { try texts(frame, files) }
    }

    @Test func severalFilesShareColumnsInAnyOrder() throws {
        let (frame, _, files) = try frame(["a.csv": "x,y\n1,2\n", "b.csv": "y,x\n4,3\n"])
        #expect(try texts(frame, files) == [["1", "2"], ["3", "4"]])
        #expect(throws: DataFault.self) { try self.other() }
    }

    private func other() throws { _ = try frame(["a.csv": "x,y\n1,2\n", "b.csv": "y,z\n4,3\n"]) }
}

@Suite struct JSONLinesTests {
    @Test func columnsAreTheUnion() throws {
        let (frame, survey, files) = try frame(["a.jsonl": "{\"a\":1,\"b\":\"x\"}\n\n{\"a\":null,\"c\":true}\n"])
        #expect(frame.columns == ["a", "b", "c"])
        #expect(survey.columns.map(\.missing) == [1, 1, 1])
        #expect(try texts(frame, files) == [["1", "x", nil], [nil, nil, "true"]])
    }

    @Test(arguments: ["[1]", "{\"a\":[1]}", "{", "nonsense"])
    func faults(line: String) {
        #expect(throws: DataFault.self) { try frame(["a.jsonl": line]) }
    }
}

@Suite struct PredicateTests {
    static let table = "x,name,note\n1,a,\n2,b,z\n3,it's,\n,d,w\n"

    @Test(arguments: [
        ("x > 1", ["b", "it's"]), ("x >= {params.low}", ["b", "it's"]), ("not (x > 1)", ["a"]),
        ("name in ('a', \"b\") and x = 1", ["a"]), ("note is missing", ["a", "it's"]),
        ("note is not missing or name = 'it''s'", ["b", "it's", "d"]), ("`name` != 'a' and x < 2.5", ["b"]),
        ("x not in (1, 2)", ["it's"]), ("x = 1 or x = 2 and name = 'a'", ["a"]),
        ("x≥2 and name≠'b'", ["it's"]), ("`x`≤1", ["a"]),
    ])
    func keeps(condition: String, names: [String]) throws {
        let (frame, survey, files) = try frame(["a.csv": Self.table], where: condition)
        #expect(try texts(frame, files).map { $0[1] } == names)
        #expect(survey.kept == names.count)
    }

    @Test(arguments: [
        ("x >", 3), ("x = a", 4), ("(x = 1", 6), ("x ~ 1", 2), ("x = 'a", 4), ("x in 1", 5), ("x = 1 y", 6),
        ("", 0), ("x = {params.none}", 4),
    ])
    func faults(condition: String, offset: Int) {
        #expect { try Predicate(parsing: condition) { _ in nil } } throws: {
            ($0 as? PredicateFault)?.offset == offset
        }
    }

    /// Letters share first bytes with the signs `≠`, `≤` and `≥`.
    @Test func columnsMayHaveAnyLetters() throws {
        let (frame, _, files) = try frame(["a.csv": "€ rev,∑x\n1,2\n3,4\n"], where: "∑x > 3")
        #expect(try texts(frame, files).map { $0[1] } == ["4"])
    }

    @Test func textComparedWithANumberIsAFault() {
        #expect(throws: DataFault.self) { try frame(["a.csv": Self.table], where: "name > 1") }
    }
}

@Suite struct DecimalNumberTests {
    @Test(arguments: [
        "0", "-0.5", "1e3", "0.1", "123456789012345", "1234567890123456789", "0.09618580416933789", "1e-320", "2.5E+2",
        "00012.500", ".5", "5.", "-1.7976931348623157e308",
    ])
    func agreesWithTheStandardLibrary(text: String) throws {
        let expected = try #require(Double(text == "5." ? "5" : text))
        #expect(DecimalNumber.read(Array(text.utf8)[...]) == .number(expected))
    }

    /// All digits that tell binary numbers apart, whole numbers between two of them, and any digits at all.
    @Test func isRoundedOnce() throws {
        var state: UInt64 = 20_261_129
        func draw() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
        var texts = [
            "9007199254740993", "9007199254740993e-3", "18446744073709551615", "9999999999999999999e19", "1e-19",
        ]
        for power in 0...19 {
            texts += ["4503599627370497.5", "9007199254740993", "9007199254740995", "18014398509481990"].map {
                "\($0)e\(power % 2 == 0 ? power : -power)"
            }
        }
        for _ in 0..<20_000 {
            let number = Double(bitPattern: draw())
            if number.isFinite { texts.append("\(number)") }
            texts.append("\(Double(draw() >> 11) / 9_007_199_254_740_992 * 1000)")
            let digits = "\(draw() % 10_000_000_000_000_000_000)"
            let point = Int(draw() % UInt64(digits.count))
            texts.append("\(digits.prefix(point)).\(digits.dropFirst(point))")
            texts.append("-\(digits)e\(Int(draw() % 45) - 22)")
        }
        for text in texts {
            #expect(DecimalNumber.read(Array(text.utf8)[...]) == .number(try #require(Double(text))), "\(text)")
        }
    }

    @Test(arguments: ["", "-", "1e", "0x10", "1,5", "1 2", "one", "1e+", "--1", "1.2.3"])
    func refuses(text: String) {
        #expect(DecimalNumber.read(Array(text.utf8)[...]) == .notANumber)
    }
}
