import Diagnostics

extension DirectiveSchema {
    static let proxy = DirectiveSchema(
        "proxy", "Coefficients of an outcome's effect on the effects of its proxies.", show: .table,
        keys: [
            KeySchema("effects", .id, required: true, "The effects."),
            KeySchema("outcome", .name, required: true, "The metric to be predicted."),
            KeySchema("proxies", .oneOrMore(of: .name), required: true, "The metrics that predict it."),
            KeySchema(
                "estimators", .oneOrMore(of: .choice(["naive", "tsls", "tc", "jive", "liml", "fuller", "k-class"])),
                default: "[naive, tsls, tc, jive, liml]", "The estimators to compare."),
            weights, intercept,
            KeySchema(
                "alpha", .number(NumberBounds(0, nil)), default: "1",
                "Fuller's constant; 4 for the least squared error."),
            KeySchema("k", .number(), "The k of k-class: 0 is ordinary least squares, 1 two-stage."),
            KeySchema("interval", .choice(["jackknife", "none"]), default: "jackknife", "How intervals are made."),
            level,
        ],
        rule: { node, diagnostics in
            guard let outcome = node["outcome"]?.string else { return }
            for proxy in node["proxies"]?.items ?? [] where proxy.string == outcome {
                diagnostics.append(
                    .error(.keyConflict, "An outcome is not its own proxy; '\(outcome)' is both", at: proxy.range))
            }
        })
}
