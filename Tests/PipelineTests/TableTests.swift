import Diagnostics
import TestSupport
import Testing
import Values

@testable import Pipeline

/// The directive `table`: which rows it shows and in which order, what stands over and below them, and what it refuses.
@Suite struct TableTests {
    private static let head = """
        ---
        title: Tables
        params: {level: 0.05}
        ---

        ```data
        id: moments
        source: arms.csv
        ```


        """

    private func build(_ options: String) throws -> (outcome: Build.Outcome, project: TestProject) {
        let project = TestProject([
            "Analyses/a.md": TableTests.head + "```table\nid: shown\n\(options)\n```\n",
            "Analyses/arms.csv": TestProject.armMoments,
        ])
        return (try #require(project.build { $0.keepsResults = true }), project)
    }

    /// The lines of the Markdown's table.
    private func table(_ options: String) throws -> [String] {
        let (outcome, project) = try build(options)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
        return try #require(project.text("output/a.md")).split(separator: "\n").filter { $0.hasPrefix("|") }
            .map(String.init)
    }

    /// `code place: message | notes | fix`, of the first diagnostic.
    private func fault(_ options: String) throws -> String {
        let diagnostic = try #require(build(options).outcome.diagnostics.first)
        let fix = diagnostic.fixIts.first.map { " → \($0.replacement)" } ?? ""
        return "\(diagnostic.code.name) “\(diagnostic.range?.text ?? "")”: \(diagnostic.message)\(fix)"
    }

    private static let written = """
        columns: [Segment, {value: Lift, unit: ms}, p]
        rows:
          - [web, 0.12, 0.04]
          - [app, -0.31, 0.20]
          - [mail, 1.05, 0.001]
        """

    @Test func unitsStandInTheHeader() throws {
        #expect(try table(TableTests.written)[0] == "| Segment | Lift (ms) | p |")
        let percent = "columns: [{value: Lift, FORMAT}]\nrows: [[0.2]]"
        #expect(
            try table(percent.replacing("FORMAT", with: "unit: '%', format: .1%"))[0...2] == [
                "| Lift (%) |", "| --: |", "| 20.0 |",
            ])
        // Another unit takes no sign away.
        #expect(try table(percent.replacing("FORMAT", with: "unit: points, format: .1%"))[2] == "| 20.0% |")
    }

    @Test func rowsAreChosenSortedAndMarked() throws {
        let rows = try table(
            TableTests.written
                + "\nwhere: p < 0.1\nsort: -p\nemphasis: [{where: \"Lift > 1\", columns: p}, Segment = 'web']")
        #expect(Array(rows.dropFirst(2)) == ["| **web** | **0.12** | **0.04** |", "| mail | 1.05 | **0.001** |"])
        // What a row has besides its columns can be asked, and a parameter stand in for a number.
        let of = "of: moments.columns\ncolumns: [name]\nwhere: \"type = 'text' and `missing` < {params.level}\""
        #expect(try table(of).dropFirst(2) == ["| test |", "| arm |", "| metric |"])
        #expect(try table(of.replacing("< {params.level}", with: "is missing")).count == 2)
    }

