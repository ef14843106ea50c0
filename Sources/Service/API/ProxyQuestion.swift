import Diagnostics
import Estimation
import Execution
import Parallelism
import Values

/// A request for the outcome's effects by a stored proxy, wholly checked.
struct ProxyQuestion: Sendable {
    struct Effect: Sendable {
        var id: String?
        var experiment: String
        var variant: String
        /// In the proxies' order.
        var effects: [Double]
        /// By rows.
        var noise: [Double]
    }

    let model: StoredModel
    let predictor: StoredPredictor
    private(set) var effects: [Effect] = []
    let level: Double?

    /// - Throws: a problem with all that is wrong.
    init(_ tree: JSONTree, _ catalogue: ModelCatalogue, _ schema: JSONSchema) throws(Problem) {
        let wrong = SchemaCheck.faults(of: tree, by: schema)
        guard wrong.isEmpty else { throw .invalid(wrong) }
        model = try catalogue.model(tree["model"]?.string ?? "", at: "/model")
        guard case .proxy(let predictor) = model.kind else {
            throw .contradictory([
                Fault(pointer: "/model", detail: "\(model.name) is a meta-analysis, which predicts no outcome")
            ])
        }
        self.predictor = predictor
        level = tree["level"]?.number
        var faults: [Fault] = []
        for (index, item) in (tree["effects"]?.list ?? []).enumerated() {
            if Cancellation.isRequested { throw .late }
            effects.append(ProxyQuestion.effect(item, index, predictor.proxies, &faults))
        }
        guard faults.isEmpty else { throw .contradictory(faults) }
    }

    private static func effect(
        _ item: JSONTree, _ index: Int, _ proxies: [String], _ faults: inout [Fault]
    ) -> Effect {
        let pointer = "/effects/\(index)"
        let metrics = item["metrics"]
        for proxy in proxies where metrics?[proxy] == nil {
            faults.append(Fault(pointer: pointer + "/metrics", detail: "The model needs the effect on '\(proxy)'"))
        }
        refuseOthers(metrics, proxies, pointer + "/metrics", &faults)
        if item["se"] != nil, item["covariance"] != nil {
            faults.append(Fault(pointer: pointer, detail: "An effect has 'se' or 'covariance', not both"))
        }
        refuseOthers(item["se"], proxies, pointer + "/se", &faults)
        return Effect(
            id: item["id"]?.string, experiment: item["experiment"]?.string ?? String(index + 1),
            variant: item["variant"]?.string ?? "1", effects: proxies.map { metrics?[$0]?.number ?? 0 },
            noise: noise(item, proxies, pointer, &faults))
    }

    private static func refuseOthers(
        _ tree: JSONTree?, _ proxies: [String], _ pointer: String, _ faults: inout [Fault]
    ) {
        for member in tree?.members ?? [] where !proxies.contains(member.name) {
            let hint = nearestWord(to: member.name, among: proxies).map { "; did you mean '\($0)'?" } ?? ""
            faults.append(
                Fault(
                    pointer: pointer + "/" + JSONPointer.escaped(member.name),
                    detail: "The model has no proxy '\(member.name.prefix(80))'\(hint)"))
        }
    }

    /// The covariance of the effects; 0 where nothing is told of it. A pair may be told once.
    private static func noise(
        _ item: JSONTree, _ proxies: [String], _ pointer: String, _ faults: inout [Fault]
    ) -> [Double] {
        let order = proxies.count
        var matrix = Array(repeating: 0.0, count: order * order)
        for (a, proxy) in proxies.enumerated() {
            let error = item["se"]?[proxy]?.number ?? 0
            matrix[a * order + a] = error * error
        }
        guard let covariance = item["covariance"] else { return matrix }
        let pointer = pointer + "/covariance"
        refuseOthers(covariance, proxies, pointer, &faults)
        for (a, first) in proxies.enumerated() {
            refuseOthers(covariance[first], proxies, pointer + "/" + JSONPointer.escaped(first), &faults)
            for (b, second) in proxies.enumerated() where b <= a {
                let (one, other) = (covariance[first]?[second]?.number, covariance[second]?[first]?.number)
                let place = "\(pointer)/\(JSONPointer.escaped(first))/\(JSONPointer.escaped(second))"
                if let one, let other, one != other {
                    faults.append(Fault(pointer: place, detail: "A covariance is the same in both orders"))
                }
                let value = one ?? other ?? 0
                if a == b, value < 0 { faults.append(Fault(pointer: place, detail: "A variance is not below zero")) }
                matrix[a * order + b] = value
                matrix[b * order + a] = value
            }
        }
        if !StoredPredictor.isSemidefinite(matrix, order: order) {
            faults.append(Fault(pointer: pointer, detail: "A covariance matrix is negative in no direction"))
        }
        return matrix
    }
}
