import Diagnostics
import Documents
import Execution
import TestSupport
import Testing
import Values

@testable import Pipeline

/// One analysis, a report for each value of its parameters, and their index.
@Suite struct SweepTests: SweepSuite {
    @Test func aReportForEachValueAndAnIndexOfHighlights() throws {
        let project = project()
        let outcomes = run(project) { $0.sweeps = [("segment", ["a", "b_c"])] }
        #expect(outcomes.allSatisfy { $0.succeeded }, "\(outcomes.flatMap(\.diagnostics).summary)")
        #expect(
            outcomes.map(\.analysis.label) == [
                "Analyses/a.md with segment=a", "Analyses/a.md with segment=b_c", "Analyses/a.md",
            ])
        for (segment, mean) in [("a", 1.5), ("b_c", 3.5)] {
            let report = JSON(project.text("output/a/segment=\(segment).json"))
            #expect(report["params"]["segment"].string == segment)
            #expect(abs((report["results"]["pooled"]["values"]["mu"]["estimate"].number ?? 0) - mean) < 1e-12)
        }
        let index = JSON(project.text("output/a.json"))
        #expect(index["analysis"].string == "Analyses/a.md" && index["params"].keys == ["level"])
        let members = index["results"]["sweep"]["values"]["members"]
        #expect(members.count == 2 && members[1]["report"].string == "a/segment=b_c")
        #expect(index["numbers"].count == 2)
        #expect(index["numbers"][1]["text"].string == "3.5")
        #expect(index["numbers"][1]["path"].string == "sweep.members[1].values[\"pooled.mu.estimate\"]")
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("| segment | Pooled |\n| :-- | --: |\n| [a](a/segment=a.md) | 1.5 |"))
        #expect(project.text("output/a.html")?.contains("href=\"a/segment=b_c.html\"") == true)
    }

    @Test func theFrontMatterSweepsAProductAndCompares() throws {
        let project = project(
            "sweep: {segment: [a, b_c], level: [0.5, 0.95], compare: [{value: \"{pooled.mu | interval .2f}\", text: Mean}]}"
        )
        let outcomes = run(project)
        #expect(outcomes.allSatisfy { $0.succeeded }, "\(outcomes.flatMap(\.diagnostics).summary)")
        #expect(
            outcomes.map(\.analysis.outputName) == [
                "a/segment=a/level=0_5", "a/segment=a/level=0_95", "a/segment=b_c/level=0_5",
                "a/segment=b_c/level=0_95", "a",
            ])
        // 1.5 and the normal quantile 1.959964 times 0.5/√2.
        let markdown = try #require(project.text("output/a.md"))
        let link = "a/segment=a/level=0_95.md"
        #expect(markdown.contains("| [a](\(link)) | [0.95](\(link)) | 1.50 \\[0.81, 2.19\\] |"), "\(markdown)")
        // A parameter that is set is not swept.
        let set = run(project) { $0.params = [("segment", "a"), ("level", "0.9")] }
        #expect(set.map(\.analysis.outputName) == ["a"])
        #expect(JSON(project.text("output/a.json"))["results"].keys.contains("pooled"))
    }

    @Test func stepsThatReportsShareRunOnce() {
        let outcomes = run(project(), cached: true) { $0.sweeps = [("segment", ["a", "b_c"])] }
        let ran = outcomes.map { $0.explanations.filter { !$0.isReused }.map(\.id).sorted() }
        #expect(ran == [["all", "pooled", "rows", "whole"], ["pooled", "rows"], []])
    }

    @Test func aReportThatFailsStopsNoOther() throws {
        let project = project(more: "[1.5](#pooled.mu.estimate)")
        let outcomes = run(project) { $0.sweeps = [("segment", ["a", "b_c"])] }
        #expect(outcomes.map(\.succeeded) == [true, false, true])
        #expect(project.text("output/a/segment=b_c.html") == nil)
        #expect(project.text(".report/failed/a/segment=b_c.html") != nil)
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("| [a](a/segment=a.md) | built | 1.5 |"), "\(markdown)")
        #expect(markdown.contains("| b\\_c | not built |  |"), "\(markdown)")
        #expect(markdown.contains("The report with segment=b\\_c was not built: "), "\(markdown)")
        let member = JSON(project.text("output/a.json"))["results"]["sweep"]["values"]["members"][1]
        #expect(member["built"].number == 0 && member["values"]["pooled.mu.estimate"].isNull)
    }

    @Test func aComparisonOfNothingFailsTheIndex() {
        let outcomes = run(project("sweep: {segment: [a], compare: [pooled.nu]}"))
        #expect(outcomes.map(\.succeeded) == [true, false])
        #expect(outcomes[1].diagnostics.summary == "error path-to-nothing 5:33")
    }

    @Test(arguments: [
        ([("segmnt", ["a"])], "unknown-parameter"), ([("level", ["0.5", "2"])], "out-of-range"),
        ([("segment", ["a", "a"])], "sweep-conflict"), ([("segment", ["a", "A"])], "output-conflict"),
        ([("segment", ["a"]), ("segment", ["b_c"])], "sweep-conflict"),
        ([("segment", (0...1000).map { "s\($0)" })], "sweep-conflict"), ([("level", [""])], "wrong-type"),
    ])
    func faults(sweeps: [(String, [String])], code: String) {
        let project = project()
        let outcomes = run(project) { $0.sweeps = sweeps.map { (name: $0.0, values: $0.1) } }
        #expect(outcomes.map(\.succeeded) == [false])
        #expect(outcomes.flatMap(\.diagnostics).map(\.code.name) == [code])
        #expect(project.text("output/a.html") == nil)
    }

    @Test func aParameterIsNotSetAndSwept() {
        let outcomes = run(project()) {
            $0.sweeps = [("segment", ["a"])]
            $0.params = [("segment", "b_c")]
        }
        #expect(outcomes.flatMap(\.diagnostics).map(\.code.name) == ["sweep-conflict"])
    }

    @Test func outputsOfOthersAreLeftAlone() {
        let project = project()
        project.add("Analyses/a/segment=a.md", "---\ntitle: Other\n---\n")
        let outcomes = run(project, ["Analyses/a.md"]) { $0.sweeps = [("segment", ["a"])] }
        #expect(outcomes.map(\.succeeded) == [false])
        #expect(outcomes[0].diagnostics.map(\.code.name) == ["output-conflict"])
        let site = TestProject(["Analyses/site.md": "---\ntitle: T\nparams: {x: 1}\nsweep: {x: [1]}\n---\n"])
        #expect(run(site, ["Analyses"])[0].diagnostics.map(\.code.name) == ["output-conflict"])
        let checks = Check(in: site.workspace).run(["Analyses"]).checks
        #expect(checks.flatMap(\.diagnostics).map(\.code.name) == ["output-conflict"])
    }

    @Test(arguments: [
        ("x", "new users", "p=new=20users"), ("x", "a/../b", "p=a=2F=2E=2E=2Fb"), ("x", "a=20b", "p=a=3D20b"),
        ("x", "ünï", "p==C3=BCn=C3=AF"), ("x", "", "p="), ("x", "0.5", "p=0=2E5"), ("1", "0.5", "p=0_5"),
        ("1", "-1e-9", "p=-1e-9"), ("true", "false", "p=false"),
    ])
    func fileNames(fallback: String, text: String, expected: String) throws {
        var diagnostics: [Diagnostic] = []
        let source = SourceFile(path: "a.md", text: "---\ntitle: T\nparams: {p: \(fallback)}\n---\n")
        let document = AnalysisDocument.parse(
            source, includes: { _, range, _ in .failure(.error(.sweepConflict, "", at: range)) },
            diagnostics: &diagnostics)
        let parameter = try #require(document?.frontMatter.parameters.first)
        let value = try parameter.value(of: text).get()
        #expect(SweepPlan.fileName(parameter, value) == expected)
        let long = SweepPlan.fileName(parameter, .string(String(repeating: "é/", count: 500)))
        #expect(long.utf8.count < 120)
        #expect(long != SweepPlan.fileName(parameter, .string(String(repeating: "é/", count: 501))))
    }
}
