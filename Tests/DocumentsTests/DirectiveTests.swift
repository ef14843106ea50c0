import Diagnostics
import Documents
import Markdown
import Testing
import Values

/// Fences that are directives, fences that are not, and the keys that all share.
@Suite struct DirectiveTests {
    @Test func everything() throws {
        let read = Read(
            """
            ```data
            id: trials
            source: [a.csv, "b/*.tsv"]
            where: n > 0
            ```

            ~~~~ effects
            data: trials
            layout: estimates
            effect: e
            se: s
            caption: The `{pooled.mu.estimate | .2f}` of *it*
            echo: false
            show: both
            ~~~~

            ```meta-analysis
            data: trials
            effect: e
            variance: v
            method: bayes
            prior: {mu: "normal(0, 5)", tau: half-cauchy(5)}
            correlation: [shared-control, ignore]
            ```
            """)
        #expect(read.faults.isEmpty)
        let directives = try #require(read.document?.directives)
        #expect(directives.map(\.id) == ["trials", "_effects-1", "_meta-analysis-1"])
        #expect(directives.map(\.hasWrittenID) == [true, false, false])
        #expect(directives.map(\.wordRange.text) == ["data", "effects", "meta-analysis"])
        #expect(directives.map(\.show) == [.none, .both, .table])
        #expect(directives.map(\.echo) == [.fold, .hidden, .fold])
        #expect(directives[0].range.text.hasPrefix("```data") && directives[0].range.text.hasSuffix("```"))
        let caption = try #require(directives[1].caption)
        #expect(caption.values.values.first?.range.text == "`{pooled.mu.estimate | .2f}`")
        #expect(caption.node.children.count == 1)
        #expect(directives[1].dependencies.map(\.id) == ["trials"])
    }

    @Test(arguments: [
        ("dta", "data"), ("efects", "effects"), ("prxoy", "proxy"), ("metanalysis", "meta-analysis"),
        ("Figure", "figure"),
        ("tables", "table"), ("covarince", "covariance"),
    ])
    func nearWords(word: String, meant: String) {
        let read = Read(word, "x: 1")
        #expect(read.faults == ["unknown-directive: \(word)"])
        #expect(read.fixed.contains("```\(meant)\n"))
    }

    @Test(arguments: ["python", "r", "sql", "yaml", "json", "text", "dart", "bash", "whatever", "", "{r}"])
    func otherLanguages(word: String) {
        let read = Read(word, "x: 1")
        #expect(read.faults.isEmpty && read.document?.directives.isEmpty == true)
    }

    @Test func inert() {
        let read = Read("````\n```data\n```\n````\n\n    ```data\n    ```\n\n``` ```\n")
        #expect(read.faults.isEmpty && read.document?.directives.isEmpty == true)
    }

    @Test func head() {
        let read = Read("data  {id: x} ", "source: a.csv")
        #expect(read.faults == ["directive-head: {id: x}"])
    }

    @Test func unclosed() {
        #expect(Read("```data\nsource: a.csv\n").faults == ["unclosed-directive: ```data"])
    }

    @Test func insideOthers() {
        let read = Read("> ```data\n> source: a\n> ```\n\n- x\n\n  ```table\n  of: a\n  ```\n")
        #expect(read.faults == ["directive-place: data", "directive-place: table"])
        #expect(read.document?.directives.isEmpty == true)
    }

    @Test(arguments: ["A", "1a", "a_b", "a b", "-a", "é", "1"])
    func malformedIDs(id: String) {
        #expect(Read("data", "id: \(id)\nsource: a.csv").faults.first == "invalid-id: \(id)")
    }

    @Test func reservedAndTakenIDs() {
        #expect(Read("data", "id: params\nsource: a.csv").faults == ["reserved-id: params"])
        #expect(Read("data", "id: meta\nsource: a.csv").faults == ["reserved-id: meta"])
        let read = Read("```data\nid: a\nsource: a.csv\n```\n\n```data\nid: a\nsource: b.csv\n```\n")
        #expect(read.faults == ["duplicate-id: a"])
        #expect(read.diagnostics[0].range?.start.line == 11)
        #expect(read.diagnostics[0].notes.first?.range?.start.line == 6)
    }

    @Test func anonymousNumbers() {
        let one = "```data\nsource: a.csv\n```\n\n"
        #expect(Read(one + one).document?.directives.map(\.id) == ["_data-1", "_data-2"])
    }

    @Test func idOfAFaultyBodyCounts() {
        var read = Read("```data\nid: a\nsource: [\n```\n\n`{a.rows}`\n")
        let before = read.diagnostics.count
        read.document?.checkReferences(diagnostics: &read.diagnostics)
        #expect(before == 1 && read.diagnostics.count == 1)
    }

    @Test func referencesToNothing() {
        var read = Read(
            """
            ```data
            id: trials
            source: "{params.file}"
            ```

            ```effects
            data: trails
            layout: units
            variant: v
            control: {params.alpa}
            metrics: [m]
            ```

            ```figure
            of: nothing.effects
            kind: forest
            caption: "`{absent.x}`"
            ```

            `{params.alpha}` `{meta.title}` `{trials.rows}` `{trial.rows}` [3](#gone.x) [a](#gone)
            """)
        #expect(read.faults.isEmpty)
        read.document?.checkReferences(diagnostics: &read.diagnostics)
        #expect(
            read.faults == [
                "unknown-reference: \"{params.file}\"", "unknown-reference: {params.alpa}",
                "unknown-reference: `{absent.x}`", "unknown-reference: `{trial.rows}`",
                "unknown-reference: [3](#gone.x)",
            ])
        #expect(read.fixed.contains("{params.alpha}\n"))
        #expect(read.document?.directives.flatMap(\.dependencies).map(\.id) == ["trails", "nothing"])
        #expect(read.fixed.contains("`{trials.rows}` `{trials.rows}`"))
    }

    @Test func captionThatIsAValue() throws {
        let read = Read("figure", "of: a.b\nkind: forest\ncaption: {a.n | ,}")
        let directive = try #require(read.document?.directives.first)
        #expect(directive.options.references.isEmpty)
        #expect(directive.dependencies.map(\.id) == ["a"])
        #expect(directive.caption?.values.values.first?.path.description == "a.n")
        #expect(directive.caption?.values.values.first?.range.text == "{a.n | ,}")
    }
}
