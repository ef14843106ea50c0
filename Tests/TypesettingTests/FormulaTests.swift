import Markup
import Testing
import Typesetting

/// What formulas become. Expected markup: the same formulas through KaTeX 0.16.4 in Node.js 20, with the changes that
/// MathML Core needs made by hand.
@Suite struct FormulaTests {
    @Test(arguments: [
        ("x", "<mi>x</mi>"),
        (#"\hat\tau^2"#, #"<mrow><msup><mover accent="true"><mi>τ</mi><mo>^</mo></mover><mn>2</mn></msup></mrow>"#),
        (#"\frac{a}{b}"#, "<mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow>"),
    ])
    func plain(tex: String, markup: String) throws {
        let found = try machineTypesetter().summary(tex)
        #expect(found == markup || found == "<mrow>\(markup)</mrow>")
    }

    /// Browsers show no other variant than `normal`.
    @Test(arguments: [
        (#"\mathbf{xA1}"#, "𝐱𝐀𝟏"), (#"\boldsymbol{\beta\Omega}"#, "𝜷𝛀"), (#"\mathbb{ER}"#, "𝔼ℝ"),
        (#"\mathcal{NH}"#, "𝒩ℋ"), (#"\mathfrak{gC}"#, "𝔤ℭ"), (#"\mathsf{S2}"#, "𝖲𝟤"), (#"\mathtt{T}"#, "𝚃"),
    ])
    func letters(tex: String, letters: String) throws {
        let found = try machineTypesetter().summary(tex)
        #expect(found.replacing(/<[^>]*>/, with: "") == letters)
        #expect(!found.contains("mathvariant"))
    }

    @Test func upright() throws {
        #expect(try machineTypesetter().summary(#"\Sigma"#).contains(#"<mi mathvariant="normal">Σ</mi>"#))
    }

    /// No attribute aligns columns in MathML Core.
    @Test func alignedColumns() throws {
        let found = try machineTypesetter().summary(#"\begin{aligned} a &= b \\ c &= d \end{aligned}"#)
        #expect(found.contains(#"<mtd class="right">"#) && found.contains(#"<mtd class="left joined">"#))
        #expect(!found.contains("columnalign"))
    }

    @Test func theWholeElement() throws {
        let typesetter = machineTypesetter()
        #expect(
            try typesetter.mathML("x<1", isDisplay: true).get().serialised
                == #"<math display="block" alttext="x&lt;1"><mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow></math>"#)
        #expect(try typesetter.mathML("x", isDisplay: false).get().serialised.hasPrefix(#"<math alttext="x">"#))
    }

    /// One formula's definitions are none of the next one's.
    @Test func formulasStandAlone() throws {
        let typesetter = machineTypesetter()
        #expect(try typesetter.summary(#"\gdef\E{\mathbb{E}}\E"#).contains("𝔼"))
        #expect(try typesetter.summary(#"\E"#).contains("no command"))
    }

    @Test(arguments: [
        (#"a + \foo"#, #"4-8 '\foo' is no command that a formula knows"#),
        (#"é\begin{foo}"#, "8-13 A formula knows no environment 'foo'"),
        ("a {b", "3-4 The formula ends before its '}'"),
        ("}", "0-1 '}' closes something that was never opened"),
        ("a & b", "2-3 '&' stands in an environment, such as aligned"),
        ("x^2^3", "3-4 A base has one superscript; braces say which belongs to what"),
        ("x_", "1-2 '_' has something behind it"),
        (#"\hspace{1zz}"#, "8-11 A length has a unit of TeX's, such as em; 'zz' is none"),
        (#"a + \frac{1}"#, "11-12 A group '{' ends with '}'"),
        (#"𝐱 + \foo"#, #"7-11 '\foo' is no command that a formula knows"#),
    ])
    func faults(tex: String, said: String) throws {
        #expect(try machineTypesetter().summary(tex) == said)
    }

    @Test(arguments: [
        #"\href{https://example.com}{x}"#, #"\url{https://example.com}"#, #"\includegraphics{x.png}"#,
        #"\htmlClass{a}{x}"#, #"\htmlStyle{color:red}{x}"#, #"\htmlData{a=b}{x}"#, #"\htmlId{a}{x}"#,
    ])
    func refused(tex: String) throws {
        #expect(try machineTypesetter().summary(tex).contains("is refused"))
    }

    /// TeX that would never end, or only after an hour.
    @Test(
        arguments: [
            #"\def\a{\a\a}\a"#,
            #"\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c\c\c}\d\d"#,
            #"\def\a#1{\a{#1#1}}\a{x}"#,
            String(repeating: "{", count: 4000), String(repeating: #"\sqrt"#, count: 1900) + "x",
            String(repeating: "x^{", count: 59) + "x" + String(repeating: "}", count: 59),
            String(repeating: #"\left("#, count: 1500), String(repeating: "x_", count: 4000),
            String(repeating: "a&", count: 4000), String(repeating: "x", count: 10_001),
        ])
    func bombs(tex: String) throws {
        let typesetter = machineTypesetter()
        _ = try typesetter.summary(tex)
        #expect(try typesetter.summary("x").contains("<mi>x</mi>"))
    }
}
