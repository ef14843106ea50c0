import Diagnostics
package import Documents
import Markdown
package import Results
import Values

/// An analysis with everything in it that a report can show, and with strings that would like to be markup.
package enum SampleAnalysis {
    package static let hostile =
        "<script>alert(1)</script> | \"quoted\" & `code` [x](javascript:alert(2)) www.evil.example @all"

    static let text = """
        ---
        title: in the model
        ---

        Every estimated effect is a true effect plus noise, and noise in metric 2 flattens the line. The naive slope is [0.71](#slope.naive.estimate); JIVE, which removes each arm’s own noise, gives `{slope.jive.estimate | .2f}`, that is [0.10](#slope.difference) more, as @fig-slope shows.[^noise] Unsafe [links](javascript:alert) lose their target, <b>raw tags</b> go, and `code` stays; [a safe one](https://example.com/paper?a=1&b=2) keeps it.

        ```data
        id: asos
        source: data/asos.csv
        ```

        ## Noise flattens the line

        ```proxy
        id: slope
        effects: lift
        outcome: 1
        proxies: [2]
        estimators: [naive, jive]
        ```

        > [!NOTE]
        > A slope below one is no verdict: both metrics are in per cent of their own control, `{slope.jive | interval .2f}` included.

        ### What was done

        - [x] shared controls honoured
        - [ ] clicks looked at
        - plain item with `{hostile.text}` in it

        ```simulation
        id: sensitivity
        effects: lift
        ```

        ## Each arm, shrunken

        ```meta-analysis
        id: pooled
        data: asos
        method: reml
        ```

        ```figure
        id: forest
        of: pooled
        ```

        ```figure
        id: posteriors
        of: bayes
        ```

        <div onclick="alert(1)">a raw block</div>

        ## A wide table & a heading with `{slope.jive.estimate | .2f}` in it

        ```table
        id: wide
        of: pooled
        ```

        ```figure
        id: lost
        of: nothing
        ```

        ```simulation
        id: errors
        draws: 1000
        ```

        [^noise]: Noise is the sampling error of an arm’s mean; see [the paper](https://example.com/noise).

        """

    static let captions: [String: String] = [
        "slope":
            "Corrected for noise, the line is steeper: `{slope.jive.estimate | .2f}` against `{slope.naive.estimate | .2f}`. Each point is one arm against its control, with 95% intervals; shared controls are honoured.",
        "sensitivity":
            "At a noise correlation near .85 there is nothing to correct. Ribbons: 66% and 95% bootstrap intervals over experiments.",
        "pooled":
            "The noisiest effects lose most. Open: as estimated. Filled: posterior mean with 66% and 95% intervals.",
        "forest":
            "Thirty experiments, one small effect. Squares are sized by weight; the diamond is the pooled effect.",
        "posteriors":
            "Ignoring the shared control makes the spread look larger. Posteriors under two models, four data sets.",
        "wide": "Two estimators, one question. Slope of conversion on metric 2, 95% intervals.",
        "lost": "This figure failed.",
        "errors": "Errors fall with experiments. Root mean squared error over 1000 draws.",
    ]

    package static func document() -> AnalysisDocument {
        let file = SourceFile(path: "Analyses/proxy.md", text: text)
        let start = file.offset(ofLine: 4)
        let reader = SampleReader(file, from: start)
        var front = FrontMatter(
            title: SampleReader.rich("Does metric 2 stand in for conversion?"),
            range: SourceRange(file: file, lower: 0, upper: start))
        front.authors = ["Experimentation statistics"]
        front.date = "2026-11-22"
        front.abstract = SampleReader.rich(
            "Teams read metric 2 because it moves first. Across past experiments an effect of one percent on it goes with `{slope.jive.estimate | .2f}` percent on conversion once measurement noise is taken out, against `{slope.naive.estimate | .2f}` before, though the two intervals overlap and the answer leans on an assumption about the noise."
        )
        front.highlights = [
            .init(
                value: SampleReader.rich("`{slope.jive.estimate | .2f}`"),
                text: SampleReader.rich("corrected slope, 95% interval [0.70, 0.94], JIVE"), link: "#slope"),
            .init(
                value: SampleReader.rich("`{slope.naive.estimate | .2f}`"),
                text: SampleReader.rich("naive slope, 95% interval [0.59, 0.78]"), link: "#slope"),
            .init(
                value: SampleReader.rich(".5"),
                text: SampleReader.rich("the assumed correlation of noise; above about .85 the correction vanishes"),
                link: "#sensitivity"),
        ]
        let directives = reader.directives(captions) { id in
            id == "slope" ? .both : id == "wide" ? .table : id == "asos" ? .none : .figure
        }
        return AnalysisDocument(
            source: file, frontMatter: front, body: reader.body, directives: directives, values: reader.values,
            claims: reader.claims)
    }

    /// `isComplete` leaves no directive without a result.
    package static func results(_ document: AnalysisDocument, isComplete: Bool) -> AnalysisResults {
        func result(
            _ id: String, _ values: Value, figure: FigureModel? = nil, table: TableModel? = nil,
            inputs: [String] = ["asos"], sources: [DataSource] = [], assumptions: [String] = [], warnings: [String] = []
        ) -> DirectiveResult? {
            guard let directive = document.directives.first(where: { $0.id == id }) else { return nil }
            return DirectiveResult(
                directive: directive.word, id: id, range: directive.range, inputs: inputs, sources: sources,
                values: values, table: table, figure: figure, assumptions: assumptions, warnings: warnings)
        }
        let slope: Value = [
            "naive": ["estimate": 0.7123, "interval": [0.59, 0.78]],
            "jive": ["estimate": 0.8049, "interval": [0.70, 0.94]], "difference": 0.0966,
        ]
        let digest = String(repeating: "9c4f1ab8", count: 8)
        let all: [DirectiveResult?] = [
            result(
                "asos", ["rows": 94], inputs: [],
                sources: [DataSource(path: "Analyses/data/asos.csv", bytes: 2_712_344, sha256: digest)]),
            result(
                "slope", slope, figure: SampleFigures.scatter, table: comparison(document),
                assumptions: [
                    "The data set does not report covariances between metrics. The correlation of the two metrics within users is taken as .5."
                ]),
            result("sensitivity", [:], figure: SampleFigures.sensitivity, inputs: ["slope"]),
            result("pooled", ["method": "reml"], figure: SampleFigures.shrinkage),
            result("forest", [:], figure: SampleFigures.forest, inputs: ["pooled"]),
            result(
                "posteriors", [:], figure: SampleFigures.posteriors, inputs: ["pooled"],
                warnings: ["Two of 4000 draws diverged; \(hostile)"]),
            result("wide", [:], table: wide(document), inputs: ["pooled"]),
            isComplete ? result("lost", [:], figure: SampleFigures.posterior) : nil,
            result("errors", [:], figure: SampleFigures.facets, inputs: []),
        ]
        var results = AnalysisResults(
            seed: 1, params: ["noise-correlation": 0.5, "segment": .string(hostile)], meta: [:],
            results: all.compactMap(\.self))
        // A value of data that would like to be markup.
        if let last = results.results.indices.last {
            let hostileResult = DirectiveResult(
                directive: "data", id: "hostile", range: results.results[last].range, inputs: [],
                values: ["text": .string(hostile)])
            results.results.append(hostileResult)
        }
        return results
    }

    private static func number(_ estimate: Double, _ half: Double, _ path: String) -> TableModel.Cell {
        .number(
            ["estimate": Value(estimate), "interval": [Value(estimate - half), Value(estimate + half)]],
            format: "interval .2f", path: ResultPath(parsing: path))
    }

    private static func comparison(_ document: AnalysisDocument) -> TableModel {
        TableModel(
            columns: [
                .init("Estimator"), .init("Slope", .decimal), .init("Arms", .decimal), .init("Holds when"),
            ],
            rows: [
                .init([
                    .text("Naive"), number(0.7123, 0.095, "slope.naive"), .number(94, format: ".0f", path: nil),
                    .text("effects are measured without noise"),
                ]),
                .init(
                    [
                        .text("JIVE"), number(0.8049, 0.12, "slope.jive"), .number(94, format: ".0f", path: nil),
                        .text("direct effects are unrelated to proxy effects"),
                    ], isEmphasised: true),
            ])
    }

    private static func wide(_ document: AnalysisDocument) -> TableModel {
        let range = document.source.range
        let columns = ["Experiment | arm", "Metric", "n", "Lift", "p", "Shrunken", "τ", "I²", "k"].enumerated().map {
            TableModel.Column($0.element, $0.offset < 2 ? .left : .decimal)
        }
        let rows = (0..<8).map { row in
            let x = Double(row) * 0.31 - 1.1
            var line = TableModel.Row(
                [
                    .text(row == 3 ? hostile : "ee6ff\(row) · 1"), .text("conversion"),
                    .number(Value(12_345 + row * 811), format: ",", path: nil),
                    number(x, 0.4, "pooled.effects[\(row)]"),
                    .number(Value(0.01 * Double(row + 1)), format: ".2f", path: nil),
                    number(x * 0.7, 0.3, "pooled.effects[\(row)].shrunken"),
                    .number(Value(x * x), format: row == 2 ? ".1f" : ".3f", path: nil),
                    row == 5 ? .empty : .number(0.62, format: ".0%", path: nil),
                    .number(Value(row), format: ".0f", path: nil),
                ], isEmphasised: row == 7)
            if row % 4 == 0 { line.groupTitle = .text(row == 0 ? "Early <i>" : "Late") }
            return line
        }
        return TableModel(
            columns: columns, rows: rows,
            footnotes: [.init("Effects in per cent of the control’s mean; intervals at 95%.", at: range)])
    }
}
