import Diagnostics

/// Which keys of `meta-analysis` go together.
struct MetaAnalysisRules {
    private let node: OptionNode

    init(_ node: OptionNode) { self.node = node }

    func check(_ diagnostics: inout [Diagnostic]) {
        source(&diagnostics)
        method(&diagnostics)
        correlation(&diagnostics)
        heterogeneity(&diagnostics)
    }

    private func entry(_ key: String) -> OptionNode.Entry? { node.entries.first { $0.key == key } }

    private func conflict(_ message: String, _ entry: OptionNode.Entry) -> Diagnostic {
        .error(.keyConflict, message, at: entry.keyRange)
    }

    // MARK: Where effects come from

    private static let columns = [
        "effect", "variance", "se", "treatment-variance", "control-variance", "covariance", "experiment", "variant",
        "moderators",
    ]

    private func source(_ diagnostics: inout [Diagnostic]) {
        switch (entry("effects"), entry("data")) {
        case (nil, nil):
            let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
            diagnostics.append(
                .error(.missingKey, "'meta-analysis' needs 'effects', or 'data' with its columns", at: start))
        case (.some, .some(let data)):
            diagnostics.append(conflict("'meta-analysis' takes 'effects' or 'data', not both", data))
        case (.some, nil):
            for entry in node.entries where MetaAnalysisRules.columns.contains(entry.key) {
                let message =
                    entry.key == "moderators"
                    ? "'moderators' are columns of 'data'; effects have none"
                    : "'\(entry.key)' is a column of 'data'; effects have it"
                diagnostics.append(conflict(message, entry))
            }
        case (nil, .some(let data)):
            if node["effect"] == nil {
                diagnostics.append(
                    .error(.missingKey, "'data' needs the key 'effect', its column of effects", at: data.keyRange))
            }
            if let metric = entry("metric") { diagnostics.append(conflict("'metric' goes with 'effects'", metric)) }
            variances(data, &diagnostics)
        }
    }

    /// A covariance matrix holds the variances; without one the effect's variance is stated once.
    private func variances(_ data: OptionNode.Entry, _ diagnostics: inout [Diagnostic]) {
        guard let covariance = entry("covariance") else {
            return VarianceRule.check(node, of: "'data'", data.keyRange, &diagnostics)
        }
        for key in ["variance", "se", "treatment-variance", "control-variance"] {
            guard let entry = entry(key) else { continue }
            diagnostics.append(
                conflict("'covariance' holds the variances, so '\(key)' is not written beside it", entry))
        }
        if node["experiment"] == nil {
            diagnostics.append(
                .error(
                    .missingKey, "'covariance' is within experiments, so it needs the key 'experiment'",
                    at: covariance.keyRange))
        }
    }

    // MARK: What goes with a method

    private static let owners: [(key: String, methods: [String])] = [
        ("moderators", DirectiveSchema.pointMethods), ("repeats", DirectiveSchema.pointMethods),
        ("test", DirectiveSchema.pointMethods), ("interval", DirectiveSchema.pointMethods),
        ("robust", DirectiveSchema.pointMethods), ("influence", DirectiveSchema.pointMethods),
        ("prior", DirectiveSchema.posteriorMethods), ("threshold", DirectiveSchema.posteriorMethods),
        ("decisions", DirectiveSchema.posteriorMethods), ("sensitivity", ["bayes"]), ("parameterisation", ["nuts"]),
        ("chains", ["nuts"]), ("warmup", ["nuts"]), ("draws", ["nuts"]), ("target-acceptance", ["nuts"]),
    ]

    /// Of the keys that go with posteriors, those that go with heavier tails too.
    private static let heavy = ["threshold", "decisions"]

    private func method(_ diagnostics: inout [Diagnostic]) {
        guard node["method"]?.scalar?.isUnresolved != true, node["effects-law"]?.scalar?.isUnresolved != true else {
            return
        }
        let method = node["method"]?.string ?? "reml"
        let law = node["effects-law"]?.string ?? "normal"
        if law != "normal" {
            if let entry = entry("method"), method != "ml" {
                diagnostics.append(
                    conflict(
                        "'effects-law: \(law)' is fitted by maximum likelihood, 'method: ml', not '\(method)'", entry))
            }
            for (key, methods) in MetaAnalysisRules.owners where !MetaAnalysisRules.heavy.contains(key) {
                guard let entry = entry(key), entry.value.boolean != false else { continue }
                diagnostics.append(
                    conflict("'\(key)' goes with \(words(methods)), not 'effects-law: \(law)'", entry))
            }
            return
        }
        for (key, methods) in MetaAnalysisRules.owners where !methods.contains(method) {
            guard let entry = entry(key), entry.value.boolean != false else { continue }
            let others = MetaAnalysisRules.heavy.contains(key) ? " and with heavier tails" : ""
            diagnostics.append(conflict("'\(key)' goes with \(words(methods))\(others), not '\(method)'", entry))
        }
        if let entry = entry("interval"), entry.value.string == "profile-likelihood",
            DirectiveSchema.pointMethods.contains(method), !["reml", "ml"].contains(method)
        {
            diagnostics.append(
                conflict("'interval: profile-likelihood' goes with 'method: reml' or 'ml', not '\(method)'", entry))
        }
    }

    private func words(_ methods: [String]) -> String {
        let names = methods.map { "'\($0)'" }
        guard let last = names.last, names.count > 1 else { return "'method: \(methods.joined())'" }
        return "'method: \(methods[0])'" + names.dropFirst().dropLast().map { ", \($0)" }.joined() + " or \(last)"
    }

    // MARK: What goes with a correlation

    private func correlation(_ diagnostics: inout [Diagnostic]) {
        let items = node["correlation"]?.items ?? []
        guard !items.contains(where: { $0.scalar?.isUnresolved == true }) else { return }
        let names = items.isEmpty ? ["shared-control"] : items.compactMap(\.string)
        if let repeats = entry("repeats"), !names.contains("one-per-experiment") {
            diagnostics.append(
                conflict("'repeats' goes with 'correlation: one-per-experiment'", repeats))
        }
        if let entry = entry("diagnostics"), entry.value.boolean == true, !names.contains("shared-control") {
            diagnostics.append(
                conflict("'diagnostics' tells of the shared control, so 'correlation' has 'shared-control'", entry))
        }
    }

    private func heterogeneity(_ diagnostics: inout [Diagnostic]) {
        guard let entry = entry("heterogeneity") else { return }
        let items = entry.value.items
        guard !items.contains(where: { $0.scalar?.isUnresolved == true }) else { return }
        let levels = items.compactMap(\.string)
        guard levels.contains("arm") else {
            diagnostics.append(
                conflict("True effects vary over arms, or over experiments and arms: [arm] or [experiment, arm]", entry)
            )
            return
        }
        guard levels.contains("experiment"), node["method"]?.scalar?.isUnresolved != true else { return }
        let method = node["method"]?.string ?? "reml"
        if !["reml", "ml"].contains(method) || (node["effects-law"]?.string ?? "normal") != "normal" {
            diagnostics.append(
                conflict(
                    "'heterogeneity: [experiment, arm]' goes with normal effects and 'method: reml' or 'ml'", entry))
        }
        let correlations = node["correlation"]?.items ?? []
        for item in correlations where item.string == "one-per-experiment" {
            diagnostics.append(
                .error(
                    .keyConflict, "One arm an experiment cannot tell variation between experiments from that within",
                    at: item.range))
        }
    }
}
