import Diagnostics
import TestSupport
import Testing

@testable import Pipeline

/// What `diagnostics: true` says of arms that share a control.
@Suite struct SharedControlTests {
    /// Eight experiments, the first with several arms, all shifted. Numbers are held to dense matrices in
    /// EstimationTests; here is what is made of them.
    private func build(shift: Double, arms: Int) throws -> (values: JSON, page: String) {
        var rows = ["experiment,variant,effect,own,control"]
        for k in 0..<8 {
            for arm in 0..<(k == 0 ? arms : 1) {
                let effect = Double((k * 7 + arm * 3) % 5) / 5 - 0.4 + (k == 0 ? shift : 0)
                rows.append("e\(k),\(arm),\(effect),0.1,1")
            }
        }
        let analysis = """
            ---
            title: A test
            ---

            ```data
            id: rows
            source: rows.csv
            ```

            ```meta-analysis
            id: pooled
            data: rows
            effect: effect
            treatment-variance: own
            control-variance: control
            experiment: experiment
            variant: variant
            diagnostics: true
            ```

            ```table
            of: pooled.sharedControl.standing
            ```
            """
        let project = TestProject(["Analyses/a.md": analysis, "Analyses/rows.csv": rows.joined(separator: "\n")])
        let outcome = try #require(project.build())
        #expect(outcome.succeeded, "\(outcome.diagnostics.map(\.message))")
        let values = JSON(project.text("output/a.json"))["results"]["pooled"]["values"]["sharedControl"]
        return (values, try #require(project.text("output/a.md")))
    }

    @Test func anOutlyingControlIsSaidAndShown() throws {
        let (values, page) = try build(shift: 6, arms: 6)
        let first = values["experiments"][0]
        #expect(values["experiments"].count == 8 && first["arms"].number == 6)
        // ρ = 1/1.1; information on μ below 1/s²_c = 1; six arms pass for more.
        #expect(abs((try #require(first["correlation"]["least"].number)) - 1 / 1.1) < 1e-12)
        #expect(first["information"]["bound"].number == 1)
        #expect((try #require(first["information"]["correlated"].number)) < 1)
        #expect((try #require(first["information"]["inflation"].number)) > 1.5)
        #expect((try #require(first["outlyingControl"].number)) > 3 && first["isOutlying"].number == 1)
        #expect(values["outlierThreshold"].number == 3 && values["standing"].count == 1)
        #expect(page.contains("The control of experiment e0 stands out: its 6 arms together lie"))
        #expect(page.contains("One experiment would count for more than 1.5 times what it tells of μ: experiment e0"))
        let sentence = try #require(values["verdict"]["sentence"].string)
        #expect(page.contains(sentence) && sentence.hasPrefix("Ignoring the shared control would"))
        #expect(page.contains("A control is called outlying"))
    }

    @Test func theVerdictNamesItsDirection() throws {
        let (values, page) = try build(shift: 0, arms: 6)
        let verdict = values["verdict"]
        let (stated, actual) = (try #require(verdict["stated"].number), try #require(verdict["actual"].number))
        #expect(stated < actual && verdict["direction"].string == "too small")
        #expect(abs((try #require(verdict["ratio"].number)) - stated / actual) < 1e-12)
        #expect(!page.contains("stands out"))
        let alone = try build(shift: 0, arms: 1)
        #expect(alone.values["verdict"]["direction"].string == "equal")
        #expect(alone.page.contains("No two effects share a control's noise"))
    }
}
