import Diagnostics
import Pipeline
import TestSupport
import Testing
import Values

@testable import Service

/// Predictions by a proxy out of a results file, held against those of `predict`.
@Suite struct StoredPredictorTests {
    private static let estimators = ["naive", "jive", "reml"]

    /// Effects of two proxies on an outcome in twelve experiments, and of three new ones.
    private static func project() throws -> (TestProject, JSONTree) {
        var state: UInt64 = 3
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 16_777_216 - 0.5
        }
        var past = "test,metric,effect,variance\n"
        for k in 0..<12 {
            let (s, r) = (3 * next(), 3 * next())
            past += "t\(k),y,\(0.5 * s + 0.1 * r + 0.1 * next()),0.01\nt\(k),s,\(s),0.02\nt\(k),r,\(r),0.03\n"
        }
        var new = "test,metric,effect,variance\n"
        for k in 0..<3 {
            new += "n\(k),s,\(next()),\(0.01 + 0.01 * Double(k))\nn\(k),r,\(next()),0.05\n"
        }
        func effects(_ id: String) -> String {
            """
            ```data
            id: \(id)-rows
            source: \(id).csv
            ```

            ```effects
            id: \(id)
            data: \(id)-rows
            layout: estimates
            experiment: test
            metric: metric
            effect: effect
            variance: variance
            noise-correlation: 0
            ```

            """
        }
        let project = TestProject([
            "Analyses/deep/a.md": """
            ---
            title: A test
            ---

            \(effects("past"))
            \(effects("new"))
            ```proxy
            id: slopes
            effects: past
            outcome: y
            proxies: [s, r]
            weights: equal
            estimators: [\(estimators.joined(separator: ", "))]
            predict: new
            level: 0.9
            ```

            """,
            "Analyses/deep/past.csv": past, "Analyses/deep/new.csv": new,
        ])
        let outcome = try #require(project.build("Analyses/deep/a.md"))
        #expect(outcome.succeeded, "\(outcome.diagnostics)")
        let text = try #require(project.text("output/deep/a.json"))
        let values = try JSONTreeReader.read(Array(text.utf8))["results"]?["slopes"]?["values"]
        return (project, try #require(values))
    }

    private static func service(_ project: TestProject) -> EffectsService {
        let results = ResultsFiles.published([], in: project.workspace).results
        return EffectsService(
            ModelCatalogue(results), limits: ServiceLimits(workers: 1), tokens: nil, version: "1")
    }

    private func ask(_ service: EffectsService, _ body: String) async throws -> (Int, JSONTree) {
        let response = await service.answer(
            ServerRequest(
                method: "POST", path: "/v1/proxy", headers: [("Content-Type", "application/json")],
                body: Array(body.utf8)))
        guard case .bytes(let bytes) = response.body else { return (0, .null) }
        return (response.status, try JSONTreeReader.read(bytes))
    }

