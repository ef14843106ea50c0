import Testing

@testable import Service

@Suite struct JSONTreeReaderTests {
    private func read(_ text: String) throws -> JSONTree { try JSONTreeReader.read(Array(text.utf8)) }

    private func fault(_ text: String) -> JSONTreeReader.Fault? {
        do throws(JSONTreeReader.Fault) {
            _ = try JSONTreeReader.read(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    /// Against the standard library, whose reading is correctly rounded.
    @Test func numbersAreTheNearestDoubles() throws {
        var state: UInt64 = 11
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 24) % bound
        }
        var texts = [
            "0", "-0", "0.1", "1e22", "1e23", "9007199254740993", "9007199254740992.5",
            "123456789012345678901234567890",
            "5e-324", "1.7976931348623157e308", "0.00000000000000000000000000000001", "3E+2", "2.5e-3", "1e-400",
            "72057594037927945", "0.000000000000000000000000000001e30",
        ]
        for _ in 0..<20_000 {
            let whole = next(10) == 0 ? next(1 << 40) : next(1000)
            let digits = String(next(1 << 40))
            let exponent = next(4) == 0 ? "e\(Int(next(60)) - 30)" : ""
            texts.append("\(next(2) == 0 ? "-" : "")\(whole).\(digits)\(exponent)")
        }
        for text in texts {
            let expected = try #require(Double(text), "\(text)")
            let number = try #require(try read(text).number)
            #expect(number.bitPattern == expected.bitPattern, "\(text)")
        }
    }

    @Test func whatIsTooLargeIsInfinite() throws {
        #expect(try read("1e309") == .number(.infinity))
        #expect(try read("-1e99999999999999999999") == .number(-.infinity))
    }

    @Test func valuesAreRead() throws {
        let tree = try read(#" {"a":[1,true,null,"x"],"b":{"a":{}},"a":[] , "\u0061b\"\n\uD83D\uDE00":"é"} "#)
        #expect(
            tree
                == .object([
                    .init(name: "a", value: .list([.number(1), .boolean(true), .null, .string("x")])),
                    .init(name: "b", value: .object([.init(name: "a", value: .object([]))])),
                    .init(name: "a", value: .list([])),
                    .init(name: "ab\"\n😀", value: .string("é")),
                ]))
        // A name that another begins with is not that one.
        #expect(try read(#"{"ab":1,"a":2,"abc":3}"#).members?.map(\.name) == ["ab", "a", "abc"])
    }

    @Test(arguments: [
        "", " ", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "[1 2]", "01", "1.", ".5", "+1", "1e", "- 1", "tru",
        "nul",
        "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "1 1", "NaN", "Infinity",
        "-Infinity",
        "[1,2}", "'a'", "{\"a\":1,}", "\u{FEFF}1",
    ])
    func whatIsNoJSONIsTold(text: String) {
        #expect(fault(text) != nil)
    }

    @Test func brokenBytesAreTold() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0x5C, 0x6E, 0xED, 0xA0, 0x80, 0x22]] {
            #expect(throws: JSONTreeReader.Fault.self) { try JSONTreeReader.read(bytes) }
        }
    }

    @Test func placesAreTold() {
        #expect(fault("[1, x]")?.offset == 4)
        #expect(fault("[NaN]")?.message == "JSON has no NaN and no Infinity")
    }

    @Test func nestingIsLimited() {
        let deep = JSONTreeReader.deepestNesting
        #expect(fault(String(repeating: "[", count: deep) + String(repeating: "]", count: deep)) == nil)
        #expect(fault(String(repeating: "[", count: deep + 1)) != nil)
        #expect(fault(String(repeating: "[", count: 1_000_000)) != nil)
        #expect(fault(String(repeating: "{\"a\":", count: 1_000_000)) != nil)
    }
}
