import Foundation
import Pipeline
import TestSupport
import Testing
import Values

@testable import Service

/// What the service answers, held against what `report build` writes of the same effects.
@Suite struct EffectsServiceTests {
    /// Three variants in each of eight experiments, from a small congruential generator.
    private struct Row {
        var experiment: String
        var variant: String
        var effect: Double
        var own: Double
        var control: Double

        static let all: [Row] = {
            var state: UInt64 = 5
            func next() -> Double {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Double(state >> 40) / 16_777_216
            }
            return (0..<8).flatMap { k in
                let control = 0.01 + 0.02 * next()
                let shared = next() - 0.5
                return ["a", "b", "c"].map { variant in
                    Row(
                        experiment: "t\(k)", variant: variant, effect: shared / 4 + 0.6 * next(),
                        own: 0.01 + 0.03 * next(),
                        control: control)
                }
            }
        }()
    }

    private static func project(_ directives: String) throws -> (TestProject, JSONTree) {
        var table = "test,variant,effect,own,control\n"
        for row in Row.all { table += "\(row.experiment),\(row.variant),\(row.effect),\(row.own),\(row.control)\n" }
        let project = TestProject([
            "Analyses/a.md":
                "---\ntitle: A test\n---\n\n```data\nid: trials\nsource: trials.csv\n```\n\n\(directives)\n",
            "Analyses/trials.csv": table,
        ])
        let outcome = try #require(project.build())
        #expect(outcome.succeeded, "\(outcome.diagnostics)")
        let text = try #require(project.text("output/a.json"))
        return (project, try JSONTreeReader.read(Array(text.utf8))["results"] ?? .null)
    }

    private static func pooled(_ id: String, _ options: String) -> String {
        """
        ```meta-analysis
        id: \(id)
        data: trials
        experiment: test
        variant: variant
        effect: effect
        treatment-variance: own
        control-variance: control
        \(options)
        ```

        """
    }

    private static func service(_ project: TestProject? = nil, limits: ServiceLimits = ServiceLimits(workers: 2))
        -> EffectsService
    {
        let results = project.map { ResultsFiles.published([], in: $0.workspace).results } ?? []
        return EffectsService(ModelCatalogue(results), limits: limits, tokens: nil, version: "1")
    }

    private func ask(_ service: EffectsService, _ path: String, _ body: String) async throws -> (Int, JSONTree) {
        let response = await service.answer(
            ServerRequest(
                method: "POST", path: path, headers: [("Content-Type", "application/json")], body: Array(body.utf8)))
        guard case .bytes(let bytes) = response.body else { return (0, .null) }
        return (response.status, try JSONTreeReader.read(bytes))
    }

    private static func effects(reversed: Bool = false) -> String {
        let items = Row.all.map {
            #"{"id": "\#($0.experiment)\#($0.variant)", "experiment": "\#($0.experiment)", "variant": "\#($0.variant)", "effect": \#($0.effect), "treatmentVariance": \#($0.own), "controlVariance": \#($0.control)}"#
        }
        return (reversed ? items.reversed() : items).joined(separator: ", ")
    }

