import Diagnostics

extension Explanations {
    /// 06xx: effects and estimators.
    static let effects: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            601, "missing-option", "An option is written where the chosen method or layout needs it",
            why: "Which options are needed depends on others: the textbook's k-class estimator has no default k, say.",
            wrong: "```proxy\neffects: lifts\noutcome: orders\nproxies: [clicks]\nestimators: [k-class]\n```",
            right: "```proxy\neffects: lifts\noutcome: orders\nproxies: [clicks]\nestimators: [k-class]\nk: 1\n```",
            do: "Add the option that the message names."),
        DiagnosticExplanation(
            602, "unclear-effects", "Rows make experiments with one control and other arms, each told once",
            why: """
                An effect is the difference of an arm and its control. Without a control, with two rows for one arm, or with \
                covariances that contradict each other, it has no one value.
                """,
            wrong:
                "```effects\nid: lifts\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: baseline\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\n```",
            right: "```effects\nid: lifts\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\n```",
            do: "Compare the columns and the control's name with the data; the note tells which arm or metric it is."),
        DiagnosticExplanation(
            603, "unreported", "An arm or a unit tells its metrics; what does not is left out, and said",
            why: """
                Estimates stand on what is reported. A reader should know that they stand on fewer experiments or units than \
                the data has. It is a warning.
                """,
            wrong: "```data\nid: gaps\nsource: gaps.csv\n```\n\n"
                + "```effects\nid: lifts\ndata: gaps\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\n```",
            right: "```data\nid: gaps\nsource: gaps.csv\nwhere: test != \"d\"\n```\n\n"
                + "```effects\nid: lifts\ndata: gaps\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\n```",
            do: "Complete the data, or leave out what is incomplete by a condition that readers see."),
        DiagnosticExplanation(
            604, "missing-noise", "Metrics used together need the covariance of their noise",
            why: """
                The noise of two metrics on the same units is correlated, and a proxy estimated as if it were not is biased. \
                Rows of one metric each do not tell that covariance, so somebody must say what is assumed.
                """,
            wrong: "```effects\nid: told\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\n```\n\n"
                + "```proxy\neffects: told\noutcome: orders\nproxies: [clicks]\n```",
            right: "```effects\nid: told\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\nnoise-correlation: 0.5\n```\n\n"
                + "```proxy\neffects: told\noutcome: orders\nproxies: [clicks]\n```",
            do: """
                Give the covariances as columns (`covariance`), read units instead of arms, or state an assumption with \
                `noise-correlation`: the report prints it.
                """),
        DiagnosticExplanation(
            605, "unknown-metric", "A metric is one of those of the effects, as it is written there",
            why: "Metric names are texts; \"1\" and \"1.0\" are two metrics.",
            wrong: "```meta-analysis\neffects: lifts\nmetric: revenue\n```",
            right: "```meta-analysis\neffects: lifts\nmetric: clicks\n```",
            do: "Take one of the metrics in the note; `metrics` of the `effects` directive chooses them."),
        DiagnosticExplanation(
            606, "bad-prior", "A prior is one of the laws that μ or τ can have",
            why: "The spread τ of true effects is never negative, so its prior lies above 0.",
            wrong:
                "```meta-analysis\neffects: lifts\nmetric: clicks\nmethod: bayes\nprior: {tau: \"normal(0, 1)\"}\n```",
            right: "```meta-analysis\neffects: lifts\nmetric: clicks\nmethod: bayes\nprior: {tau: half-normal(1)}\n```",
            do: "Take one of the laws in the message; quote one with a comma in YAML's flow style."),
        DiagnosticExplanation(
            607, "wrong-weights", "An index weighs at least one metric by a number or a coefficient",
            why: "A rule decides by the weighted sum of effects, which needs a number for each.",
            wrong: "```decision-rule\neffects: lifts\nrule: {weights: {clicks: high}}\nreward: orders\n"
                + "estimators: [naive]\n```",
            right: "```decision-rule\neffects: lifts\nrule: {weights: {clicks: 0.8}}\nreward: orders\n"
                + "estimators: [naive]\n```",
            do: "Write numbers, or a path to a proxy's coefficients: weights: \"{fit.liml.coefficients}\"."),
        DiagnosticExplanation(
            608, "unknown-rule", "The rule of a grid is one of the directive's rules",
            why: "The grid varies the threshold of one of them.",
            wrong:
                "```decision-rule\neffects: lifts\nrule: {by-clicks: {metric: clicks}, all: always}\nreward: orders\n"
                + "estimators: [naive]\ngrid: {rule: by-click, snr: [1], threshold: [0, 1.96]}\n```",
            right:
                "```decision-rule\neffects: lifts\nrule: {by-clicks: {metric: clicks}, all: always}\nreward: orders\n"
                + "estimators: [naive]\ngrid: {rule: by-clicks, snr: [1], threshold: [0, 1.96]}\n```",
            do: "Take one of the rules in the note."),
        DiagnosticExplanation(
            610, "not-estimable", "A method has the data that it needs",
            why: """
                Too few experiments, no variance, a matrix that is singular, a search that does not settle: a number would \
                be there, but it would mean nothing. Where other estimators of the directive work, it is a warning.
                """,
            wrong: "```data\nid: few\nsource: arms.csv\nwhere: test = \"a\"\n```\n\n"
                + "```effects\nid: lift\ndata: few\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\nnoise-correlation: 0.5\n```\n\n"
                + "```proxy\neffects: lift\noutcome: orders\nproxies: [clicks]\n```",
            right: "```proxy\neffects: lifts\noutcome: orders\nproxies: [clicks]\n```",
            do: """
                Give it more data or fewer metrics, or choose an estimator that needs less; `report methods` tells what each \
                assumes.
                """),
        DiagnosticExplanation(
            620, "bad-design", "A simulation's design describes data sets that can be",
            why: "Covariances must be those of some law, matrices fit the metrics, and a grid holds each value once.",
            wrong:
                "```simulation\ndesign:\n  metrics: [orders, clicks]\n  effects: {sd: [0.2, 0.2], correlation: 0.8}\n"
                + "  units: {sd: [1, 1], correlation: 0.3}\n  experiments: 50\n  n: 1000\n"
                + "estimators: [tc]\ndraws: 100\ngrid: {n: [100, 100]}\n```",
            right:
                "```simulation\ndesign:\n  metrics: [orders, clicks]\n  effects: {sd: [0.2, 0.2], correlation: 0.8}\n"
                + "  units: {sd: [1, 1], correlation: 0.3}\n  experiments: 50\n"
                + "estimators: [tc]\ndraws: 100\ngrid: {n: [100, 1000]}\n```",
            do: "Correct the design where the message points; a named design needs no parameters."),
    ]
}
