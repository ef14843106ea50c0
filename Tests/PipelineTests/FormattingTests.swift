import Diagnostics
import Documents
import Foundation
import TestSupport
import Testing
import Values

@testable import Pipeline

/// Files brought into form.
@Suite struct FormattingTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private let untidy = """
        ---
        title:   A test
        ---

        # One `{params.x | .1f}`

        <!-- include: parts/b.md -->

        ```table
        of: rows.columns
        id: shown  # the table
        ```

        |a|b|
        |-|-:|
        |1|[2](#shown.rows "within 1")|

        """

    @Test func anAnalysisAndWhatItIncludes() throws {
        let project = TestProject([
            "Analyses/a.md": untidy,
            "Analyses/parts/b.md": "```data\nsource: rows.csv\nid: rows\n```\n",
            "Analyses/parts/c.md": "```data\nsource: rows.csv\nid: rows\n```\n",
            "Analyses/parts/rows.csv": "a,b\n1,2\n",
        ])
        let before = Inspection.value(of: ["Analyses"], in: project.workspace).value
        let (general, outcomes) = Formatting.run(["Analyses"], in: project.workspace)
        #expect(general == [])
        #expect(outcomes.map(\.shown) == ["Analyses/a.md", "Analyses/parts/b.md"], "c.md belongs to no analysis")
        for outcome in outcomes {
            #expect(outcome.diagnostics == [])
            try SourceEdits.write(try #require(outcome.edit), in: outcome.project, project.workspace)
        }
        #expect(project.text("Analyses/parts/b.md") == "```data\nid: rows\nsource: rows.csv\n```\n")
        let text = try #require(project.text("Analyses/a.md"))
        #expect(text.contains("```table\nid: shown  # the table\nof: rows.columns\n```"))
        #expect(text.contains("| a   |                           b |\n| --- | --------------------------: |\n"))
        let after = Inspection.value(of: ["Analyses"], in: project.workspace).value
        #expect(Self.withoutPlaces(before).canonicalJSON == Self.withoutPlaces(after).canonicalJSON)
        let again = Formatting.run(["Analyses"], in: project.workspace).outcomes
        #expect(again.count == 2 && again.allSatisfy { $0.edit == nil && $0.diagnostics.isEmpty })
    }

    private static func withoutPlaces(_ value: Value) -> Value {
        switch value {
        case .list(let items): .list(items.map(withoutPlaces))
        case .object(let object):
            .object(Object(object.filter { $0.key != "place" }.map { ($0.key, withoutPlaces($0.value)) }))
        default: value
        }
    }

    @Test func theDiffShowsWhatChanges() throws {
        let project = TestProject(["Analyses/a.md": untidy])
        let edit = try #require(Formatting.run(["Analyses/a.md"], in: project.workspace).outcomes.first?.edit)
        let expected = """
            --- Analyses/a.md
            +++ Analyses/a.md
            @@ -2,1 +2,1 @@
            -title:   A test
            +title: A test
            @@ -10,2 +10,2 @@
            -of: rows.columns
            -id: shown  # the table
            +id: shown  # the table
            +of: rows.columns
            @@ -14,3 +14,3 @@
            -|a|b|
            -|-|-:|
            -|1|[2](#shown.rows "within 1")|
            +| a   |                           b |
            +| --- | --------------------------: |
            +| 1   | [2](#shown.rows "within 1") |

            """
        #expect(edit.diff == expected)
    }

    /// Keys move, and with them what is named first; what is planned does not change.
    @Test func theOrderOfKeysPlansNothing() {
        func inputs(_ figure: String) -> Value? {
            let project = TestProject([
                "Analyses/a.md": """
                ---
                title: A
                ---

                ```effects
                id: e
                data: d
                ```

                ```figure
                id: f
                \(figure)
                ```

                ```covariance
                id: s
                effects: e
                ```

                """
            ])
            let value = Inspection.value(of: ["Analyses/a.md"], in: project.workspace).value
            return value["analyses"]?.list?.first?["plan"]?["inputs"]?["f"]
        }
        #expect(inputs("kind: ellipse\nof: s.naive\npoints: e") == ["e", "s"])
        #expect(inputs("points: e\nof: s.naive\nkind: ellipse") == ["e", "s"])
    }

    @Test func textOfNoFile() {
        let (text, edit, diagnostics) = Formatting.text(Array("```data\nid:   a\n```".utf8), named: "<stdin>")
        #expect(text == "```data\nid: a\n```" && edit?.after == text && diagnostics == [])
        #expect(Formatting.text([0xFF], named: "<stdin>").diagnostics.map(\.code.name) == ["invalid-utf8"])
        let broken = Formatting.text(Array("```data\nid: [\n```\n".utf8), named: "<stdin>")
        #expect(broken.diagnostics.map(\.code.name) == ["invalid-yaml"] && broken.text == "```data\nid: [\n```\n")
    }

    /// What is shipped is in form, `Templates/new` as well.
    @Test func shippedAnalysesAreInForm() throws {
        let folders = ["Analyses", "Templates/new"]
        for folder in folders {
            let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: folder).path)
            for name in names where name.hasSuffix(".md") || name.hasSuffix("-analysis.txt") {
                let text = try String(contentsOf: Self.root.appending(path: folder + "/" + name), encoding: .utf8)
                let (fixes, diagnostics) = DocumentFormatter.fixes(of: SourceFile(path: name, text: text))
                #expect(
                    fixes.isEmpty, "\(folder)/\(name) is not in form: `report fmt \(folder)/\(name)` brings it there")
                #expect(diagnostics == [])
            }
        }
    }
}
