import Testing

@testable import Diagnostics

@Suite struct DiagnosticFormatterTests {
    private let code = DiagnosticCode(301, "unknown-directive")

    @Test func text() {
        let file = SourceFile(path: "Analyses/proxy.md", text: "a\n\té ```prxoy x\nb\n")
        let range = SourceRange(file: file, lower: 9, upper: 14)
        let diagnostic = Diagnostic.error(
            code, "'prxoy' is not a directive", at: range,
            notes: [
                Diagnostic.Note("seen before", at: SourceRange(file: file, lower: 0, upper: 1)), Diagnostic.Note("so"),
            ],
            fixIts: [Diagnostic.FixIt("write 'proxy'", replacing: range, with: "proxy")])
        #expect(
            DiagnosticFormatter().text(diagnostic) == """
                error[E0301]: 'prxoy' is not a directive
                  2 |  é ```prxoy x
                    |       ^^^^^
                  note: seen before (Analyses/proxy.md:1:1)
                  note: so
                  help: write 'proxy'
                  --> Analyses/proxy.md:2:7
                """)
        #expect(
            DiagnosticFormatter().jsonLine(diagnostic)
                == #"{"severity":"error","code":"E0301","name":"unknown-directive","message":"'prxoy' is not a directive","#
                + #""file":"Analyses/proxy.md","line":2,"column":7,"endLine":2,"endColumn":12,"notes":[{"message":"seen before","#
                + #""file":"Analyses/proxy.md","line":1,"column":1,"endLine":1,"endColumn":2},{"message":"so"}],"fixIts":["#
                + #"{"message":"write 'proxy'","file":"Analyses/proxy.md","line":2,"column":7,"endLine":2,"endColumn":12,"#
                + #""replacement":"proxy"}]}"#)
    }

    @Test func noPlace() {
        let diagnostic = Diagnostic.warning(code, "Rule", at: nil)
        #expect(DiagnosticFormatter().text(diagnostic) == "warning[E0301]: Rule")
        #expect(DiagnosticFormatter().jsonLine(diagnostic).contains(#""file":null,"line":null"#))
    }

    @Test func escapesAreShownNotObeyed() {
        let file = SourceFile(path: "a\u{1B}.md", text: "x\u{1B}[31m\u{202E}\u{9B}y\u{7F}")
        let text = DiagnosticFormatter().text(.error(code, "bad \u{7}\n\u{1B}]0;", at: file.range))
        #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) })
        #expect(!text.contains("\u{202E}") && text.contains("␛[31m"))
        #expect(text.split(separator: "\n").count == 4)
    }

    @Test func longLinesAreClipped() {
        let file = SourceFile(path: "a.md", text: String(repeating: "é", count: 5_000_000))
        let lines = DiagnosticFormatter().text(
            .error(code, "m", at: SourceRange(file: file, lower: 1000, upper: 9000))
        ).split(separator: "\n")
        #expect(lines[1].count < 120 && lines[2].count < 120)
        #expect(lines[1].contains("| …é") && lines[1].hasSuffix("é…") && lines[2].contains("^^^"))
    }

    @Test func placeAtTheEnd() {
        let file = SourceFile(path: "a.md", text: "a\n")
        let text = DiagnosticFormatter().text(.error(code, "m", at: SourceRange(file: file, lower: 2, upper: 9)))
        #expect(text.hasSuffix("  2 | \n    | ^\n  --> a.md:2:1"))
    }

    @Test func color() {
        let text = DiagnosticFormatter(isColored: true).text(.error(code, "m", at: nil))
        #expect(text == "\u{1B}[1;31merror[E0301]\u{1B}[0m\u{1B}[1m: m\u{1B}[0m")
    }
}
