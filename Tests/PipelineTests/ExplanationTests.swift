import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// Every code is explained, and the examples do what they say.
@Suite struct ExplanationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `0502 missing-column` of each declaration in Sources.
    private func declaredCodes() throws -> [String] {
        let sources = ExplanationTests.root.appending(path: "Sources")
        let declaration = /static let \w+ = DiagnosticCode\((\d+), "([^"]+)"\)/
        var codes: [String] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            for match in text.matches(of: declaration) { codes.append("\(match.output.1) \(match.output.2)") }
        }
        return codes.sorted()
    }

    @Test func everyCodeIsExplainedOnceAndNoOther() throws {
        let declared = try declaredCodes()
        let explained = Explanations.all.map { "\($0.code.number) \($0.code.name)" }.sorted()
        #expect(declared.count > 60)
        #expect(Set(declared).count == declared.count)
        #expect(Set(explained).count == explained.count)
        #expect(declared.filter { !explained.contains($0) } == [], "codes without an explanation")
        #expect(explained.filter { !declared.contains($0) } == [], "explanations of codes that are not there")
        #expect(Set(Explanations.all.map(\.code.number)).count == explained.count)
    }

    @Test func sentencesAreWhole() {
        for explanation in Explanations.all {
            #expect(!explanation.rule.hasSuffix(".") && !explanation.rule.isEmpty, "\(explanation.code)")
            #expect(explanation.reason.hasSuffix("."), "\(explanation.code)")
            #expect(explanation.remedy.hasSuffix("."), "\(explanation.code)")
            #expect(!explanation.text.contains("\n\n\n"), "\(explanation.code)")
        }
    }

    @Test func namesAndCodesAreFound() {
        for explanation in Explanations.all {
            #expect(Explanations.named(explanation.code.name) == explanation)
            #expect(Explanations.named(explanation.code.description.lowercased()) == explanation)
            #expect(Explanations.of(explanation.code) == explanation)
        }
        #expect(Explanations.named("E9999") == nil && Explanations.named("") == nil)
    }

    /// The wrong example gives the code; the right one builds, and gives it not.
    @Test(arguments: Explanations.all.filter { $0.example != nil }.map(\.code.name))
    func examplesDoWhatTheySay(name: String) throws {
        let explanation = try #require(Explanations.named(name))
        let example = try #require(explanation.example)
        let wrong = ExampleProject.diagnostics(of: example.wrong)
        #expect(wrong.contains { $0.code == explanation.code }, "wrong:\n\(wrong.summary)")
        let right = ExampleProject.diagnostics(of: example.right)
        #expect(!right.contains { $0.code == explanation.code }, "right:\n\(right.summary)")
        let errors = right.filter { $0.severity == .error }
        #expect(errors.isEmpty, "right:\n\(errors.map(\.message).joined(separator: "\n"))")
    }
}
