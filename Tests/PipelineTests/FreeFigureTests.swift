import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Figures of `marks`, driven through the directive: each draws what its rows say, and nothing else.
@Suite struct FreeFigureTests {
    private static let rows = """
        test,started,area,users,clicks,orders,se,low,high
        T1,2026-01-05,Checkout,1000,0.5,0.2,0.1,0.0,0.4
        T2,2026-02-05,Search,4000,-1.5,-0.9,0.3,-1.5,-0.3
        T3,2026-03-05,Checkout,9000,2.5,1.1,0.2,0.7,1.5
        T4,2026-04-05,Search,16000,0.1,,0.4,,0.8

        """

    private static let head = """
        ---
        title: Free
        params:
          study:
            - {estimator: tc, n: 1000, median: 0.4, rmse: 2, direct: false, lift: {estimate: 1, se: 0.5, interval: [0, 2]}}
            - {estimator: tc, n: 5000, median: 0.5, rmse: 1, direct: false, lift: {estimate: 2, se: 0.5, interval: [1, null]}}
            - {estimator: jive, n: 5000, median: 0.6, rmse: 3, direct: true, lift: {estimate: 3, se: 0.5, interval: [2, 4]}}
            - {estimator: jive, n: 1000, median: 0.7, rmse: 4, direct: true, lift: {estimate: 4, se: 0.5, interval: [3, 5]}}
          eyes:
            - {key: eye, estimate: 1, interval: [0, 2], density: {x: [0, 1, 2], y: [0.1, 0.8, 0.1]}}
            - {key: other, estimate: 2, interval: [1, 3], density: {x: [1, 2, 3], y: [0.1, 0.8, 0.1]}}
          spread: [{x: 1, y: 2, matrix: [[4, 0], [0, 1]]}, {x: 1, y: 2, matrix: [[1, 0], [0, 1]]}]
        ---

        ```data
        id: arms
        source: arms.csv
        ```

        ```table
        id: told
        rows: [[a, 1], [b, 2]]
        columns: [Name, Mean effect]
        ```


        """

    private func build(_ figure: String) throws -> (panels: JSON, outcome: Build.Outcome, page: String) {
        let project = TestProject([
            "Analyses/a.md": Self.head + "```figure\nid: drawn\n" + figure + "\n```\n", "Analyses/arms.csv": Self.rows,
        ])
        let outcome = try #require(project.build())
        let results = JSON(project.text("output/a.json"))["results"]
        return (results["drawn"]["values"]["panels"], outcome, project.text("output/a.html") ?? "")
    }

    private func panel(_ figure: String) throws -> JSON {
        let (panels, outcome, _) = try build(figure)
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        return panels[0]
    }

