import Diagnostics
import TestSupport
import Testing
import Workspace

@testable import Pipeline

private let arms = TestProject.armMoments

private let head = """
    ---
    title: A test
    ---


    """

private let data = """
    ```data
    id: moments
    source: arms.csv
    ```


    """

private let effects = """
    ```effects
    id: lifts
    data: moments
    layout: arms
    experiment: test
    variant: arm
    control: C
    metric: metric
    count: n
    mean: mean
    variance: variance
    noise-correlation: 0.5
    ```


    """

private func project(_ analysis: String, _ more: [String: String] = [:]) -> TestProject {
    var files = ["Analyses/a.md": analysis, "Analyses/arms.csv": arms]
    for (path, text) in more { files["Analyses/" + path] = text }
    return TestProject(files)
}

/// Each fault gives a diagnostic of its code at its place, a failed build, and nothing under output/.
@Suite struct BadInputTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var analysis: String
        var more: [String: String] = [:]
        /// Code and place of the first error.
        var expected: String

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "unknown directive near a known word", analysis: head + "```efects\nid: x\n```\n",
            expected: "unknown-directive 5:4"),
        Case(
            name: "unknown key", analysis: head + "```data\nid: x\nsorce: arms.csv\nsource: arms.csv\n```\n",
            expected: "unknown-key 7:1"),
        Case(
            name: "wrong type",
            analysis: head + data + effects
                + "```proxy\neffects: lifts\noutcome: orders\nproxies: [clicks]\nlevel: high\n```\n",
            expected: "wrong-type 28:8"),
        Case(
            name: "missing file", analysis: head + "```data\nid: x\nsource: none.csv\n```\n",
            expected: "missing-file 7:9"),
        Case(
            name: "missing column", analysis: head + data + effects.replacing("mean: mean", with: "mean: meen"),
            expected: "missing-column 19:7"),
        Case(
            name: "non-numeric cell", analysis: head + data + effects,
            more: ["arms.csv": arms.replacing("5.2", with: "high")],
            expected: "bad-data 12:7"),
        Case(
            name: "NaN", analysis: head + data + effects, more: ["arms.csv": arms.replacing("5.2", with: "NaN")],
            expected: "bad-data 12:7"),
        Case(
            name: "infinity", analysis: head + data + effects, more: ["arms.csv": arms.replacing("5.2", with: "-inf")],
            expected: "bad-data 12:7"),
        Case(name: "empty file", analysis: head + data, more: ["arms.csv": ""], expected: "bad-data 7:9"),
        Case(name: "no rows", analysis: head + data, more: ["arms.csv": "a,b\n"], expected: "empty-data 7:9"),
        Case(
            name: "one experiment only",
            analysis: head + data + effects + "```proxy\neffects: lifts\noutcome: orders\nproxies: [clicks]\n```\n",
            more: ["arms.csv": arms.split(separator: "\n").prefix(5).joined(separator: "\n")],
            expected: "not-estimable 24:4"),
        Case(
            name: "zero variance",
            analysis: head + data + effects.replacing("noise-correlation: 0.5", with: "metrics: [clicks]")
                + "```meta-analysis\neffects: lifts\nmetric: clicks\n```\n",
            more: ["arms.csv": arms.replacing(",4\n", with: ",0\n")], expected: "not-estimable 26:9"),
        Case(
            name: "duplicate id", analysis: head + data + data, expected: "duplicate-id 11:5"),
        Case(
            name: "cycle",
            analysis: head + "```table\nid: one\nof: two\n```\n\n```table\nid: two\nof: one\n```\n",
            expected: "cycle 5:4"),
        Case(
            name: "reference to nothing",
            analysis: head + data + effects.replacing("data: moments", with: "data: momnets"),
            expected: "unknown-reference 12:7"),
        Case(
            name: "value of nothing", analysis: head + data + "Rows: `{moments.rowz}`.\n",
            expected: "path-to-nothing 10:7"
        ),
        Case(name: "front matter that is no YAML", analysis: "---\ntitle: [a\n---\n", expected: "invalid-yaml 3:1"),
        Case(name: "no title", analysis: "---\nseed: 1\n---\n\nText.\n", expected: "missing-title 1:1"),
        Case(
            name: "alias bomb",
            analysis: head + "```data\nid: x\na: &a [1, 1]\nb: &b [*a, *a]\nsource: arms.csv\n```\n",
            expected: "refused-yaml 7:4"),
        Case(
            name: "source by ..", analysis: head + "```data\nid: x\nsource: ../../../../etc/passwd\n```\n",
            expected: "outside-project 7:9"),
        Case(
            name: "source by absolute path", analysis: head + "```data\nid: x\nsource: /etc/passwd\n```\n",
            expected: "outside-project 7:9"),
        Case(
            name: "source by symlink", analysis: head + "```data\nid: x\nsource: link.csv\n```\n",
            expected: "outside-project 7:9"),
        Case(
            name: "source by glob", analysis: head + "```data\nid: x\nsource: ../../../*\n```\n",
            expected: "outside-project 7:9"),
        Case(
            name: "include outside", analysis: head + "<!-- include: ../../../etc/passwd -->\n",
            expected: "outside-project 5:1"),
        Case(
            name: "image outside", analysis: head + "![x](../../../etc/secret.png)\n", expected: "outside-project 5:1"),
        Case(name: "image by symlink", analysis: head + "![x](link.png)\n", expected: "outside-project 5:1"),
        Case(name: "remote image", analysis: head + "![x](https://example.org/a.png)\n", expected: "remote-image 5:1"),
        Case(
            name: "claim that does not hold", analysis: head + data + "[13](#moments.rows) rows.\n",
            expected: "claim-fails 10:1"),
    ]

    @Test(arguments: cases) func fails(_ item: Case) throws {
        let project = project(item.analysis, item.more)
        project.files.add("/etc/passwd", Array("root".utf8))
        project.files.add("/etc/secret.png", [1])
        project.files.link(TestProject.root + "/Analyses/link.csv", to: "/etc/passwd")
        project.files.link(TestProject.root + "/Analyses/link.png", to: "../../../../etc/secret.png")
        project.files.add(TestProject.root + "/output/a.html", Array("old".utf8))
        let outcome = try #require(project.build())
        #expect(!outcome.succeeded)
        let errors = outcome.diagnostics.filter { $0.severity == .error }
        #expect(errors.first.map { [$0].summary } == "error " + item.expected)
        #expect(project.text("output/a.html") == "old")
        #expect(project.files.paths.allSatisfy { !$0.contains("/output/") || $0.hasSuffix("/output/a.html") })
    }

    @Test func deepNestingIsADiagnostic() throws {
        for text in [String(repeating: "> ", count: 200_000), String(repeating: "- ", count: 200_000)] {
            let outcome = try #require(project(head + text + "x\n").build())
            #expect(
                outcome.diagnostics.contains { $0.code.name == "nesting-too-deep" }, "\(outcome.diagnostics.summary)")
        }
    }

    @Test func invalidUTF8IsADiagnostic() throws {
        let project = project("")
        project.files.add(TestProject.root + "/Analyses/a.md", Array(head.utf8) + [0x61, 0xFF, 0xFE, 0x0A])
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "error invalid-utf8 5:2")
    }

    @Test func hugeFilesAreDiagnostics() throws {
        let project = project(head + data)
        project.files.add(
            TestProject.root + "/Analyses/arms.csv", Array(repeating: UInt8(ascii: "x"), count: 100 << 20))
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.first?.code.name == "bad-data")
        project.files.add(TestProject.root + "/Analyses/a.md", Array(repeating: UInt8(ascii: "x"), count: 100 << 20))
        let second = try #require(project.build())
        #expect(second.diagnostics.first?.code.name == "unreadable-file")
    }

    @Test func allFaultsOfAFileComeAtOnceAndInOrder() throws {
        let analysis = head + "```data\nid: x\nsorce: a\n```\n\n`{none.a}`\n\n```tabel\nof: x\n```\n"
        let outcome = try #require(project(analysis).build())
        let lines = outcome.diagnostics.compactMap { $0.range?.start.line }
        #expect(outcome.diagnostics.count >= 4)
        #expect(lines == lines.sorted())
    }

    @Test func aPartialReportShowsWhatCouldBeComputed() throws {
        let analysis = head + data + "Rows: `{moments.rows}`.\n\n```table\nof: moments.nothing\n```\n"
        let project = project(analysis)
        let outcome = try #require(project.build())
        #expect(!outcome.succeeded)
        let partial = try #require(project.text(".report/failed/a.html"))
        #expect(partial.contains(">12<"))
        #expect(project.text("output/a.html") == nil)
    }

    @Test func aGoodAnalysisBuilds() throws {
        let project = project(head + data + effects + "[12](#moments.rows) rows of `{lifts.experiments}` tests.\n")
        let outcome = try #require(project.build())
        #expect(outcome.diagnostics.summary == "")
        #expect(outcome.succeeded)
        for name in ["output/a.html", "output/a.md", "output/a.json"] { #expect(project.text(name) != nil) }
    }
}
