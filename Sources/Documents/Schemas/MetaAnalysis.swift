extension DirectiveSchema {
    /// Methods that estimate τ² and then take it as known.
    package static let pointMethods = ["reml", "ml", "fixed", "dl", "pm", "eb", "he", "sj", "hs"]
    /// Methods that make a posterior.
    package static let posteriorMethods = ["bayes", "nuts"]

    private static let correlations = ["shared-control", "ignore", "one-per-experiment"]

    private static let priors = [
        KeySchema("mu", .string, "The prior of the mean: 'normal(0, 5)' or 'flat'."),
        KeySchema(
            "tau", .string,
            "The prior of the spread: 'half-cauchy(5)', 'half-normal(1)', 'half-t(3, 1)', 'uniform(0, 2)', "
                + "'exponential(1)' or 'flat'."),
    ]

    static let metaAnalysis = DirectiveSchema(
        "meta-analysis", "The hierarchical normal-normal model of one metric's effects.", show: .table,
        keys: metaAnalysisData + metaAnalysisModel + metaAnalysisExtras + metaAnalysisSampler,
        results: metaAnalysisResults,
        rule: { node, diagnostics in MetaAnalysisRules(node).check(&diagnostics) })

    private static let metaAnalysisData = [
        KeySchema("effects", .id, "The effects; or 'data' with the columns below."),
        KeySchema("metric", .name, "The metric of the effects, where they have several."),
        KeySchema("data", .id, "A frame with one row an effect."),
        KeySchema("effect", .name, "The column with the effect."),
        KeySchema("variance", .name, "The column with the effect's variance."),
        KeySchema("se", .name, "The column with the effect's standard error."),
        KeySchema("treatment-variance", .name, "The column with the treatment arm's own variance."),
        KeySchema("control-variance", .name, "The column with the shared control's variance."),
        KeySchema(
            "covariance", .oneOrMore(of: .name),
            "The columns with a row of the experiment's covariance matrix: the covariances with its first, second, … "
                + "effect in the order of rows, the effect's own variance among them."),
        KeySchema("experiment", .name, "The column that names the experiment; without it each row is its own."),
        KeySchema("variant", .name, "The column that names the arm."),
        KeySchema("moderators", .oneOrMore(of: .name), "Columns of numbers that the mean effect depends on linearly."),
    ]

    private static let metaAnalysisModel = [
        KeySchema("method", .choice(pointMethods + posteriorMethods), default: "reml", "How the model is fitted."),
        KeySchema(
            "correlation", .oneOrMore(of: .choice(correlations)), default: "shared-control",
            "What is made of a control that several arms share; a list compares."),
        KeySchema(
            "repeats", .integer(2...100_000), "How often one arm of each experiment is drawn, to tell the spread."),
        KeySchema(
            "heterogeneity", .oneOrMore(of: .choice(["experiment", "arm"])), default: "[arm]",
            "What true effects vary over: arms, or experiments and arms within them."),
        KeySchema(
            "effects-law", .choice(["normal", "student-t", "spike-normal"]), default: "normal",
            "The law of true effects: heavier tails leave an outlier alone."),
        KeySchema("prior", .mapping(priors), "The priors; by default their place and scale are the effects'."),
        KeySchema("test", .choice(["z", "knapp-hartung"]), default: "z", "The test of the mean."),
        KeySchema(
            "interval", .choice(["q-profile", "profile-likelihood"]), default: "q-profile", "How τ's interval is made."),
        level,
    ]

    private static let metaAnalysisExtras = [
        KeySchema(
            "threshold", .number(), default: "0", "What effects are to exceed, for the probabilities that they do."),
        KeySchema(
            "robust", .boolean, default: "false",
            "Whether the mean has a standard error that is robust to correlation within experiments."),
        KeySchema("influence", .boolean, default: "false", "Whether every experiment is left out in turn."),
        KeySchema(
            "diagnostics", .boolean, default: "false", "Whether to tell what the shared control does to the result."),
        KeySchema(
            "decisions", .boolean, default: "false",
            "Whether to tell which variants are best, and what shipping each is expected to lose."),
        KeySchema(
            "sensitivity", .union([.boolean, .list(of: .mapping(priors))]), default: "false",
            "Whether other priors are tried: a standard list, or the priors written here."),
    ]

    private static let metaAnalysisSampler = [
        KeySchema(
            "parameterisation", .choice(["integrated", "non-centred"]), default: "integrated",
            "What is sampled: μ and τ with true effects drawn back exactly, or everything."),
        KeySchema("chains", .integer(1...64), default: "4", "How many chains are sampled."),
        KeySchema(
            "warmup", .integer(20...1_000_000), default: "1000", "Draws of a chain that adapt it and are dropped."),
        KeySchema("draws", .integer(4...1_000_000), default: "1000", "Draws of a chain that are kept."),
        KeySchema(
            "target-acceptance", .number(NumberBounds(0, 1, isOpen: true)),
            "The acceptance that step sizes are adapted to; by default 0.9, and 0.95 with 'non-centred'."),
    ]
}
