import Markup
import Testing

@Suite struct ShortHTMLTests {
    @Test(
        arguments: [
            (MarkupNode.tag("td", ["class": "a-b"], text: "x < y"), "<td class=a-b>x &lt; y"),
            (.tag("td", ["class": "a b", "title": ""], text: "x"), "<td class=\"a b\" title>x"),
            (.tag("p", ["class": "a"], text: "x"), "<p class=a>x</p>"),
            (
                .tag("data", ["value": "-1e-5", "data-path": "[\"0.5\"].a"], text: "1"),
                "<data value=-1e-5 data-path='[\"0.5\"].a'>1</data>"
            ),
            (.tag("data", ["title": "\"'<\n"], text: "x"), "<data title=\"&quot;&#39;&lt;&#10;\">x</data>"),
            (.tag("data", ["title": "\"&"], text: "x"), "<data title='\"&amp;'>x</data>"),
            (.tag("br", ["class": "é"]), "<br class=\"é\">"),
            (
                .tag(
                    "table", [:],
                    [.tag("tbody", [:], [.tag("tr", [:], [.tag("td", text: "a"), .tag("td", text: "b")])])]),
                "<table><tbody><tr><td>a<td>b</tbody></table>"
            ),
            (.tag("a", ["id": "a", "href": "#b", "class": "c"], text: "x"), "<a id=\"a\" href=\"#b\" class=c>x</a>"),
            (
                .tag(
                    "div", [:],
                    [.tag("p", text: "a"), "\n", .fragment([.tag("p", text: "b"), "c"]), .tag("p", text: "d")]),
                "<div><p>a\n<p>b</p>c<p>d</div>"
            ),
            (.tag("a", [:], [.tag("p", text: "a")]), "<a><p>a</p></a>"),
            (.fragment([.tag("p", text: "a"), .tag("hr"), .tag("p", text: "b")]), "<p>a<hr><p>b</p>"),
            (.tag("ul", [:], [.tag("li", text: "a"), .tag("li", text: "b")]), "<ul><li>a<li>b</ul>"),
            (.tag("dl", [:], [.tag("dt", text: "a"), .tag("dd", text: "b")]), "<dl><dt>a<dd>b</dl>"),
            (.tag("svg", ["role": "img"], [.tag("path", ["d": "m0 0"])]), "<svg role=\"img\"><path d=\"m0 0\"/></svg>"),
        ] as [(MarkupNode, String)])
    func markup(node: MarkupNode, text: String) { #expect(node.shortHTML == text) }
}
