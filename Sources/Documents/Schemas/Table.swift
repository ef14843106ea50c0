import Diagnostics

extension DirectiveSchema {
    static let table = DirectiveSchema(
        "table", "A table of results or of rows written here.", show: .table,
        keys: [
            KeySchema("of", .path, "What to tabulate: a path into results."),
            KeySchema(
                "rows", .list(of: .union([.list(of: .any), .mapOf(.any)])),
                "Rows of cells, written here: lists, or mappings with 'cells', 'emphasis' (true) and 'group' (true, or the "
                    + "title of the group that begins)."),
            KeySchema("columns", .list(of: .union([.name, .mapping(tableColumn)])), "The columns, in order."),
            KeySchema("format", .format, "How numbers are written where a column does not say."),
            KeySchema("where", .predicate, "Which rows to show: a condition on columns and on what else a row has."),
            KeySchema("sort", .oneOrMore(of: .string), "The columns to sort by; '-' before a name for descending."),
            KeySchema("limit", .integer(1...1_000_000), "How many rows to show."),
            KeySchema("stub", .oneOrMore(of: .name), "The columns that name the rows; they come first."),
            KeySchema(
                "groups", .name,
                "What the rows are grouped by: a column, or what else a row has; a title over each group."),
            KeySchema(
                "spanners",
                .list(
                    of: .mapping([
                        KeySchema("title", .richText, required: true, "The heading over the columns."),
                        KeySchema("columns", .oneOrMore(of: .name), required: true, "Columns beside each other."),
                        KeySchema("note", .richText, "A footnote to the heading."),
                    ])), "Headings over several columns; one over all columns of others stands above them."),
            KeySchema(
                "emphasis", .oneOrMore(of: .union([.predicate, .mapping(tableEmphasis)])),
                "What is set in weight: the rows of which a condition is true, or cells of theirs."),
            KeySchema(
                "footnotes", .oneOrMore(of: .union([.richText, .mapping(tableNote)])),
                "Remarks below the table, or to columns and cells of it."),
        ],
        results: tableResults,
        rule: { node, diagnostics in
            let of = node.entries.first { $0.key == "of" }
            let rows = node.entries.first { $0.key == "rows" }
            if of == nil, rows == nil {
                let start = SourceRange(file: node.range.file, lower: node.range.lower, upper: node.range.lower)
                diagnostics.append(.error(.missingKey, "'table' needs 'of' or 'rows'", at: start))
            } else if of != nil, let rows {
                diagnostics.append(.error(.keyConflict, "'table' takes 'of' or 'rows', not both", at: rows.keyRange))
            }
        })

    private static let tableColumn = [
        KeySchema(
            "value", .string, required: true, "The path of the cell within a row; the name where rows are written."),
        KeySchema("title", .richText, "The column's heading."),
        KeySchema("unit", .richText, "The unit, behind the heading; with '%' the cells go without the sign."),
        KeySchema("format", .format, "How its numbers are written."),
        KeySchema("align", .choice(["left", "right", "decimal"]), "How it is aligned."),
        KeySchema(
            "bar",
            .union([
                .boolean,
                .mapping([
                    KeySchema(
                        "null", .union([.number(), .choice(["none"])]), default: "0 where it is near the numbers",
                        "Where the line of no effect stands; 'none' for no line."),
                    KeySchema("min", .number(), "The lower end of the axis."),
                    KeySchema("max", .number(), "The upper end of the axis."),
                ]),
            ]), "Bars beside the numbers: intervals with their estimates, or numbers from the null."),
        KeySchema("note", .richText, "A footnote to the heading."),
    ]

    private static let tableEmphasis = [
        KeySchema("where", .predicate, required: true, "A condition on columns and on what else a row has."),
        KeySchema("columns", .oneOrMore(of: .name), "The columns whose cells are meant; all of the row else."),
    ]

    private static let tableNote = [
        KeySchema("text", .richText, required: true, "The remark."),
        KeySchema("columns", .oneOrMore(of: .name), "The columns that it is about."),
        KeySchema("where", .predicate, "Which rows it is about: a condition on columns and on what else a row has."),
    ]
}
