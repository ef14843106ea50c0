import Testing

@testable import Diagnostics

@Suite struct SourceFileTests {
    @Test func columnsCountScalars() {
        let file = SourceFile(path: "a.md", text: "é\u{1F600}x\r\ny\rz")
        #expect(file.lineCount == 3)
        #expect(file.location(at: 6) == SourceLocation(line: 1, column: 3))
        #expect(file.location(at: 9) == SourceLocation(line: 2, column: 1))
        #expect(file.line(1) == "é\u{1F600}x")
        #expect(file.line(3) == "z")
    }

    @Test(arguments: [("metanalysis", "meta-analysis"), ("prxoy", "proxy"), ("dta", "data"), ("python", nil)])
    func suggestions(word: String, meant: String?) {
        #expect(nearestWord(to: word, among: ["data", "effects", "proxy", "meta-analysis"]) == meant)
    }
}
