import Estimation
import Values

/// What requests are. The same values check them and describe them.
struct RequestSchemas: Sendable {
    let shrink: JSONSchema
    let proxy: JSONSchema

    init(_ limits: ServiceLimits) {
        shrink = ShrinkRequest.schema(limits)
        proxy = ProxyQuestion.schema(limits)
    }
}

extension ShrinkRequest {
    static let methods = HeterogeneityEstimator.allCases.map(\.rawValue) + ["bayes"]

    static func schema(_ limits: ServiceLimits) -> JSONSchema {
        JSONSchema(
            .object([
                .init(
                    "effects",
                    JSONSchema(
                        .list(effect, count: 1...limits.effects),
                        "Effects of one metric. Those of one experiment share its control."), isRequired: true),
                .init(
                    "method",
                    JSONSchema(
                        .choice(methods),
                        "How τ is estimated, or 'bayes' for the posterior under laws of μ and τ. For a fitted prior alone.",
                        fallback: "reml")),
                .init(
                    "correlation",
                    JSONSchema(
                        .choice(["shared-control", "ignore"]),
                        "What is assumed of the noise of effects that share a control.", fallback: "shared-control")),
                .init("prior", prior),
                .init(
                    "test",
                    JSONSchema(
                        .choice(["z", "knapp-hartung"]), "What the mean's and the effects' intervals are of.",
                        fallback: "z")),
                .init("level", level),
                .init(
                    "threshold",
                    JSONSchema(
                        .number(bounded), "With 'bayes', what 'probabilityAbove' is of.", fallback: 0)),
            ]), "Effects to shrink, and towards what.")
    }

    static let level = JSONSchema(
        .number(.init(above: 0, below: 1)), "Of all intervals: 0.95 where nothing is sent.")
    /// Squares of what is larger, and sums of them, would leave the range of doubles.
    static let bounded = JSONSchema.NumberRange(minimum: -1e100, maximum: 1e100)
    static let name = JSONSchema.Kind.text(count: 1...200)

    private static let effect = JSONSchema(
        .object(
            [
                .init("id", JSONSchema(name, "Comes back with the answer; unique.")),
                .init("experiment", JSONSchema(name), isRequired: true),
                .init(
                    "variant",
                    JSONSchema(name, "Unique in its experiment; its number there where nothing is sent.")),
                .init("effect", JSONSchema(.number(bounded)), isRequired: true),
                .init(
                    "variance",
                    JSONSchema(
                        .number(.init(above: 0, maximum: 1e200)),
                        "The effect's whole sampling variance, the control's share in it.")),
                .init("se", JSONSchema(.number(.init(above: 0, maximum: 1e100)), "Its square root.")),
                .init(
                    "treatmentVariance",
                    JSONSchema(.number(.init(minimum: 0, maximum: 1e200)), "The treatment arm's own share.")),
                .init(
                    "controlVariance",
                    JSONSchema(
                        .number(.init(minimum: 0, maximum: 1e200)),
                        "The control's share, the same in all effects of an experiment.", fallback: 0)),
            ], exactlyOneOf: ["variance", "se", "treatmentVariance"]),
        "An effect with its sampling variance, in one of three forms.")

    private static let prior = JSONSchema(
        .either([
            JSONSchema(
                .text(count: 1...400),
                "'fitted': estimated from these effects. Else a meta-analysis by its name in /v1/models."),
            JSONSchema(
                .object([
                    .init("mu", JSONSchema(.number(bounded)), isRequired: true),
                    .init("tau", JSONSchema(.number(.init(minimum: 0, maximum: 1e100))), isRequired: true),
                    .init(
                        "muSe",
                        JSONSchema(.number(.init(minimum: 0, maximum: 1e100)), "The error of μ.", fallback: 0)),
                ]), "A known population of true effects."),
            JSONSchema(
                .object([
                    .init("mu", JSONSchema(.text(count: 1...100), "As in an analysis: `normal(0, 5)`, `flat`.")),
                    .init("tau", JSONSchema(.text(count: 1...100), "As in an analysis: `half-cauchy(5)`.")),
                ]), "With 'bayes', laws of μ and τ; the default where one is left out."),
        ]), "What true effects are shrunken towards.", fallback: "fitted")
}

extension ProxyQuestion {
    static func schema(_ limits: ServiceLimits) -> JSONSchema {
        JSONSchema(
            .object([
                .init(
                    "model", JSONSchema(.text(count: 1...400), "A proxy by its name in /v1/models."), isRequired: true),
                .init("effects", JSONSchema(.list(effect, count: 1...limits.effects)), isRequired: true),
                .init(
                    "level",
                    JSONSchema(
                        .number(.init(above: 0, below: 1)), "Of the intervals: the model's where nothing is sent.")),
            ]), "Effects on proxies, for the outcome's.")
    }

    private static let number = JSONSchema(.number(ShrinkRequest.bounded))

    private static let effect = JSONSchema(
        .object([
            .init("id", JSONSchema(ShrinkRequest.name, "Comes back with the answer.")),
            .init("experiment", JSONSchema(ShrinkRequest.name)),
            .init("variant", JSONSchema(ShrinkRequest.name)),
            .init(
                "metrics", JSONSchema(.map(number, count: 1...100), "The effect on each proxy of the model."),
                isRequired: true),
            .init(
                "se",
                JSONSchema(
                    .map(JSONSchema(.number(.init(minimum: 0, maximum: 1e100))), count: 0...100),
                    "Their standard errors, where they are independent; 0 where nothing is sent.")),
            .init(
                "covariance",
                JSONSchema(
                    .map(JSONSchema(.map(number, count: 0...100)), count: 0...100),
                    "Their sampling covariance, by the names of both; a pair may stand once.")),
        ]), "A new experiment.")
}