    @Test(arguments: estimators)
    func predictionsEqualTheBuild(estimator: String) async throws {
        let (project, values) = try Self.project()
        let rows = try #require(values[estimator]?["prediction"]?["rows"]?.list)
        #expect(rows.count == 3)
        var state = ""
        for line in try #require(project.text("Analyses/deep/new.csv")).split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",")
            let number = String(cells[2])
            let noise = "\"\(cells[1])\": {\"\(cells[1])\": \(cells[3])}"
            if cells[1] == "s" {
                state += (state.isEmpty ? "" : ", ") + #"{"experiment": "\#(cells[0])", "metrics": {"s": \#(number), "#
                state += "HOLE\(noise), "
            } else {
                state = state.replacing("HOLE", with: "\"r\": \(number)}, \"covariance\": {") + noise + "}}"
            }
        }
        let (status, answer) = try await ask(
            Self.service(project), #"{"model": "deep/a#slopes.\#(estimator)", "effects": [\#(state)]}"#)
        #expect(status == 200, "\(answer)")
        #expect(answer["level"]?.number == 0.9)
        let made = answer["effects"]?.list ?? []
        #expect(made.count == 3)
        for (row, prediction) in zip(rows, made) {
            for key in ["estimate", "se", "measurementSe", "coefficientSe", "residualSe"] {
                let (one, other) = (try #require(row[key]?.number), try #require(prediction[key]?.number))
                #expect(Value.ecmaScript(one) == Value.ecmaScript(other), "\(key)")
            }
            #expect(row["interval"] == prediction["interval"])
            #expect(row["experiment"] == prediction["experiment"])
        }
    }

    @Test func standardErrorsAreTheirSquares() async throws {
        let (project, _) = try Self.project()
        let service = Self.service(project)
        let (_, one) = try await ask(
            service, #"{"model": "slopes.jive", "effects": [{"metrics": {"s": 1, "r": 2}, "se": {"s": 0.5}}]}"#)
        let (_, other) = try await ask(
            service,
            #"{"model": "slopes.jive", "effects": [{"metrics": {"s": 1, "r": 2}, "covariance": {"s": {"s": 0.25}}}]}"#)
        #expect(one["effects"] == other["effects"])
        #expect(one["effects"] != nil)
    }

    @Test(arguments: [
        (#"{"metrics": {"s": 1}}"#, ["/effects/0/metrics"]),
        (#"{"metrics": {"s": 1, "r": 1, "q": 2}}"#, ["/effects/0/metrics/q"]),
        (#"{"metrics": {"s": 1, "r": 1}, "se": {"s": 1}, "covariance": {}}"#, ["/effects/0"]),
        (
            #"{"metrics": {"s": 1, "r": 1}, "covariance": {"s": {"s": 1, "r": 2}, "r": {"r": 1, "s": 3}}}"#,
            ["/effects/0/covariance/r/s", "/effects/0/covariance"]
        ),
        (
            #"{"metrics": {"s": 1, "r": 1}, "covariance": {"s": {"s": -1}}}"#,
            ["/effects/0/covariance/s/s", "/effects/0/covariance"]
        ),
    ])
    func whatContradictsIsTold(effect: String, pointers: [String]) async throws {
        let (project, _) = try Self.project()
        let (status, answer) = try await ask(
            Self.service(project), #"{"model": "slopes.jive", "effects": [\#(effect)]}"#)
        #expect(status == 409)
        #expect(answer["errors"]?.list?.map { $0["pointer"]?.string } == pointers, "\(answer)")
    }

    @Test func aChangedResultIsRefused() throws {
        let (project, _) = try Self.project()
        let text = try #require(project.text("output/deep/a.json"))
        project.add("output/deep/a.json", text.replacing("\"outcome\": \"y\"", with: "\"outcome\": \"z\""))
        let (results, diagnostics) = ResultsFiles.published(["output"], in: project.workspace)
        #expect(results.isEmpty)
        #expect(diagnostics.map(\.code.name) == ["unusable-results"])
    }

    @Test func resultsAreFoundByAnalysisFileAndFolder() throws {
        let (project, _) = try Self.project()
        project.add("output/deep/other.json", "{\"schema\": 1}")
        project.add("output/site/x.json", "{")
        func names(_ paths: [String]) -> [String] {
            ResultsFiles.published(paths, in: project.workspace).results.map(\.name)
        }
        #expect(names([]) == ["deep/a"])
        #expect(names(["output"]) == ["deep/a"])
        #expect(names(["output/deep"]) == ["a"])
        #expect(names(["Analyses/deep/a.md"]) == ["deep/a"])
        #expect(names(["output/deep/a.json", "output"]) == ["a"])
        let missing = ResultsFiles.published(["nothing", "output/deep/other.json"], in: project.workspace).diagnostics
        #expect(missing.map(\.code.name) == ["missing-file", "unusable-results"])
    }
}
