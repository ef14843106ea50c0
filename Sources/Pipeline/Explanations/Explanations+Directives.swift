import Diagnostics

extension Explanations {
    /// 03xx: directives and their options.
    static let directives: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            301, "unknown-directive", "A fence whose word is one slip away from a directive is meant as one",
            why: """
                A fenced block in any other language is shown as code. One with a misspelt word would be shown instead of \
                run, and nobody would notice.
                """,
            wrong: "```tabel\nof: lifts.rows\n```", right: "```table\nof: lifts.rows\n```",
            do: "Correct the word; `report fix` does it. A block to be shown as it is stands in a longer fence."),
        DiagnosticExplanation(
            302, "directive-place", "Directives and includes stand at the top level, in no quote or list",
            why: "What they make is a block of the report of its own.",
            wrong: "> ```table\n> of: lifts.rows\n> ```", right: "```table\nof: lifts.rows\n```",
            do: "Move it out of the quote or list."),
        DiagnosticExplanation(
            303, "directive-head", "Options stand in the body of a directive, not behind its word",
            why: "A forge hides what follows the first word of a fence; readers there would not see the options.",
            wrong: "```table limit=2\nof: lifts.rows\n```", right: "```table\nof: lifts.rows\nlimit: 2\n```",
            do: "Move the options into the body, as lines of `key: value`; `report fix` removes the rest of the head."),
        DiagnosticExplanation(
            304, "directive-too-large", "Front matter and the body of a directive have at most 64 KiB",
            why: "Options are for people to read; bulk belongs into a data file that a `data` directive reads.", nil,
            do: "Move the long list into a csv file."),
        DiagnosticExplanation(
            305, "unclosed-directive", "A directive ends with a fence",
            why: "Without its end the rest of the file would be its options.",
            wrong: "```table\nof: lifts.rows", right: "```table\nof: lifts.rows\n```",
            do: "Close the block with as many backticks as opened it."),
        DiagnosticExplanation(
            306, "not-a-mapping", "Front matter and the body of a directive are one YAML mapping",
            why: "Every option has a name, so that a reader knows what each value is for.",
            wrong: "```data\narms.csv\n```", right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Write lines of `key: value`."),
        DiagnosticExplanation(
            310, "unknown-key", "A directive has only the keys that it knows",
            why: "A misspelt option that was quietly ignored would change the result and tell nobody.",
            wrong: "```table\nof: lifts.rows\nlimt: 2\n```", right: "```table\nof: lifts.rows\nlimit: 2\n```",
            do:
                "Compare with the keys that the note lists; a key one slip away is proposed, and `report fix` writes it."
        ),
        DiagnosticExplanation(
            311, "missing-key", "A directive has the keys that it needs",
            why: "There is no honest default for them: which data, which control, which metric.",
            wrong: "```data\nid: moments\n```", right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Add the key; the message tells its type."),
        DiagnosticExplanation(
            312, "wrong-type", "An option has the type of its key",
            why: "A guess at what was meant could be a wrong one. Metric names are texts, read as they are written.",
            wrong: "```table\nof: lifts.rows\nlimit: two\n```", right: "```table\nof: lifts.rows\nlimit: 2\n```",
            do: "Write a value of the type that the message tells."),
        DiagnosticExplanation(
            313, "unknown-choice", "An option with a choice of words takes one of them",
            why: "Each word is a method or a form that is known; another has no meaning.",
            wrong: "```figure\nof: pooled\nkind: forrest\n```", right: "```figure\nof: pooled\nkind: forest\n```",
            do: "Take one of the words in the message."),
        DiagnosticExplanation(
            314, "out-of-range", "A number lies within the limits of its key",
            why: "Outside them the method is not defined, or could not be computed.",
            wrong: "```meta-analysis\neffects: lifts\nmetric: clicks\nlevel: 95\n```",
            right: "```meta-analysis\neffects: lifts\nmetric: clicks\nlevel: 0.95\n```",
            do: "Correct the number; shares and levels are written as 0.95, not as 95."),
        DiagnosticExplanation(
            315, "key-conflict", "Keys that exclude each other do not stand together",
            why: "Both cannot hold, and choosing one in silence could choose the wrong one.",
            wrong: "```meta-analysis\neffects: lifts\nmetric: clicks\ndata: moments\neffect: mean\nse: variance\n```",
            right: "```meta-analysis\neffects: lifts\nmetric: clicks\n```",
            do: "Keep the one that you mean."),
        DiagnosticExplanation(
            320, "invalid-id", "An id has lower-case letters, digits and `-`, a letter first",
            why: "Ids begin paths such as {pooled.mu.estimate} and links, where other characters mean something else.",
            wrong: "```data\nid: Moments 2\nsource: arms.csv\n```",
            right: "```data\nid: moments-2\nsource: arms.csv\n```",
            do: "Rename the directive, and what refers to it."),
        DiagnosticExplanation(
            321, "duplicate-id", "An id belongs to one directive",
            why: "A path that begins with it must lead to one result.",
            wrong: "```data\nid: rows\nsource: arms.csv\n```\n\n```data\nid: rows\nsource: more.csv\n```",
            right: "```data\nid: rows\nsource: arms.csv\n```\n\n```data\nid: more-rows\nsource: more.csv\n```",
            do: "Rename one of the two; the note shows the first."),
        DiagnosticExplanation(
            322, "reserved-id", "`params` and `meta` are no ids",
            why: "Paths that begin with them lead to the analysis's parameters and to its front matter.",
            wrong: "```data\nid: params\nsource: arms.csv\n```", right: "```data\nid: design\nsource: arms.csv\n```",
            do: "Rename the directive."),
    ]
}