    private func messages(_ figure: String) throws -> [String] {
        let outcome = try build(figure).outcome
        return outcome.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            ([diagnostic.message] + diagnostic.fixIts.map(\.message) + diagnostic.notes.map(\.message))
                .joined(separator: " | ")
        }
    }

    // MARK: Marks

    @Test func pointsMakeSeriesSizesAndColours() throws {
        let named = try panel("data: arms\nmarks: [{mark: point, x: clicks, y: orders, color: area, size: users}]")
        #expect(named["marks"].count == 2 && named["marks"][0]["series"].string == "Checkout")
        #expect(named["marks"][1]["points"].count == 1, "a row without a number is not drawn")
        #expect(named["marks"][0]["points"][1]["size"].number == 9000 / 16000.0)
        #expect(named["sizes"]["largest"].number == 16000 && named["sizes"]["title"].string == "Users")
        let scaled = try panel("data: arms\nmarks: [{mark: point, x: started, y: orders, color: clicks}]")
        #expect(scaled["x"]["scale"].string == "time" && scaled["marks"].count == 1)
        // Seconds since 1970 at 2026-01-05, by GNU date.
        #expect(scaled["marks"][0]["points"][0]["x"].number == 1_767_571_200)
        #expect(scaled["marks"][0]["points"][0]["value"].number == 0.5)
        #expect(scaled["colours"]["middle"].number == 0 && scaled["colours"]["domain"][0].number == -2.5)
        let same = try panel(
            "data: arms\ncolor-scale: categorical\nmarks: [{mark: point, x: clicks, y: orders, color: users}]")
        #expect(same["marks"].count == 3 && same["colours"].value == nil)
    }

    @Test func linesAreSortedAndAreasStacked() throws {
        let lines = try panel("of: params.study\nmarks: [{mark: line, x: n, y: median, color: estimator}]")
        #expect(lines["marks"][1]["series"].string == "jive")
        #expect(lines["marks"][1]["x"][0].number == 1000 && lines["marks"][1]["y"][0].number == 0.7)
        let areas = try panel(
            "of: params.study\nmarks: [{mark: area, x: n, y: median, color: estimator, stack: true}]")
        #expect(areas["marks"][1]["lower"][0].number == 0.4 && areas["marks"][1]["upper"][0].number == 1.1)
    }

    @Test func barsRunAlongTheirNumbers() throws {
        let rows = try panel("of: told\nmarks: [{mark: bar, y: Name, x: Mean effect}]")
        #expect(rows["marks"][0]["along"].string == "x" && rows["y"]["categories"][1].string == "b")
        #expect(rows["marks"][0]["bars"][1]["lower"].number == 0 && rows["marks"][0]["bars"][1]["upper"].number == 2)
        #expect(rows["x"]["title"].string == "Mean effect")
        let stacks = try panel(
            "of: params.study\nx-scale: band\nmarks: [{mark: bar, x: n, y: rmse, color: estimator, stack: true}]")
        #expect(stacks["marks"][0]["along"].string == "y")
        // jive's 4 at n = 1000 stands on tc's 2.
        #expect(stacks["marks"][1]["bars"][1]["at"].number == 0)
        #expect(stacks["marks"][1]["bars"][1]["lower"].number == 2)
        #expect(stacks["marks"][1]["bars"][1]["upper"].number == 6)
    }

    /// 66% and 95% of a normal distribution: 0.9541652531461944 and 1.959963984540054 (R's `qnorm`).
    @Test func intervalsComeFromWhatThereIs() throws {
        let result = try panel("of: params.study\nmarks: [{mark: interval, x: n, y: lift, filter: {estimator: tc}}]")
        let open = result["marks"][0]["spans"][1]
        #expect(open["lower"].number == 1 && open["upper"].isNull && open["estimate"].number == 2)
        #expect(abs(try #require(open["inner"][0].number) - (2 - 0.5 * 0.9541652531461944)) < 1e-15)
        let errors = try panel("data: arms\nmarks: [{mark: interval, x: clicks, y: orders, se: se}]")
        #expect(abs(try #require(errors["marks"][0]["spans"][0]["upper"].number) - (0.2 + 0.1959963984540054)) < 1e-15)
        let written = try panel("data: arms\nmarks: [{mark: interval, y: test, x: orders, lower: low, upper: high}]")
        #expect(written["marks"][0]["mark"].string == "intervals" && written["marks"][0]["rows"].count == 3)
        #expect(written["marks"][0]["rows"][2]["interval"][1].number == 1.5)
    }

    @Test func halfEyesDotsEllipsesCellsAndWords() throws {
        let eyes = try panel("of: params.eyes\nmarks: [{mark: half-eye}]")
        #expect(eyes["y"]["categories"][0].string == "eye" && eyes["marks"][1]["row"].number == 1)
        #expect(eyes["marks"][1]["median"].number == 2 && eyes["marks"][1]["interval"][0].number == 1)
        let dots = try panel("data: arms\nmarks: [{mark: dots, x: clicks, color: area}]")
        #expect(dots["y"]["scale"].string == "hidden" && dots["marks"][0]["x"].count == 2)
        let rows = try panel("data: arms\nmarks: [{mark: dots, x: clicks, y: area}]")
        #expect(rows["marks"][1]["row"].number == 1)
        // The quantile of χ²₂ at 95% is 5.991464547107979 (R's `qchisq(.95, 2)`).
        let ellipse = try panel(
            "of: params.spread\nmarks: [{mark: ellipse, x: x, y: y, covariance: matrix}]"
        )
        #expect(ellipse["marks"][0]["centre"][1].number == 2)
        #expect(
            abs(try #require(ellipse["marks"][0]["axes"][0][0].number).magnitude - 2 * 5.991464547107979.squareRoot())
                < 1e-12)
        let cells = try panel("of: params.study\nmarks: [{mark: cell, x: n, y: estimator, color: rmse}]")
        #expect(cells["marks"][0]["cells"].count == 4 && cells["marks"][0]["title"].string == "Rmse")
        let words = try panel("data: arms\nmarks: [{mark: text, x: clicks, y: orders, label: test}]")
        #expect(words["marks"][0]["points"][0]["callout"].string == "T1")
        let rules = try panel("data: arms\nmarks: [{mark: rule, x: clicks, label: test}]")
        #expect(rules["marks"].count == 4 && rules["marks"][3]["text"].string == "T4")
    }

    // MARK: Facets and annotations

    @Test func facetsDivideRows() throws {
        let (panels, outcome, _) = try build(
            "of: params.study\nfacet: {by: direct, scales: free-y, names: {true: With}}\n"
                + "marks: [{mark: line, x: n, y: median}, {mark: rule, data: arms, y: orders, filter: {test: T1}}]")
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        #expect(panels.count == 2 && panels[0]["title"].string == "direct false" && panels[1]["title"].string == "With")
        #expect(panels[0]["marks"][0]["y"].count == 2)
        // Rows that know nothing of the key stand in every panel.
        #expect(panels[0]["marks"][1]["mark"].string == "rule-y" && panels[1]["marks"][1]["at"].number == 0.2)
    }

    @Test func annotationsStandOverAnyKind() throws {
        let annotations =
            "annotations: [{x: [1000, 2000], text: small}, {y: 0.5, text: half}, {x: 3000, y: 0.6, text: here}]"
        for figure in [
            "of: params.study\nmarks: [{mark: line, x: n, y: median, color: estimator}]",
            "kind: lines\nof: params.study\nx: n\ny: median\nseries: estimator\nribbons: false",
        ] {
            let marks = try panel(figure + "\n" + annotations)["marks"]
            #expect(marks[0]["mark"].string == "rule-y" && marks[0]["text"].string == "half")
            #expect(marks[1]["mark"].string == "band-x" && marks[1]["between"][1].number == 2000)
            #expect(marks[4]["mark"].string == "texts" && marks[4]["points"][0]["callout"].string == "here")
        }
        let dated = try panel(
            "data: arms\nmarks: [{mark: point, x: started, y: clicks}]\nannotations: [{x: 2026-02-01}]\n"
                + "x-domain: [2026-01-01, 2026-05-01]")
        // 2026-02-01 and 2026-01-01, by GNU date.
        #expect(dated["marks"][0]["at"].number == 1_769_904_000 && dated["x"]["domain"][0].number == 1_767_225_600)
    }

    // MARK: Faults

    @Test(arguments: [
        ("data: arms\nmarks: [{mark: point, x: click, y: orders}]", "No row has the key click | write 'clicks'"),
        ("of: params.study\nmarks: [{mark: point, x: n, y: lift.estimat}]", "write 'lift.estimate'"),
        ("data: arms\nmarks: [{mark: point, x: clicks}]", "The mark 'point' needs 'y'"),
        ("data: arm\nmarks: [{mark: point, x: clicks, y: orders}]", "arm"),
        ("data: told\nmarks: [{mark: point, x: clicks, y: orders}]", "told"),
        ("of: params.nothing\nmarks: [{mark: point, x: a, y: b}]", "nothing"),
        ("of: params.study\nmarks: [{mark: line, x: n, y: median}]", "Several rows stand at 1000"),
        ("of: params.study\nmarks: [{mark: cell, x: n, y: direct, color: median, filter: {n: 7}}]", "No row has n = 7"),
        ("of: params.study\nmarks: [{mark: cell, x: n, y: direct, color: estimator}]", "A colour scale is of numbers"),
        (
            "data: arms\nx-scale: log\nmarks: [{mark: point, x: clicks, y: orders}]",
            "A logarithmic axis has values above 0"
        ),
        ("data: arms\nx-scale: log\nmarks: [{mark: point, x: test, y: orders}]", "A log axis has numbers"),
        ("data: arms\nx-scale: time\nmarks: [{mark: point, x: test, y: orders}]", "A time axis has dates"),
        ("data: arms\ny-scale: log\nmarks: [{mark: bar, x: test, y: users}]", "begins at zero"),
        ("data: arms\nmarks: [{mark: interval, x: users, y: clicks}]", "An interval needs 'lower' and 'upper'"),
        ("data: arms\nmarks: [{mark: half-eye, y: test}]", "A half-eye needs rows with a density"),
        ("data: arms\nmarks: [{mark: ellipse, x: clicks, y: orders}]", "An ellipse needs 'covariance'"),
        ("data: arms\nmarks: [{mark: rule, x: clicks, y: orders}]", "A rule stands at 'x' or at 'y'"),
        ("data: arms\nmarks: [{mark: point, x: clicks, y: orders}]\nfacet: are", "write 'area'"),
        (
            "data: arms\nmarks: [{mark: point, x: clicks, y: orders}]\nfacet: {by: area, names: {Serch: s}}",
            "write 'Search'"
        ),
        ("data: arms\nmarks: [{mark: point, x: started, y: orders}]\nannotations: [{x: soon}]", "a date: 2026-03-01"),
        ("data: arms\nmarks: [{mark: bar, y: area, x: users}]", "Several rows stand at Checkout"),
        ("data: arms\nmarks: [{mark: dots, x: clicks}]\nannotations: [{y: 1}]", "no y axis"),
        (
            "of: params.study\nmarks: [{mark: cell, x: n, y: estimator, color: rmse}, {mark: point, x: n, y: rmse}]",
            "Cells fill a figure"
        ),
    ])
    func faultsAreToldKindly(figure: String, message: String) throws {
        let messages = try messages(figure)
        #expect(messages.count == 1 && messages[0].contains(message), "\(messages)")
    }

    /// What nobody could read, and what would take for ever to draw.
    @Test(arguments: [
        ("{mark: point, x: a, y: a, label: name}", "At most 400 names can stand in a figure, not 401"),
        ("{mark: text, x: a, y: a, label: name}", "At most 400 names can stand in a figure"),
        ("{mark: bar, x: a, y: name}", "At most 400 names stand on an axis, and y has 401"),
        ("{mark: line, x: a, y: a, color: name}", "At most 12 series can be told apart"),
    ])
    func tooManyAreRefused(mark: String, message: String) throws {
        let rows = (0...400).map { "\($0),T\($0)\n" }.joined()
        let project = TestProject([
            "Analyses/a.md":
                "---\ntitle: Many\n---\n\n```data\nid: many\nsource: many.csv\n```\n\n```figure\ndata: many\n"
                + "marks: [\(mark)]\n```\n", "Analyses/many.csv": "a,name\n" + rows,
        ])
        let errors = try #require(project.build()).diagnostics.filter { $0.severity == .error }
        #expect(errors.count == 1 && errors[0].message.contains(message), "\(errors.map(\.message))")
    }

    /// Thousands of points are drawn as one path.
    @Test func manyPointsAreACloud() throws {
        let rows = (0..<2500).map { "\($0),\($0 % 7)\n" }.joined()
        let project = TestProject([
            "Analyses/a.md":
                "---\ntitle: Many\n---\n\n```data\nid: many\nsource: many.csv\n```\n\n```figure\nid: drawn\n"
                + "data: many\nmarks: [{mark: point, x: a, y: b}]\n```\n", "Analyses/many.csv": "a,b\n" + rows,
        ])
        #expect(project.build()?.succeeded == true)
        let mark = JSON(project.text("output/a.json"))["results"]["drawn"]["values"]["panels"][0]["marks"][0]
        #expect(mark["mark"].string == "cloud" && mark["x"].count == 2500)
    }

    // MARK: What is told

    /// The sentence that stands for the figure quotes the numbers of the results file.
    @Test(arguments: [
        (
            "data: arms\nmarks: [{mark: point, x: clicks, y: orders}]",
            "3 points: Clicks from −1.5 to 2.5, Orders from −0.9 to 1.1."
        ),
        (
            "of: params.study\nmarks: [{mark: line, x: n, y: median, color: estimator}]",
            "2 lines of Median over N: TC from 0.4 at 1000 to 0.5 at 5000; JIVE from 0.7 at 1000 to 0.6 at 5000."
        ),
        ("of: told\nmarks: [{mark: bar, y: Name, x: Mean effect}]", "2 bars of Mean effect: a 1; b 2."),
        (
            "of: params.study\nmarks: [{mark: interval, x: n, y: lift, filter: {estimator: tc}}]",
            "2 intervals: 1000 1 [0, 2]; 5000 2 [1, ∞]."
        ),
        ("of: params.eyes\nmarks: [{mark: half-eye}]", "2 densities: eye 1 [0, 2]; other 2 [1, 3]."),
        (
            "data: arms\nmarks: [{mark: dots, x: clicks}]",
            "Stack of dots along Clicks: 4 dots from −1.5 to 2.5, median 0.3."
        ),
        (
            "of: params.study\nmarks: [{mark: cell, x: n, y: estimator, color: rmse}]",
            "4 cells: from 1 (5000, TC) to 4 (1000, JIVE)."
        ),
        (
            "of: params.study\nmarks: [{mark: area, x: n, y: rmse, color: estimator, stack: true}]",
            "2 areas of Rmse over N: TC from 2 at 1000 to 1 at 5000; JIVE from 4 at 1000 to 3 at 5000."
        ),
        (
            "of: params.spread\nmarks: [{mark: ellipse, x: x, y: y, covariance: matrix}]",
            "2 ellipses: 95% about (1, 2); 95% about (1, 2)."
        ),
        (
            "data: arms\nmarks: [{mark: text, x: clicks, y: orders, label: test}]\nannotations: [{y: 0, text: no effect}]",
            "3 labels: “T1”; “T2”; “T3”."
        ),
        (
            "data: arms\nmarks: [{mark: rule, x: clicks, label: test, filter: {area: Search}}]",
            "2 rules: T2, at Clicks −1.5; T4, at Clicks 0.1."
        ),
    ])
    func sentencesQuoteTheNumbers(figure: String, sentence: String) throws {
        let (_, outcome, page) = try build(figure)
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        #expect(page.contains(sentence), "\(page.split(separator: "<desc").dropFirst().first?.prefix(300) ?? "")")
    }

    /// A point tells its row.
    @Test func pointsTellTheirRows() throws {
        let page = try build("data: arms\nmarks: [{mark: point, x: clicks, y: orders, color: area, label: test}]").page
        #expect(page.contains("T3, Checkout: clicks 2.5, orders 1.1"))
        let titled = try build("data: arms\nmarks: [{mark: point, x: clicks, y: orders, title: [test, users]}]").page
        #expect(!titled.contains("test T4") && titled.contains("test T3, users 9000"))
    }
}
