import Diagnostics
import Documents
import Synchronization
import TestSupport
import Testing
import Workspace

@testable import Pipeline

/// Links of a site are held to, where they are written.
@Suite struct SiteLinkTests {
    private static func analysis(_ prose: String, _ front: String = "") -> String {
        "---\ntitle: T\n\(front)---\n\n\(prose)\n"
    }

    @Test func brokenLinksFailWithTheirPlaces() throws {
        let site = SiteProject()
        #expect(site.build().outcome.diagnostics.summary == "")
        let before = site.site
        site.project.add(
            "Analyses/links.md",
            Self.analysis("[a](#sumary), [b](sub/mean.md#effect), [c](data/), [d](plain.md#x)\n\n## Summary"))
        let outcome = site.build().outcome
        #expect(
            outcome.diagnostics.summary == """
                error unknown-anchor 5:5
                error unknown-anchor 5:19
                error broken-site-link 5:44
                error unknown-anchor 5:56
                """)
        #expect(
            outcome.diagnostics.map { $0.fixIts.first?.replacement } == ["#summary", "sub/mean.md#effects", nil, nil])
        #expect(outcome.diagnostics.first?.fixIts.first?.range.text == "#sumary")
        #expect(outcome.diagnostics[1].notes.first?.message == "sub/mean.html has no #effect")
        #expect(outcome.folder == nil && site.site == before)
    }

    /// In an included file, a caption, a cell, and front matter.
    @Test func placesOfOtherKinds() throws {
        let site = SiteProject([
            "Analyses/links.md": Self.analysis(
                """
                <!-- include: parts/more.md -->

                ```table
                id: cells
                columns: [What]
                rows: [["See [it](plain.md#cell)"]]
                caption: "**Cells.** See [it](plain.md#caption)."
                ```
                """,
                "highlights: [{value: \"7\", text: seven, link: \"#seven\"}, {value: \"8\", text: e, link: \"#cells\"}]\n"
            ),
            "Analyses/parts/more.md": "See [it](../plain.md#include).\n",
        ])
        let diagnostics = site.build().outcome.diagnostics
        let places = diagnostics.map {
            "\($0.range?.file.path ?? "?"):\($0.range?.start.line ?? 0) \($0.notes[0].message)"
        }
        #expect(
            Set(places) == [
                "Analyses/links.md:3 links.html has no #seven", "Analyses/parts/more.md:1 plain.html has no #include",
                "Analyses/links.md:11 plain.html has no #cell", "Analyses/links.md:12 plain.html has no #caption",
            ])
    }

    /// What lies outside is neither looked at nor linked to.
    @Test func outsideOfTheProject() {
        let site = SiteProject(["Analyses/links.md": Self.analysis("[x](../../secret.md)")])
        #expect(site.build().outcome.diagnostics.summary == "error broken-site-link 5:5")
    }

    /// A draft that is left out is no page.
    @Test func drafts() {
        let site = SiteProject([
            "Analyses/links.md": Self.analysis("[x](draft.md)"),
            "Analyses/draft.md": Self.analysis("x", "draft: true\n"),
        ])
        #expect(site.build().outcome.diagnostics.summary == "error broken-site-link 5:5")
        #expect(site.build { $0.includesDrafts = true }.outcome.diagnostics.summary == "")
    }
}

/// A `curl` that answers by a table: method and address to code and where it leads on to.
private final class TableOfAnswers: ProcessRunner {
    private let answers: [String: String]
    private let commands = Mutex<[ProcessCommand]>([])

    init(_ answers: [String: String]) { self.answers = answers }

    var asked: [String] { commands.withLock { $0.map(Self.request) }.sorted() }
    var arguments: [[String]] { commands.withLock { $0.map(\.arguments) } }

    private static func request(_ command: ProcessCommand) -> String {
        (command.arguments.contains("--head") ? "HEAD " : "GET ") + (command.arguments.last ?? "")
    }

    func run(_ command: ProcessCommand) throws(ProcessFailure) -> ProcessOutput {
        commands.withLock { $0.append(command) }
        guard let answer = answers[Self.request(command)] else {
            return ProcessOutput(exitCode: 7, output: Array("000 ".utf8), errors: Array("curl: (7) no answer\n".utf8))
        }
        return ProcessOutput(exitCode: 0, output: Array(answer.utf8))
    }
}

