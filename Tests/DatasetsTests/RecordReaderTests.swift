import Testing

@testable import Datasets

/// Rows as programs print them.
@Suite("Rows of a program")
struct RecordReaderTests {
    /// The cells of all rows, nil for missing ones; the text is fed in pieces of a size.
    static func rows(
        _ text: String, _ form: RowForm, end: String? = nil, piece: Int = 7
    ) throws(DataFault) -> [[String?]] {
        var reader = RecordReader(file: "client", form: form, end: end)
        var rows: [[String?]] = []
        func take(_ record: inout Record) throws(DataFault) {
            rows.append(
                (0..<record.count).map {
                    record.isAbsent($0) ? nil : String(decoding: record.cell($0), as: UTF8.self)
                })
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let bytes = Array(rest.prefix(piece))
            rest = rest.dropFirst(piece)
            var fault: DataFault?
            bytes.withUnsafeBytes { raw in
                do throws(DataFault) { try reader.take(raw, take) } catch { fault = error }
            }
            if let fault { throw fault }
        }
        try reader.take(nil, take)
        return rows
    }

    @Test("A line of JSON keeps texts and digits as they are", arguments: [1, 3, 1000])
    func arrays(_ piece: Int) throws {
        let text = #"["a\tb\n\"\\\/\u0041\ud83d\ude00",null,"null","NULL","NaN",NaN,12345678901234567890.0,-1.0E-300]"#
        let expected = ["a\tb\n\"\\/A😀", nil, "null", "NULL", "NaN", "NaN", "12345678901234567890.0", "-1.0E-300"]
        #expect(try Self.rows(text + "\r\n\n" + text, .arrays(8), piece: piece) == [expected, expected])
    }

    @Test("Objects tell their columns, in whatever order members come")
    func objects() throws {
        let text = #"{"b": 1, "a": "x"}"# + "\n" + #"{"a":"y","b":2}"# + "\n" + #"{"b":3}"# + "\n"
        var reader = RecordReader(file: "client", form: .objects)
        #expect(try Self.rows(text, .objects) == [["1", "x"], ["2", "y"], ["3", nil]])
        try Array(text.utf8).withUnsafeBytes { try reader.take($0) { (_) throws(DataFault) in } }
        #expect(reader.header == ["b", "a"])
        #expect(throws: DataFault.self) { try Self.rows(text + #"{"b":3,"c":1}"#, .objects) }
    }

    @Test(
        "What is no row is told",
        arguments: [
            "x", "[1", "[1]]", "[1,]", "[[1]]", #"[{"a":1}]"#, #"["a]"#, #"["\x"]"#, #"["\u12"]"#, "[1 2]", "[tru]",
            "[-]",
            "{}", "[1,2]", "WARN: something\n[1]",
        ])
    func faults(_ text: String) {
        #expect(throws: DataFault.self) { try Self.rows(text, .arrays(1)) }
    }

    @Test("An output that is cut anywhere is told where its end is known")
    func truncated() throws {
        let text = "[\"a\",1]\n[\"b\",2]\n[\"end\"]\n"
        #expect(try Self.rows(text, .arrays(2), end: "end").count == 2)
        // Of the end itself only the line's may be missing.
        for count in 0..<(text.utf8.count - 1) {
            let cut = String(decoding: text.utf8.prefix(count), as: UTF8.self)
            #expect(throws: DataFault.self, "\(cut)") { try Self.rows(cut, .arrays(2), end: "end") }
        }
        #expect(throws: DataFault.self) { try Self.rows(text + "[\"c\",3]\n", .arrays(2), end: "end") }
    }

    @Test("Cells are dropped from both ends of a row")
    func dropped() {
        var record = Record()
        for (place, text) in ["ab", "", "c", "de"].enumerated() { record.append(text.utf8, isAbsent: place == 1) }
        record.drop(first: 1, last: 1)
        #expect(
            record.count == 2 && record.isAbsent(0) && !record.isAbsent(1) && Array(record.cell(1)) == Array("c".utf8))
        record.drop(first: 2, last: 0)
        #expect(record.count == 0)
    }
}
