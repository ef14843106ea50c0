import Markup
import Testing

@testable import Publishing

@Suite struct LinkTests {
    private func links(_ html: String) -> PageLinks { PageLinks(Array(html.utf8)) }

    @Test func linksOfAPage() {
        let page = links(
            """
            <!doctype html><title>a <a href="no"></title><!-- <a href="no"> --><style>a{b:url(<a href=no>)}</style>
            <script>"<a href='no'>"</script><a href="a.html?x=1&amp;y=2#z" id=one>x</a> < b <A HREF='b "c".html'>
            <img src=d.png alt="> href='no'"><a href>e</a><p id="t&#39;wo" data-href="no"><a href="a.html?x=1&amp;y=2#z">
            <meta http-equiv="refresh" content="0; url=../new.html"><h2 id="x&#x41;"><meta content="0; url=no"><
            """)
        #expect(page.links == ["a.html?x=1&y=2#z", "b \"c\".html", "d.png", "", "../new.html"])
        #expect(page.anchors == ["one", "t'wo", "xA"])
    }

    @Test(arguments: [
        "<", "<a", "<a href", "<a href=", "<a href=\"", "<a href='x", "<!--", "<script>", "<a / = >", "</a>",
    ])
    func brokenMarkup(html: String) { #expect(links(html).links.count <= 1) }

    /// What this program writes, in the long form and in the short one, is read as it was meant.
    @Test(arguments: ["a b", "\"'<>&", "é&#39;&amp;", "x=y/z>", "a\nb\tc", "=", "/", "'", "日本#x", "&", "a&b;c"])
    func whatIsWritten(text: String) {
        let node: MarkupNode = .tag(
            "div", ["id": text],
            [.tag("a", ["href": text, "title": "<a href=no>"], text: "<a href=no>"), .tag("img", ["src": "\(text)2"])])
        for html in [node.serialised, node.shortHTML] {
            #expect(links(html).anchors == [text], "\(html)")
            #expect(links(html).links == [text, text + "2"], "\(html)")
        }
    }

    private func faults(_ link: String, base: String? = nil) -> [BrokenLink.Reason] {
        let pages = [
            "index.html": links("<p id=top>"), "a/b c.html": links("<a href=\"\(link)\" id=here><p id=figure:one>"),
            "a/index.html": links("<p id=method-of-moments><p id=results>"),
        ]
        let files = Set(pages.keys).union(["a/data.csv", "assets/site.css"])
        let found = brokenLinks(of: pages, files: files, settings: SiteSettings(title: "", baseURL: base))
        #expect(found.allSatisfy { $0.page == "a/b c.html" && $0.link == link })
        return found.map(\.reason)
    }

    @Test(arguments: [
        "", "#", "#here", "#figure:one", "#figure%3Aone", "#top", "#:~:text=x", "b%20c.html", "./data.csv?raw#1",
        "index.html",
        ".", "./", "../", "../a/", "../a", "..#top", "../index.html", "index.html#results", "mailto:a@b.c", "data:,x",
        "https://example.com/x", "//example.com/x", "../assets//site.css",
    ])
    func whole(link: String) { #expect(faults(link) == []) }

    @Test func broken() {
        #expect(faults("date.csv") == [.noFile(path: "a/date.csv", near: "data.csv")])
        #expect(faults("zzzzzz.html#x") == [.noFile(path: "a/zzzzzz.html", near: nil)])
        #expect(faults("#hero") == [.noAnchor(page: "a/b c.html", anchor: "hero", near: "here")])
        #expect(faults("index.html#result") == [.noAnchor(page: "a/index.html", anchor: "result", near: "results")])
        #expect(faults("./#method") == [.noAnchor(page: "a/index.html", anchor: "method", near: "method-of-moments")])
        #expect(faults("../../x.html") == [.outside])
        #expect(faults("/x.html") == [.outside])
    }

    /// Addresses of the site itself, and of a page that is shown wherever none is.
    @Test func absolute() {
        let base = "https://example.org/docs/"
        #expect(faults("https://example.org/docs/", base: base) == [])
        #expect(faults("https://example.org/docs/a/b%20c.html#here", base: base) == [])
        #expect(faults("https://example.org/docs/gone.html", base: base) == [.noFile(path: "gone.html", near: nil)])
        #expect(faults("/docs/a/index.html#results", base: base) == [])
        #expect(faults("/a/index.html", base: base) == [.outside])
    }

    @Test func whatWasMeant() {
        func better(_ link: String, _ reason: BrokenLink.Reason) -> String? {
            BrokenLink(page: "p.html", link: link, reason: reason).better
        }
        #expect(better("../a/dat.csv?x#y", .noFile(path: "a/dat.csv", near: "my data.csv")) == "../a/my%20data.csv?x#y")
        #expect(better("b.html#hero", .noAnchor(page: "b.html", anchor: "hero", near: "here")) == "b.html#here")
        #expect(better("x", .noFile(path: "x", near: nil)) == nil)
        #expect(better("/x", .outside) == nil)
    }

    @Test func addressesOfOthers() {
        let page = links(
            "<a href=https://a.example/x><a href=HTTP://b.example><a href=//c.example><a href=mailto:d@e.f><a href=g>")
        #expect(page.external(besides: nil) == ["https://a.example/x", "HTTP://b.example"])
        #expect(page.external(besides: "https://a.example/") == ["HTTP://b.example"])
    }
}
