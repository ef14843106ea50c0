import Diagnostics

/// What a `simulation` of the hierarchical normal-normal model takes.
enum HierarchicalSimulationSchema {
    private static let from = "The least; every value up to 'to' is as likely."

    /// Arms of an experiment: one number for all, the first experiments' one by one, or a range.
    static let counts = OptionType.union([
        .integer(1...1_000_000), .list(of: .integer(1...1_000_000)),
        .mapping([
            KeySchema("from", .integer(1...1_000_000), required: true, from),
            KeySchema("to", .integer(1...1_000_000), required: true, "The most."),
        ]),
    ])

    /// Variances, the same ways.
    static let variances = OptionType.union([
        .number(NumberBounds(0, nil)), .list(of: .number(NumberBounds(0, nil))),
        .mapping([
            KeySchema("from", .number(NumberBounds(0, nil)), required: true, from),
            KeySchema("to", .number(NumberBounds(0, nil)), required: true, "The most."),
        ]),
    ])

    /// A number, or the law that it is drawn from.
    static let numberOrLaw = OptionType.union([.number(), .string])

    /// What a grid may vary, too.
    static let varied: [(name: String, type: OptionType, default: String?, doc: String)] = [
        (
            "variants", counts, "1",
            "How many arms share an experiment's control: a number; a list, whose last holds for all that follow; or a range {from, to}, drawn for each experiment."
        ),
        ("mu", numberOrLaw, "0", "The mean of true effects: a number, or the law it is drawn from: 'normal(0, 1)'."),
        (
            "tau", numberOrLaw, nil,
            "The spread of true effects: a number, or the law it is drawn from: 'half-normal(1)'."
        ),
        (
            "control-variance", variances, nil,
            "The sampling variance of a control's mean: a number, a list or a range, as 'variants'."
        ),
        (
            "treatment-variance", variances, nil,
            "The sampling variance of an arm's mean: a number, a list by experiment, or a range, drawn for each arm."
        ),
        (
            "outlier", .number(), "0",
            "How many standard errors the first experiment's control lies too low in every data set; 0 leaves it to chance."
        ),
    ]

    static let designKeys =
        [
            KeySchema("model", .choice(["normal-normal"]), required: true, "The hierarchical normal-normal model."),
            KeySchema("experiments", .integer(2...1_000_000), "How many experiments a data set has."),
        ] + varied.map { KeySchema($0.name, $0.type, default: $0.default, $0.doc) }

    static let gridKeys = varied.map { key in
        KeySchema(key.name, .oneOrMore(of: key.type), "Of a normal-normal design: its '\(key.name)'.")
    }

    static let pointMethods = ["reml", "ml", "fixed", "dl", "pm", "eb", "he", "sj", "hs"]
    static let estimators = pointMethods + ["bayes", "nuts"]

    static let estimatorKeys = [
        KeySchema(
            "correlation", .oneOrMore(of: .choice(["shared-control", "ignore", "one-per-experiment"])),
            default: "shared-control", "What a normal-normal estimator makes of a shared control; a list is several."),
        KeySchema(
            "test", .choice(["z", "knapp-hartung"]), default: "z", "Behind a normal-normal estimator's interval of μ."),
    ]

    static let keys = [
        KeySchema(
            "prior",
            .mapping([
                KeySchema("mu", .string, required: true, "The prior of the mean: 'normal(0, 5)'."),
                KeySchema("tau", .string, required: true, "The prior of the spread: 'half-cauchy(5)'."),
            ]), default: "the design's laws of mu and tau, else the default prior",
            "The prior of Bayesian estimators of a normal-normal design."),
        KeySchema(
            "bins", .integer(2...1_000), default: "20",
            "Bins of a calibration, which is made where a normal-normal design draws mu and tau and an estimator is Bayesian."
        ),
    ]

    /// Each of the two kinds of designs has keys and estimators of its own.
    static func check(_ node: OptionNode, _ diagnostics: inout [Diagnostic]) {
        let isHierarchical = node["design"]?["model"] != nil
        let foreign = isHierarchical ? ["omega", "intervals", "bootstrap"] : keys.map(\.name)
        let foreignAxes = isHierarchical ? ["n", "directEffects", "arms"] : varied.map(\.name)
        let foreignOptions = isHierarchical ? ["intercept", "alpha", "k"] : estimatorKeys.map(\.name)
        let owner = isHierarchical ? "a design of proxies" : "a design with 'model: normal-normal'"
        func report(_ entries: [OptionNode.Entry], _ names: [String]) {
            for entry in entries where names.contains(entry.key) {
                diagnostics.append(.error(.keyConflict, "'\(entry.key)' goes with \(owner)", at: entry.keyRange))
            }
        }
        report(node.entries, foreign)
        report(node["grid"]?.entries ?? [], foreignAxes)
        for item in node["estimators"]?.items ?? [] {
            report(item.entries, foreignOptions)
            guard let name = item["estimator"]?.string ?? item.string else { continue }
            if estimators.contains(name) != isHierarchical {
                diagnostics.append(
                    .error(.keyConflict, "The estimator '\(name)' goes with \(owner)", at: item.range))
            } else if let test = item.entries.first(where: { $0.key == "test" }), !pointMethods.contains(name),
                isHierarchical
            {
                diagnostics.append(
                    .error(
                        .keyConflict, "'test' goes with \(pointMethods.joined(separator: ", ")), not '\(name)'",
                        at: test.keyRange))
            }
        }
    }
}