@Suite struct ExternalLinkTests {
    private func check(
        _ addresses: [String], _ answers: [String: String], _ settings: ExternalLinkSettings = .init()
    ) -> (faults: [String], runner: TableOfAnswers) {
        let runner = TableOfAnswers(answers)
        let check = ExternalLinkCheck(
            curl: "/usr/bin/curl", processes: runner, settings: settings,
            resolve: { host in
                switch host {
                case "inner.example", "localhost": [HostAddress("10.1.2.3")].compactMap(\.self)
                case "both.example": [HostAddress("93.184.216.34"), HostAddress("127.0.0.1")].compactMap(\.self)
                case "none.example": []
                default: [HostAddress("93.184.216.34")].compactMap(\.self)
                }
            })
        return (check.faults(of: addresses).map { "\($0.address): \($0.reason)" }, runner)
    }

    @Test func whatServersAnswer() {
        let (faults, runner) = check(
            [
                "https://a.example/x#part", "http://a.example/gone", "https://a.example/get",
                "https://a.example/private",
            ],
            [
                "HEAD https://a.example/x": "200 ", "HEAD http://a.example/gone": "404 ",
                "GET http://a.example/gone": "404 ",
                "HEAD https://a.example/get": "405 ", "GET https://a.example/get": "206 ",
                "HEAD https://a.example/private": "403 ", "GET https://a.example/private": "403 ",
            ])
        #expect(faults == ["http://a.example/gone: the server answers 404"])
        #expect(runner.asked.count == 7)
        for arguments in runner.arguments {
            #expect(arguments.first == "-q" && arguments.dropLast().last == "--")
            #expect(arguments.contains { $0.hasSuffix(":93.184.216.34") })
            #expect(arguments.contains("--globoff") && !arguments.contains { $0.hasPrefix("--location") })
        }
    }

    @Test func redirects() {
        let (faults, runner) = check(
            ["https://a.example/1", "https://a.example/2", "https://a.example/3", "https://a.example/loop"],
            [
                "HEAD https://a.example/1": "301 https://b.example/", "HEAD https://b.example/": "200 ",
                "HEAD https://a.example/2": "302 http://inner.example/admin",
                "HEAD https://a.example/3": "302 file:///etc/passwd",
                "HEAD https://a.example/loop": "302 https://a.example/loop",
            ])
        #expect(
            faults == [
                "https://a.example/2: inner.example is in a private network, and site: {external: {allow: …}} does not name it",
                "https://a.example/3: it leads on to file:///etc/passwd, which is not followed",
                "https://a.example/loop: it leads on more than 5 times",
            ])
        #expect(!runner.asked.contains { $0.contains("inner") || $0.contains("passwd") })
    }

    /// No address of a private network is asked that is not named, however its host is called.
    @Test func privateNetworks() {
        let (faults, runner) = check(
            ["http://localhost/", "http://both.example/", "http://none.example/", "http://u:p@a.example/"], [:])
        #expect(faults.count == 4 && runner.asked == [])
        #expect(faults[2] == "http://none.example/: there is no host none.example")
        #expect(faults[3] == "http://u:p@a.example/: it is no address of http or https")
        let named = check(
            ["http://localhost:8080/"], ["HEAD http://localhost:8080/": "200 "], .init(allow: ["localhost"]))
        #expect(named.faults == [] && named.runner.arguments[0].contains("localhost:8080:10.1.2.3"))
    }

    @Test func whoIsAsked() {
        let addresses = ["https://a.example/", "https://docs.a.example/", "https://b.example/"]
        #expect(check(addresses, [:], .init(ignore: ["*.a.example", "b.*"])).runner.asked.count == 2)
        #expect(
            check(addresses, [:], .init(allow: ["*.a.example"])).faults
                == ["https://docs.a.example/: curl: (7) no answer"])
    }

    @Test(arguments: [
        ("https://Example.org/x", "example.org 443"), ("http://example.org:8080?x", "example.org 8080"),
        ("http://[::1]:80/", "::1 80"), ("https://example.org", "example.org 443"), ("ftp://example.org", "-"),
        ("http://a@b/", "-"), ("http:///x", "-"), ("http://a:0/", "-"), ("http://a:99999/", "-"), ("http://a b/", "-"),
        ("http://a\\b/", "-"), ("http://[::1/", "-"),
    ])
    func addresses(text: String, expected: String) {
        #expect(WebAddress(text).map { "\($0.host) \($0.port)" } ?? "-" == expected)
    }
}
