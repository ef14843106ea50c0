import Documents
import Testing
import Values

/// Numbers as text and text as numbers.
@Suite struct NumberTests {
    /// Expected texts by the exact value of each double, rounded half to even (checked with Python's `decimal`).
    @Test(arguments: [
        (".2f", 0.125, "0.12"), (".2f", 0.375, "0.38"), (".2f", 2.675, "2.67"), (".1f", 0.25, "0.2"), (".0f", 0.5, "0"),
        (".0f", 1.5, "2"), (".2f", -0.001, "0.00"), (".2f", -0.4, "−0.40"), ("+.2f", 0.4, "+0.40"), ("+.2f", 0, "0.00"),
        ("+.2f", -0.0, "0.00"), (".2f", 1e21, "1000000000000000000000.00"), (".2f", 9.999, "10.00"),
        (".3f", Double.leastNonzeroMagnitude, "0.000"),
        ("+.1%", 0.032, "+3.2%"), (".0%", 0.955, "95%"), (".0%", 0.965, "96%"), (".1%", 0.0005, "0.1%"),
        (".2%", 1e-9, "0.00%"),
        (".3g", 0.83, "0.830"), (".3g", 1234.5, "1230"), (".3g", 123456, "123000"), (".3g", 0.000012345, "0.0000123"),
        (".3g", 1e-9, "1.00×10⁻⁹"), (".3g", 0, "0.00"), (".2g", 99.9, "100"), (",", 1234567, "1\u{2009}234\u{2009}567"),
        (",", 999, "999"), (",.0f", 48_392.4, "48\u{2009}392"), (",.1f", 1000, "1\u{2009}000.0"),
        ("e", 12345, "1.23×10⁴"),
        (".1e", -0.00095, "−9.5×10⁻⁴"), (".2e", 9.999e9, "1.00×10¹⁰"), ("e", 0, "0.00"),
        ("+,.0f", 1234, "+1\u{2009}234"),
        ("p", 0.0312, "p = .03"), ("p", 0.0004, "p < .001"), ("p", 0.001, "p = .001"), ("p", 0.0496, "p = .050"),
        ("p", 0.0512, "p = .051"), ("p", 0.2, "p = .20"), ("p", 0.999, "p > .99"), ("p", 0.0051, "p = .005"),
        ("p", 0, "p < .001"), ("p", 1, "p > .99"), (".20f", 0.1, "0.10000000000000000555"), (".2", 1, "1.00"),
    ])
    func text(format: String, number: Double, text: String) {
        #expect(NumberFormat(parsing: format)?.text(number) == text)
    }

    @Test(arguments: [
        (0.1, "0.1"), (1.0 / 3, "0.333333"), (1234567, "1234567"), (1234567.8, "1234568"),
        (0.000123456789, "0.000123457"),
        (1e-7, "1×10⁻⁷"), (123e20, "1.23×10²²"), (0, "0"), (-2, "−2"), (.infinity, "∞"), (-.infinity, "−∞"),
        (1.7976931348623157e308, "1.79769×10³⁰⁸"), (Double.leastNonzeroMagnitude, "4.94066×10⁻³²⁴"),
    ])
    func plain(number: Double, text: String) {
        #expect(NumberFormat().text(number) == text)
    }

    @Test(arguments: [
        "", ".f", "f", "%", ".2", "2f", ".2f ", "..2f", ".2ff", ".-1f", ".21f", "+", "p .2f", "interval", "interval ",
        "interval p", "intervals .2f", ".0g", "g", "+,.3g", ",+.2f", "interval +.1%", "interval,.0f",
    ])
    func parsing(text: String) {
        let sound = [".2", "+", "interval", "+,.3g", "interval +.1%"]
        #expect((NumberFormat(parsing: text) != nil) == sound.contains(text))
    }

    @Test(arguments: [
        ".2f", "+.1%", ".3g", ",", ",.0f", "e", ".2e", "p", "interval .2f", "interval", "+,.3g", "interval +.1%",
    ])
    func descriptionsReadBack(text: String) {
        #expect(NumberFormat(parsing: text)?.description == text)
    }

