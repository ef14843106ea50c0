import Values

/// What answers are.
enum AnswerSchemas {
    private static let number = JSONSchema(.number())
    private static let text = JSONSchema(.text(count: 0...1000))
    private static let interval = JSONSchema(
        .list(JSONSchema(.optional(number)), count: 2...2), "From, to; null where there is no bound.")

    private static func estimate(_ summary: String, error: String = "se") -> JSONSchema {
        JSONSchema(
            .open([
                .init("estimate", number, isRequired: true), .init(error, JSONSchema(.optional(number))),
                .init("interval", interval),
            ]), summary)
    }

    /// What is said of each effect, in the order of the request.
    private static func effects(_ fields: [JSONSchema.Field]) -> JSONSchema.Field {
        let common: [JSONSchema.Field] = [
            .init("id", text), .init("experiment", text, isRequired: true), .init("variant", text, isRequired: true),
            .init("estimate", number, isRequired: true), .init("se", number, isRequired: true),
        ]
        return .init(
            "effects",
            JSONSchema(
                .list(JSONSchema(.open(common + fields)), count: 1...1_000_000), "In the order of the request."),
            isRequired: true)
    }

    static let shrink = JSONSchema(
        .open([
            .init("method", text, isRequired: true), .init("correlation", text, isRequired: true),
            .init("level", number, isRequired: true), .init("count", number, isRequired: true),
            .init("experiments", number, isRequired: true), .init("mu", estimate("The mean of true effects.")),
            .init("tau", estimate("Their standard deviation.")),
            .init("prior", JSONSchema(.open([]), "The prior, where it is not the effects' own.")),
            effects([
                .init("weight", number),
                .init(
                    "shrunken", estimate("The true effect as it is believed now.", error: "sd"), isRequired: true),
            ]),
        ]),
        "What a `meta-analysis` directive says of the same effects, by the names of the results file and to the last digit."
    )

    static let proxy = JSONSchema(
        .open([
            .init("model", text, isRequired: true), .init("digest", text, isRequired: true),
            .init("outcome", text, isRequired: true), .init("proxies", JSONSchema(.list(text, count: 1...1000))),
            .init("level", number, isRequired: true),
            effects([
                .init("interval", interval, isRequired: true), .init("measurementSe", number, isRequired: true),
                .init("coefficientSe", number, isRequired: true), .init("residualSe", number, isRequired: true),
            ]),
        ]), "What `predict` of a `proxy` directive says of the same effects.")

    static let models = JSONSchema(
        .open([
            .init(
                "models",
                JSONSchema(
                    .list(
                        JSONSchema(
                            .open([
                                .init("name", text, isRequired: true), .init("kind", text, isRequired: true),
                                .init("analysis", text, isRequired: true), .init("directive", text, isRequired: true),
                                .init(
                                    "digest", JSONSchema(.text(count: 64...64), "SHA-256 of the directive's values."),
                                    isRequired: true),
                            ])), count: 0...1_000_000)), isRequired: true)
        ]), "Models that requests may name.")

    static let problem = JSONSchema(
        .open([
            .init("type", text, isRequired: true), .init("title", text, isRequired: true),
            .init("status", number, isRequired: true), .init("detail", text, isRequired: true),
            .init(
                "errors",
                JSONSchema(
                    .list(
                        JSONSchema(
                            .open([
                                .init("pointer", JSONSchema(.text(count: 0...10_000), "RFC 6901."), isRequired: true),
                                .init("detail", JSONSchema(.text(count: 0...10_000)), isRequired: true),
                            ])), count: 1...SchemaCheck.limit), "All that is wrong.")),
        ]), "Why there is no answer (RFC 9457).")

    static let health = JSONSchema(.open([.init("status", text, isRequired: true)]))
}
