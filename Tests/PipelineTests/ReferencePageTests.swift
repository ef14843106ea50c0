import Diagnostics
import Documents
import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// The reference as a page of the shipped analyses.
@Suite struct ReferencePageTests {
    @Test func theShippedPageIsTheGeneratedOne() throws {
        let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Analyses/reference.md")
        let text = try String(contentsOf: shipped, encoding: .utf8)
        #expect(
            text == ReferencePage.text,
            "Analyses/reference.md is stale: swift run report reference --page > Analyses/reference.md")
    }

    @Test func itIsAnAnalysisWithoutFault() throws {
        let project = TestProject(["Analyses/reference.md": ReferencePage.text])
        let outcome = try #require(project.build("Analyses/reference.md"))
        #expect(outcome.succeeded)
        #expect(outcome.diagnostics.summary == "")
        let html = try #require(project.text("output/reference.html"))
        for schema in DirectiveSchema.all { #expect(html.contains("id=\"\(schema.word)\""), "\(schema.word)") }
        for explanation in Explanations.all {
            let anchor = "\(explanation.code)-\(explanation.code.name)".lowercased()
            #expect(html.contains("id=\"\(anchor)\""), "\(anchor)")
        }
        #expect(html.contains("<code>{path | format}</code>"), "a value as it is written")
    }
}
