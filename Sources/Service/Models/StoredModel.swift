import Estimation
import Execution
import Pipeline
import Values

/// A fitted model out of a results file.
struct StoredModel: Sendable {
    enum Kind: Sendable {
        case population(KnownPopulation)
        case proxy(StoredPredictor)
    }

    /// `experiments/proxy#proxy.liml`: the report, and the path of the result in it.
    let name: String
    let kind: Kind
    /// What is said of it beside.
    let facts: Object
    /// SHA-256 of the values that it is read from.
    let digest: String

    /// As a list of models has it.
    var value: Value {
        var value: Object = ["name": .string(name)]
        for (key, fact) in facts { value[key] = fact }
        switch kind {
        case .population(let population):
            value["mu"] = ["estimate": Value(population.mean), "se": Value(population.meanStandardError)]
            value["tau"] = ["estimate": Value(population.tau)]
        case .proxy(let predictor):
            value["outcome"] = .string(predictor.outcome)
            value["proxies"] = Value(predictor.proxies)
            value["level"] = Value(predictor.level)
        }
        return .object(value)
    }
}

/// Finds the models of one report.
struct StoredModels {
    private let report: PublishedResults
    private(set) var models: [StoredModel] = []

    init(of report: PublishedResults) {
        self.report = report
        for (id, result) in report.results {
            guard let values = result["values"], let digest = result["digest"]?.string else { continue }
            let facts: Object = [
                "kind": result["directive"] ?? .null, "analysis": .string(report.analysis), "directive": .string(id),
                "digest": .string(digest), "sourceDigest": .string(report.sourceDigest),
            ]
            switch result["directive"]?.string {
            case "meta-analysis": addPopulations(id, values, facts, digest)
            case "proxy": addPredictors(id, values, facts, digest)
            default: break
            }
        }
    }

    /// The result itself, or one level down where it is made under several assumptions, by their names.
    private static func parts(_ path: String, _ values: Value, marked key: String) -> [(path: String, value: Value)] {
        if values[key] != nil { return [(path, values)] }
        return (values.object.map { Array($0) } ?? []).filter { $0.value[key] != nil }
            .map { (path + "." + $0.key, $0.value) }
    }

    /// Normal populations of one level and without moderators: others are no μ and τ alone.
    private mutating func addPopulations(_ id: String, _ values: Value, _ facts: Object, _ digest: String) {
        for (path, value) in Self.parts(id, values, marked: "method") {
            let (mu, tau) = (value["mu"], value["tau"])
            guard value["law"] == nil, value["heterogeneity"] == nil,
                let mean = mu?["mean"]?.number ?? mu?["estimate"]?.number,
                let error = mu?["sd"]?.number ?? mu?["se"]?.number, let scale = tau?["estimate"]?.number
            else { continue }
            var facts = facts
            for key in ["method", "metric", "experiments", "count"] { facts[key] = value[key] }
            models.append(
                StoredModel(
                    name: report.name + "#" + path,
                    kind: .population(KnownPopulation(mean: mean, meanStandardError: error, tau: scale)), facts: facts,
                    digest: digest))
        }
    }

    private mutating func addPredictors(_ id: String, _ values: Value, _ facts: Object, _ digest: String) {
        for (path, value) in Self.parts(id, values, marked: "proxies") {
            for (name, estimator) in value.object.map({ Array($0) }) ?? [] {
                guard let predictor = StoredPredictor(estimator: estimator, of: value) else { continue }
                var facts = facts
                facts["estimator"] = .string(name)
                for key in ["experiments", "arms"] { facts[key] = value[key] }
                models.append(
                    StoredModel(
                        name: report.name + "#" + path + "." + name, kind: .proxy(predictor), facts: facts,
                        digest: digest))
            }
        }
    }
}
