package import Datasets

/// What must not be found among units: names that stand where they may not.
package enum UnitChecks {
    /// A name that stands more than once in an experiment, or a missing one.
    package struct Repeated: Sendable {
        package var experiment: String
        /// nil for missing names.
        package var name: String?
        package var rows: Int
        package var variants: [String]
    }

    /// Units that stand in more than one row of an experiment.
    package static func duplicates(_ query: UnitQuery, unit: RowSourceColumn) throws(DataFault) -> [Repeated] {
        try read(query, of: unit, having: "count(*) > 1 or \(query.dialect.identifier(unit.name)) is null")
    }

    /// Clusters with units in more than one arm of an experiment.
    package static func splitClusters(_ query: UnitQuery, cluster: RowSourceColumn) throws(DataFault) -> [Repeated] {
        try read(query, of: cluster, having: "min(\(text(query.variant, query))) <> max(\(text(query.variant, query)))")
    }

    package static func sql(_ query: UnitQuery, of column: RowSourceColumn, having: String) throws(DataFault) -> String
    {
        let keys = [query.experiment, column].compactMap(\.self).map { query.dialect.name(of: $0, prefix: "q.") }
            .joined(separator: ", ")
        let experiment = query.experiment.map { text($0, query) } ?? query.dialect.text("1")
        let variant = text(query.variant, query)
        return """
            select
              \(experiment) as experiment,
              \(text(column, query)) as name,
              count(*) as n,
              min(\(variant)) as first,
              max(\(variant)) as last
            from \(try query.table.relation())
            group by \(keys)
            having \(having)
            order by \(keys)
            """
    }

    private static func text(_ column: RowSourceColumn, _ query: UnitQuery) -> String {
        let name = query.dialect.name(of: column)
        return query.dialect == .sqlite ? name : "cast(\(name) as \(query.dialect.string))"
    }

    private static func read(
        _ query: UnitQuery, of column: RowSourceColumn, having: String
    ) throws(DataFault) -> [Repeated] {
        var found: [Repeated] = []
        let engine = query.table.engine.name
        try query.table.send(try sql(query, of: column, having: having), columns: 5) { (record) throws(DataFault) in
            // Of very many some are enough.
            guard found.count < 4096 else { return }
            var cells = ArmCells(record, of: engine)
            let (experiment, name, rows) = (cells.text() ?? "", cells.text(), try cells.count())
            let variants = [cells.text() ?? "", cells.text() ?? ""]
            found.append(Repeated(experiment: experiment, name: name, rows: rows, variants: variants))
        }
        return found
    }
}
