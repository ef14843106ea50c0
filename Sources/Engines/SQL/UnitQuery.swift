package import Datasets
package import Estimation

/// What an engine is asked of units: the columns of a `UnitDesign`, of which arms and numbers they are made.
package struct UnitQuery: Sendable {
    /// A column of numbers.
    package struct Number: Sendable {
        package var column: RowSourceColumn
        /// What a missing one counts as; nil where it leaves its unit out.
        package var fill: Double?
        package var lower: Double?
        package var upper: Double?

        package init(_ column: RowSourceColumn, fill: Double? = nil, lower: Double? = nil, upper: Double? = nil) {
            self.column = column
            self.fill = fill
            self.lower = lower
            self.upper = upper
        }

        var isBounded: Bool { lower != nil || upper != nil }
    }

    package let table: QueryTable
    /// nil where all rows are one experiment.
    package let experiment: RowSourceColumn?
    package let variant: RowSourceColumn
    package let cluster: RowSourceColumn?
    /// In the order of the design's values.
    package let numbers: [Number]
    package let design: UnitDesign

    package init(
        _ table: QueryTable, experiment: RowSourceColumn?, variant: RowSourceColumn, cluster: RowSourceColumn? = nil,
        numbers: [Number], design: UnitDesign
    ) {
        self.table = table
        self.experiment = experiment
        self.variant = variant
        self.cluster = cluster
        self.numbers = numbers
        self.design = design
    }

    var dialect: SQLDialect { table.engine.dialect }

    func identifier(_ column: RowSourceColumn) -> String { dialect.identifier(column.name) }

    /// The column that groups rows by experiment; a literal where there is none.
    var experimentKey: String { experiment.map { dialect.name(of: $0) } ?? dialect.text("1") }
}
