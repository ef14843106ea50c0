import Testing

@testable import Values

@Suite struct CanonicalJSONTests {
    /// The number samples of RFC 8785, appendix B.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0xbece_cb74_1b3e_5e4c as UInt64, Value.ecmaScript(Double(bitPattern: 0xbece_cb74_1b3e_5e4c))),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func numbers(bits: UInt64, text: String) {
        #expect(Value.ecmaScript(Double(bitPattern: bits)) == text)
    }

    @Test func sortsMembersAndEscapes() {
        let value: Value = ["b": 1, "a": ["x\n\u{1}\"é", nil, true]]
        #expect(value.canonicalJSON == #"{"a":["x\n\u0001\"é",null,true],"b":1}"#)
    }

    @Test func nonFiniteBecomesNull() {
        #expect(Value([1, .infinity, -.infinity, .nan]).canonicalJSON == "[1,null,null,null]")
    }
}

@Suite struct ResultPathTests {
    @Test(arguments: ["a", "a.b-c", "a[0].b", #"a["page views"].estimate"#, #"a["x\"y"]"#])
    func readsAndWritesTheSame(text: String) throws {
        #expect(try #require(ResultPath(parsing: text)).description == text)
    }

    @Test(arguments: ["", ".", "a.", "a[", "a[x]", "a[\"b]", "a b", "a[-1]", "a..b"])
    func refuses(text: String) {
        #expect(ResultPath(parsing: text) == nil)
    }

    @Test func walks() throws {
        let value: Value = ["a": ["b": [1, 2, ["c": 3]]]]
        #expect(value[try #require(ResultPath(parsing: "a.b[2].c"))] == 3)
        guard case .missing(let component, let known) = value.walk(try #require(ResultPath(parsing: "a.x"))) else {
            Issue.record("a.x leads nowhere")
            return
        }
        #expect(component == 1)
        #expect(known == ["b"])
    }
}
