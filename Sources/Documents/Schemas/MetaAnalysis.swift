import Diagnostics

extension DirectiveSchema {
    private static let correlations = ["shared-control", "ignore", "one-per-experiment"]

    static let metaAnalysis = DirectiveSchema(
        "meta-analysis", "The hierarchical normal-normal model of one metric's effects.", show: .table,
        keys: [
            KeySchema("effects", .id, "The effects; or 'data' with the columns below."),
            KeySchema("metric", .name, "The metric of the effects, where they have several."),
            KeySchema("data", .id, "A frame with one row an effect."),
            KeySchema("effect", .name, "The column with the effect."),
            KeySchema("variance", .name, "The column with the effect's variance."),
            KeySchema("se", .name, "The column with the effect's standard error."),
            KeySchema("treatment-variance", .name, "The column with the treatment arm's own variance."),
            KeySchema("control-variance", .name, "The column with the shared control's variance."),
            KeySchema("experiment", .name, "The column that names the experiment."),
            KeySchema("variant", .name, "The column that names the arm."),
            KeySchema("method", .choice(["reml", "ml", "bayes"]), default: "reml", "How the model is fitted."),
            KeySchema(
                "correlation", .oneOrMore(of: .choice(correlations)), default: "shared-control",
                "What is made of a control that several arms share; a list compares."),
            KeySchema(
                "prior",
                .mapping([
                    KeySchema("mu", .string, "The prior of the mean: 'normal(0, 5)'."),
                    KeySchema("tau", .string, "The prior of the spread: 'half-cauchy(5)'."),
                ]), "The priors, for 'bayes'."),
            KeySchema("test", .choice(["z"]), default: "z", "The test of the mean."),
            level,
        ],
        rule: { node, diagnostics in check(node, &diagnostics) })

    private static func check(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
        let columns = ["effect", "variance", "se", "treatment-variance", "control-variance", "experiment", "variant"]
        switch (node.entries.first { $0.key == "effects" }, node.entries.first { $0.key == "data" }) {
        case (nil, nil):
            diagnostics.append(
                .error(.missingKey, "'meta-analysis' needs 'effects', or 'data' with its columns", at: start))
        case (.some, .some(let data)):
            diagnostics.append(
                .error(.keyConflict, "'meta-analysis' takes 'effects' or 'data', not both", at: data.keyRange))
        case (.some, nil):
            for entry in node.entries where columns.contains(entry.key) {
                diagnostics.append(
                    .error(.keyConflict, "'\(entry.key)' is a column of 'data'; effects have it", at: entry.keyRange))
            }
        case (nil, .some(let data)):
            if node["effect"] == nil {
                diagnostics.append(
                    .error(.missingKey, "'data' needs the key 'effect', its column of effects", at: data.keyRange))
            }
            if let metric = node.entries.first(where: { $0.key == "metric" }) {
                diagnostics.append(.error(.keyConflict, "'metric' goes with 'effects'", at: metric.keyRange))
            }
            VarianceRule.check(node, of: "'data'", data.keyRange, &diagnostics)
        }
        if let prior = node.entries.first(where: { $0.key == "prior" }),
            let method = node["method"]?.string ?? (node["method"] == nil ? "reml" : nil), method != "bayes",
            node["method"]?.scalar?.isUnresolved != true
        {
            diagnostics.append(
                .error(.keyConflict, "'prior' goes with 'method: bayes', not '\(method)'", at: prior.keyRange))
        }
    }
}
