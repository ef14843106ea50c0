import Diagnostics

extension Explanations {
    /// 05xx: data.
    static let data: [DiagnosticExplanation] = [
        DiagnosticExplanation(
            501, "bad-data", "A data file is well formed, and a column that is used as numbers holds numbers",
            why: """
                A row of another length, a quote that never ends, a text or a NaN among numbers: to leave such rows out \
                would change the result in silence. The note tells the row and the column.
                """,
            wrong: "```effects\nid: lifts\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: arm\nvariance: variance\n```",
            right: "```effects\nid: lifts\ndata: moments\nlayout: arms\nexperiment: test\nvariant: arm\ncontrol: C\n"
                + "metric: metric\ncount: n\nmean: mean\nvariance: variance\n```",
            do: """
                Name the right column or mend the file. Texts that stand for a missing value are listed in `missing` of the \
                `data` directive: missing: ["", NA].
                """),
        DiagnosticExplanation(
            502, "missing-column", "A column that a directive names is in its data",
            why: "Columns are found by the names in the first line, or the keys of JSON Lines, letter by letter.",
            wrong: "```data\nid: moments\nsource: arms.csv\ncolumns: [test, arm, meen]\n```",
            right: "```data\nid: moments\nsource: arms.csv\ncolumns: [test, arm, mean]\n```",
            do: "Take one of the names in the note; `columns` of the `data` directive may have left it out."),
        DiagnosticExplanation(
            503, "empty-data", "Data has at least one row, and a condition keeps at least one",
            why: "Nothing can be estimated from nothing; most often the condition does not say what was meant.",
            wrong: "```data\nid: moments\nsource: arms.csv\nwhere: n > 1000\n```",
            right: "```data\nid: moments\nsource: arms.csv\nwhere: n > 100\n```",
            do: "Look at the file, and at the condition in `where`."),
        DiagnosticExplanation(
            504, "unknown-data-format", "A data file is read by its extension: .csv, .tsv or .jsonl",
            why: "To guess a format from the contents would guess wrong one day.",
            wrong: "```data\nid: moments\nsource: arms.txt\n```",
            right: "```data\nid: moments\nsource: arms.txt\nformat: csv\n```",
            do: "Say the format with `format`, or export the file to one of the three."),
        DiagnosticExplanation(
            505, "bad-condition", "A condition on rows is written in the language of `where`",
            why: """
                It has comparisons (=, !=, <, <=, >, >=), `in`, `is missing`, `and`, `or`, `not` and parentheses over \
                columns, numbers, quoted texts and {params.x}: the same for every kind of data.
                """,
            wrong: "```data\nid: moments\nsource: arms.csv\nwhere: n > 100 && metric = \"clicks\"\n```",
            right: "```data\nid: moments\nsource: arms.csv\nwhere: n > 100 and metric = \"clicks\"\n```",
            do: "Correct the condition where the message points."),
        DiagnosticExplanation(
            506, "data-target", "Generated units go to a file that ends in .csv and is not there yet",
            why: "What is there may be data that nobody can make again.", nil,
            do: "Name another file with --out, or write over this one with --force."),
        DiagnosticExplanation(
            520, "unknown-engine", "An engine is built in or named in report.yaml",
            why:
                "A query goes to duckdb, sqlite, postgres, spark, or an engine that `engines` in report.yaml has a command for.",
            wrong: "```data\nid: moments\nengine: duckdbb\nquery: select 1 as a\n```",
            right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Take one of the names in the note, or add the engine to report.yaml."),
        DiagnosticExplanation(
            521, "untrusted-engine", "Commands and databases of a project are asked once it is trusted",
            why: """
                A cloned project could have any program run, or any database asked with your credentials. DuckDB and SQLite read \
                files of the project alone, so they need no word.
                """,
            wrong: "```data\nid: moments\nengine: spark\nquery: select 1 as a\n```",
            right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Read report.yaml and the analysis; then `report trust`, or `--trust` for one build."),
        DiagnosticExplanation(
            522, "missing-client", "An engine's client is on the search path",
            why:
                "The client of an engine does the talking, so that its credentials stay with it. It lies outside the project.",
            wrong: "```data\nid: moments\nengine: duckdb\nsource: arms.csv\n```",
            right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Install the client, or name its file by `command` of the engine in report.yaml."),
        DiagnosticExplanation(
            523, "bad-query", "A query is one SELECT that its engine understands",
            why: """
                Engines only read: a query that writes, attaches or leaves the project is refused by the engine itself. The notes \
                are the words of the engine or its client.
                """,
            wrong: "```data\nid: moments\nengine: sqlite\nsource: [arms.csv, more.csv]\nquery: select 1 as a\n```",
            right: "```data\nid: moments\nsource: arms.csv\n```",
            do: "Mend the query where the notes say; try it in the engine's own client."),
    ]
}
