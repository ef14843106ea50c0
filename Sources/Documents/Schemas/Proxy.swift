import Diagnostics

extension DirectiveSchema {
    static let proxy = DirectiveSchema(
        "proxy", "Coefficients of an outcome's effect on the effects of its proxies.", show: .table,
        keys: [
            KeySchema("effects", .id, required: true, "The effects."),
            KeySchema("outcome", .name, required: true, "The metric to be predicted."),
            KeySchema("proxies", .oneOrMore(of: .name), required: true, "The metrics that predict it."),
            KeySchema(
                "estimators",
                .oneOrMore(
                    of: .choice([
                        "naive", "tsls", "tc", "jive", "liml", "fuller", "hliml", "hfuller", "k-class", "reml",
                    ])), default: "[naive, tsls, tc, jive, liml]", "The estimators to compare."),
            weights, intercept,
            KeySchema(
                "alpha", .number(NumberBounds(0, nil)), default: "1",
                "Fuller's constant; 4 for the least squared error."),
            KeySchema("k", .number(), "The k of k-class: 0 is ordinary least squares, 1 two-stage."),
            KeySchema(
                "interval",
                .oneOrMore(
                    of: .choice(["jackknife", "percentile", "bca", "bayesian", "bekker", "sandwich", "none"])),
                default: "jackknife",
                "How intervals are made; of several, an estimator's own is the first that exists for it."),
            level,
            KeySchema(
                "bootstrap", .integer(0...1_000_000), default: "1000",
                "Draws of the bootstrap of contrasts and intervals; 0 for none."),
            KeySchema("influence", .boolean, default: "false", "Whether every experiment is left out in turn."),
            KeySchema("predict", .id, "Effects of new experiments, whose outcome is predicted."),
            KeySchema(
                "sizes", .union([.choice(["auto"]), .oneOrMore(of: .number(NumberBounds(2, 1e15)))]),
                "Units in each arm at which the proxies' quality is told; `auto` for sizes around the median."),
        ],
        results: proxyResults,
        rule: { node, diagnostics in
            guard let outcome = node["outcome"]?.string else { return }
            for proxy in node["proxies"]?.items ?? [] where proxy.string == outcome {
                diagnostics.append(
                    .error(.keyConflict, "An outcome is not its own proxy; '\(outcome)' is both", at: proxy.range))
            }
        })
}
