import Diagnostics
import Testing

@testable import LanguageServer

@Suite struct TextTests {
    // MARK: Positions

    /// "é" has two bytes and one unit of UTF-16, "🎉" four and two.
    @Test func charactersAreCountedInUnits() {
        let file = SourceFile(path: "a.md", text: "ab\r\né🎉c\n\nlast")
        let places = [
            (0, 0, 0, 0), (2, 0, 2, 2), (4, 1, 0, 0), (6, 1, 1, 2), (10, 1, 3, 6), (11, 1, 4, 7), (12, 2, 0, 0),
            (17, 3, 4, 4),
        ]
        for (offset, line, utf16, utf8) in places {
            for (encoding, character) in [(PositionEncoding.utf16, utf16), (.utf8, utf8)] {
                let position = LSP.Position(line: line, character: character)
                #expect(encoding.position(of: offset, in: file) == position)
                #expect(encoding.offset(of: position, in: file) == offset)
            }
        }
    }

    @Test func positionsOutsideTheTextAreItsNearest() {
        let file = SourceFile(path: "a.md", text: "ab\r\n🎉c\n")
        func offset(_ line: Int, _ character: Int) -> Int {
            PositionEncoding.utf16.offset(of: LSP.Position(line: line, character: character), in: file)
        }
        #expect(offset(0, 99) == 2)
        // Inside a pair of units.
        #expect(offset(1, 1) == 4)
        #expect(offset(9, 0) == 10)
        #expect(offset(-1, 5) == 0)
        #expect(offset(1, -3) == 4)
    }

    @Test func theFirstKnownEncodingIsTaken() {
        #expect(PositionEncoding(offered: nil) == .utf16)
        #expect(PositionEncoding(offered: ["utf-32", "utf-8", "utf-16"]) == .utf8)
        #expect(PositionEncoding(offered: ["utf-32"]) == .utf16)
    }

    // MARK: Edits

    /// Edits by units of UTF-16 against a text that is kept as an array of them.
    @Test(arguments: 0..<40) func editsMakeTheTextThatTheEditorHas(seed: UInt64) {
        var chance = Chance(seed)
        let pieces = ["a", "é", "🎉", "\n", "\r\n", "x y", "", "👨‍👩‍👧"]
        var units = Array("first 🎉 line\nsecond\n".utf16)
        var document = OpenDocument(
            uri: "file:///a.md", path: "/a.md", version: 1, text: String(decoding: units, as: UTF16.self))
        for version in 2..<30 {
            // Only between characters: no editor cuts one in two.
            let text = String(decoding: units, as: UTF16.self)
            let indices = Array(text.unicodeScalars.indices) + [text.endIndex]
            let breaks = indices.map { $0.utf16Offset(in: text) }.filter {
                $0 == 0 || $0 == units.count || !(units[$0 - 1] == 13 && units[$0] == 10)
            }
            let (a, b) = (breaks.randomElement(using: &chance) ?? 0, breaks.randomElement(using: &chance) ?? 0)
            let (lower, upper) = (min(a, b), max(a, b))
            func position(_ offset: Int) -> LSP.Position {
                let before = units[..<offset]
                let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
                return LSP.Position(line: before.count { $0 == 10 }, character: offset - start)
            }
            let new = pieces.randomElement(using: &chance) ?? ""
            let range = LSP.Range(start: position(lower), end: position(upper))
            document.apply([.init(range: range, text: new)], version: version, .utf16)
            units.replaceSubrange(lower..<upper, with: new.utf16)
            #expect(document.file.text == String(decoding: units, as: UTF16.self))
        }
        #expect(document.version == 29)
    }

    @Test func aChangeWithoutARangeIsTheWholeText() {
        var document = OpenDocument(uri: "file:///a.md", path: "/a.md", version: 1, text: "old")
        let zero = LSP.Range.zero
        document.apply([.init(range: nil, text: "new"), .init(range: zero, text: "a ")], version: nil, .utf8)
        #expect(document.file.text == "a new")
        #expect(document.version == 2)
    }

    // MARK: Shifts

    @Test func placesMoveWithTheirText() {
        let before = SourceFile(path: "a.md", text: "one two three")
        let after = SourceFile(path: "a.md", text: "one 🎉 two three")
        let shift = TextShift(from: before, to: after)
        func text(_ lower: Int, _ upper: Int) -> String? {
            shift(SourceRange(file: before, lower: lower, upper: upper))?.text
        }
        #expect(text(0, 3) == "one")
        #expect(text(4, 7) == "two")
        #expect(text(8, 13) == "three")
        // The edit stands inside.
        #expect(text(0, 7) == nil)
    }

    // MARK: Addresses

    @Test(arguments: [
        ("file:///home/ann/a%20b.md", "/home/ann/a b.md"), ("file://localhost/a.md", "/a.md"),
        ("file:/a/%F0%9F%8E%89.md", "/a/🎉.md"), ("FILE:///a.md?x#y", "/a.md"),
    ])
    func filesHaveAddresses(uri: String, path: String) { #expect(DocumentURI.path(of: uri) == path) }

    @Test(arguments: [
        "untitled:Untitled-1", "http://a/b.md", "file://host/a.md", "file:a.md", "file:///a%00b", "",
    ])
    func otherAddressesAreNoFiles(uri: String) { #expect(DocumentURI.path(of: uri) == nil) }

    @Test func addressesReadBack() {
        let path = "/home/ann/50% of all: é🎉/a+b.md"
        let uri = DocumentURI.uri(of: path)
        #expect(uri == "file:///home/ann/50%25%20of%20all%3A%20%C3%A9%F0%9F%8E%89/a%2Bb.md")
        #expect(DocumentURI.path(of: uri) == path)
    }
}
