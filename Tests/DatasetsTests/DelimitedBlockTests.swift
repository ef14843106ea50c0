import Digests
import Testing
import Workspace

@testable import Datasets

/// Files of several blocks, of which every cell is known.
@Suite struct DelimitedBlockTests {
    /// Rows of several MiB; every seventh cell is quoted with line ends, quotes and delimiters in it.
    private static func table(lineEnd: String) -> (text: String, rows: [[String]], lines: [Int]) {
        var text = "id,name,note" + lineEnd
        var rows: [[String]] = []
        var lines: [Int] = []
        var line = 2
        for index in 0..<60_000 {
            let isOdd = index % 7 == 3
            let note = isOdd ? "a \"b\",\nc \(index)\n" : "plain text of some length \(index * 7919)"
            rows.append(["\(index)", index % 5 == 0 ? "" : "name \(index % 11)", note])
            lines.append(line)
            let written = isOdd ? "\"" + note.replacing("\"", with: "\"\"") + "\"" : note
            text += "\(index),\(rows[index][1]),\(written)\(lineEnd)"
            line += isOdd ? 3 : 1
        }
        return (text, rows, lines)
    }

    private func frame(_ text: String) throws -> (Frame, FrameSurvey, MemoryFileSystem) {
        let files = MemoryFileSystem(["/p/a.csv": text])
        var frame = Frame(
            files: [.init(path: "/p/a.csv", shown: "a.csv", format: .csv)], missing: ["none"], filter: nil)
        let survey = try FrameSurvey(of: &frame, in: files)
        return (frame, survey, files)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyCellIsReadOnce(lineEnd: String) throws {
        let (text, rows, lines) = Self.table(lineEnd: lineEnd)
        let (frame, survey, files) = try frame(text)
        #expect(text.utf8.count > 2 << 20)
        #expect(survey.rows == rows.count && survey.kept == rows.count)
        #expect(survey.columns.map(\.missing) == [0, 0, 0] && survey.columns.map(\.numbers) == [60_000, 0, 0])
        #expect(frame.fingerprints == [.init(bytes: text.utf8.count, sha256: sha256(text.utf8))])
        var read: [[String]] = []
        var places: [Int] = []
        try frame.forEachRow(in: files) { (row) throws(DataFault) in
            read.append([try row.text(0) ?? "", try row.text(1) ?? "", try row.text(2) ?? ""])
            places.append(row.line)
        }
        #expect(read == rows)
        #expect(places == lines)
        // The same by blocks, which are read by several threads.
        var blocks = 0
        var (cells, found): ([[String]], [Int]) = ([], [])
        try frame.forEachBlock(in: files) { block in
            var part: [(line: Int, cells: [String])] = []
            try? block.forEachRow { (row) throws(DataFault) in
                part.append((row.line, [try row.text(0) ?? "", try row.text(1) ?? "", try row.text(2) ?? ""]))
            }
            return part
        } take: { (part, before) throws(DataFault) in
            blocks += 1
            cells += part.map(\.cells)
            found += part.map { $0.line + before }
        }
        #expect(cells == rows)
        #expect(found == lines)
        #expect(blocks > 2)
    }

    /// A fault far behind is told with its line, and by the survey, which comes first.
    @Test(arguments: [("1,2\n", "as many cells"), ("1,2,x\"y\n", "whole cell"), ("1,2,\u{0}\n", "NUL")])
    func faultsHaveTheirLines(row: String, rule: String) throws {
        let (text, rows, lines) = Self.table(lineEnd: "\n")
        // The last row is no quoted one.
        let line = try #require(lines.last) + 1
        #expect(rows.count % 7 != 4)
        #expect {
            try frame(text + row + text)
        } throws: {
            guard let fault = $0 as? DataFault else { return false }
            return fault.message.contains(rule) && fault.line == line
        }
    }

    /// What a program writes comes in pieces of any size.
    @Test(arguments: [1, 2, 3, 7, 64, 1000])
    func piecesMayEndAnywhere(size: Int) throws {
        let text = "\u{FEFF}a,b\r\n\"x,\"\"y\"\"\nz\",1\r\n,\"\"\n\nq,2\r3,\"\r\n\"\r\r\n5,6"
        var parser = DelimitedParser(file: "a.csv", delimiter: UInt8(ascii: ","))
        var rows: [[String]] = []
        var lines: [Int] = []
        let visit = { (record: inout Record) throws(DataFault) in
            rows.append((0..<record.count).map { String(decoding: record.cell($0), as: UTF8.self) })
            lines.append(record.line)
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBufferPointer {
                (piece) throws(DataFault) in
                try parser.feed(UnsafeRawBufferPointer(piece), visit)
            }
        }
        try parser.finish(visit)
        #expect(
            rows == [["a", "b"], ["x,\"y\"\nz", "1"], ["", ""], ["q", "2"], ["3", "\r\n"], ["5", "6"]])
        #expect(lines == [1, 2, 4, 6, 7, 10])
    }
}

@Suite struct NameCodesTests {
    @Test func textsAreNumberedAsTheyCome() {
        var codes = NameCodes(["1"])
        let names = (0..<5000).map { "name \($0 * 7 % 5000)" }
        func code(_ name: String) -> Int? { Array(name.utf8).withUnsafeBufferPointer { codes.code(of: $0) } }
        for (index, name) in (names + names).enumerated() { #expect(code(name) == index % 5000 + 1) }
        #expect(code("1") == 0 && code("") == 5001)
        #expect([0xFF].withUnsafeBufferPointer { codes.code(of: $0) } == nil)
        #expect(codes.names.count == 5002)
    }
}
