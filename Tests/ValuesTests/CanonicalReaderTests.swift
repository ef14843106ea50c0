import Testing
import Values

@Suite struct CanonicalReaderTests {
    /// The example of RFC 8785, 3.2.2 to 3.2.3, in its canonical form.
    static let example =
        #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
        + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#

    @Test func readsWhatIsWritten() throws {
        let value = try #require(Value(canonicalJSON: Self.example.utf8))
        #expect(value["numbers"]?.list?.map(\.number) == [333333333.3333333, 1e30, 4.5, 0.002, 1e-27])
        #expect(value["string"] == "€$\u{0F}\nA'B\"\\\\\"/")
        #expect(value.canonicalJSON == Self.example)
        for value: Value in [
            nil, true, "", [], [:], ["é": 1, "z": 2], [[[]]], -1.5, 1e21, 1e-7, 123_456_789_012_345_680,
            "\u{7F}\u{2028}",
            ["\u{10000}": 1, "\u{FFFF}": 2],
        ] { #expect(Value(canonicalJSON: value.canonicalBytes)?.canonicalJSON == value.canonicalJSON) }
    }

    @Test(arguments: [
        "", " 1", "1 ", "1\n", "01", "1.0", "1e2", "-0", "+1", "1e400", ".5", "1.", "NaN", "1E30", "1e30",
        #""\/""#, #""\u0041""#, #""\u000A""#, #""\u001F""#, "\"\u{01}\"", #"""#, #""\""#, "[1,]", "[1 ,2]", "[", "[1",
        #"{"b":1,"a":2}"#, #"{"a":1,"a":1}"#, #"{"a":1,}"#, #"{"a" :1}"#, "{1:2}", "{", "tru", "truex", "nul", "1 2",
        // One key to Swift, two to JSON: e with a combining accent, and é.
        "{\"e\u{301}\":1,\"\u{E9}\":2}",
        // UTF-16 sorts U+10000, a pair of surrogates, before U+FFFF.
        "{\"\u{FFFF}\":2,\"\u{10000}\":1}",
    ])
    func refusesEveryOtherForm(text: String) { #expect(Value(canonicalJSON: text.utf8) == nil) }

    @Test func refusesBytesThatAreNoText() {
        #expect(Value(canonicalJSON: [0x22, 0xFF, 0x22]) == nil)
        #expect(Value(canonicalJSON: [0x22, 0xC0, 0x80, 0x22]) == nil)
        #expect(Value(canonicalJSON: Array(repeating: UInt8(ascii: "["), count: 100_000)) == nil)
    }

    /// Whatever single byte of canonical JSON is another, what is still read is written as it was read.
    @Test func whatIsReadIsWrittenAsItWas() {
        let bytes = Array(Self.example.utf8)
        var read = 0
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max where byte != bytes[index] {
                var changed = bytes
                changed[index] = byte
                guard let value = Value(canonicalJSON: changed) else { continue }
                read += 1
                #expect(value.canonicalBytes == changed)
            }
        }
        #expect(read > 100)
    }
}
