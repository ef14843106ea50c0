import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// Every kind of figure draws what the results say, and nothing else.
@Suite struct FigureTests {
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

    private static let analysis = """
        ---
        title: Figures
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
        noise-correlation: [0.1, 0.3, 0.5]
        ```

        ```proxy
        id: slope
        effects: lifts
        outcome: y
        proxies: [x]
        estimators: [naive, jive]
        ```

        ```meta-analysis
        id: pooled
        effects: lifts
        metric: x
        ```

        ```meta-analysis
        id: posterior
        effects: lifts
        metric: x
        method: bayes
        correlation: [shared-control, ignore]
        ```

        ```figure
        id: scatter
        kind: scatter
        of: lifts
        x: x
        y: y
        lines: ['slope["0.3"].jive']
        ```

        ```figure
        id: forest
        kind: forest
        of: pooled
        ```

        ```figure
        id: shrinkage
        kind: shrinkage
        of: pooled
        limit: 3
        ```

        ```figure
        id: density
        kind: density
        of: posterior
        ```

        ```figure
        id: lines
        kind: lines
        of: slope
        y: [naive.coefficients.x, jive.coefficients.x]
        ribbons: [jive]
        ```

        """

    private func results() throws -> JSON {
        let project = TestProject(["Analyses/a.md": Self.analysis, "Analyses/rows.csv": Self.rows])
        let outcome = try #require(project.build())
        #expect(outcome.succeeded, "\(outcome.diagnostics.summary) \(outcome.diagnostics.map(\.message))")
        return JSON(project.text("output/a.json"))["results"]
    }

    @Test func scatterHasEveryArmAndItsLine() throws {
        let results = try results()
        let marks = results["scatter"]["values"]["panels"][0]["marks"]
        #expect(marks[0]["points"].count == 5)
        for index in 0..<5 {
            let row = results["lifts"]["values"]["rows"][index]["effects"]
            let point = marks[0]["points"][index]
            #expect(point["x"].number == row["x"]["estimate"].number)
            #expect(point["yInterval"][1].number == row["y"]["interval"][1].number)
        }
        let estimator = results["slope"]["values"]["0.3"]["jive"]
        #expect(marks[1]["slope"].number == estimator["coefficients"]["x"]["estimate"].number)
        #expect(marks[1]["intercept"].number == estimator["intercept"]["estimate"].number)
    }

    @Test func forestIsSortedAndPooled() throws {
        let results = try results()
        let marks = results["forest"]["values"]["panels"][0]["marks"]
        #expect(marks[0]["rows"].count == 5)
        let effects = results["pooled"]["values"]["effects"]
        let drawn = (0..<5).compactMap { marks[0]["rows"][$0]["estimate"].number }
        #expect(Set(drawn) == Set((0..<5).compactMap { effects[$0]["estimate"].number }))
        #expect(drawn == drawn.sorted(by: >))
        #expect(marks[1]["estimate"].number == results["pooled"]["values"]["mu"]["estimate"].number)
        #expect(
            marks[2]["rows"][0]["interval"][0].number == results["pooled"]["values"]["prediction"]["interval"][0].number
        )
    }

    @Test func shrinkageKeepsTheExtremes() throws {
        let results = try results()
        let marks = results["shrinkage"]["values"]["panels"][0]["marks"]
        let effects = results["pooled"]["values"]["effects"]
        let all = (0..<5).compactMap { effects[$0]["shrunken"]["estimate"].number }
        let drawn = (0..<3).compactMap { marks[1]["rows"][$0]["estimate"].number }
        #expect(drawn.first == all.max() && drawn.last == all.min())
        #expect(marks[0]["points"].count == 3)
        for index in 0..<5 {
            let (raw, shrunken) = (effects[index]["estimate"].number, effects[index]["shrunken"]["estimate"].number)
            let mean = try #require(results["pooled"]["values"]["mu"]["estimate"].number)
            #expect(abs(try #require(shrunken) - mean) < abs(try #require(raw) - mean))
        }
    }

    @Test func densityHasAPanelForEachParameter() throws {
        let results = try results()
        let panels = results["density"]["values"]["panels"]
        #expect(panels.count == 2)
        for (panel, parameter) in [(0, "mu"), (1, "tau")] {
            // Both models have one prior, drawn below them.
            #expect(panels[panel]["marks"][0]["series"].string == "prior")
            for (mark, model) in [(1, "shared-control"), (2, "ignore")] {
                let drawn = panels[panel]["marks"][mark]
                #expect(drawn["series"].string == model)
                #expect(drawn["median"].number == results["posterior"]["values"][model][parameter]["median"].number)
                #expect(drawn["x"].count == 200 && drawn["y"].count == 200)
            }
        }
    }

    @Test func linesRunOverTheAssumptions() throws {
        let results = try results()
        let marks = results["lines"]["values"]["panels"][0]["marks"]
        #expect(marks.count == 3)
        #expect(marks[0]["mark"].string == "ribbon" && marks[0]["series"].string == "jive")
        #expect((0..<3).compactMap { marks[2]["x"][$0].number } == [0.1, 0.3, 0.5])
        #expect(
            marks[2]["y"][1].number == results["slope"]["values"]["0.3"]["jive"]["coefficients"]["x"]["estimate"].number
        )
    }
}
