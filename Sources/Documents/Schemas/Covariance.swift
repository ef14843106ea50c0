extension DirectiveSchema {
    static let weights = KeySchema(
        "weights", .choice(["precision", "equal"]), default: "precision", "How experiments are weighted.")
    static let intercept = KeySchema(
        "intercept", .boolean, default: "true", "Whether effects are taken about their mean.")
    static let level = KeySchema(
        "level", .number(NumberBounds(0.5, 0.999)), default: "0.95", "The level of intervals.")

    static let covariance = DirectiveSchema(
        "covariance", "The covariance of true effects between metrics.", show: .table,
        keys: [
            KeySchema("effects", .id, required: true, "The effects."),
            KeySchema("metrics", .list(of: .name), "The metrics, in order; all of the effects' otherwise."),
            KeySchema(
                "estimators", .oneOrMore(of: .choice(["naive", "tc", "jive", "reml"])),
                default: "[naive, tc, jive, reml]", "The estimators to compare."),
            weights, intercept, level,
            KeySchema(
                "bootstrap", .integer(0...1_000_000), default: "1000",
                "Draws of the bootstrap of definiteness; 0 for none."),
        ], results: covarianceResults)
}
