import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Ellipses, heat maps and lines of long lists, driven through the directive.
@Suite struct FigureKindTests {
    private static let rows = """
        test,arm,metric,effect,own,shared
        a,1,x,0.10,0.010,0.004
        a,1,y,0.06,0.012,0.004
        a,2,x,0.30,0.011,0.004
        a,2,y,0.22,0.010,0.004
        b,1,x,-0.20,0.009,0.005
        b,1,y,-0.11,0.011,0.005
        c,1,x,0.50,0.010,0.003
        c,1,y,0.35,0.009,0.003
        d,1,x,-0.40,0.012,0.006
        d,1,y,-0.31,0.010,0.006

        """

    private static let head = """
        ---
        title: Figures
        params:
          metrics: [x, y]
          indefinite: [[1, 2], [2, 1]]
          flat: [[4, 2], [2, 1]]
          study:
            - {estimator: tc, n: 1000, direct: false, parameter: s1, bias: -0.07, sd: 2.4, low: -1, high: 1}
            - {estimator: naive, n: 1000, direct: false, parameter: s1, bias: 0.3, sd: 0.1, low: 0.2, high: 0.4}
            - {estimator: tc, n: 5000, direct: false, parameter: s1, bias: -0.01, sd: 0.9, low: -0.5, high: 0.5}
            - {estimator: naive, n: 5000, direct: false, parameter: s1, bias: 0.2, sd: 0.05, low: 0.1, high: 0.3}
            - {estimator: liml, n: 5000, direct: false, parameter: s1, bias: null, sd: null, low: null, high: null}
            - {estimator: tc, n: 1000, direct: true, parameter: s1, bias: 0.5, sd: 2.4, low: -1, high: 1}
            - {estimator: tc, n: 5000, direct: true, parameter: s1, bias: 0.6, sd: 0.9, low: 0, high: 1}
        ---

        ```data
        id: rows
        source: rows.csv
        ```

        ```effects
        id: lifts
        data: rows
        layout: estimates
        experiment: test
        variant: arm
        metric: metric
        effect: effect
        treatment-variance: own
        control-variance: shared
        noise-correlation: 0.5
        ```

        ```covariance
        id: cov
        effects: lifts
        estimators: [naive, jive]
        bootstrap: 0
        ```

        ```proxy
        id: slope
        effects: lifts
        outcome: y
        proxies: [x]
        estimators: [naive, jive]
        ```


        """

    private func build(_ figure: String) throws -> (figure: JSON, results: JSON, outcome: Build.Outcome) {
        let project = TestProject([
            "Analyses/a.md": Self.head + "```figure\nid: drawn\n" + figure + "\n```\n", "Analyses/rows.csv": Self.rows,
        ])
        let outcome = try #require(project.build())
        let results = JSON(project.text("output/a.json"))["results"]
        return (results["drawn"]["values"]["panels"], results, outcome)
    }

    private func marks(_ figure: String) throws -> (marks: JSON, results: JSON) {
        let (panels, results, outcome) = try build(figure)
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        return (panels[0]["marks"], results)
    }

    // MARK: Ellipses

