import Diagnostics
import Documents
import Execution
import Markup
import TestSupport
import Testing
import Typesetting
import Workspace

@testable import Pipeline

/// Formulas from the project's cache: a warm build starts no interpreter, and believes nothing that it should not.
@Suite struct FormulaCacheTests {
    private func project() throws -> TestProject {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: $a$\n---\n\n$x$ and $y$, $$\\frac{x}{y}$$\n",
            "Analyses/b.md": "---\ntitle: B\n---\n\n$x$ and $z$\n",
        ])
        try project.addKaTeX()
        return project
    }

    private let home = "/home/ann/.config"

    /// Makes all reports, and tells whether KaTeX itself had to be started.
    private func build(
        _ project: TestProject, _ paths: [String] = ["Analyses"]
    ) throws -> (started: Bool, outcomes: [Build.Outcome]) {
        try project.removeOutputs()
        let build = Build(
            BuildOptions(), in: project.workspace, trust: Trust(project.workspace, configurationHome: home),
            cache: ProjectCache(project.workspace, configurationHome: home))
        let outcomes = build.run(paths).outcomes
        return (build.typesetter.hasStarted, outcomes)
    }

    private func outputs(_ project: TestProject) -> [String: String?] {
        Dictionary(
            uniqueKeysWithValues: project.files.paths.filter { $0.contains("/output/") }
                .map { ($0, project.files.bytes(at: $0).map { String(decoding: $0, as: UTF8.self) }) })
    }

    @Test func aWarmBuildStartsNothing() throws {
        let project = try project()
        #expect(try build(project).started)
        let cold = outputs(project)
        #expect(cold.values.contains { $0?.contains("<mfrac>") == true })
        let warm = try build(project)
        #expect(!warm.started && warm.outcomes.allSatisfy { $0.succeeded })
        #expect(outputs(project) == cold)
        // Each analysis has its own, though one process set what they share once.
        #expect(try !build(project, ["Analyses/b.md"]).started)
        #expect(outputs(project).count == 3 && outputs(project).allSatisfy { cold[$0.key] == $0.value })
    }

    @Test func aNewFormulaIsSetAndKept() throws {
        let project = try project()
        _ = try build(project)
        project.add("Analyses/b.md", "---\ntitle: B\n---\n\n$x$ and $w$\n")
        #expect(try !build(project, ["Analyses/a.md"]).started)
        #expect(try build(project).started)
        #expect(try !build(project).started)
        // A formula on a line of its own is another one.
        project.add("Analyses/b.md", "---\ntitle: B\n---\n\n$$x$$ and $w$\n")
        #expect(try build(project).started)
    }

    @Test func anotherKaTeXSetsAllAgain() throws {
        let project = try project()
        _ = try build(project)
        let bytes = project.files.bytes(at: TestProject.katexPlace) ?? []
        project.files.add(TestProject.katexPlace, bytes + Array("\n// other\n".utf8))
        #expect(try build(project).started)
        #expect(try !build(project).started)
    }

    @Test func withoutKaTeXNothingIsSet() throws {
        let project = try project()
        _ = try build(project)
        try project.files.remove(TestProject.katexPlace)
        let outcomes = try build(project).outcomes
        #expect(outcomes.allSatisfy { $0.diagnostics.map(\.code.name) == ["missing-katex"] })
    }

    @Test func faultsAreSaidAgain() throws {
        let project = try project()
        project.add("Analyses/a.md", "---\ntitle: A\n---\n\n$\\foo$ and $y$\n")
        for _ in 0..<2 {
            #expect(
                try build(project, ["Analyses/a.md"]).outcomes.flatMap(\.diagnostics).summary == "error formula 5:2")
        }
    }

    /// What an entry holds is read as KaTeX's own markup is, even under the right key.
    @Test func markupOfAnEntryIsRead() throws {
        let project = try project()
        let key = [UInt8](repeating: 1, count: 32)
        let workspace = project.workspace
        let entries = FormulaEntries(BuildCache(workspace.files, folder: "/cache", key: key), analysis: "a.md")
        let typesetter = Typesetter(in: workspace)
        let honest = try typesetter.mathML("x", isDisplay: false, cache: entries).get()
        #expect(honest.serialised.contains("<mi>x</mi>"))
        entries.close()
        let evil = Forged(entries)
        let other = Typesetter(in: workspace)
        #expect(try other.mathML("x", isDisplay: false, cache: evil).get() == honest)
        #expect(other.hasStarted)
    }

    /// A cache that knows KaTeX and answers with a script.
    private final class Forged: FormulaCache {
        private let entries: FormulaEntries

        init(_ entries: FormulaEntries) { self.entries = entries }

        func library(at path: String) -> KaTeXLibrary? { entries.library(at: path) }
        func store(_ library: KaTeXLibrary) {}
        func markup(for digest: String) -> String? {
            entries.markup(for: digest).map {
                $0.replacing("<mi>", with: "<script>").replacing("</mi>", with: "</script>")
            }
        }
        func store(_ markup: String, for digest: String) {}
    }
}
