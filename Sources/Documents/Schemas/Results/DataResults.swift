extension DirectiveSchema {
    static let dataResults = [
        ResultSchema("rows", "How many rows the files have."),
        ResultSchema("kept", "How many of them 'where' keeps."),
        ResultSchema("columns[N].name", "The name of a column."),
        ResultSchema("columns[N].type", "What the column holds: numbers or texts."),
        ResultSchema("columns[N].missing", "How many of its cells are missing."),
        ResultSchema("snapshot", "With 'table', the snapshot that is read, as text."),
    ]

    static let effectsResults =
        [
            ResultSchema("metrics", "The metrics, in order."),
            ResultSchema("scale", "How effects are expressed."),
            ResultSchema("experiments", "How many experiments there are."),
            ResultSchema("arms", "How many treatments they have."),
            ResultSchema("rows[N].experiment", "The experiment of an arm."),
            ResultSchema("rows[N].variant", "The arm's name."),
        ] + ResultSchema.estimate("rows[N].effects.METRIC", "The effect on a metric") + unitResults

    /// What only layout `units` makes.
    private static let unitResults =
        ResultSchema.several(
            "rows[N].effects.METRIC",
            [
                ("unadjusted.estimate", "With 'covariates', the effect before adjustment."),
                ("unadjusted.se", "Its standard error."),
                ("varianceReduction", "The share of the variance that adjustment takes away."),
            ])
        + ResultSchema.several(
            "units",
            [
                ("analysed", "Of layout 'units', how many units are used."),
                ("leftOut", "How many lack a metric, a weight or a covariate."),
                ("clusters", "With 'cluster', how many clusters are used."),
            ])
        + ResultSchema.several(
            "sampleRatio[N]",
            [
                ("experiment", "The experiment whose split is tested."), ("statistic", "Pearson's chi-squared."),
                ("df", "Its degrees of freedom."),
                (
                    "p",
                    "Its p-value, by the binomial where an arm expects fewer than 5 units; below 0.001 the split is not as meant."
                ),
                ("arms[N].variant", "An arm, its control among them."),
                ("arms[N].units", "How many units or clusters it has."),
                ("arms[N].expected", "How many it would have in the shares meant."),
            ])
        + equalArms("balance[N]", "With 'covariates', the experiment whose arms are compared on them")
        + equalArms("aa[N]", "With 'aa', the experiment whose arms are compared on the metrics")
        + ResultSchema.several(
            "adjustments[N]",
            [
                ("experiment", "With 'covariates', the experiment of some coefficients."),
                ("coefficients.METRIC.COVARIATE", "How much a unit of the covariate takes from the metric."),
            ])
        + ResultSchema.several(
            "winsorised[N]",
            [
                ("experiment", "With 'winsorise', the experiment of some bounds."), ("column", "The bounded column."),
                ("lower", "The lower bound; null where there is none."), ("upper", "The upper bound."),
                ("raised", "How many values lay below the lower bound."),
                ("lowered", "How many values lay above the upper bound."),
            ])

    private static func equalArms(_ path: String, _ experiment: String) -> [ResultSchema] {
        ResultSchema.several(
            path,
            [
                ("experiment", "\(experiment)."), ("statistic", "The F statistic of Hotelling and Lawley."),
                ("df", "Its degrees of freedom, [numerator, denominator]."), ("p", "Its p-value."),
            ])
    }

    static let tableResults = [
        ResultSchema("columns", "The headings."),
        ResultSchema("groups[N].title", "The title of a group, where there are groups."),
        ResultSchema("groups[N].rows", "How many rows the group has."),
        ResultSchema("rows[N]", "The cells of a row, in the order of the columns."),
    ]

    static let figureResults = [
        ResultSchema("kind", "The kind of plot."),
        ResultSchema("panels[N].marks", "What a panel draws, each series in full."),
    ]
}