    /// a aᵀ + b bᵀ of the half axes is Λ χ²; the quantile of χ²₂ at 95% is 5.991464547107979 (R's `qchisq(.95, 2)`).
    @Test func halfAxesAreThoseOfTheMatrix() throws {
        let (marks, results) = try marks(
            "kind: ellipse\nof: [cov.naive, cov.naive.noise]\nx: x\ny: y\ndirections: true\nlines: [slope.jive]\n"
                + "points: lifts")
        #expect(marks[0]["mark"].string == "points" && marks[0]["points"].count == 5)
        for (index, key) in [(1, "matrix"), (2, "noise")] {
            let matrix = results["cov"]["values"]["naive"][key]
            let axes = marks[index]["axes"]
            #expect(marks[index]["mark"].string == "ellipse" && marks[index]["repaired"].value as? Bool == false)
            for i in 0..<2 {
                for j in 0..<2 {
                    let product = (0..<2).reduce(0.0) { sum, axis in
                        sum + (axes[axis][i].number ?? .nan) * (axes[axis][j].number ?? .nan)
                    }
                    let expected = try #require(matrix[i][j].number) * 5.991464547107979
                    #expect(abs(product - expected) < 1e-12)
                }
            }
        }
        #expect(marks[1]["series"].string == "naive" && marks[2]["series"].string == "noise")
        // The regression of y on x, through the middle.
        let matrix = results["cov"]["values"]["naive"]["matrix"]
        let slope = try #require(matrix[0][1].number) / #require(matrix[0][0].number)
        let line = marks[3]
        #expect(abs(try #require(line["y"][1].number) / #require(line["x"][1].number) - slope) < 1e-12)
        #expect(
            marks[5]["slope"].number
                == results["slope"]["values"]["jive"]["coefficients"]["x"]["estimate"].number)
        #expect(marks[5]["intercept"].number == 0)
    }

    @Test func ellipsesStandAboutTheMean() throws {
        let (marks, results) = try marks("kind: ellipse\nof: cov.jive\nx: y\ny: x\ncentred: mean\nlevel: 0.5")
        let mean = results["cov"]["values"]["jive"]["mean"]
        #expect(marks[0]["centre"][0].number == mean[1].number && marks[0]["centre"][1].number == mean[0].number)
        #expect(marks[0]["level"].number == 0.5)
    }

    /// [[1, 2], [2, 1]] has the eigenvalues 3 and −1: what is left is a segment along (1, 1).
    @Test func anIndefiniteMatrixIsDrawnInPart() throws {
        let (panels, _, outcome) = try build(
            "kind: ellipse\nof: [params.indefinite, params.flat]\nx: x\ny: y\nlabels: [one, two]")
        let marks = panels[0]["marks"]
        #expect(marks[0]["repaired"].value as? Bool == true && marks[1]["repaired"].value as? Bool == false)
        #expect(marks[0]["axes"][1][0].number == 0 && marks[0]["axes"][1][1].number == 0)
        #expect(abs(try #require(marks[0]["axes"][0][0].number) - (3 * 5.991464547107979 / 2).squareRoot()) < 1e-12)
        #expect(abs(try #require(marks[1]["axes"][1][0].number)) < 1e-7)
        #expect(outcome.succeeded)
    }

    @Test func panelsHaveTheirOwnEllipses() throws {
        let (panels, _, outcome) = try build(
            """
            kind: ellipse
            panels:
              - {of: [cov.naive], title: One, labels: [effects]}
              - {of: [cov.jive, cov.naive], title: Two, lines: [slope.naive]}
            x: x
            y: y
            """)
        #expect(outcome.succeeded)
        #expect(panels[0]["marks"].count == 1 && panels[1]["marks"].count == 3)
        #expect(panels[1]["title"].string == "Two")
    }

    // MARK: Heat maps

    @Test func aCovarianceIsAHeatMapOfItsCorrelations() throws {
        let (marks, results) = try marks("kind: heatmap\nof: cov.naive")
        #expect(marks[0]["cells"].count == 2 && marks[0]["middle"].number == 0)
        #expect(marks[0]["domain"][0].number == -1 && marks[0]["domain"][1].number == 1)
        let correlation = results["cov"]["values"]["naive"]["correlation"]
        #expect(marks[0]["cells"][0]["value"].number == correlation[0][1].number)
        #expect(marks[0]["cells"][0]["column"].number == 1 && marks[0]["cells"][0]["row"].number == 0)
    }

    @Test func aMatrixIsDrawnWhole() throws {
        let (marks, _) = try marks("kind: heatmap\nof: params.flat\ntriangle: full\nvalue-title: Variance")
        #expect(marks[0]["cells"].count == 4 && marks[0]["middle"].isNull)
        #expect(marks[0]["title"].string == "Variance")
    }

    @Test func rowsMakeCells() throws {
        let (panels, _, outcome) = try build(
            "kind: heatmap\nof: params.study\nfilter: {direct: false}\nx: n\ny: estimator\nvalue: bias")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let cells = panels[0]["marks"][0]["cells"]
        // Four numbers; LIML has none. Both signs make two hues.
        #expect(cells.count == 4 && panels[0]["marks"][0]["middle"].number == 0)
        #expect(panels[0]["x"]["categories"][0].string == "1000" && panels[0]["y"]["categories"][0].string == "tc")
        #expect(cells[3]["value"].number == 0.2 && cells[3]["row"].number == 1 && cells[3]["column"].number == 1)
    }

    // MARK: Lines

    @Test func aLineForEachOfAKeysValues() throws {
        let (marks, _) = try marks(
            """
            kind: lines
            of: params.study
            filter: {direct: false, parameter: s1}
            x: n
            x-scale: log
            series: estimator
            y: bias
            spread: sd
            markers: true
            reference: 0.25
            reference-label: limit
            """)
        // The reference, two ribbons, two lines, two sets of points; LIML has no number.
        #expect(
            (0..<7).map { marks[$0]["mark"].string } == [
                "rule-y", "ribbon", "ribbon", "line", "line", "points", "points",
            ])
        #expect(marks[3]["series"].string == "tc" && marks[3]["y"][1].number == -0.01)
        #expect(marks[2]["upper"][0].number == 0.4 && marks[1]["lower"][0].number == -0.07 - 2.4)
        #expect(marks[0]["at"].number == 0.25 && marks.count == 7)
    }

    @Test func panelsFilterForThemselves() throws {
        let (panels, _, outcome) = try build(
            """
            kind: lines
            x: n
            series: estimator
            ribbon: {lower: low, upper: high}
            panels:
              - {of: params.study, filter: {direct: false}, y: bias, y-domain: [-1, 1]}
              - {of: params.study, filter: {direct: true}, y: sd, y-scale: log, y-title: Spread}
            """)
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        #expect(panels[0]["y"]["domain"][0].number == -1 && panels[0]["y"]["scale"].string == "linear")
        #expect(panels[1]["y"]["scale"].string == "log" && panels[1]["y"]["title"].string == "Spread")
        #expect(panels[1]["marks"].count == 2 && panels[1]["marks"][0]["upper"][1].number == 1)
    }

    @Test func facetsDivideTheRowsOfLines() throws {
        let (panels, _, outcome) = try build(
            """
            kind: lines
            of: params.study
            x: n
            series: estimator
            y: bias
            facet: {by: direct, scales: free-y, names: {true: With direct effects}}
            y-scale: symlog
            y-threshold: 0.01
            """)
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        #expect([panels[0], panels[1]].map { $0["title"].string } == ["direct false", "With direct effects"])
        // tc and naive, with their numbers; LIML has none, and naive none with direct effects.
        #expect(panels[0]["marks"].count == 2 && panels[1]["marks"].count == 1)
        #expect(panels[0]["marks"][1]["y"][0].number == 0.3 && panels[1]["marks"][0]["y"][1].number == 0.6)
        #expect(panels[1]["y"]["scale"].string == "symlog" && panels[1]["y"]["threshold"].number == 0.01)
    }

    @Test func scattersHaveScales() throws {
        let (panels, _, outcome) = try build(
            "kind: scatter\nof: lifts\nx: x\ny: y\nx-scale: symlog\ny-scale: symlog\nx-threshold: 0.1\n"
                + "lines: [slope.jive]")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        #expect(panels[0]["x"]["scale"].string == "symlog" && panels[0]["x"]["threshold"].number == 0.1)
    }

    /// A path inside a panel is an edge of the graph, wherever its directive stands.
    @Test func panelsMayDrawWhatStandsBelow() throws {
        let figure = "```figure\nid: drawn\nkind: ellipse\nx: x\ny: y\npanels:\n  - {of: cov.naive}\n```\n\n"
        let text = Self.head.replacing("```data\nid: rows", with: figure + "```data\nid: rows")
        let project = TestProject(["Analyses/a.md": text, "Analyses/rows.csv": Self.rows])
        let outcome = try #require(project.build())
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
    }

    // MARK: What cannot be drawn

    struct Fault: CustomTestStringConvertible, Sendable {
        var figure: String
        var code: String
        var message: String
        var note: String = ""
        var fix: String = ""

        var testDescription: String { message }
    }

    static let faults: [Fault] = [
        Fault(
            figure: "kind: ellipse\nof: cov.naive\nx: x\ny: yy", code: "unknown-metric",
            message: "yy is no metric of cov.naive", note: "metrics: x, y", fix: "y"),
        Fault(
            figure: "kind: ellipse\nof: cov.naive\nx: x", code: "bad-figure",
            message: "Which of the metrics runs along y? `y` names it", note: "metrics: x, y"),
        Fault(
            figure: "kind: ellipse\nof: cov\nx: x\ny: y", code: "bad-figure",
            message: "Here stands a path to a covariance matrix; cov is an object without one",
            note: "it has: cov.naive, cov.jive"),
        Fault(
            figure: "kind: ellipse\nof: cov.naive\nx: x\ny: y\nlabels: [a, b]", code: "bad-figure",
            message: "There is a label for each ellipse: 1, not 2"),
        Fault(
            figure: "kind: ellipse\nof: params.flat\nmetrics: [x]\nx: x\ny: x", code: "bad-figure",
            message: "A matrix of 2 rows has 2 names, not 1"),
        Fault(
            figure: "kind: ellipse\nof: cov.naive\nx: y\ny: x\nlines: [slope.jive]", code: "bad-figure",
            message: "A line is a number, or an estimator of a `proxy` with a coefficient for y",
            note: "slope.jive has coefficients for x"),
        Fault(
            figure: "kind: ellipse\nof: params.flat\nx: x\ny: y\ncentred: mean", code: "bad-figure",
            message: "params.flat has no `mean` to stand about"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator\nfilter: {parameter: s3}",
            code: "bad-figure", message: "No row has parameter = s3", note: "parameter is s1", fix: "s1"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator\nfilter: {paramter: s1}",
            code: "bad-figure", message: "No row has the key paramter",
            note: "rows have: estimator, n, direct, parameter, bias, sd, low, high", fix: "parameter"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator\n"
                + "filter: {estimator: naive, direct: true}",
            code: "bad-figure", message: "No row meets all of the filter's conditions together",
            note: "estimator is tc, naive, liml"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator", code: "bad-figure",
            message: "Several rows have n = 1000 and estimator = tc; `filter` chooses", note: "they differ in direct"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimate\nfilter: {direct: true}",
            code: "bad-figure", message: "No row has the key estimate",
            note: "rows have: estimator, n, direct, parameter, bias, sd, low, high", fix: "estimator"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator\nfilter: {direct: false}\n"
                + "y-scale: log",
            code: "bad-figure", message: "A logarithmic axis has values above 0; here −0.07 is on it"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator\nfilter: {direct: true}\n"
                + "spread: width",
            code: "bad-figure", message: "No row of tc has numbers in width"),
        Fault(
            figure: "kind: lines\nof: params.study\nx: n\ny: bias\nseries: estimator\nfacet: dierct",
            code: "bad-figure", message: "No row has the key dierct",
            note: "rows have: estimator, n, direct, parameter, bias, sd, low, high", fix: "direct"),
        Fault(
            figure: "kind: lines\nof: params.flat\nx: n\ny: bias\nfacet: {by: direct, names: {yes: With}}",
            code: "bad-figure", message: "No row has the key direct"),
        Fault(
            figure: "kind: lines\nof: slope\nx: n\ny: bias\nfacet: direct", code: "bad-figure",
            message: "`facet` is a key of rows; slope is no list of them"),
        // The lower end of test d: −0.31 − 1.959964 √(0.010 + 0.006).
        Fault(
            figure: "kind: scatter\nof: lifts\nx: x\ny: y\ny-scale: log", code: "bad-figure",
            message: "A logarithmic axis has values above 0; here −0.557918 is on it"),
        Fault(
            figure: "kind: heatmap\nof: params.study\nx: n\ny: estimator\nvalue: bais", code: "bad-figure",
            message: "No row has the key bais", fix: "bias"),
        Fault(
            figure: "kind: heatmap\nof: params.study\nx: n\ny: estimator\nvalue: bias", code: "bad-figure",
            message: "Several rows have n = 1000 and estimator = tc; `filter` chooses"),
        Fault(
            figure: "kind: forest\nof: lifts\nspread: sd", code: "key-conflict",
            message: "'spread' is for the kind 'lines', not 'forest'"),
    ]

    @Test(arguments: faults) func faultsAreTold(_ fault: Fault) throws {
        let outcome = try build(fault.figure).outcome
        let error = try #require(outcome.diagnostics.first { $0.severity == .error })
        #expect(error.message == fault.message)
        #expect(error.code.name == fault.code)
        if !fault.note.isEmpty { #expect(error.notes.map(\.message).contains(fault.note), "\(error.notes)") }
        if !fault.fix.isEmpty { #expect(error.fixIts.first?.replacement == fault.fix) }
    }
}