    @Test func groupsHaveTitles() throws {
        let rows = try table("of: moments.columns\ngroups: type\ncolumns: [name, type, missing]\nsort: -name")
        #expect(
            rows == [
                "| Name | Missing |", "| :-- | --: |", "| **number** |  |", "| variance | 0 |", "| n | 0 |",
                "| mean | 0 |", "| **text** |  |", "| test | 0 |", "| metric | 0 |", "| arm | 0 |",
            ])
        let results = try build("of: moments.columns\ngroups: type\ncolumns: [name]").outcome.results
        let groups = results?["results"]?["shown"]?["values"]?["groups"]
        #expect(groups == [["title": "text", "rows": 3], ["title": "number", "rows": 3]])
        let own = try table("rows:\n  - {cells: [a, 1], group: \"First `{params.level}`\"}\n  - [b, 2]")
        #expect(Array(own.dropFirst(2)) == ["| **First 0.05** |  |", "| a | 1 |", "| b | 2 |"])
    }

    @Test func stubAndSpanners() throws {
        let options = """
            stub: p
            spanners:
              - {title: Outer, columns: [p, Segment]}
              - {title: Both, columns: [Lift, Segment, p]}
            """
        let rows = try table(TableTests.written + "\n" + options)
        #expect(rows[0] == "| Both: Outer: p | Both: Outer: Segment | Both: Lift (ms) |")
        let page = try #require(build(TableTests.written + "\n" + options).project.text("output/a.html"))
        #expect(page.contains("<th scope=colgroup colspan=3 class=spanner><span>Both</span>"))
        #expect(page.contains("<th class=right scope=row>"))
    }

    /// Marks are given in reading order; remarks about nothing that is there are left out.
    @Test func footnotesAreMarked() throws {
        let options = """
            columns: [Segment, {value: Lift, note: In the first week.}]
            rows: [[web, 1], [app, 2]]
            footnotes:
              - General, at level `{params.level}`.
              - {text: Few users., where: Segment = 'app'}
              - {text: Never seen., where: Lift > 9}
              - {text: "Both `{params.level}`.", where: Lift < 9, columns: Lift}
            """
        let (outcome, project) = try build(options)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary)")
        let markdown = try #require(project.text("output/a.md"))
        #expect(markdown.contains("| Segment | Liftᵃ |\n| :-- | --: |\n| web | 1ᵇ |\n| appᶜ | 2ᵇ |\n"))
        #expect(
            markdown.contains(
                "\n\nGeneral, at level 0.05.\n\nᵃ In the first week.\n\nᵇ Both 0.05.\n\nᶜ Few users.\n\n"))
        let page = try #require(project.text("output/a.html"))
        #expect(page.contains("<a href=\"#note:shown:b\" aria-label=\"Note b\">b</a>"))
        #expect(page.contains("<p id=\"note:shown:b\"><sup>b</sup> Both"))
        #expect(!page.contains("<p>Never seen."))
    }

    /// Places are 4 + 92 (x − lower) / (upper − lower): here from 0 to 4.
    @Test func barsShareAnAxisWithTheNull() throws {
        let page = try #require(
            build("columns: [a, {value: b, bar: true}]\nrows: [[x, 1], [y, 4]]").project.text("output/a.html"))
        #expect(page.contains("<path class=\"null\" d=\"M4-1v22\"/><path class=\"solid\" d=\"M4 10H27\"/>"))
        #expect(page.contains("<path class=\"solid\" d=\"M4 10H96\"/>"))
        #expect(page.contains("Bars of b go from 0 to 4; the line is at 0."))
        let bounded = "columns: [a, {value: b, bar: {null: none, min: 1, max: 2}}]\nrows: [[x, 1], [y, 4]]"
        let other = try #require(build(bounded).project.text("output/a.html"))
        #expect(!other.contains("class=\"null\"") && other.contains("Bars of b go from 1 to 2."))
    }

    @Test(arguments: [
        ("columns: [Segmnt]", "bad-column “Segmnt”: A table has no column Segmnt → Segment"),
        ("stub: Lfit", "bad-column “Lfit”: A table has no column Lfit → Lift"),
        ("groups: Segmen", "bad-column “Segmen”: No row has Segmen, to be grouped by → Segment"),
        ("sort: -segment", "bad-column “-segment”: A table is sorted by its columns → Segment"),
        ("where: Lfit > 1", "bad-column “Lfit”: No row has Lfit, which the condition is about → Lift"),
        ("where: Segment > 1", "bad-condition “Segment > 1”: Segment is compared with a number, and “web” is none"),
        ("emphasis: Lift >", "bad-condition “>”: A value is a number, a quoted text, or {params.name}"),
        ("emphasis: {columns: p}", "missing-key “”: 'emphasis' needs the key 'where', a condition"),
        ("footnotes: {text: x, columns: q}", "bad-column “q”: A table has no column q → p"),
        (
            "spanners: [{title: x, columns: [Segment, p]}]",
            "bad-column “[Segment, p]”: A spanner's columns stand beside each other"
        ),
        (
            "spanners: [{title: x, columns: [Segment, Lift]}, {title: y, columns: [Lift, p]}]",
            "bad-column “{title: y, columns: [Lift, p]}”: Two spanners share all columns of one of them, or none"
        ),
        (
            "spanners: [{title: x, columns: p, nte: y}]",
            "unknown-key “nte”: an item of 'spanners' has no key 'nte' → note"
        ),
    ])
    func faultsSayWhatToWrite(options: String, expected: String) throws {
        let written =
            options.hasPrefix("columns")
            ? TableTests.written.replacing("rows:", with: "stub: Segmnt\nrows:")
            : TableTests.written + "\n" + options
        #expect(try fault(written) == expected)
    }

    @Test func rowsHaveKnownKeys() throws {
        #expect(
            try fault("rows: [{cell: [a]}]")
                == "bad-column “cell”: A row that is a mapping has 'cells' and may have 'emphasis' and 'group' → cells")
    }
}
