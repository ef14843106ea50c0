import Datasets

/// Of rows that tell the same thing at several checkpoints those of the last one.
struct LastRows: Sendable {
    /// The checkpoint's column.
    var column: RowSourceColumn
    /// The columns that name what a row tells.
    var keys: [RowSourceColumn]
}

extension SQLDialect {
    /// What follows `from`: the rows of a relation whose checkpoint is the largest of their keys'. A window and not a join,
    /// for it has a place for missing names, too; rows whose checkpoint is missing or no number stay, to be told by whoever
    /// reads them.
    ///
    /// - Parameters:
    ///   - relation: What follows `from`, its rows called `q`.
    ///   - known: The columns that it has.
    func last(_ rows: LastRows, of relation: String, known: [RowSourceColumn]) -> String {
        let number = number(of: rows.column)
        var name = "report_last"
        while known.contains(where: { $0.name.lowercased() == name }) { name += "_" }
        let keys = rows.keys.map { identifier($0.name) }.joined(separator: ", ")
        let window = keys.isEmpty ? "" : "partition by \(keys)"
        return """
            (
            select q.*, max(\(number)) over (\(window)) as \(name)
            from \(relation)
            ) as q
            where (\(number) is null or not (\(number) < \(name)))
            """
    }
}
