import Diagnostics

extension DirectiveSchema {
    private static let units = OptionType.integer(2...100_000_000_000)
    private static let sizes = OptionType.integer(1...10_000_000)
    private static let numbers = OptionType.list(of: .number())

    /// A covariance matrix, or its standard deviations and correlations.
    private static let covarianceMatrix = OptionType.union([
        .list(of: numbers),
        .mapping([
            KeySchema("sd", .list(of: .number(NumberBounds(0, nil))), required: true, "The standard deviations."),
            KeySchema(
                "correlation", .union([.number(NumberBounds(-1, 1)), .list(of: numbers)]), required: true,
                "The correlations: a matrix, or one number for all."),
        ]),
    ])

    private static let designKeys = [
        KeySchema("metrics", .list(of: .name), required: true, "The outcome, then its proxies."),
        KeySchema("effects", covarianceMatrix, required: true, "The covariance of true effects between metrics."),
        KeySchema("units", covarianceMatrix, required: true, "The covariance of units between metrics."),
        KeySchema("mean", numbers, default: "zeros", "The mean of true effects, by metric."),
        KeySchema("experiments", sizes, "How many experiments a data set has."),
        KeySchema("n", units, "How many units an arm has."),
        KeySchema("arms", sizes, default: "1", "How many treatments share the control of an experiment."),
        KeySchema(
            "directEffects", .boolean, default: "true",
            "Whether effects on the outcome are more than what the proxies carry."),
    ]

    private static let simulatedEstimator = OptionType.choice(
        ["naive", "tsls", "tc", "jive", "liml", "fuller", "hliml", "hfuller", "k-class"]
            + HierarchicalSimulationSchema.estimators)

    static let simulation = DirectiveSchema(
        "simulation",
        "A Monte Carlo study of the proxy estimators, or of those of the hierarchical normal-normal model.",
        show: .table,
        keys: [
            KeySchema(
                "design",
                .union([
                    .choice(["bibaut2024-figure-3"]), .mapping(designKeys),
                    .mapping(HierarchicalSimulationSchema.designKeys),
                ]), required: true,
                "The law of the data sets: a published design by its name, or its parameters; with 'model: normal-normal' those of that model."
            ),
            KeySchema(
                "estimators",
                .oneOrMore(
                    of: .union([
                        simulatedEstimator,
                        .mapping(
                            [
                                KeySchema("estimator", simulatedEstimator, required: true, "The estimator."),
                                intercept,
                                KeySchema("alpha", .number(NumberBounds(0, nil)), default: "1", "Fuller's constant."),
                                KeySchema("k", .number(), "The k of k-class."),
                            ] + HierarchicalSimulationSchema.estimatorKeys),
                    ])), default: "[naive, tc, liml]; [reml] for normal-normal",
                "The estimators to study, each with its own intercept."),
            KeySchema(
                "omega", .choice(["known", "estimated"]), default: "known",
                "Whether estimators are told the covariance of units."),
            KeySchema("draws", .integer(2...10_000_000), default: "10000", "Data sets of each cell of the grid."),
            KeySchema(
                "grid",
                .mapping(
                    [
                        KeySchema("n", .oneOrMore(of: units), "Units of an arm."),
                        KeySchema("directEffects", .oneOrMore(of: .boolean), "With direct effects, without, or both."),
                        KeySchema("experiments", .oneOrMore(of: sizes), "Experiments of a data set."),
                        KeySchema("arms", .oneOrMore(of: sizes), "Treatments of an experiment."),
                    ] + HierarchicalSimulationSchema.gridKeys),
                "Numbers of the design to vary; every combination is a cell."),
            KeySchema(
                "intervals",
                .oneOrMore(
                    of: .choice(["jackknife", "sandwich", "percentile", "bca", "bayesian", "bekker", "ar"])),
                "Intervals whose coverage is counted; data sets are then drawn arm by arm."),
            KeySchema(
                "bootstrap", .integer(20...100_000), default: "400",
                "Draws of the bootstrap in each data set, for intervals that take any."),
        ] + HierarchicalSimulationSchema.keys + [level],
        results: simulationResults,
        rule: { node, diagnostics in
            HierarchicalSimulationSchema.check(node, &diagnostics)
            for item in node["estimators"]?.items ?? [] { check(item, &diagnostics) }
        })

    /// `alpha` goes with Fuller's estimators, `k` with k-class and k-class with `k`.
    private static func check(_ item: OptionNode, _ diagnostics: inout [Diagnostic]) {
        guard let name = item["estimator"]?.string ?? item.string else { return }
        for entry in item.entries {
            let owners = ["alpha": ["fuller", "hfuller"], "k": ["k-class"]][entry.key]
            guard let owners, !owners.contains(name) else { continue }
            diagnostics.append(
                .error(.keyConflict, "'\(entry.key)' goes with \(owners[0]), not '\(name)'", at: entry.keyRange))
        }
        if name == "k-class", item["k"] == nil {
            diagnostics.append(
                .error(.missingKey, "The estimator k-class needs its k: {estimator: k-class, k: 1}", at: item.range))
        }
    }
}
