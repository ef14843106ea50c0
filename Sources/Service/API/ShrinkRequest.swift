import Estimation
import Execution
import Values

/// A request to shrink effects, wholly checked.
struct ShrinkRequest: Sendable {
    enum Prior: Sendable {
        /// Of the effects themselves.
        case fitted
        case given(KnownPopulation)
        case stored(StoredModel, KnownPopulation)
    }

    var effects: [GivenEffect]
    var prior: Prior
    var shrinkage: EffectShrinkage
    /// As written.
    var correlation: String

    /// - Throws: a problem with all that is wrong.
    init(_ tree: JSONTree, _ catalogue: ModelCatalogue, _ schema: JSONSchema) throws(Problem) {
        let wrong = SchemaCheck.faults(of: tree, by: schema)
        guard wrong.isEmpty else { throw .invalid(wrong) }
        var faults: [Fault] = []
        effects = GivenEffect.read(tree["effects"]?.list ?? [], &faults)
        correlation = tree["correlation"]?.string ?? "shared-control"
        prior = try ShrinkRequest.prior(tree["prior"], catalogue)
        let written = tree["method"]?.string
        let method: EffectShrinkage.Method
        switch prior {
        case .given(let population), .stored(_, let population):
            method = .known(population)
            for key in ["method", "test"] where tree[key] != nil {
                faults.append(
                    Fault(pointer: "/\(key)", detail: "A prior that is given or stored leaves '\(key)' nothing to say"))
            }
        case .fitted where written == "bayes":
            method = .bayes(mean: tree["prior"]?["mu"]?.string, heterogeneity: tree["prior"]?["tau"]?.string)
            if tree["test"] != nil {
                faults.append(Fault(pointer: "/test", detail: "The method 'bayes' has no test of the mean"))
            }
        case .fitted:
            method = .point(
                HeterogeneityEstimator(rawValue: written ?? "reml") ?? .reml,
                isKnappHartung: tree["test"]?.string == "knapp-hartung")
            if tree["prior"]?.members != nil {
                faults.append(Fault(pointer: "/prior", detail: "Laws of μ and τ are for the method 'bayes'"))
            }
        }
        if tree["threshold"] != nil, written != "bayes" {
            faults.append(Fault(pointer: "/threshold", detail: "A threshold is for the method 'bayes'"))
        }
        shrinkage = EffectShrinkage(
            method: method, correlation: correlation == "ignore" ? .ignore : .sharedControl,
            level: tree["level"]?.number ?? 0.95, threshold: tree["threshold"]?.number ?? 0)
        do throws(EffectShrinkage.PriorFault) { try shrinkage.checkPriors() } catch {
            faults.append(Fault(pointer: "/prior/" + error.key, detail: error.rule))
        }
        guard faults.isEmpty else { throw .contradictory(faults) }
    }

    private static func prior(_ tree: JSONTree?, _ catalogue: ModelCatalogue) throws(Problem) -> Prior {
        guard let tree else { return .fitted }
        if let name = tree.string {
            if name == "fitted" { return .fitted }
            let model = try catalogue.model(name, at: "/prior")
            guard case .population(let population) = model.kind else {
                throw .contradictory([
                    Fault(pointer: "/prior", detail: "A prior is a meta-analysis, and \(model.name) is a proxy")
                ])
            }
            return .stored(model, population)
        }
        guard let mean = tree["mu"]?.number, let tau = tree["tau"]?.number else { return .fitted }
        return .given(KnownPopulation(mean: mean, meanStandardError: tree["muSe"]?.number ?? 0, tau: tau))
    }
}

extension ModelCatalogue {
    /// The model that a request names.
    func model(_ name: String, at pointer: String) throws(Problem) -> StoredModel {
        do throws(Finding) { return try model(name) } catch {
            switch error {
            case .unknown(let suggestion):
                let hint = suggestion.map { "; did you mean '\($0)'?" } ?? "; /v1/models lists them"
                throw Problem(
                    404, "There is no such model.",
                    faults: [Fault(pointer: pointer, detail: "There is no model '\(name.prefix(80))'\(hint)")])
            case .ambiguous(let names):
                let list = names.prefix(10).joined(separator: ", ")
                throw .contradictory([Fault(pointer: pointer, detail: "Several models have this name: \(list)")])
            }
        }
    }
}