    /// Every number of the directive's values, curves aside, is in the answer with the same digits.
    @Test(arguments: [
        ("", "{}"), ("method: ml", #"{"method": "ml"}"#), ("method: dl", #"{"method": "dl"}"#),
        ("method: fixed", #"{"method": "fixed"}"#), ("method: he", #"{"method": "he"}"#),
        ("method: pm\ncorrelation: ignore", #"{"method": "pm", "correlation": "ignore"}"#),
        ("method: sj\ncorrelation: ignore", #"{"method": "sj", "correlation": "ignore"}"#),
        ("test: knapp-hartung\nlevel: 0.8", #"{"test": "knapp-hartung", "level": 0.8}"#),
        ("method: bayes", #"{"method": "bayes"}"#),
        (
            "method: bayes\nthreshold: 0.1\nprior:\n  mu: \"normal(0, 1)\"\n  tau: half-normal(0.5)",
            #"{"method": "bayes", "threshold": 0.1, "prior": {"mu": "normal(0, 1)", "tau": "half-normal(0.5)"}}"#
        ),
        ("method: bayes\nprior:\n  tau: exponential(2)", #"{"method": "bayes", "prior": {"tau": "exponential(2)"}}"#),
    ])
    func shrinkEqualsTheBuild(options: String, request: String) async throws {
        let (_, results) = try Self.project(Self.pooled("pooled", options))
        let built = try #require(results["pooled"]?["values"]?.members)
        let body = #"{"effects": [\#(Self.effects())]"# + (request == "{}" ? "}" : ", " + request.dropFirst())
        let (status, answer) = try await ask(Self.service(), "/v1/shrink", body)
        #expect(status == 200, "\(answer)")
        var compared = 0
        for member in built where !["qProfile", "metric"].contains(member.name) {
            compared += try compare(member.value, answer[member.name], member.name)
        }
        #expect(compared > 24 * 5)
    }

    /// Compares the bytes of numbers; members that only the build has are curves.
    private func compare(_ built: JSONTree, _ answer: JSONTree?, _ path: String) throws -> Int {
        switch built {
        case .object(let members):
            var count = 0
            for member in members where member.name != "density" {
                count += try compare(member.value, answer?[member.name], path + "." + member.name)
            }
            return count
        case .list(let items):
            let list = try #require(answer?.list, "\(path)")
            #expect(list.count == items.count, "\(path)")
            var count = 0
            for (index, pair) in zip(items, list).enumerated() {
                count += try compare(pair.0, pair.1, path + "[\(index)]")
            }
            return count
        case .number(let number):
            let found = try #require(answer?.number, "\(path)")
            #expect(Value.ecmaScript(found) == Value.ecmaScript(number), "\(path)")
            return 1
        default: #expect(answer == built, "\(path)")
        }
        return 0
    }

    @Test func answersComeInTheOrderOfTheRequest() async throws {
        let (_, answer) = try await ask(
            Self.service(), "/v1/shrink", #"{"effects": [\#(Self.effects(reversed: true))]}"#)
        let sent = Row.all.reversed().map { $0.experiment + $0.variant }
        #expect(answer["effects"]?.list?.map { $0["id"]?.string } == sent)
        #expect(
            answer["effects"]?.list?.map { $0["estimate"]?.number } == Row.all.reversed().map(\.effect))
    }

    /// Total variances and standard errors are what layout `estimates` takes them for.
    @Test func variancesMayBeTotals() async throws {
        let parts = #"{"experiment": "a", "effect": 1, "treatmentVariance": 0.75, "controlVariance": 0.25}"#
        let total = #"{"experiment": "a", "effect": 2, "variance": 1, "controlVariance": 0.25}"#
        let error = #"{"experiment": "b", "effect": 4, "se": 1}"#
        let (status, answer) = try await ask(
            Self.service(), "/v1/shrink", "{\"effects\": [\(parts), \(total), \(error)]}")
        #expect(status == 200)
        #expect(answer["effects"]?.list?.map { $0["se"]?.number } == [1, 1, 1])
        #expect(answer["effects"]?.list?.map { $0["variant"]?.string } == ["1", "2", "1"])
    }

    // MARK: Priors that are not fitted

    /// One effect d with variance v under a known population: mean (τ²d + vμ)/(τ² + v), variance τ²v/(τ² + v).
    @Test func aKnownPopulationIsTheNormalModelsPosterior() async throws {
        let (status, answer) = try await ask(
            Self.service(), "/v1/shrink",
            #"{"effects": [{"experiment": "a", "effect": 3, "variance": 4}], "prior": {"mu": 1, "tau": 2}}"#)
        #expect(status == 200)
        let effect = try #require(answer["effects"]?.list?.first?["shrunken"])
        #expect(effect["estimate"]?.number == 2)
        #expect(abs((effect["sd"]?.number ?? 0) - 2.0.squareRoot()) < 1e-15)
        #expect(answer["method"] == .string("known"))
    }

    /// With an error of μ that is beyond all measure it is the fit with the same τ, whose μ is not known either.
    @Test func anUnknownMeanIsEstimated() async throws {
        let (_, fit) = try await ask(Self.service(), "/v1/shrink", #"{"effects": [\#(Self.effects())]}"#)
        let tau = try #require(fit["tau"]?["estimate"]?.number)
        let (status, answer) = try await ask(
            Self.service(), "/v1/shrink",
            #"{"effects": [\#(Self.effects())], "prior": {"mu": 0, "tau": \#(tau), "muSe": 1e8}}"#)
        #expect(status == 200)
        for (one, other) in zip(fit["effects"]?.list ?? [], answer["effects"]?.list ?? []) {
            for key in ["estimate", "sd"] {
                let (a, b) = (one["shrunken"]?[key]?.number ?? .nan, other["shrunken"]?[key]?.number ?? .nan)
                #expect(abs(a - b) < 1e-9)
            }
        }
        let (a, b) = (fit["mu"]?["se"]?.number ?? .nan, answer["mu"]?["se"]?.number ?? .nan)
        #expect(abs(a - b) < 1e-9)
    }

    @Test func aStoredPopulationIsNamed() async throws {
        let (project, results) = try Self.project(
            Self.pooled("pooled", "") + Self.pooled("both", "correlation: [shared-control, ignore]\nmethod: bayes"))
        let service = Self.service(project)
        let mu = try #require(results["pooled"]?["values"]?["mu"])
        for name in ["a#pooled", "pooled"] {
            let (status, answer) = try await ask(
                service, "/v1/shrink",
                #"{"effects": [{"experiment": "n", "effect": 3, "variance": 4}], "prior": "\#(name)"}"#)
            #expect(status == 200)
            #expect(answer["prior"]?["model"] == .string("a#pooled"))
            #expect(answer["prior"]?["mu"]?.number == mu["estimate"]?.number)
            #expect(answer["prior"]?["muSe"]?.number == mu["se"]?.number)
            #expect(answer["prior"]?["digest"]?.string == results["pooled"]?["digest"]?.string)
        }
        let response = await service.answer(ServerRequest(path: "/v1/models"))
        guard case .bytes(let bytes) = response.body else { return }
        let models = try JSONTreeReader.read(bytes)["models"]?.list?.map { $0["name"]?.string }
        #expect(models == ["a#both.ignore", "a#both.shared-control", "a#pooled"])
    }

    @Test func namesThatAreNoneAreGuessed() async throws {
        let (project, _) = try Self.project(Self.pooled("pooled", ""))
        let (status, answer) = try await ask(
            Self.service(project), "/v1/shrink",
            #"{"effects": [{"experiment": "n", "effect": 3, "variance": 4}], "prior": "a#poold"}"#)
        #expect(status == 404)
        #expect(
            answer["errors"]?.list?.first?["detail"]
                == .string("There is no model 'a#poold'; did you mean 'a#pooled'?"))
    }

    // MARK: Contradictions

    @Test(arguments: [
        (
            #"{"experiment": "a", "variant": "x", "effect": 1, "se": 1}, {"experiment": "a", "variant": "x", "effect": 2, "se": 1}"#,
            "/effects/1"
        ),
        (
            #"{"experiment": "a", "effect": 1, "se": 1, "controlVariance": 0.5}, {"experiment": "a", "effect": 2, "se": 1}"#,
            "/effects/1/controlVariance"
        ),
        (
            #"{"experiment": "a", "effect": 1, "se": 1, "controlVariance": 2}, {"experiment": "b", "effect": 2, "se": 1}"#,
            "/effects/0/controlVariance"
        ),
        (
            #"{"experiment": "a", "effect": 1, "treatmentVariance": 0}, {"experiment": "b", "effect": 2, "se": 1}"#,
            "/effects/0"
        ),
        (
            #"{"id": "1", "experiment": "a", "effect": 1, "se": 1}, {"id": "1", "experiment": "b", "effect": 2, "se": 1}"#,
            "/effects/1/id"
        ),
        (#"{"experiment": "a", "effect": 1, "se": 1}"#, "/effects"),
    ])
    func whatContradictsIsTold(effects: String, pointer: String) async throws {
        let (status, answer) = try await ask(Self.service(), "/v1/shrink", "{\"effects\": [\(effects)]}")
        #expect(status == 409)
        #expect(answer["errors"]?.list?.map { $0["pointer"]?.string } == [pointer], "\(answer)")
    }

    @Test(arguments: [
        (#""prior": {"mu": 0, "tau": 1}, "method": "dl""#, "/method"),
        (#""method": "bayes", "test": "z""#, "/test"), (#""threshold": 1"#, "/threshold"),
        (#""prior": {"tau": "half-cauchy(1)"}"#, "/prior"), (#""method": "sj""#, "/method"),
        (#""method": "bayes", "prior": {"tau": "half-cauchy"}"#, "/prior/tau"),
        (#""method": "bayes", "prior": {"mu": "normal(0, -1)"}"#, "/prior"),
    ])
    func optionsThatContradictAreTold(options: String, pointer: String) async throws {
        let (status, answer) = try await ask(
            Self.service(), "/v1/shrink", "{\"effects\": [\(Self.effects())], \(options)}")
        #expect(status == 409)
        #expect(answer["errors"]?.list?.map { $0["pointer"]?.string } == [pointer], "\(answer)")
    }

    // MARK: Limits

    @Test func workThatTakesTooLongIsGivenUp() async throws {
        var limits = ServiceLimits(workers: 1)
        limits.time = .milliseconds(1)
        let effects = (0..<5000).map { #"{"experiment": "e\#($0)", "effect": \#(Double($0 % 97) / 10), "se": 1}"# }
        let service = Self.service(limits: limits)
        let (status, _) = try await ask(
            service, "/v1/shrink", #"{"method": "bayes", "effects": [\#(effects.joined(separator: ","))]}"#)
        #expect(status == 503)
    }

    @Test func aFullQueueRefuses() async {
        // Longer than a busy machine takes to begin.
        let queue = WorkQueue(width: 1, waiting: 0, time: .seconds(3600))
        let gate = DispatchSemaphore(value: 0)
        let started = DispatchSemaphore(value: 0)
        async let first: Result<Int, WorkQueue.Refusal> = {
            do throws(WorkQueue.Refusal) {
                return .success(
                    try await queue.run {
                        started.signal()
                        gate.wait()
                        return 1
                    })
            } catch {
                return .failure(error)
            }
        }()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            DispatchQueue.global().async {
                started.wait()
                continuation.resume()
            }
        }
        await #expect(throws: WorkQueue.Refusal.full) { try await queue.run { 2 } }
        gate.signal()
        #expect(await first == .success(1))
    }

    // MARK: Other answers

    @Test(arguments: [
        ("GET", "/v1/shrink", 405), ("POST", "/healthz", 405), ("GET", "/nothing", 404), ("GET", "/healthz", 200),
        ("GET", "/readyz", 200), ("GET", "/metrics", 200), ("HEAD", "/v1/models", 200), ("POST", "/v1/shrink", 415),
        ("OPTIONS", "/v1/shrink", 405),
    ])
    func routesAnswerTheirMethods(method: String, path: String, status: Int) async {
        let response = await Self.service().answer(ServerRequest(method: method, path: path))
        #expect(response.status == status)
        #expect((status == 405) == response.headers.contains { $0.name == "allow" })
    }

    @Test func readinessEndsWithTheServer() async {
        let response = await Self.service().answer(ServerRequest(path: "/readyz", serverIsEnding: true))
        #expect(response.status == 503)
    }

    @Test func tokensAreAskedFor() async throws {
        let tokens = try #require(AccessTokens(file: "# ours\n\nabcdefghijklmnop\r\n  0123456789abcdefgh \n"))
        let service = EffectsService(
            ModelCatalogue(), limits: ServiceLimits(workers: 1), tokens: tokens, version: "1")
        func status(_ path: String, _ field: String?) async -> Int {
            let headers = field.map { [("Authorization", $0)] } ?? []
            let request = ServerRequest(path: path, headers: headers)
            if let refusal = service.refusal(of: request) { return refusal.status }
            return await service.answer(request).status
        }
        #expect(await status("/v1/models", nil) == 401)
        #expect(await status("/nothing", nil) == 401)
        #expect(await status("/v1/models", "Bearer abcdefghijklmnoq") == 401)
        #expect(await status("/v1/models", "Basic abcdefghijklmnop") == 401)
        #expect(await status("/v1/models", "Bearer abcdefghijklmnop") == 200)
        #expect(await status("/v1/models", "bearer  0123456789abcdefgh") == 200)
        #expect(await status("/healthz", nil) == 200)
        #expect(AccessTokens(file: "short") == nil && AccessTokens(file: "#\n") == nil)
    }

    @Test func metricsCountRequests() {
        let metrics = ServiceMetrics()
        for (status, refusal) in [(200, nil), (200, nil), (413, RequestRecord.Refusal.body)] {
            metrics.add(
                RequestRecord(
                    method: "POST", path: "/v1/shrink", status: status, refusal: refusal, duration: .milliseconds(3),
                    bytesRead: 1, bytesWritten: 1))
        }
        metrics.reject(.full)
        metrics.add(
            RequestRecord(
                method: "BREW", path: "/x\"y", status: 404, duration: .seconds(60), bytesRead: 0, bytesWritten: 0))
        let text = metrics.text(waiting: 0, models: 2)
        #expect(text.contains("report_requests_total{route=\"/v1/shrink\",method=\"POST\",status=\"200\"} 2\n"))
        #expect(text.contains("report_requests_total{route=\"other\",method=\"other\",status=\"404\"} 1\n"))
        #expect(text.contains("report_request_duration_seconds_bucket{route=\"/v1/shrink\",le=\"0.0025\"} 0\n"))
        #expect(text.contains("report_request_duration_seconds_bucket{route=\"/v1/shrink\",le=\"0.005\"} 3\n"))
        #expect(text.contains("report_request_duration_seconds_bucket{route=\"other\",le=\"10\"} 0\n"))
        #expect(text.contains("report_request_duration_seconds_bucket{route=\"other\",le=\"+Inf\"} 1\n"))
        #expect(text.contains("report_requests_rejected_total{reason=\"full\"} 1\n"))
        #expect(text.contains("report_requests_rejected_total{reason=\"body\"} 1\n"))
        #expect(text.contains("report_requests_rejected_total{reason=\"late\"} 0\n"))
    }
}
