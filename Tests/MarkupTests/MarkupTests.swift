import Testing

@testable import Markup

@Suite struct MarkupTests {
    @Test func nothingOfDataBecomesMarkup() {
        let hostile = "<script>&\"'\u{0}\u{1B}\u{FFFF}"
        let node = MarkupNode.tag("p", ["title": hostile], text: hostile)
        #expect(
            node.serialised
                == "<p title=\"&lt;script&gt;&amp;&quot;&#39;\">&lt;script&gt;&amp;\"'</p>")
    }

    @Test func newlinesInAttributesSurvive() {
        #expect(MarkupNode.tag("p", ["title": "a\nb\tc"]).serialised == "<p title=\"a&#10;b&#9;c\"></p>")
    }

    @Test func voidElementsAndShapes() {
        #expect(MarkupNode.tag("br").serialised == "<br>")
        #expect(MarkupNode.tag("line", ["x1": "0", "x2": nil]).serialised == "<line x1=\"0\"/>")
        #expect(
            MarkupNode.tag("circle", [:], [.tag("title", text: "a")]).serialised == "<circle><title>a</title></circle>")
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (-0.001, "0"), (1.0, "1"), (1.5, "1.5"), (1.005, "1"), (-12.25, "-12.25"),
        (3.05, "3.05"), (0.1, "0.1"), (.nan, "0"), (.infinity, "0"), (99.999, "100"),
    ])
    func coordinates(x: Double, text: String) {
        #expect(coordinate(x) == text)
    }
}