    @Test func values() {
        let object: Value = ["estimate": 0.8349, "interval": [0.4, nil], "p": 0.03]
        #expect(NumberFormat(parsing: "interval .2f")?.text(of: object) == "0.83 [0.40, ∞]")
        #expect(NumberFormat(parsing: ".1f")?.text(of: object) == "0.8")
        #expect(NumberFormat(parsing: "p")?.text(of: object) == "p = .03")
        #expect(NumberFormat(parsing: "interval .1f")?.text(of: [nil, -2]) == "[−∞, −2.0]")
        let set: Value = ["kind": "union", "intervals": [[nil, -1], [2, nil]]]
        #expect(
            NumberFormat(parsing: "interval .0f")?.text(of: ["estimate": 3, "interval": set]) == "3 [−∞, −1] ∪ [2, ∞]")
        #expect(NumberFormat().text(of: "new users") == "new users")
        #expect(NumberFormat(parsing: ".2f")?.text(of: "new users") == nil)
        #expect(NumberFormat().text(of: [1, 2]) == nil)
        #expect(NumberFormat().text(of: ["se": 1]) == nil)
        #expect(NumberFormat(parsing: "interval .2f")?.text(of: ["estimate": 1]) == nil)
        #expect(NumberFormat().text(of: nil) == nil)
    }

    @Test(arguments: [
        ("+3.2%", 0.032, 3), ("−0.40", -0.4, 2), ("-0.40", -0.4, 2), (".03", 0.03, 2), ("1,234,567", 1_234_567, 0),
        ("1\u{2009}200.5", 1200.5, 1), ("1 200", 1200, 0), ("4.1 pp", 0.041, 3), ("4.1pp", 0.041, 3), ("5 %", 0.05, 2),
        ("1.2e-5", 1.2e-5, 6), ("about 12.", 12, 0), ("(12)", 12, 0), ("$3", 3, 0), ("p = .03", 0.03, 2),
        ("2026", 2026, 0),
    ])
    func written(text: String, value: Double, places: Int) throws {
        let found = WrittenNumber.all(in: text)
        let first = try #require(found.first)
        #expect(found.count == 1)
        #expect(first.number.value == value && first.number.places == places)
    }

    @Test(arguments: ["", "words", "Q3", "2nd", "COVID-19", "x2", "3D", "v1_2"])
    func notWritten(text: String) {
        #expect(WrittenNumber.all(in: text).isEmpty)
    }

    @Test func several() {
        let text = "é 0.83 [0.40, −1.27] from 1, 2"
        let numbers = WrittenNumber.all(in: text)
        #expect(numbers.map(\.number.value) == [0.83, 0.4, -1.27, 1, 2])
        let bytes = Array(text.utf8)
        #expect(
            numbers.map { String(decoding: bytes[$0.range], as: UTF8.self) } == ["0.83", "0.40", "−1.27", "1", "2"])
    }

    @Test(arguments: [
        ("+3.2%", 0.0324, true), ("+3.2%", 0.0326, false), ("3.2%", -0.032, false), ("0.00", -0.001, true),
        ("12", 12.4, true),
        ("-0.40", -0.399, true), ("1,200", 1200.4, true), ("1.2e-5", 1.23e-5, true), ("1.2e-5", 1.26e-5, false),
        ("0.12", 0.125, true), ("100", 99.7, true), (".05", 0.049, true), ("4.1 pp", 0.0412, true),
    ])
    func rounding(text: String, result: Double, holds: Bool) {
        #expect(WrittenNumber.all(in: text).first?.number.isRounding(of: result) == holds)
    }

    @Test(arguments: [
        ("+3.2%", 0.0412, "+4.1"), ("+3.2%", -0.0412, "-4.1"), ("−0.40", -0.55, "−0.55"), ("0.4", -0.55, "-0.6"),
        (".03", 0.0412, ".04"), ("1,234", 9_876_543, "9,876,543"), ("12", 11.5, "12"), ("1.2e-5", 3.45e-5, "3.4e-5"),
        ("0.40", -0.001, "0.00"), ("4.1 pp", 0.05, "5.0"), ("1 200", 999, "999"),
    ])
    func rewriting(text: String, result: Double, new: String) {
        #expect(WrittenNumber.all(in: text).first?.number.text(result) == new)
    }
}
