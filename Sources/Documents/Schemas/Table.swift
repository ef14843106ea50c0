import Diagnostics

extension DirectiveSchema {
    static let table = DirectiveSchema(
        "table", "A table of results or of rows written here.", show: .table,
        keys: [
            KeySchema("of", .path, "What to tabulate: a path into results."),
            KeySchema("rows", .list(of: .union([.list(of: .any), .mapOf(.any)])), "Rows of cells, written here."),
            KeySchema(
                "columns",
                .list(
                    of: .union([
                        .name,
                        .mapping([
                            KeySchema("value", .string, required: true, "The path of the cell within a row."),
                            KeySchema("title", .richText, "The column's heading."),
                            KeySchema("format", .format, "How its numbers are written."),
                            KeySchema("align", .choice(["left", "right", "decimal"]), "How it is aligned."),
                        ]),
                    ])), "The columns, in order."),
            KeySchema("format", .format, "How numbers are written where a column does not say."),
            KeySchema("sort", .oneOrMore(of: .string), "The columns to sort by; '-' before a name for descending."),
            KeySchema("footnotes", .oneOrMore(of: .richText), "Remarks below the table."),
            KeySchema("limit", .integer(1...1_000_000), "How many rows to show."),
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
}
