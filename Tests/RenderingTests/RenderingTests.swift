import Diagnostics
import Digests
import Documents
import Foundation
import PresentationSupport
import Reports
import Testing

@testable import Rendering

@Suite struct RenderingTests {
    /// Pages in their long form, in which a change shows where it was made.
    static func rendered(isComplete: Bool) throws -> RenderedReport {
        let document = SampleAnalysis.document()
        var diagnostics: [Diagnostic] = []
        let report = Report.assemble(
            document: document, results: SampleAnalysis.results(document, isComplete: isComplete),
            toolVersion: "0.1.0", diagnostics: &diagnostics)
        return try render(report, name: "proxy", formats: [.html, .md, .json], isShort: false)
    }

    static func text(_ path: String, isComplete: Bool = true) throws -> String {
        let file = try #require(try rendered(isComplete: isComplete).files.first { $0.path == path })
        return String(decoding: file.bytes, as: UTF8.self)
    }

    @Test func filesAreTheSameEveryTime() throws {
        let first = try RenderingTests.rendered(isComplete: true).files
        let second = try RenderingTests.rendered(isComplete: true).files
        #expect(first.map(\.path) == second.map(\.path))
        #expect(first.map(\.bytes) == second.map(\.bytes))
        #expect(first.map(\.path).first == "proxy.html")
        #expect(first.map(\.path).contains("proxy_files/slope.svg"))
    }

    @Test(arguments: ["proxy.html", "proxy.md", "proxy.json"])
    func goldenFiles(path: String) throws {
        expectGolden(try RenderingTests.text(path), path)
    }

    @Test func partialReport() throws {
        let page = try RenderingTests.text("proxy.html", isComplete: false)
        #expect(page.contains("Figure 6: this could not be computed"))
        expectGolden(page, "partial.html")
    }

    @Test func pageRunsAndLoadsNothing() throws {
        let page = try RenderingTests.text("proxy.html")
        // The one script is the program's own, by its digest.
        #expect(page.components(separatedBy: "<script>").count == 2 && !page.contains("<script "))
        #expect(!page.lowercased().contains("href=\"javascript"))
        #expect(!page.contains(" onclick"))
        #expect(!page.contains("style=\""))
        #expect(!page.contains("src=\"http"))
        #expect(page.contains("default-src 'none'; style-src 'sha256-"))
    }

    @Test func markdownHoldsNoMarkupOfData() throws {
        let markdown = try RenderingTests.text("proxy.md")
        #expect(
            markdown.replacing("\\<", with: "").firstMatch(
                of: /<(?!\/?(details|summary)[ >]|a id="[a-z-]+"><\/a>|\/a>)/) == nil)
        #expect(!markdown.contains("onclick"))
        #expect(!markdown.replacing("\\]", with: "").contains("](javascript"))
        #expect(!markdown.contains("www.evil"))
        #expect(markdown.contains("\\<script\\>"))
    }
}

@Suite struct SafetyTests {
    @Test(arguments: [
        "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:x", "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "\u{1}javascript:x", "//evil.example/x", "x:y",
    ])
    func refuses(destination: String) { #expect(safeDestination(destination) == nil) }

    @Test(arguments: [
        "https://a.example/?q=a:b", "#slope", "other.md", "a/b:c", "mailto:a@b.example", "HTTP://a.example",
    ])
    func keeps(destination: String) { #expect(safeDestination(destination) == destination) }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64OfRFC4648(text: String, encoded: String) { #expect(base64(Array(text.utf8)) == encoded) }

    @Test(arguments: [(812, "812 bytes"), (41_299, "41 kB"), (2_712_344, "2.7 MB"), (1, "1 byte"), (9_960, "9.9 kB")])
    func byteCounts(bytes: Int, text: String) { #expect(byteCount(bytes) == text) }

    @Test(arguments: [
        ("a|b", "a\\|b"), ("x\ny", "x y"), ("*b* _i_ `c`", "\\*b\\* \\_i\\_ \\`c\\`"), ("<b>", "\\<b\\>"),
        ("[a](b)", "\\[a\\](b)"), ("0.83 [0.40, 1.27]", "0.83 \\[0.40, 1.27\\]"), ("\u{0}\u{1B}", ""),
        ("http://a", "http:\u{2060}//a"), ("www.a.b", "www\u{2060}.a.b"),
    ])
    func markdownEscapes(text: String, escaped: String) { #expect(markdownText(text) == escaped) }

    @Test func codeOfAnything() {
        #expect(markdownCode("a`b") == "``a`b``")
        #expect(markdownCode("`") == "`` ` ``")
        #expect(markdownFence("```\nx", info: "yaml") == "````yaml\n```\nx\n````")
        #expect(markdownBlockStart("3", before: UInt8(ascii: ".")) == "&#51;")
    }
}

@Suite struct PageTests {
    static func page(templates: [String: String] = [:], images: [String: ResolvedImage] = [:]) throws -> String {
        let document = SampleAnalysis.document()
        var diagnostics: [Diagnostic] = []
        let report = Report.assemble(
            document: document, results: SampleAnalysis.results(document, isComplete: true), images: images,
            toolVersion: "0.1.0", diagnostics: &diagnostics)
        let file = try #require(try render(report, name: "p", formats: [.html], templates: templates).files.first)
        return String(decoding: file.bytes, as: UTF8.self)
    }

    /// A browser allows the style only where its digest is in the policy.
    @Test func policyNamesTheStyle() throws {
        let page = try PageTests.page()
        let start = try #require(page.firstRange(of: "<style>")?.upperBound)
        let end = try #require(page.firstRange(of: "</style>")?.lowerBound)
        let digest = sha256(page[start..<end].utf8)
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { index in
            UInt8(digest.dropFirst(index).prefix(2), radix: 16)
        }
        #expect(page.contains("'sha256-\(base64(bytes))'"))
    }

    /// The same of the script, which stands in pages with a table to sort.
    @Test func policyNamesTheScript() throws {
        let page = try PageTests.page()
        let start = try #require(page.firstRange(of: "<script>")?.upperBound)
        let end = try #require(page[start...].firstRange(of: "</script>")?.lowerBound)
        let digest = sha256(page[start..<end].utf8)
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { index in
            UInt8(digest.dropFirst(index).prefix(2), radix: 16)
        }
        #expect(page.contains("script-src 'sha256-\(base64(bytes))'"))
    }

    @Test func templatesOverrideByName() throws {
        #expect(try PageTests.page(templates: ["page.mustache": "<p>{{title}}</p>"]).hasPrefix("<p>Does metric 2"))
        let page = try PageTests.page(templates: ["theme.css": "body{top:0}</style><script>"])
        #expect(page.contains("body{top:0}<\\/style>"))
        #expect(throws: (any Error).self) { try PageTests.page(templates: ["page.mustache": "{{#open}}"]) }
    }

    @Test func anchorsAreUnique() throws {
        let ids = try PageTests.page().matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func datesAsPeopleWriteThem() {
        #expect(writtenDate("2026-11-02") == "2 November 2026")
        #expect(writtenDate("autumn") == "autumn")
        #expect(writtenDate("2026-13-01") == "2026-13-01")
    }
}
