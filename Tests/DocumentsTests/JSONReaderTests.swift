import Diagnostics
import Documents
import Testing
import Values

/// JSON as RFC 8259 has it, with places.
@Suite struct JSONReaderTests {
    private func read(_ text: String) throws(JSONReader.Fault) -> OptionNode {
        try JSONReader.read(SourceFile(path: "a.json", text: text))
    }

    @Test func values() throws {
        let node = try read(#"{"a": [1, -2.5e3, true, null, {}], "b": "q\"\\\/\n\u00e9\uD83D\uDE00", "c": []}"#)
        #expect(node.value == ["a": [1, -2500, true, nil, .object([:])], "b": "q\"\\/\né😀", "c": []])
        #expect(node["a"]?.range.text == "[1, -2.5e3, true, null, {}]")
        #expect(node.entries.map(\.keyRange.text) == [#""a""#, #""b""#, #""c""#])
        #expect(try read("\u{FEFF} 1 \n").value == 1)
    }

    /// The fault stands where reading stopped, or where what is not closed begins.
    @Test(arguments: [
        ("", "1:1"), ("{", "1:1"), ("[1\n", "1:1"), ("[1 2]", "1:4"), ("[1,]", "1:4"), ("{\"a\" 1}", "1:6"),
        ("{a: 1}", "1:2"), ("{\"a\": 1, \"a\": 2}", "1:10"), ("\"a", "1:1"), ("[\"a\nb\"]", "1:2"), ("\"\\x\"", "1:2"),
        ("\"\\uD800\"", "1:2"), ("\"\\uD800\\u0041\"", "1:2"), ("\"\\u00g0\"", "1:2"), ("01", "1:1"), ("1.", "1:1"),
        ("-", "1:1"), ("1e", "1:1"), ("1e999", "1:1"), ("NaN", "1:1"), ("'a'", "1:1"), ("1 2", "1:3"),
        ("[\"a\tb\"]", "1:4"), ("// x\n1", "1:1"), ("{\n  \"a\": tru\n}", "2:8"),
    ])
    func faults(text: String, place: String) {
        let fault = #expect(throws: JSONReader.Fault.self) { try read(text) }
        let start = fault?.range.start
        #expect(start.map { "\($0.line):\($0.column)" } == place)
    }

    @Test func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try read(nested(100))
        #expect(throws: JSONReader.Fault.self) { try read(nested(101)) }
        #expect(throws: JSONReader.Fault.self) { try read(String(repeating: "{\"a\":", count: 200_000)) }
    }
}
