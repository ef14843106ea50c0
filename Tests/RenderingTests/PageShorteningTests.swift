import Diagnostics
import Documents
import Markup
import PresentationSupport
import Reports
import Testing

@testable import Rendering

/// Pages in their short form say what the long ones say.
@Suite struct PageShorteningTests {
    private static func page(isShort: Bool) throws -> String {
        let document = SampleAnalysis.document()
        var diagnostics: [Diagnostic] = []
        let report = Report.assemble(
            document: document, results: SampleAnalysis.results(document, isComplete: true), toolVersion: "0.1.0",
            diagnostics: &diagnostics)
        let file = try #require(try render(report, name: "p", formats: [.html], isShort: isShort).files.first)
        return String(decoding: file.bytes, as: UTF8.self)
    }

    @Test func isMuchShorter() throws {
        let short = try Self.page(isShort: true)
        // The numbers of figures are as many in either.
        let data = /<details class="source data">(?s:.*?)<\/details>/
        let counts = [short, try Self.page(isShort: false)].map { $0.replacing(data, with: "").utf8.count }
        #expect(counts[0] < counts[1] * 6 / 10)
        // The same page every time.
        #expect(try Self.page(isShort: true) == short)
    }

    /// Pieces of a long body are made apart from each other, and most become text before the page is looked at as a whole.
    @Test func longBodiesStayInOrder() throws {
        let tabs = "<!-- tabs -->\n\n## One\n\nx\n\n<!-- /tabs -->\n\n"
        var text = ""
        for index in 0..<300 { text += index % 100 == 50 ? tabs : "Paragraph \(index) & *so on*.\n\n" }
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "Analyses/a.md", text: text)
        let parsed = AnalysisDocument.parse(
            source, includes: { _, range, _ in .failure(.error(.includeCycle, "none", at: range)) },
            diagnostics: &diagnostics)
        let document = try #require(parsed)
        let report = Report.assemble(
            document: document, results: SampleAnalysis.results(document, isComplete: true), toolVersion: "0.1.0",
            diagnostics: &diagnostics)
        let pages = try [true, false].map { isShort in
            let file = try #require(try render(report, name: "p", formats: [.html], isShort: isShort).files.first)
            let page = String(decoding: file.bytes, as: UTF8.self)
            let first = try #require(page.firstRange(of: "<p>Paragraph 0 ")).lowerBound
            return page[first..<(try #require(page.firstRange(of: "<p>Paragraph 299 ")).upperBound)]
        }
        // The short form lacks what it can do without.
        let same = pages.map { $0.replacing("</p>", with: "").replacing("=\"\"", with: "").replacing("\"", with: "") }
        #expect(same[0] == same[1].replacing("</li>", with: ""))
        let numbers = pages[0].split(separator: "<p>Paragraph ").compactMap { part in
            Int(part.prefix { $0.isNumber })
        }
        #expect(numbers == (0..<300).filter { $0 % 100 != 50 })
        #expect((1...3).allSatisfy { pages[0].contains("name=tabs:\($0)") })
    }

    private static func value(_ source: String, value: String? = nil) -> MarkupNode {
        .tag("data", ["class": "value", "value": value, "data-source": source], text: "1")
    }

    @Test func lineagesSayOnceWhatTheyShare() {
        let node = MarkupNode.fragment([
            Self.value("proxy a · line 1\nx.y = 0.5\nfrom \"b\"\nc.csv · sha256 1", value: "0.5"),
            .tag("p", [:], [Self.value("proxy a · line 1\nx.z\nfrom \"b\"\nc.csv · sha256 1", value: "0.5")]),
            Self.value("data b · line 2\nrows = 3\n</style>", value: "3"),
        ])
        var shortening = PageShortening([node])
        let short = shortening.short(node)
        #expect(
            short.serialised == """
                <data class="value s1" value="0.5" data-p="x.y">1</data>\
                <p><data class="value s1" value="0.5" data-source="x.z">1</data></p>\
                <data class="value" value="3" data-source="data b · line 2&#10;rows = 3&#10;&lt;/style&gt;">1</data>
                """)
        #expect(
            shortening.rules.contains(
                #":root{--d1:"\A c.csv · sha256 1"}"# + "\n"
                    + #".s1{--before:"proxy a · line 1\A ";--after:"\A from \22 b\22 " var(--d1)}"# + "\n"))
        #expect(!shortening.rules.contains("<"))
    }

    @Test(arguments: [
        ("a,\n b{\n  c:d;\n  e:f  g\n    h;\n}\n\n/* { */.i{}\n", "a,b{c:d;e:f g h}"),
        (".in.out a{b:c}.in{b:c}", ".in{b:c}"),
        ("hr{b:c}p hr,p>b{b:c}#hr:hover{b:c}body{b:c}", "p hr,p>b{b:c}#hr:hover{b:c}body{b:c}"),
        (".out,.in{b:c}.out,.out a{b:c}", ".out,.in{b:c}"),
        ("@media(max-width:9px){.out{b:c}}@media print{.out{b:c}.in{b:c}}", "@media print{.in{b:c}}"),
        (":is(.out,a){b:c}a:not(.out){b:c}[x=\".out\"]{b:c}", ":is(.out,a){b:c}a:not(.out){b:c}[x=\".out\"]{b:c}"),
        ("a::after{content:\"}  .out{\"}", "a::after{content:\"}  .out{\"}"),
        ("@page{margin:1mm}@import url(a;b);a{b:url(c;d)}", "@page{margin:1mm}@import url(a;b);a{b:url(c;d)}"),
        ("a{b:c;.out{d:e}}", "a{b:c;.out{d:e}}"), ("a{b:c", "a{b:c}"), (".\\6fut{b:c}", ".\\6fut{b:c}"),
        ("a{content:'\\'}'}", "a{content:'\\'}'}"), ("", ""), ("}a{b:c}", "a{b:c}"),
    ])
    func stylesKeepWhatCanMatch(style: String, short: String) {
        #expect(shortCSS(style, for: "<a><b><p class=\"in\">") == short)
    }

    /// What a number's class says the value in the cell says; where a value stands otherwise, the cell does.
    @Test func cellsOfNumbers() {
        let number = Self.value("a")
        let cells: [(before: String?, children: [MarkupNode], after: String?)] = [
            ("right", [number], nil), (nil, [number], "left"), ("long", [number], "long left"),
            ("right", [.text("about "), number], "right"), (nil, [.text("about "), number], "left"),
            ("center", [number], "center"), ("right", [.text("a")], "right"), (nil, [.text("a")], nil),
            ("right", [number, number], "right"), ("right", [.fragment([number])], nil),
        ]
        for cell in cells {
            let node = MarkupNode.tag("td", ["class": cell.before], cell.children)
            let expected = MarkupNode.tag("td", ["class": cell.after], cell.children)
            var shortening = PageShortening([])
            #expect(shortening.short(node) == expected, "\(cell.before ?? "") \(cell.children.count)")
        }
    }

    /// Where two drawings say the same of themselves, the second points at the first.
    @Test func descriptionsStandOnce() {
        func drawing(_ id: String, _ says: String) -> MarkupNode {
            let svg = MarkupNode.tag(
                "svg", ["aria-labelledby": "\(id)-title \(id)-desc"],
                [.tag("title", ["id": "\(id)-title"], text: "T"), .tag("desc", ["id": "\(id)-desc"], text: says), "x"])
            return .tag("div", [:], [svg])
        }
        let same = MarkupNode.tag("figure", [:], [drawing("a", "D"), drawing("b", "D")])
        var shortening = PageShortening([same])
        let text = shortening.short(same).serialised
        #expect(text.hasSuffix("<div><svg aria-labelledby=\"a-title a-desc\">x</svg></div></figure>"))
        let other = MarkupNode.tag("figure", [:], [drawing("a", "D"), drawing("b", "E")])
        shortening = PageShortening([other])
        #expect(shortening.short(other) == other)
        // A figure's own ids, to which nothing else refers, are short.
        let own = MarkupNode.tag("figure", [:], [drawing("figure:a", "D"), drawing("figure:a:narrow", "E")])
        shortening = PageShortening([own])
        let named = shortening.short(own).serialised
        #expect(named.contains("<svg aria-labelledby=\"f:1 f:2\"><title id=\"f:1\">T</title><desc id=\"f:2\">D</desc>"))
        #expect(named.contains("<svg aria-labelledby=\"f:3 f:4\"><title id=\"f:3\">T</title><desc id=\"f:4\">E</desc>"))
    }
}
