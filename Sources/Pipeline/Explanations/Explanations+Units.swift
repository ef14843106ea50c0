import Diagnostics

extension Explanations {
    private static func effects(_ keys: String, metrics: String = "orders") -> String {
        "```effects\nid: lift\ndata: people\nlayout: units\nvariant: arm\ncontrol: C\nmetrics: [\(metrics)]\n\(keys)\n```"
    }

    /// 06xx: units and how they were assigned.
    static let units: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            609, "sample-ratio-mismatch", "Units come to the arms of an experiment in the shares that were meant",
            why: """
                Where they do not, units are missing or were assigned by something else than chance, and those that are \
                missing may be unlike the others: no estimate mends that. It is a warning, given where the split would be \
                as far off by chance less than once in a thousand experiments.
                """,
            wrong: effects("allocation: {C: 90, T: 10}"), right: effects("allocation: {C: 50, T: 50}"),
            do: """
                Say with `allocation` which shares were meant. If they are right, look for what loses units: redirects, \
                crashes, bots, a filter that the treatment itself moves.
                """),
        DiagnosticExplanation(
            611, "unlike-arms", "Arms are alike on what the treatment cannot have moved",
            why: """
                Covariates from before an experiment, and metrics of an A/A test, differ between arms by chance alone. A \
                difference that chance makes less than once in a thousand experiments says that units were not assigned \
                by chance, or that a covariate is not from before. It is a warning.
                """,
            wrong: effects("covariates: late"), right: effects("covariates: before"),
            do: "See how units were assigned and when the covariate was measured; leave the experiment out if need be."),
        DiagnosticExplanation(
            612, "duplicate-unit", "A unit stands once in an experiment",
            why: """
                Errors take units to be independent, and a unit that stands twice is not independent of itself; in two arms it \
                got both treatments.
                """,
            wrong: effects("unit: shop"), right: effects("unit: unit"),
            do: """
                Keep one row of each with `where`, or sum them before. Rows that belong together, such as sessions of a user, \
                are a `cluster`.
                """),
        DiagnosticExplanation(
            613, "split-cluster", "All units of a cluster are in one arm of an experiment",
            why: """
                Clusters are for what was assigned whole. Where units of one cluster are in two arms, units were assigned, and \
                the errors of clusters would be wrong.
                """,
            wrong: effects("cluster: region"), right: effects("cluster: shop"),
            do: "Name the column of what was assigned, or leave `cluster` out where that were the units themselves."),
        DiagnosticExplanation(
            614, "constant-covariate", "A covariate varies, and is not a combination of the other covariates",
            why: """
                What is the same for all units explains nothing. Where that is so in some experiments only, they are not \
                adjusted, and it is a warning.
                """,
            wrong: effects("covariates: [before, always]"), right: effects("covariates: before"),
            do: "Take the covariate out of the list."),
        DiagnosticExplanation(
            615, "near-zero-denominator",
            "The mean of a ratio's denominator is more than 3 standard errors from 0 in every arm",
            why:
                "Otherwise the ratio may have any size and either sign, and its error by the delta method means nothing.",
            wrong: effects("ratios: {rate: {numerator: clicks, denominator: balance}}", metrics: "rate"),
            right: effects("ratios: {rate: {numerator: clicks, denominator: views}}", metrics: "rate"),
            do: "See whether the denominator is the right column; leave out experiments with too few units."),
        DiagnosticExplanation(
            616, "thin-draft", "A draft of some units has a control, a treatment and denominators of an experiment",
            why: """
                Of a small share of units some experiments keep too few. The draft leaves them out, with a warning; where none \
                is left it is an error. Without --sample no experiment is left out.
                """,
            nil, do: "Take a larger share of units."),
        DiagnosticExplanation(
            617, "bad-bounds",
            "Bounds are of a column that is used, and the lower one does not lie above the upper one",
            why: "A bound on something else would change nothing, and crossed bounds leave no values between them.",
            wrong: effects("winsorise: {orders: {lower: 1000, upper-quantile: 0.9}}"),
            right: effects("winsorise: {orders: {lower: 10, upper-quantile: 0.9}}"),
            do: "Correct the bound; the note tells the experiment and both values."),
        DiagnosticExplanation(
            618, "nameless-units", "A draft of some units chooses them by their names",
            why: """
                `--sample` keeps the units whose hashed names are small, so that every engine, and every build, chooses the \
                same, and all rows of a unit or cluster come together. The order of rows is an engine's own, and chosen by \
                what they hold, rows that are equal would all be in the draft or none of them.
                """,
            nil,
            do: "Name the column of units with `unit`, or that of clusters with `cluster`; or build without --sample."),
        DiagnosticExplanation(
            619, "nothing-sampled", "`--sample` chooses among units",
            why: """
                Units are read by `effects` with `layout: units`. An analysis without them is computed as ever, and still \
                stamped as the draft that was asked for. It is a warning.
                """,
            nil, do: "Build it without --sample."),
    ]
}
