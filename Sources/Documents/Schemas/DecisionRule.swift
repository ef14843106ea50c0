import Diagnostics

extension DirectiveSchema {
    /// What one rule says.
    private static let ruleKeys = [
        KeySchema("metric", .name, "The metric that decides; its effect is the arm's score."),
        KeySchema(
            "weights", .mapOf(.any), "An index that decides: weights of metrics, or a proxy's coefficients by a path."),
        KeySchema("threshold", .number(), "How many standard errors the score must exceed."),
        KeySchema(
            "level", .number(NumberBounds(0, 1, isOpen: true)), default: "0.95",
            "The level at which the score must be significant, where no 'threshold' or 'minimum' is written."),
        KeySchema(
            "direction", .choice(["one-sided", "two-sided"]), default: "two-sided",
            "Whether 'level' counts one tail or both; only gains are shipped."),
        KeySchema("minimum", .number(), "What the score must exceed."),
    ]

    static let decisionRule = DirectiveSchema(
        "decision-rule", "What rules for shipping arms earn on one metric, an experiment and in sum.", show: .table,
        keys: [
            KeySchema("effects", .id, required: true, "The effects."),
            KeySchema(
                "rule", .any, required: true,
                "A rule ('metric: orders'), 'always' or 'never', or a mapping of several from names; differences are "
                    + "against the first."),
            KeySchema("reward", .name, required: true, "The metric on which rules earn."),
            KeySchema(
                "estimators", .oneOrMore(of: .choice(["naive", "cross-validation"])),
                default: "[naive, cross-validation]", "The estimators to compare."),
            KeySchema(
                "folds", .integer(2...100), default: "5", "How many folds the units of an experiment are cut into."),
            KeySchema("repeats", .integer(1...10_000), default: "10", "How often they are cut anew."),
            KeySchema(
                "closed-form", .choice(["jive", "tc", "reml", "none"]), default: "jive",
                "The estimate of the true effects' law under which rules' rewards are computed besides."),
            weights,
            KeySchema(
                "grid",
                .mapping([
                    KeySchema("rule", .name, "The rule to vary; the first otherwise."),
                    KeySchema(
                        "snr", .oneOrMore(of: .number(NumberBounds(0, nil, isOpen: true))), required: true,
                        "Standard deviations of true scores over standard errors of observed ones."),
                    KeySchema("threshold", .oneOrMore(of: .number()), required: true, "Thresholds in standard errors."),
                ]), "Closed forms of a rule over signal-to-noise ratios and thresholds."),
            level,
        ],
        results: decisionRuleResults,
        rule: { node, diagnostics in
            guard let rule = node["rule"] else { return }
            if rule.scalar == nil, rules(of: rule).isEmpty {
                diagnostics.append(.error(.missingKey, "'rule' has at least one rule", at: rule.range))
            }
            for (name, rule) in rules(of: rule) { check(rule, name, &diagnostics) }
        })

    /// The rules of the option `rule` with their names; a single one is named by its metric.
    package static func rules(of node: OptionNode) -> [(name: String, node: OptionNode)] {
        guard node.scalar == nil, node["metric"] == nil, node["weights"] == nil else {
            return [(node["metric"]?.string ?? node.scalar?.text ?? "index", node)]
        }
        return node.entries.map { ($0.key, $0.value) }
    }

    private static func check(_ node: OptionNode, _ name: String, _ diagnostics: inout [Diagnostic]) {
        if let scalar = node.scalar {
            if scalar.isUnresolved || ["always", "never"].contains(scalar.text) { return }
            diagnostics.append(
                .error(
                    .unknownChoice,
                    "A rule is 'always', 'never' or a mapping with 'metric' or 'weights', not \(node.kind)",
                    at: node.range))
            return
        }
        var validator = OptionValidator()
        validator.mapping(node, keys: ruleKeys, of: "the rule '\(name)'")
        diagnostics += validator.diagnostics
        if !validator.diagnostics.isEmpty { return }
        let written = node.entries.filter { ["metric", "weights"].contains($0.key) }
        if written.isEmpty {
            diagnostics.append(
                .error(.missingKey, "The rule '\(name)' needs 'metric' or 'weights'", at: node.range))
        } else if written.count > 1 {
            diagnostics.append(
                .error(.keyConflict, "A rule decides by 'metric' or by 'weights', not both", at: written[1].keyRange))
        }
        let level = node.entries.first { $0.key == "level" }
        if let level, node["threshold"] != nil {
            diagnostics.append(
                .error(.keyConflict, "A rule has a 'threshold' or a 'level', not both", at: level.keyRange))
        }
        if let direction = node.entries.first(where: { $0.key == "direction" }), level == nil,
            node["threshold"] != nil || node["minimum"] != nil
        {
            diagnostics.append(.error(.keyConflict, "'direction' goes with 'level'", at: direction.keyRange))
        }
    }
}
