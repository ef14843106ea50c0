import Diagnostics

extension Explanations {
    /// 07xx: values and claims.
    static let claims: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            701, "invalid-path", "A path is an id and names, and an include names a file",
            why: "A code span that is wholly {…} is a value of the results, and a link #id.path a claim about one.",
            wrong: "There are `{lifts..experiments}`.", right: "There are `{lifts.experiments}`.",
            do: """
                Write pooled.mu.estimate, or fit["page views"].se for other names. A code span that is no value stands \
                between two backticks on each side.
                """),
        DiagnosticExplanation(
            702, "invalid-format", "A format says how a number is written: .2f, +.1%, .3g, `,`, e, p, interval .2f",
            why: "There is one list of formats and no locale, so that a number looks the same everywhere.",
            wrong: "There are `{lifts.experiments | two digits}`.", right: "There are `{lifts.experiments | .2f}`.",
            do: "Take one of the formats in the message."),
        DiagnosticExplanation(
            703, "invalid-condition", "The title of a claim is a condition that can be checked",
            why: "The build holds the text to it, and what it cannot read it cannot check.",
            wrong: "[A few](#lifts.experiments \"about 3\") experiments.",
            right: "[A few](#lifts.experiments \"> 2\") experiments.",
            do: "Write one of the conditions in the note; with none, the number in the text must be the rounded result."
        ),
        DiagnosticExplanation(
            704, "claim-without-number", "A claim without a condition has one number in its text",
            why:
                "It says that the number is the result, rounded as it is written. Two numbers, or none, say nothing certain.",
            wrong: "[A few](#lifts.experiments) experiments.", right: "[3](#lifts.experiments) experiments.",
            do: "Link the number alone, or state a condition as the title: `[a gain](#pooled.mu \"> 0\")`."),
        DiagnosticExplanation(
            710, "path-to-nothing", "A value or a claim leads to something in the results",
            why: "Which names a result has depends on its method, so it is known only once it has run.",
            wrong: "There are `{lifts.experimnts}`.", right: "There are `{lifts.experiments}`.",
            do: "Take one of the names in the note; the .json file beside the report holds all results."),
        DiagnosticExplanation(
            711, "not-a-number", "A value has the type that its format or condition needs",
            why: "A list, a text or a whole result has no decimals; an interval needs an object that has one.",
            wrong: "There are `{lifts | .2f}`.", right: "There are `{lifts.experiments | .2f}`.",
            do: "Follow the path further to the number that you mean; the note lists what is there."),
        DiagnosticExplanation(
            712, "claim-fails", "A claim holds",
            why: """
                The text says one thing and the results another. Either the data or the method changed, or it was never true; \
                a report that goes on saying it would be wrong.
                """,
            wrong: "[4](#lifts.experiments) experiments.", right: "[3](#lifts.experiments) experiments.",
            do: """
                Look why the result changed, and rewrite what the text says. Numbers alone: report build --accept. Conditions \
                are never rewritten for you.
                """),
        DiagnosticExplanation(
            713, "claims-differ",
            "The number of a claim is rewritten where all reports that share its text agree on it",
            why: """
                The reports of a sweep have one text, as have analyses that include one file. --accept writes a number \
                into it only where it is true in all of them, and leaves the others as they are.
                """, nil,
            do: """
                Say what holds in every report: a condition in words, such as `[a gain](#pooled.mu "> 0")`, or a value in \
                place of the number, `{pooled.mu.estimate | .2f}`.
                """),
    ]
}
