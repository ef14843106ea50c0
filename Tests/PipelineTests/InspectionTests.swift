import Diagnostics
import TestSupport
import Testing
import Values

@testable import Pipeline

/// `report inspect`.
@Suite struct InspectionTests {
    private let project = TestProject([
        "Analyses/a.md": """
        ---
        title: A test
        params: {x: 2}
        ---

        # One `{params.x | .1f}`

        <!-- include: b.md -->

        ```table
        id: shown
        of: rows.columns
        ```

        [2](#params.x "within 0.5") of [it](#shown.rows)

        """,
        "Analyses/b.md": "```data\nid: rows\nsource: rows.csv\n```\n",
        "Analyses/rows.csv": "a,b\n1,2\n",
    ])

    @Test func tellsWhatIsReadAndPlanned() throws {
        let (value, diagnostics) = Inspection.value(of: ["Analyses/a.md"], in: project.workspace)
        #expect(diagnostics.map(\.code.name) == ["claim-without-number"])
        let made = try #require(value["analyses"]?.list?.first)
        #expect(
            made.object?.keys == [
                "analysis", "title", "seed", "params", "formats", "includes", "headings", "directives", "values",
                "claims", "plan",
            ])
        #expect(made["includes"] == ["Analyses/b.md"])
        let place: Value = [
            "file": "Analyses/a.md", "start": ["line": 6, "column": 1], "end": ["line": 6, "column": 25],
        ]
        #expect(made["headings"] == [["level": 1, "text": "One {params.x | .1f}", "place": place]])
        let directives = try #require(made["directives"]?.list)
        #expect(directives.map { $0["id"] } == ["rows", "shown"])
        #expect(directives[0]["options"] == ["id": "rows", "source": "rows.csv"])
        #expect(directives[0]["place"]?["file"] == "Analyses/b.md")
        #expect(made["values"]?.list?.map { $0["format"] } == [".1f"])
        #expect(made["claims"]?.list?.first?["condition"] == ["kind": "within", "number": 0.5])
        #expect(
            made["plan"]
                == ["order": ["rows", "shown"], "inputs": ["rows": [], "shown": ["rows"]], "cannotRun": []])
    }

    @Test func cyclesCannotRun() throws {
        let project = TestProject([
            "Analyses/a.md": "---\ntitle: A\n---\n\n```table\nid: a\nof: b\n```\n\n```table\nid: b\nof: a\n```\n"
        ])
        let (value, diagnostics) = Inspection.value(of: ["Analyses/a.md"], in: project.workspace)
        #expect(diagnostics.map(\.code.name) == ["cycle"])
        #expect(value["analyses"]?.list?.first?["plan"]?["cannotRun"] == ["a", "b"])
    }

    @Test func keptResultsAreThoseOfTheFile() throws {
        let kept = try #require(project.build { $0.keepsResults = true })
        let results = try #require(kept.results)
        let (value, _) = Inspection.value(
            of: ["Analyses/a.md"], results: [kept.analysis.path: results], in: project.workspace)
        let made = try #require(value["analyses"]?.list?.first)
        #expect(made["results"]?["rows"]?["values"]?["rows"] == 1)
        #expect(made["numbers"]?.list?.first?["text"] == "2.0")
        #expect(made["checkedClaims"]?.list?.first?["holds"] == true)
        let plain = try #require(project.build())
        #expect(plain.results == nil)
    }
}
