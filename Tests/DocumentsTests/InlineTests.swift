import Diagnostics
import Documents
import Testing
import Values

/// Values and claims in prose.
@Suite struct InlineTests {
    @Test func values() throws {
        let read = Read(
            """
            # Head `{a.b}`

            One `{a.b | +.1%}`, `` {a.b} ``, `x {a.b}`, **`{ c["d e"].f[0] | interval .2f }`** and

            | `{a.b \\| .3g}` | x |
            |---|---|
            | `{a.b}` | `{g.h \\| ,.0f}` |

            - > `{i.j}`

            `{k.l}`[^1]

            [^1]: Note `{m.n}`.
            """)
        #expect(read.faults.isEmpty)
        let values = try #require(read.document?.values).sorted { $0.key.lower < $1.key.lower }.map(\.value)
        #expect(
            values.map { "\($0.path)|\($0.format?.description ?? "")" } == [
                "a.b|", "a.b|+.1%", "c[\"d e\"].f[0]|interval .2f", "a.b|.3g", "a.b|", "g.h|,.0f", "i.j|", "k.l|",
                "m.n|",
            ])
        #expect(values[3].range.text == "`{a.b \\| .3g}`")
        #expect(values[3].range.start == SourceLocation(line: 9, column: 3))
    }

    @Test(arguments: [
        ("`{}`", "invalid-path"), ("`{a b}`", "invalid-path"), ("`{a.}`", "invalid-path"),
        ("`{a.b | .2q}`", "invalid-format"),
        ("`{a.b | }`", "invalid-format"), ("`{a.b | .2f | x}`", "invalid-format"), ("`{\"json\": 1}`", "invalid-path"),
    ])
    func malformedValues(span: String, code: String) {
        let read = Read("é " + span)
        #expect(read.faults == ["\(code): \(span)"])
        #expect(read.diagnostics[0].range?.start == SourceLocation(line: 5, column: 3))
        if code == "invalid-path" { #expect(Read(whole: read.fixed).faults.isEmpty) }
    }

    @Test(arguments: [
        ("[+3.2%](#a.b)", Claim.Condition.rounds), ("[3](#a.b \"within 0.1\")", .within(0.1)),
        ("[3.1%](#a.b \"within 0.1pp\")", .within(0.001)), ("[3](#a.b 'within 2%')", .withinRelative(0.02)),
        ("[x](#a.b \"> 0\")", .greater(0)), ("[x](#a.b \">0\")", .greater(0)), ("[x](#a.b \"< -.5\")", .less(-0.5)),
        ("[x](#a.b \">= 1\")", .greaterOrEqual(1)), ("[x](#a.b \"≤ 5%\")", .lessOrEqual(0.05)),
        ("[x](#a.b \"excludes 0\")", .excludes(0)), ("[x](#a.b \"includes −1\")", .includes(-1)),
        ("[x](#a.b \"p < .05\")", .pBelow(0.05)), ("[x](#a.b \"p > .1\")", .pAbove(0.1)),
        ("[x](#a.b \"p<.001\")", .pBelow(0.001)),
    ])
    func conditions(link: String, condition: Claim.Condition) {
        let read = Read(link)
        #expect(read.faults.isEmpty)
        #expect(read.document?.claims.values.map(\.condition) == [condition])
        #expect(read.document?.claims.values.map(\.path.description) == ["a.b"])
    }

    @Test(arguments: [
        ("[3](#a.b \"about\")", "invalid-condition"), ("[3](#a.b \"within\")", "invalid-condition"),
        ("[3](#a.b \"within -1\")", "invalid-condition"), ("[3](#a.b \"> 0 1\")", "invalid-condition"),
        ("[3](#a.b \"> x\")", "invalid-condition"), ("[3](#a.b \"p < 5\")", "invalid-condition"),
        ("[3](#a.b \"p = .05\")", "invalid-condition"), ("[3%](#a.b \"within 1\")", "invalid-condition"),
        ("[words](#a.b)", "claim-without-number"), ("[words](#a.b \"within 1\")", "claim-without-number"),
        ("[1 of 2](#a.b)", "claim-without-number"), ("[`{a.b}`](#a.b)", "claim-without-number"),
        ("[3](#a..b)", "invalid-path"), ("[3](#a.b[x)", "invalid-path"),
    ])
    func malformedClaims(link: String, code: String) {
        #expect(Read("é " + link).faults == ["\(code): \(link)"])
    }

    @Test(arguments: ["[x](#a)", "[x](#a-b)", "[3](b.md#a.b)", "[3](#)", "[x](https://a.b/#c.d)"])
    func plainLinks(link: String) {
        let read = Read(link)
        #expect(read.faults.isEmpty && read.document?.claims.isEmpty == true)
    }

    @Test func claimPlaces() throws {
        let read = Read("é [a **gain of +3.2%** here](#lift%5B\"page%20views\"%5D.mu \"> 0\") [x]\n\n[x]: #a.b '> 0'\n")
        #expect(read.faults.isEmpty)
        let claims = try #require(read.document?.claims).sorted { $0.key.lower < $1.key.lower }.map(\.value)
        #expect(claims.map(\.path.description) == ["lift[\"page views\"].mu", "a.b"])
        #expect(claims[0].text == "a gain of +3.2% here")
        #expect(claims[0].textRange.text == "a **gain of +3.2%** here")
        #expect(claims[0].numberRange?.text == "+3.2")
        #expect(claims[0].number?.value == 0.032)
        #expect(claims[1].number == nil && claims[1].range.text == "[x]")
    }

    @Test func claimInAScalar() throws {
        let read = Read("figure", "of: a.b\nkind: forest\ncaption: \"at \\\"x\\\" [3.1](#a.b)\"")
        let claim = try #require(read.document?.directives.first?.caption?.claims.values.first)
        #expect(claim.range.text == "\"at \\\"x\\\" [3.1](#a.b)\"" && claim.numberRange == nil)
        let exact = Read("figure", "of: a.b\nkind: forest\ncaption: \"at [3.1](#a.b)\"")
        #expect(exact.document?.directives.first?.caption?.claims.values.first?.numberRange?.text == "3.1")
    }
}
