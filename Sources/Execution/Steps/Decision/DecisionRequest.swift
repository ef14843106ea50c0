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
    /// The estimator of the law under which closed forms are computed, `jive`, `tc` or `reml`; nil for none.
    var law: String?
    var weights: EffectWeights
    var grid: Grid?
    var level: Double

    init(_ set: EffectSet, _ context: inout StepContext) throws(StepFailure) {
        let options = context.options
        // What the schema has found wrong already is not said again.
        guard let reward = try MetricNames.read("reward", of: set, &context)?.first else { throw StepFailure() }
        self.reward = reward
        metrics = [reward]
        let estimators = options["estimators"]?.strings ?? ["naive", "cross-validation"]
        hasNaive = estimators.contains("naive")
        hasCrossValidation = estimators.contains("cross-validation")
        guard hasNaive || hasCrossValidation else { throw StepFailure() }
        folds = try DecisionRequest.whole(options["folds"], default: 5, in: 2...100)
        repeats = try DecisionRequest.whole(options["repeats"], default: 10, in: 1...10_000)
        let form = options["closed-form"]?.string ?? "jive"
        law = form == "none" ? nil : form
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
            rules.append(try rule(name, node, weights))
        }
        guard !rules.isEmpty else { throw StepFailure() }
        if let node = options["grid"] { grid = try readGrid(node, &context) }
    }

    private static func whole(
        _ node: OptionNode?, default standard: Int, in range: ClosedRange<Int>
    ) throws(StepFailure) -> Int {
        guard let node else { return standard }
        guard let number = node.number, let whole = Int(exactly: number), range.contains(whole) else {
            throw StepFailure()
        }
        return whole
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
        guard let written = node["weights"] else { throw StepFailure() }
        var weights: [(metric: String, weight: Double)] = []
        for entry in written.entries {
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
                    at: written.range))
        }
        return weights
    }

    private func rule(
        _ name: String, _ node: OptionNode, _ weights: [(metric: String, weight: Double)]
    ) throws(StepFailure) -> DecisionRule {
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
            guard tail > 0, tail < 1 else { throw StepFailure() }
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
        let grid = Grid(
            rule: rule, signalToNoise: node["snr"]?.items.compactMap(\.number) ?? [],
            thresholds: node["threshold"]?.items.compactMap(\.number) ?? [])
        guard grid.signalToNoise.allSatisfy({ $0 > 0 }) else { throw StepFailure() }
        return grid
    }
}

extension DiagnosticCode {
    static let wrongWeights = DiagnosticCode(607, "wrong-weights")
    static let unknownRule = DiagnosticCode(608, "unknown-rule")
}
