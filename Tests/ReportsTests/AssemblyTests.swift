import Diagnostics
import PresentationSupport
import Testing
import Values

@testable import Reports

@Suite struct AssemblyTests {
    static func report(isComplete: Bool) -> Report {
        let document = SampleAnalysis.document()
        var diagnostics: [Diagnostic] = []
        return Report.assemble(
            document: document, results: SampleAnalysis.results(document, isComplete: isComplete),
            toolVersion: "0.1.0", diagnostics: &diagnostics)
    }

    @Test func numbersFollowTheDocument() {
        let report = AssemblyTests.report(isComplete: true)
        #expect(report.orderedItems.compactMap(\.figureNumber) == Array(1...7))
        #expect(report.items["slope"]?.tableNumber == 1)
        #expect(report.items["wide"]?.tableNumber == 2)
        #expect(report.diagnostics.map(\.message) == [])
        #expect(!report.isPartial)
    }

    @Test func whatFailedKeepsItsNumber() {
        let report = AssemblyTests.report(isComplete: false)
        #expect(report.isPartial)
        #expect(report.items["lost"]?.figureNumber == 6)
        #expect(report.items["errors"]?.figureNumber == 7)
    }

    @Test func referencesNameWhatIsThere() {
        let report = AssemblyTests.report(isComplete: true)
        #expect(report.reference("fig-slope")?.text == "Figure 1")
        #expect(report.reference("tbl-wide")?.anchor == "wide")
        #expect(report.reference("sec-what-was-done")?.text == "What was done")
        #expect(report.reference("fig-wide") == nil)
        #expect(
            report.pieces(of: "see @fig-slope, a@fig-slope, @fig-x-.")
                == [
                    .text("see "), .reference(.init(text: "Figure 1", anchor: "slope"), written: "@fig-slope"),
                    .text(", a@fig-slope, "), .unknown(written: "@fig-x"), .text("-."),
                ])
    }

    @Test func lineageEndsAtTheData() throws {
        let report = AssemblyTests.report(isComplete: true)
        let value = try #require(report.orderedValues.first { $0.path.description == "slope.jive.estimate" })
        #expect(
            report.lineage(of: value)
                == "proxy slope · line 14\njive.estimate = 0.8049\nfrom asos\nAnalyses/data/asos.csv · sha256 9c4f1ab89c4f"
        )
    }

    @Test func footnotesAreNumbered() throws {
        let report = AssemblyTests.report(isComplete: true)
        #expect(report.footnotes.map(\.label) == ["noise"])
        let reference = try #require(report.footnotes.first?.references.first)
        #expect(reference.text == "[^noise]")
        #expect(report.footnote(at: reference)?.note.number == 1)
    }
}

@Suite struct SluggerTests {
    /// As GitHub makes anchors of headings.
    @Test(arguments: [
        ("Noise flattens the line", "noise-flattens-the-line"), ("What's new?  Here", "whats-new--here"),
        ("A & B", "a--b"), ("snake_case-é", "snake_case-é"), ("!!!", "section"),
    ])
    func slugs(text: String, slug: String) {
        var slugger = Slugger(reserved: [])
        #expect(slugger.slug(text) == slug)
    }

    @Test func repeatedOnesAreNumbered() {
        var slugger = Slugger(reserved: ["slope"])
        #expect(["Slope", "A", "A", "A-1"].map { slugger.slug($0) } == ["slope-1", "a", "a-1", "a-1-1"])
    }
}
