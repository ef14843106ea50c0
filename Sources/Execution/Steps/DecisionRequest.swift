import Diagnostics
import Documents
import Estimation
import Probability

/// What the options of a `decision-rule` ask for, read once.
struct DecisionRequest {
    struct Grid {
        var rule: Int
        var signalToNoise: [Double]
        var thresholds: [Double]
    }

    var reward: String
    /// The reward, then what else the rules look at.
    var metrics: [String]
    /// Weights are over `metrics`.
    var rules: [DecisionRule] = []
    var hasNaive: Bool
    var hasCrossValidation: Bool
    var folds: Int
    var repeats: Int
    /// The estimator of the law under which closed forms are computed; nil for none.
    var law: CovarianceEstimator?
    var weights: EffectWeights
    var grid: Grid?
    var level: Double

    init(_ set: EffectSet, _ context: inout StepContext) throws(StepFailure) {
        let options = context.options
        reward = try MetricNames.read("reward", of: set, &context)?.first ?? ""
        metrics = [reward]
        let estimators = options["estimators"]?.strings ?? ["naive", "cross-validation"]
        hasNaive = estimators.contains("naive")
        hasCrossValidation = estimators.contains("cross-validation")
        folds = Int(options["folds"]?.number ?? 5)
        repeats = Int(options["repeats"]?.number ?? 10)
        law = CovarianceEstimator(rawValue: options["closed-form"]?.string ?? "jive")
        weights = EffectWeights(rawValue: options["weights"]?.string ?? "precision") ?? .precision
        level = options["level"]?.number ?? 0.95
        var written: [(name: String, node: OptionNode, weights: [(metric: String, weight: Double)])] = []
        let nodes: [(name: String, node: OptionNode)] = options["rule"].map { DirectiveSchema.rules(of: $0) } ?? []
        for (name, node) in nodes {
            let weights = try DecisionRequest.weights(of: node, reward: reward, set, &context)
            for (metric, _) in weights where !metrics.contains(metric) { metrics.append(metric) }
            written.append((name, node, weights))
        }
        for (name, node, weights) in written {
            rules.append(rule(name, node, weights))
        }
        guard !rules.isEmpty else {
            throw context.fail(
                .error(.missingOption, "There is at least one rule", at: context.range(of: "rule")))
        }
        if let node = options["grid"] { grid = try readGrid(node, &context) }
    }

    /// The weights that a rule writes, by metric.
    private static func weights(
        of node: OptionNode, reward: String, _ set: EffectSet, _ context: inout StepContext
    ) throws(StepFailure) -> [(metric: String, weight: Double)] {
        if node.scalar != nil { return [(reward, 1)] }
        if let metric = node["metric"] {
            let name = metric.string ?? ""
            try MetricNames.check(name, at: metric.range, of: set, &context)
            return [(name, 1)]
        }
        var weights: [(metric: String, weight: Double)] = []
        for entry in node["weights"]?.entries ?? [] {
            try MetricNames.check(entry.key, at: entry.keyRange, of: set, &context)
            // A proxy's coefficient is an object with `estimate`.
            guard let weight = entry.value.number ?? entry.value["estimate"]?.number else {
                throw context.fail(
                    .error(
                        .wrongWeights, "A weight is a number or a coefficient with 'estimate'", at: entry.value.range))
            }
            weights.append((entry.key, weight))
        }
        guard weights.contains(where: { $0.weight != 0 }) else {
            throw context.fail(
                .error(
                    .wrongWeights, "An index weighs at least one metric: a mapping from metrics to numbers",
                    at: node["weights"]?.range ?? node.range))
        }
        return weights
    }

    private func rule(
        _ name: String, _ node: OptionNode, _ weights: [(metric: String, weight: Double)]
    ) -> DecisionRule {
        var vector = Array(repeating: 0.0, count: metrics.count)
        for (metric, weight) in weights {
            if let index = metrics.firstIndex(of: metric) { vector[index] += weight }
        }
        var rule = DecisionRule(name: name, weights: vector)
        if let word = node.scalar?.text {
            rule.isNever = word == "never"
            return rule
        }
        rule.threshold = node["threshold"]?.number
        rule.minimum = node["minimum"]?.number
        if rule.threshold == nil, rule.minimum == nil || node["level"] != nil {
            let tail = 1 - (node["level"]?.number ?? 0.95)
            let isOneSided = node["direction"]?.string == "one-sided"
            rule.threshold = Normal.standard.upperQuantile(isOneSided ? tail : tail / 2)
        }
        return rule
    }

    private func readGrid(_ node: OptionNode, _ context: inout StepContext) throws(StepFailure) -> Grid {
        var rule = 0
        if let name = node["rule"]?.string, let range = node["rule"]?.range {
            guard let index = rules.firstIndex(where: { $0.name == name }) else {
                let near = nearestWord(to: name, among: rules.map(\.name))
                throw context.fail(
                    .error(
                        .unknownRule, "\(name) is no rule of this directive", at: range,
                        notes: [.init("rules: " + rules.map(\.name).joined(separator: ", "))],
                        fixIts: near.map { [.init("did you mean \($0)?", replacing: range, with: $0)] } ?? []))
            }
            rule = index
        }
        return Grid(
            rule: rule, signalToNoise: node["snr"]?.items.compactMap(\.number) ?? [],
            thresholds: node["threshold"]?.items.compactMap(\.number) ?? [])
    }
}

extension DiagnosticCode {
    static let wrongWeights = DiagnosticCode(607, "wrong-weights")
    static let unknownRule = DiagnosticCode(608, "unknown-rule")
}
