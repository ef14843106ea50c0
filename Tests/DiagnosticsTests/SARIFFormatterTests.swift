import Testing

@testable import Diagnostics

/// Expected structure: OASIS, SARIF Version 2.1.0, sections 3.14, 3.27 to 3.30, 3.49 and 3.55.
@Suite struct SARIFFormatterTests {
    private let unknown = DiagnosticCode(301, "unknown-directive")
    private let missing = DiagnosticCode(110, "missing-file")

    private func log(_ diagnostics: [Diagnostic]) -> String {
        SARIFFormatter(version: "1.2.3") { code in
            code.number == 301
                ? DiagnosticExplanation(
                    301, code.name, "The rule", why: "Because.", wrong: "a", right: "b", do: "Do it.")
                : nil
        }.log(diagnostics)
    }

    private let head =
        #"{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0","#
        + #""runs":[{"tool":{"driver":{"name":"report","version":"1.2.3","rules":["#
    private let middle =
        #"]}},"columnKind":"utf16CodeUnits","originalUriBaseIds":{"%SRCROOT%":{"description":{"text":"The project's root."}}},"#
        + #""results":["#

    @Test func aRunWithoutFaultsIsALogToo() {
        #expect(log([]) == head + middle + "]}]}")
    }

    @Test func rulesResultsPlacesAndFixes() {
        // The grinning face is one scalar of four bytes and two UTF-16 units; é is two bytes and one unit.
        let file = SourceFile(path: "Analyses/a ü:%.md", text: "a\n\u{1F600}é ```prxoy\nb\n")
        let range = SourceRange(file: file, lower: 12, upper: 17)
        #expect(range.text == "prxoy")
        let first = Diagnostic.error(
            unknown, "'prxoy' is not a directive", at: range,
            notes: [.init("seen before", at: SourceRange(file: file, lower: 0, upper: 2)), .init("so")],
            fixIts: [.init("write 'proxy'", replacing: range, with: "proxy")])
        let second = Diagnostic.warning(missing, "A file is there", at: nil)
        let artifact =
            #""artifactLocation":{"uri":"Analyses/a%20%C3%BC%3A%25.md","uriBaseId":"%SRCROOT%"}"#
        let region = #"{"startLine":2,"startColumn":8,"endLine":2,"endColumn":13}"#
        let help =
            #"E0301 unknown-directive\n\nThe rule.\n\nBecause.\n\nWrong:\n\n    a\n\nRight:\n\n    b\n\n"#
            + #"What to do: Do it.\n"#
        let rules =
            #"{"id":"E0110","name":"missing-file"},"#
            + #"{"id":"E0301","name":"unknown-directive","shortDescription":{"text":"The rule."},"#
            + #""fullDescription":{"text":"Because."},"help":{"text":"\#(help)","markdown":"\#(help)"}}"#
        let firstResult =
            #"{"ruleId":"E0301","ruleIndex":1,"level":"error","message":{"text":"'prxoy' is not a directive\nso"},"#
            + #""locations":[{"physicalLocation":{\#(artifact),"region":\#(region)}}],"#
            + #""relatedLocations":[{"physicalLocation":{\#(artifact),"#
            + #""region":{"startLine":1,"startColumn":1,"endLine":2,"endColumn":1}},"message":{"text":"seen before"}}],"#
            + #""fixes":[{"description":{"text":"write 'proxy'"},"artifactChanges":[{\#(artifact),"#
            + #""replacements":[{"deletedRegion":\#(region),"insertedContent":{"text":"proxy"}}]}]}]}"#
        let secondResult =
            #"{"ruleId":"E0110","ruleIndex":0,"level":"warning","message":{"text":"A file is there"},"locations":[]}"#
        #expect(
            log([first, second, first]) == head + rules + middle
                + [firstResult, secondResult, firstResult].joined(separator: ",") + "]}]}")
    }

    @Test func columnsBeyondTheTextAreItsEnd() {
        let file = SourceFile(path: "a.md", text: "\u{1F600}\r\nx")
        #expect([0, 4, 6, 7, 99, -1].map(file.utf16Column) == [1, 3, 1, 2, 2, 1])
    }
}
